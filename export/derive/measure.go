package derive

// This file owns measured quality: how alike two pictures look, and the lowest quality at which a photo still looks the
// same. A calm sky bears a lower one than a crowd.

import (
	"bytes"
	"fmt"
	"image"

	"github.com/gen2brain/jpegn"
	"golang.org/x/image/webp"
)

const (
	// measuredWidth is where likeness is measured: large enough to tell, small enough to cost next to nothing.
	measuredWidth = 480
	// alikeEnough is the likeness that the fixed qualities reach on photographs full of detail.
	alikeEnough = 0.955
	// qualityStep and qualityFloor bound the search; below the floor, blocks show in skies whatever the measure says.
	qualityStep  = 4
	qualityFloor = 62
)

// alike is the lowest quality, in steps down from the usual one, at which the photo still looks the same.
func alike(m *image.YCbCr, format string, usual int) (int, error) {
	low, high := 0, (usual-qualityFloor)/qualityStep // in steps below the usual quality; low is known to do
	for low < high {
		step := (low + high + 1) / 2
		s, err := likeness(m, format, usual-step*qualityStep)
		if err != nil {
			return 0, err
		}
		if s >= alikeEnough {
			low = step
		} else {
			high = step - 1
		}
	}
	return usual - low*qualityStep, nil
}

// likeness is the SSIM of the luma once encoded and decoded.
func likeness(m *image.YCbCr, format string, quality int) (float64, error) {
	var b bytes.Buffer
	if format == JPEG {
		// Neither progression nor better tables change a pixel.
		if err := jpegn.Encode(&b, m, &jpegn.EncodeOptions{Quality: quality}); err != nil {
			return 0, fmt.Errorf("measure the quality: %w", err)
		}
		back, err := jpegn.Decode(&b)
		if err != nil {
			return 0, fmt.Errorf("measure the quality: %w", err)
		}
		if y, ok := back.(*image.YCbCr); ok {
			return ssim(m.Y, m.YStride, y.Y, y.YStride, m.Rect.Dx(), m.Rect.Dy()), nil
		}
		return 0, fmt.Errorf("measure the quality: decoded as %T", back)
	}
	data, err := encode(m, format, quality)
	if err != nil {
		return 0, err
	}
	back, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		return 0, fmt.Errorf("measure the quality: %w", err)
	}
	y, ok := back.(*image.YCbCr)
	if !ok {
		return 0, fmt.Errorf("measure the quality: decoded as %T", back)
	}
	for i, v := range y.Y { // VP8's luma is 16 to 235 (RFC 6386, section 9.2)
		y.Y[i] = byte(min(max((int(v)-16)*255/219, 0), 255))
	}
	return ssim(m.Y, m.YStride, y.Y, y.YStride, m.Rect.Dx(), m.Rect.Dy()), nil
}

// SSIM is the structural similarity of the luma of two photos of the same size: 1 where they are equal.
func SSIM(a, b *image.YCbCr) float64 {
	return ssim(a.Y, a.YStride, b.Y, b.YStride, a.Rect.Dx(), a.Rect.Dy())
}

// ssim is the mean structural similarity of two planes of bytes (Wang et al., 2004) over windows of 8 by 8 samples, 4 apart:
// 1 where they are equal.
func ssim(a []byte, strideA int, b []byte, strideB int, w, h int) float64 {
	const size, step = 8, 4
	const c1, c2 = 0.01 * 255 * 0.01 * 255, 0.03 * 255 * 0.03 * 255
	sum, n := 0.0, 0
	for y := 0; y == 0 || y+size <= h; y += step {
		for x := 0; x == 0 || x+size <= w; x += step {
			var sa, sb, saa, sbb, sab, count int
			for j := y; j < min(y+size, h); j++ {
				ra, rb := a[j*strideA+x:][:min(size, w-x)], b[j*strideB+x:][:min(size, w-x)]
				for i, va := range ra {
					p, q := int(va), int(rb[i])
					sa += p
					sb += q
					saa += p * p
					sbb += q * q
					sab += p * q
				}
				count += len(ra)
			}
			k := float64(count)
			ma, mb := float64(sa)/k, float64(sb)/k
			va, vb, cov := float64(saa)/k-ma*ma, float64(sbb)/k-mb*mb, float64(sab)/k-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / float64(n)
}
