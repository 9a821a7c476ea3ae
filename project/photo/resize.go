package photo

// This file owns sizes: fitting, the small view for the library, the placeholder colour, and writing a JPEG.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"

	"github.com/disintegration/imaging"
	"github.com/gen2brain/jpegn"
)

// Fit resizes to exactly w by h pixels, whatever the shape; sizes below 1 become 1. It gives img itself where nothing is
// to do. Catmull-Rom is told from Lanczos by no eye at these reductions and takes two thirds of the time.
func Fit(img *image.NRGBA, w, h int) *image.NRGBA {
	w, h = max(w, 1), max(h, 1)
	if img.Rect.Empty() || img.Rect.Dx() == w && img.Rect.Dy() == h {
		return img
	}
	return imaging.Resize(img, w, h, imaging.CatmullRom)
}

// Within is the largest size of the same shape as w by h whose long edge is at most edge; never larger than w by h.
func Within(w, h, edge int) (int, int) {
	long := max(w, h)
	if long <= edge || long == 0 {
		return w, h
	}
	return max(1, (w*edge+long/2)/long), max(1, (h*edge+long/2)/long)
}

// Thumbnail is the developed photo at a long edge of at most edge pixels, for the library's grid. info may be nil. Its
// errors are those of Decode.
func Thumbnail(data []byte, info *Info, r Recipe, edge int) (img *image.NRGBA, err error) {
	defer guard(&err)
	if info == nil {
		if info, err = Inspect(data, Limits{}); err != nil {
			return nil, err
		}
	}
	edge = max(edge, 1)
	whole, err := Decode(data, info, DecodeOptions{Cover: Cover(info, r, edge)})
	if err != nil {
		return nil, err
	}
	developed := Develop(whole, r)
	w, h := Size(info, r)
	w, h = Within(w, h, edge)
	return Fit(developed, w, h), nil
}

// Introduce is Inspect with the photo's thumbnail, a JPEG whose long edge is at most edge pixels: what the library wants of a
// new photo, with its bytes walked once. Its errors are those of Inspect and Decode.
func Introduce(data []byte, lim Limits, edge int) (info *Info, thumbnail []byte, err error) {
	defer guard(&err)
	info, c, err := inspect(data, lim.orDefault())
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if info.Format == JPEG {
		w, h := Within(info.Width, info.Height, max(edge, 1))
		planes, err := quickPlanes(data, c, info, Recipe{}, w, h, 1)
		if err != nil {
			return nil, nil, err
		}
		if planes != nil {
			if err := jpegn.Encode(&b, planes, &jpegn.EncodeOptions{Quality: thumbnailQuality}); err != nil {
				return nil, nil, fmt.Errorf("encode jpeg: %w", err)
			}
			Recycle(planes)
			return info, b.Bytes(), nil
		}
	}
	img, err := Thumbnail(data, info, Recipe{}, edge)
	if err == nil {
		err = EncodeJPEG(&b, img, thumbnailQuality)
	}
	return info, b.Bytes(), err
}

const thumbnailQuality = 82

// Dominant is the colour to show before a photo arrives: its average, over white where it is transparent.
func Dominant(img image.Image) color.NRGBA {
	b := img.Bounds()
	// A grid of samples is as good as every pixel and costs nothing.
	const grid = 64
	var sum [3]uint64
	n := uint64(0)
	stepX, stepY := max(1, b.Dx()/grid), max(1, b.Dy()/grid)
	for y := b.Min.Y; y < b.Max.Y; y += stepY {
		for x := b.Min.X; x < b.Max.X; x += stepX {
			r, g, bl, a := img.At(x, y).RGBA()
			white := 0xffff - a
			sum[0] += uint64(r + white)
			sum[1] += uint64(g + white)
			sum[2] += uint64(bl + white)
			n++
		}
	}
	if n == 0 {
		return color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	}
	return color.NRGBA{R: uint8(sum[0] / n >> 8), G: uint8(sum[1] / n >> 8), B: uint8(sum[2] / n >> 8), A: 255}
}

// EncodeJPEG writes img as a baseline JPEG of quality 1 to 100, over white where it is transparent, without metadata.
func EncodeJPEG(w io.Writer, img *image.NRGBA, quality int) error {
	if img.Rect.Empty() {
		return fmt.Errorf("encode jpeg: no pixels")
	}
	if err := jpegn.Encode(w, Opaque(img), &jpegn.EncodeOptions{Quality: min(max(quality, 1), 100)}); err != nil {
		return fmt.Errorf("encode jpeg: %w", err)
	}
	return nil
}

// Opaque is img over white, as the *image.RGBA that encoders are quick with. An opaque photo shares its pixels with the
// result: premultiplied or not, the bytes are the same.
func Opaque(img *image.NRGBA) *image.RGBA {
	if img.Opaque() {
		return &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
	}
	out := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx(), img.Rect.Dy()))
	for y := range img.Rect.Dy() {
		from, to := img.Pix[y*img.Stride:][:4*img.Rect.Dx()], out.Pix[y*out.Stride:]
		for i := 0; i+4 <= len(from); i += 4 {
			a := uint32(from[i+3])
			for j := range 3 {
				to[i+j] = uint8((uint32(from[i+j])*a + 255*(255-a) + 127) / 255)
			}
			to[i+3] = 255
		}
	}
	return out
}
