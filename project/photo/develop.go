package photo

// This file owns Develop: the recipe applied to pixels.

import (
	"image"
	"math"

	"github.com/disintegration/imaging"
)

// Develop applies a recipe to the upright photo, at whatever size it was decoded, in the order that Recipe documents.
// img is not changed; where the recipe is zero the result is img itself. Values out of bounds are brought into them.
func Develop(img *image.NRGBA, r Recipe) *image.NRGBA {
	if img.Rect.Empty() {
		return img
	}
	if img.Rect.Min != (image.Point{}) {
		img = fromOrigin(img)
	}
	if len(r.Redactions) > 0 {
		img = redact(img, r.Redactions)
	}
	switch r.Turn & 3 {
	case 1:
		img = imaging.Rotate270(img) // imaging turns anticlockwise
	case 2:
		img = imaging.Rotate180(img)
	case 3:
		img = imaging.Rotate90(img)
	}
	if r.Straighten != 0 {
		w, h := straightened(img.Rect.Dx(), img.Rect.Dy(), r.Straighten)
		// The black around the turned photo lies outside of what is kept.
		img = imaging.CropCenter(imaging.Rotate(img, -r.Straighten, image.Black.C), w, h)
	}
	if area := r.cropOf(img.Rect.Dx(), img.Rect.Dy()); area != img.Rect {
		img = imaging.Crop(img, area)
	}
	if r.tones() {
		img = tone(img, r)
	}
	return img
}

// straightened is the largest size of the same shape that fits, centred, into a photo turned by so many degrees.
func straightened(w, h int, degrees float64) (int, int) {
	if degrees == 0 || w <= 0 || h <= 0 {
		return w, h
	}
	sin, cos := math.Sincos(math.Abs(degrees) * math.Pi / 180)
	fw, fh := float64(w), float64(h)
	scale := min(fw/(fw*cos+fh*sin), fh/(fw*sin+fh*cos))
	// A pixel less than fits: the outermost ones are mixed with what lies around the photo.
	return max(1, int(fw*scale)-1), max(1, int(fh*scale)-1)
}

// cropOf is the recipe's crop in pixels of a turned and straightened photo, never empty.
func (r Recipe) cropOf(w, h int) image.Rectangle {
	if r.Crop == nil {
		return image.Rect(0, 0, w, h)
	}
	return r.Crop.pixels(w, h)
}

// pixels rounds the area to pixels of a photo of this size; at least one of them is in it.
func (r Rect) pixels(w, h int) image.Rectangle {
	x0, x1 := span(r.X, r.W, w)
	y0, y1 := span(r.Y, r.H, h)
	return image.Rect(x0, y0, x1, y1)
}

func span(at, length float64, n int) (int, int) {
	from := min(max(int(math.Round(at*float64(n))), 0), n-1)
	to := min(max(int(math.Round((at+length)*float64(n))), from+1), n)
	return from, to
}

// tone applies brightness, contrast and saturation. Contrast turns around middle grey, saturation around the luma of
// BT.709, so that a photo without colour keeps its greys.
func tone(img *image.NRGBA, r Recipe) *image.NRGBA {
	var table [256]float32
	gain := 1 + min(max(r.Contrast, -100), 100)/100
	shift := 255 * min(max(r.Brightness, -100), 100) / 200
	for v := range table {
		table[v] = float32(min(max((float64(v)-127.5)*gain+127.5+shift, 0), 255))
	}
	colourful := float32(1 + min(max(r.Saturation, -100), 100)/100)
	out := image.NewNRGBA(img.Rect)
	eachRow(img.Rect.Dy(), func(y int) {
		from, to := img.Pix[y*img.Stride:][:4*img.Rect.Dx()], out.Pix[y*out.Stride:]
		for i := 0; i+4 <= len(from); i += 4 {
			red, green, blue := table[from[i]], table[from[i+1]], table[from[i+2]]
			luma := 0.2126*red + 0.7152*green + 0.0722*blue
			to[i] = level(luma + (red-luma)*colourful)
			to[i+1] = level(luma + (green-luma)*colourful)
			to[i+2] = level(luma + (blue-luma)*colourful)
			to[i+3] = from[i+3]
		}
	})
	return out
}

func level(v float32) byte { return byte(min(max(v+0.5, 0), 255)) }
