package photo

// This file owns the way from bytes to upright sRGB pixels.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"github.com/disintegration/imaging"
	"golang.org/x/image/tiff"
	"golang.org/x/sync/semaphore"
)

// DecodeOptions say how much of a photo is wanted.
type DecodeOptions struct {
	// Cover is the smallest long edge, in pixels, that serves. A JPEG is decoded at 1/2, 1/4 or 1/8 where that covers it.
	// 0 wants every pixel.
	Cover  int
	Limits Limits // zero: DefaultLimits
}

// inFlight bounds the pixels being decoded at one time, over all goroutines, so that a folder of panoramas can't exhaust
// the memory.
var inFlight = semaphore.NewWeighted(int64(DefaultLimits.Pixels))

// Decode decodes a photo: turned upright, in sRGB (or in its own space, where Info.Warnings says so). info may be nil.
// The result starts at (0,0), is nobody else's, and keeps transparency. Its errors are those of Inspect.
func Decode(data []byte, info *Info, o DecodeOptions) (img *image.NRGBA, err error) {
	defer guard(&err)
	lim := o.Limits.orDefault()
	f, err := Recognise(data[:min(len(data), 512)])
	if err != nil {
		return nil, err
	}
	c, err := scan(data, f, lim)
	if err != nil {
		return nil, err
	}
	e := exif{orientation: 1}
	if info == nil || len(c.icc) == 0 {
		e = readEXIF(data, f)
	}
	if info != nil {
		e.orientation = info.Orientation
	}
	weight := min(int64(c.width)*int64(c.height), int64(DefaultLimits.Pixels))
	if err := inFlight.Acquire(context.Background(), weight); err != nil {
		return nil, fmt.Errorf("wait for memory: %w", err)
	}
	defer inFlight.Release(weight)
	if c.mended != nil {
		data = c.mended
	}
	img, err = c.pixels(data, f, o.Cover)
	if err != nil {
		return nil, err
	}
	toSRGB(img, c, e.adobeRGB)
	return upright(img, e.orientation), nil
}

// pixels decodes without regard to orientation and colour.
func (c *container) pixels(data []byte, f Format, cover int) (*image.NRGBA, error) {
	var src image.Image
	var err error
	r := bytes.NewReader(data)
	switch f {
	case JPEG:
		// The quicker ones take four components for something else.
		if c.components == 4 {
			src, err = jpeg.Decode(r)
		} else {
			src, err = jpegPixels(data, denominator(max(c.width, c.height), cover))
		}
	case PNG:
		src, err = png.Decode(r)
	case GIF:
		return decodeGIF(r)
	case TIFF:
		src, err = tiff.Decode(r)
	case WebP:
		return c.decodeWebP(data)
	}
	if err != nil {
		return nil, decodeError(err)
	}
	if img := c.inSRGB(src); img != nil {
		c.converted = true
		return img, nil
	}
	return toNRGBA(src)
}

// denominator is the most that a JPEG may be reduced by while decoding so that its long edge still covers the wish.
func denominator(long, cover int) int {
	for _, d := range [...]int{8, 4, 2} {
		if cover > 0 && long/d >= cover {
			return d
		}
	}
	return 1
}

// decodeGIF places the first frame on the GIF's screen.
func decodeGIF(r io.ReadSeeker) (*image.NRGBA, error) {
	cfg, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, decodeError(err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("rewind: %w", err)
	}
	frame, err := gif.Decode(r)
	if err != nil {
		return nil, decodeError(err)
	}
	pixels, err := toNRGBA(frame)
	if err != nil {
		return nil, err
	}
	at := frame.Bounds().Min
	if at == (image.Point{}) && pixels.Rect.Dx() == cfg.Width && pixels.Rect.Dy() == cfg.Height {
		return pixels, nil
	}
	screen := image.NewNRGBA(image.Rect(0, 0, cfg.Width, cfg.Height))
	return imaging.Paste(screen, pixels, at), nil
}

// decodeError puts a decoder's error in the editor's words.
func decodeError(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), strings.Contains(err.Error(), "EOF"): // gif doesn't wrap
		return truncated()
	case strings.Contains(err.Error(), "unsupported"):
		return Refuse(ErrUnsupported, "can't be read here: an unusual variant (%v); save it as JPEG and import that", err)
	}
	return damaged(fmt.Sprintf("its contents make no sense (%v)", err))
}

// upright applies an EXIF orientation (CIPA DC-008, Orientation).
func upright(img *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img) // imaging turns anticlockwise
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}
