package photo

// This file owns the quick way to a developed photo: a JPEG's luma and chroma planes stay apart from the decoder to the
// encoders, each resized as what it is. Chroma has a quarter of luma's samples, and no RGB is made of them in between.

import (
	"context"
	"fmt"
	"image"
	"image/color"
)

// Planes is the developed photo at exactly w by h pixels, opaque over ground, as planes of luma and half-sized chroma in
// full range (ITU-T T.871), which is what encoders work on. It also gives the colour profile that they still are in, nil
// for sRGB. Recipes that need every pixel's colour, and other files than ordinary JPEGs, go through Decode and Develop.
// Its errors are those of Decode.
func Planes(data []byte, info *Info, r Recipe, w, h int, ground color.NRGBA) (planes *image.YCbCr, kept []byte, err error) {
	defer guard(&err)
	w, h = max(w, 1), max(h, 1)
	f, err := Recognise(data[:min(len(data), 512)])
	if err != nil {
		return nil, nil, err
	}
	if f == JPEG && !r.needsColours() {
		c, err := scan(data, JPEG, DefaultLimits)
		if err != nil {
			return nil, nil, err
		}
		// A decoder that leaves out samples makes grain coarser, which shows (SSIM 0.98 where it could be 0.997) unless the
		// resizer still has twice what is wanted.
		if planes, err = quickPlanes(data, c, info, r, w, h, 2); err != nil {
			return nil, nil, err
		}
	}
	if planes != nil {
		return planes, nil, nil
	}
	long, part := max(w, h), 0
	if dw, dh := Size(info, r); dw > 0 && dh > 0 { // the scale that covers both sides
		part = max((max(dw, dh)*w+dw-1)/dw, (max(dw, dh)*h+dh-1)/dh)
	}
	img, err := Decode(data, info, DecodeOptions{Cover: Cover(info, r, max(long, part))})
	if err != nil {
		return nil, nil, err
	}
	return PlanesOf(Fit(Develop(img, r), w, h), ground), KeptProfile(data), nil
}

// needsColours reports whether the recipe can't be followed one channel at a time.
func (r Recipe) needsColours() bool {
	return r.Straighten != 0 || r.Crop != nil || len(r.Redactions) > 0 || r.tones()
}

// quickPlanes is Planes for a JPEG of luma and chroma and a recipe that turns at the most; nil where the quick way doesn't
// suit. The decoder leaves at least so many times the samples that are wanted each way.
func quickPlanes(data []byte, c *container, info *Info, r Recipe, w, h, times int) (*image.YCbCr, error) {
	if c.components != 3 {
		return nil, nil
	}
	if c.mended != nil {
		data = c.mended
	}
	adobe := len(c.icc) == 0 && readEXIF(data, JPEG).adobeRGB
	foreign := adobe
	if len(c.icc) > 0 {
		p, err := parseProfile(c.icc)
		if err != nil {
			return nil, nil // takes more than curves and a matrix, or warrants a warning
		}
		foreign = p.lut != nil || !newConverter(p).isSRGB()
	}
	weight := min(int64(c.width)*int64(c.height), int64(DefaultLimits.Pixels))
	if err := inFlight.Acquire(context.Background(), weight); err != nil {
		return nil, fmt.Errorf("wait for memory: %w", err)
	}
	defer inFlight.Release(weight)

	// The file's own sides, before it is turned upright and as the recipe wants it.
	turned := r.Turn&1 == 1
	if info.Orientation >= 5 {
		turned = !turned
	}
	fw, fh := w, h
	if turned {
		fw, fh = h, w
	}
	if fw > c.width || fh > c.height {
		return nil, nil
	}
	denom := covering(c.width, c.height, fw*times, fh*times)
	native, err := jpegPlanes(data, denom)
	if err != nil {
		return nil, decodeError(err)
	}
	if native == nil {
		return nil, nil
	}
	if native.Rect.Dx() != (c.width+denom-1)/denom || native.Rect.Dy() != (c.height+denom-1)/denom {
		return nil, damaged("it says two different sizes")
	}
	planes, err := FitPlanes(native, fw, fh)
	if err != nil {
		return nil, err
	}
	if planes != native {
		Recycle(native)
	}
	if foreign { // cheaper on what is left of the photo than on all of it
		img := RGBOf(planes)
		Recycle(planes)
		toSRGB(img, c, adobe)
		planes = PlanesOf(img, color.NRGBA{})
	}
	for _, orientation := range [...]int{info.Orientation, [...]int{1, 6, 3, 8}[r.Turn&3]} {
		if turned := turnPlanes(planes, orientation); turned != planes {
			Recycle(planes)
			planes = turned
		}
	}
	return planes, nil
}

