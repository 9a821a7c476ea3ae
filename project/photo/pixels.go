package photo

// This file owns the conversion of what decoders give into *image.NRGBA, the one pixel layout that everything after it
// uses, and that is quick and safe to hand to imaging.

import (
	"image"
	"image/color"
)

// toNRGBA converts src, reusing its memory where the layout allows. src must be the caller's own.
func toNRGBA(src image.Image) (*image.NRGBA, error) {
	b := src.Bounds()
	if b.Empty() {
		return nil, damaged("there are no pixels in it")
	}
	switch s := src.(type) {
	case *image.NRGBA:
		return fromOrigin(s), nil
	case *image.RGBA:
		if s.Opaque() { // premultiplied or not, the bytes are the same
			return fromOrigin(&image.NRGBA{Pix: s.Pix, Stride: s.Stride, Rect: s.Rect}), nil
		}
	}
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	pixel := pixelAt(src)
	eachRow(b.Dy(), func(y int) {
		row := dst.Pix[y*dst.Stride:]
		for x := range b.Dx() {
			c := pixel(b.Min.X+x, b.Min.Y+y)
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
		}
	})
	return dst, nil
}

// fromOrigin moves an NRGBA's bounds to (0,0) without touching a pixel.
func fromOrigin(s *image.NRGBA) *image.NRGBA {
	return &image.NRGBA{
		Pix:    s.Pix[s.PixOffset(s.Rect.Min.X, s.Rect.Min.Y):],
		Stride: s.Stride,
		Rect:   image.Rect(0, 0, s.Rect.Dx(), s.Rect.Dy()),
	}
}

// pixelAt gives a reader of single pixels, without an interface call each for the layouts that decoders really return.
func pixelAt(src image.Image) func(x, y int) color.NRGBA {
	switch s := src.(type) {
	case *image.Paletted:
		// A damaged file can hold indices beyond its palette.
		var palette [256]color.NRGBA
		for i, c := range s.Palette {
			if i < len(palette) {
				palette[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
			}
		}
		return func(x, y int) color.NRGBA { return palette[s.ColorIndexAt(x, y)] }
	case *image.Gray:
		return func(x, y int) color.NRGBA {
			v := s.GrayAt(x, y).Y
			return color.NRGBA{v, v, v, 255}
		}
	case *image.Gray16:
		return func(x, y int) color.NRGBA {
			v := high(uint32(s.Gray16At(x, y).Y))
			return color.NRGBA{v, v, v, 255}
		}
	case *image.NRGBA64:
		return func(x, y int) color.NRGBA {
			c := s.NRGBA64At(x, y)
			return color.NRGBA{high(uint32(c.R)), high(uint32(c.G)), high(uint32(c.B)), high(uint32(c.A))}
		}
	case *image.RGBA64:
		return func(x, y int) color.NRGBA {
			c := s.RGBA64At(x, y)
			return color.NRGBA{high(straight(c.R, c.A)), high(straight(c.G, c.A)), high(straight(c.B, c.A)), high(uint32(c.A))}
		}
	case *image.CMYK:
		return func(x, y int) color.NRGBA {
			c := s.CMYKAt(x, y)
			r, g, b := color.CMYKToRGB(c.C, c.M, c.Y, c.K)
			return color.NRGBA{r, g, b, 255}
		}
	case *image.YCbCr:
		return func(x, y int) color.NRGBA {
			c := s.YCbCrAt(x, y)
			r, g, b := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
			return color.NRGBA{r, g, b, 255}
		}
	}
	return func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(src.At(x, y)).(color.NRGBA) }
}

// webpPixels converts what golang.org/x/image/webp gives. It calls the planes of a lossy WebP YCbCr, which is full-range
// in Go, whereas VP8 keeps luma in 16 to 235 and chroma in 16 to 240 (RFC 6386, section 9.2; ITU-R BT.601).
func webpPixels(src image.Image) (*image.NRGBA, error) {
	var planes *image.YCbCr
	var alpha []byte
	alphaStride := 0
	switch s := src.(type) {
	case *image.YCbCr:
		planes = s
	case *image.NYCbCrA:
		planes, alpha, alphaStride = &s.YCbCr, s.A, s.AStride
	default:
		return toNRGBA(src)
	}
	w, h := planes.Rect.Dx(), planes.Rect.Dy()
	if w <= 0 || h <= 0 {
		return nil, damaged("there are no pixels in it")
	}
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	chromaW, chromaH := (w+1)/2, (h+1)/2
	eachRow(h, func(y int) {
		row := dst.Pix[y*dst.Stride:]
		// Chroma lies between luma samples: the near one counts three quarters, the far one a quarter, each way.
		near, far := neighbours(y, chromaH)
		cbNear, cbFar := planes.Cb[near*planes.CStride:], planes.Cb[far*planes.CStride:]
		crNear, crFar := planes.Cr[near*planes.CStride:], planes.Cr[far*planes.CStride:]
		for x := range w {
			n, f := neighbours(x, chromaW)
			cb := (9*int32(cbNear[n]) + 3*int32(cbNear[f]) + 3*int32(cbFar[n]) + int32(cbFar[f]) + 8) >> 4
			cr := (9*int32(crNear[n]) + 3*int32(crNear[f]) + 3*int32(crFar[n]) + int32(crFar[f]) + 8) >> 4
			p := row[4*x : 4*x+4]
			p[0], p[1], p[2] = studioRGB(int32(planes.Y[y*planes.YStride+x]), cb, cr)
			p[3] = 255
			if alpha != nil {
				p[3] = alpha[y*alphaStride+x]
			}
		}
	})
	return dst, nil
}

// neighbours are the near and the far half-resolution sample beside full-resolution position i.
func neighbours(i, n int) (near, far int) {
	near = i / 2
	far = near - 1 + 2*(i&1)
	return near, min(max(far, 0), n-1)
}

// studioRGB converts limited-range BT.601, in 16.16 fixed point.
func studioRGB(y, cb, cr int32) (r, g, b byte) {
	l := (y - 16) * 76309 // 255/219
	cb -= 128
	cr -= 128
	return clamp8(l + 104597*cr), clamp8(l - 25675*cb - 53279*cr), clamp8(l + 132201*cb)
}

func clamp8(v int32) byte {
	return byte(min(max((v+1<<15)>>16, 0), 255))
}
