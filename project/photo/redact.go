package photo

// This file owns redaction: what is hidden can't be computed back from what is shown.

import (
	"image"
	"image/color"
	"math/rand/v2"
)

const (
	redactCells = 6  // cells along the longer side: too few to know a face or a number plate
	redactStep  = 32 // averages are rounded to this, so that several sizes of one photo add nothing to one another
	redactNoise = 28 // levels up or down: what was averaged can't be guessed by averaging candidates
)

// redact hides the areas in a copy of img.
func redact(img *image.NRGBA, areas []Redaction) *image.NRGBA {
	out := image.NewNRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		copy(out.Pix[y*out.Stride:][:out.Stride], img.Pix[y*img.Stride:])
	}
	for _, a := range areas {
		// One pixel more each way: scaled decoding has mixed the edge into its neighbours.
		area := a.pixels(img.Rect.Dx(), img.Rect.Dy()).Inset(-1).Intersect(img.Rect)
		if a.Style == RedactPixelate {
			pixelate(out, area, a.Seed)
		} else {
			fill(out, area, color.NRGBA{A: 255})
		}
	}
	return out
}

// pixelate replaces an area by a few cells of its coarse average colour with noise that seed decides.
func pixelate(img *image.NRGBA, area image.Rectangle, seed uint64) {
	long := max(area.Dx(), area.Dy())
	columns := max(1, (redactCells*area.Dx()+long/2)/long)
	rows := max(1, (redactCells*area.Dy()+long/2)/long)
	noise := rand.New(rand.NewPCG(seed, 0x70686f746f6465))
	for row := range rows {
		for column := range columns {
			cell := image.Rect(
				area.Min.X+area.Dx()*column/columns, area.Min.Y+area.Dy()*row/rows,
				area.Min.X+area.Dx()*(column+1)/columns, area.Min.Y+area.Dy()*(row+1)/rows,
			)
			c := average(img, cell)
			for _, v := range [...]*uint8{&c.R, &c.G, &c.B} {
				coarse := int(*v)/redactStep*redactStep + redactStep/2
				*v = uint8(min(max(coarse+noise.IntN(2*redactNoise+1)-redactNoise, 0), 255))
			}
			c.A = 255
			fill(img, cell, c)
		}
	}
}

// average is the mean colour of an area, pixels weighted by how opaque they are; transparent black for an empty one.
func average(img *image.NRGBA, area image.Rectangle) color.NRGBA {
	var r, g, b, a, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := img.Pix[img.PixOffset(area.Min.X, y):][:4*area.Dx()]
		for i := 0; i+4 <= len(row); i += 4 {
			alpha := uint64(row[i+3])
			r += uint64(row[i]) * alpha
			g += uint64(row[i+1]) * alpha
			b += uint64(row[i+2]) * alpha
			a += alpha
			n++
		}
	}
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{R: uint8(r / a), G: uint8(g / a), B: uint8(b / a), A: uint8(a / n)}
}

func fill(img *image.NRGBA, area image.Rectangle, c color.NRGBA) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := img.Pix[img.PixOffset(area.Min.X, y):][:4*area.Dx()]
		for i := 0; i+4 <= len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = c.R, c.G, c.B, c.A
		}
	}
}