// covering is the most that a JPEG may be reduced by while decoding and still be no smaller than w by h. The last block of a
// row or column may stick out of the photo, which shifts what is decoded by a fraction of it: small photos can't bear that.
func covering(width, height, w, h int) int {
	for _, d := range [...]int{8, 4, 2} {
		if width/d >= w && height/d >= h && sticksOut(width, d)*512 <= width && sticksOut(height, d)*512 <= height {
			return d
		}
	}
	return 1
}

func sticksOut(n, d int) int { return (d - n%d) % d }

// plane is one channel of samples.
type plane struct {
	pix          []byte
	stride, w, h int
}

// planesIn are the three channels of an image at whatever subsampling it has.
func planesIn(m *image.YCbCr) [3]plane {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := w, h
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		cw = (w + 1) / 2
	case image.YCbCrSubsampleRatio420:
		cw, ch = (w+1)/2, (h+1)/2
	case image.YCbCrSubsampleRatio440:
		ch = (h + 1) / 2
	case image.YCbCrSubsampleRatio411:
		cw = (w + 3) / 4
	case image.YCbCrSubsampleRatio410:
		cw, ch = (w+3)/4, (h+1)/2
	}
	y, c := m.YOffset(m.Rect.Min.X, m.Rect.Min.Y), m.COffset(m.Rect.Min.X, m.Rect.Min.Y)
	return [3]plane{{m.Y[y:], m.YStride, w, h}, {m.Cb[c:], m.CStride, cw, ch}, {m.Cr[c:], m.CStride, cw, ch}}
}

// FitPlanes resizes to w by h pixels with chroma at half of that. It gives m itself where nothing is to do.
func FitPlanes(m *image.YCbCr, w, h int) (*image.YCbCr, error) {
	p := planesIn(m)
	if p[0].w == w && p[0].h == h && m.SubsampleRatio == image.YCbCrSubsampleRatio420 {
		return m, nil
	}
	out := newPlanes(w, h, (w+1)/2, (h+1)/2)
	for i, to := range planesIn(out) {
		if p[i].w == to.w && p[i].h == to.h {
			p[i].copyTo(to)
		} else if err := p[i].fit(to); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p plane) copyTo(out plane) {
	for y := range p.h {
		copy(out.pix[y*out.stride:], p.row(y))
	}
}

// row is a row of samples; beyond the last one there is the last one again.
func (p plane) row(y int) []byte { return p.pix[min(y, p.h-1)*p.stride:][:p.w] }

// turnPlanes applies an EXIF orientation.
func turnPlanes(m *image.YCbCr, orientation int) *image.YCbCr {
	if orientation < 2 || orientation > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	out := newPlanes(w, h, (w+1)/2, (h+1)/2)
	in := planesIn(m)
	for i, to := range planesIn(out) {
		in[i].turn(orientation, to)
	}
	return out
}

func (p plane) turn(orientation int, out plane) {
	// Where the sample at the top left comes from, and the steps in the source for one to the right and one down.
	last, bottom := p.w-1, (p.h-1)*p.stride
	from := [9][3]int{
		2: {last, -1, p.stride},
		3: {last + bottom, -1, -p.stride},
		4: {bottom, 1, -p.stride},
		5: {0, p.stride, 1},
		6: {bottom, -p.stride, 1},
		7: {last + bottom, -p.stride, -1},
		8: {last, p.stride, -1},
	}[orientation]
	eachRow(out.h, func(y int) {
		at := from[0] + y*from[2]
		row := out.pix[y*out.stride:][:out.w]
		for x := range row {
			row[x] = p.pix[at]
			at += from[1]
		}
	})
}

// PlanesOf are the planes of img over ground (white where that is the zero value). Chroma is the average of two by two
// pixels, as JPEG's and WebP's encoders take it.
func PlanesOf(img *image.NRGBA, ground color.NRGBA) *image.YCbCr {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	flat := Over(img, ground)
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	eachRow((h+1)/2, func(half int) {
		top, low := 2*half, min(2*half+1, h-1)
		a, b := flat.Pix[top*flat.Stride:][:4*w], flat.Pix[low*flat.Stride:][:4*w]
		luma(out.Y[top*out.YStride:][:w], a)
		if low != top {
			luma(out.Y[low*out.YStride:][:w], b)
		}
		cb, cr := out.Cb[half*out.CStride:][:(w+1)/2], out.Cr[half*out.CStride:][:(w+1)/2]
		for x := range cb {
			l, r := 8*x, 4*min(2*x+1, w-1)
			red := int32(a[l]) + int32(a[r]) + int32(b[l]) + int32(b[r])
			green := int32(a[l+1]) + int32(a[r+1]) + int32(b[l+1]) + int32(b[r+1])
			blue := int32(a[l+2]) + int32(a[r+2]) + int32(b[l+2]) + int32(b[r+2])
			cb[x] = clamp8((-11056*red - 21712*green + 32768*blue + 128<<18) >> 2)
			cr[x] = clamp8((32768*red - 27440*green - 5328*blue + 128<<18) >> 2)
		}
	})
	return out
}

func luma(out, rgba []byte) {
	for x := range out {
		p := rgba[4*x : 4*x+3 : 4*x+3]
		out[x] = byte((19595*uint32(p[0]) + 38470*uint32(p[1]) + 7471*uint32(p[2]) + 1<<15) >> 16)
	}
}

// RGBOf are the pixels that planes stand for, each chroma sample for two by two of them.
func RGBOf(m *image.YCbCr) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	eachRow(h, func(y int) {
		row := out.Pix[y*out.Stride:][:4*w]
		for x := range w {
			yi, ci := y*m.YStride+x, y/2*m.CStride+x/2
			r, g, b := color.YCbCrToRGB(m.Y[yi], m.Cb[ci], m.Cr[ci])
			o := row[4*x : 4*x+4 : 4*x+4]
			o[0], o[1], o[2], o[3] = r, g, b, 255
		}
	})
	return out
}

// Over is img over ground, opaque; the zero ground is white. An opaque photo is given back as it is.
func Over(img *image.NRGBA, ground color.NRGBA) *image.NRGBA {
	if img.Opaque() {
		return img
	}
	if ground == (color.NRGBA{}) {
		ground = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	}
	under := [3]uint32{uint32(ground.R), uint32(ground.G), uint32(ground.B)}
	out := image.NewNRGBA(image.Rect(0, 0, img.Rect.Dx(), img.Rect.Dy()))
	eachRow(img.Rect.Dy(), func(y int) {
		from, to := img.Pix[y*img.Stride:][:4*img.Rect.Dx()], out.Pix[y*out.Stride:]
		for i := 0; i+4 <= len(from); i += 4 {
			a := uint32(from[i+3])
			for j, g := range under {
				to[i+j] = uint8((uint32(from[i+j])*a + g*(255-a) + 127) / 255)
			}
			to[i+3] = 255
		}
	})
	return out
}
