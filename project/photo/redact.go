package photo

// This file owns redaction. Nothing of what is hidden takes part in what is shown: a black area is black, a pixelated one
// is made of the colours around it and of noise. An average of what is hidden, however coarse, would tell a number plate
// from a list of candidates.

import (
	"image"
	"image/color"
	"math/rand/v2"
)

const (
	redactCells = 6  // cells along the longer side
	redactNoise = 28 // levels up or down, so that it looks like the cells of something
	// redactMargin is how many pixels more are hidden each way: scaled decoding and half-sized chroma have mixed the edge
	// into its neighbours.
	redactMargin = 2
)

// redact hides the areas in a copy of img.
func redact(img *image.NRGBA, areas []Redaction) *image.NRGBA {
	out := image.NewNRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		copy(out.Pix[y*out.Stride:][:out.Stride], img.Pix[y*img.Stride:])
	}
	hidden := make([]image.Rectangle, len(areas))
	for i, a := range areas {
		hidden[i] = a.pixels(img.Rect.Dx(), img.Rect.Dy()).Inset(-redactMargin).Intersect(img.Rect)
		fill(out, hidden[i], color.NRGBA{}) // weighs nothing in any average from here on
	}
	cells := make([]mosaic, len(areas))
	for i, a := range areas {
		if a.Style == RedactPixelate {
			cells[i] = newMosaic(out, hidden[i], a.Seed)
		}
	}
	for i, a := range areas {
		if a.Style == RedactPixelate {
			cells[i].paint(out)
		} else {
			fill(out, hidden[i], color.NRGBA{A: 255})
		}
	}
	return out
}

// mosaic is a pixelated area: cells row by row.
type mosaic struct {
	area          image.Rectangle
	columns, rows int
	cells         []color.NRGBA
}

// newMosaic takes the colours of the four sides of area, each cell mixed of the nearest piece of each side by nearness,
// and noise that seed decides. A side that the photo ends at has no say.
func newMosaic(img *image.NRGBA, area image.Rectangle, seed uint64) mosaic {
	long := max(area.Dx(), area.Dy())
	m := mosaic{area: area, columns: max(1, (redactCells*area.Dx()+long/2)/long), rows: max(1, (redactCells*area.Dy()+long/2)/long)}
	depth := max(1, long/redactCells/2)
	noise := rand.New(rand.NewPCG(seed, 0x70686f746f6465))
	for row := range m.rows {
		for column := range m.columns {
			c := m.cell(column, row)
			sides := [...]struct {
				piece image.Rectangle
				away  int // cells to it
			}{
				{image.Rect(area.Min.X-depth, c.Min.Y, area.Min.X, c.Max.Y), column + 1},
				{image.Rect(area.Max.X, c.Min.Y, area.Max.X+depth, c.Max.Y), m.columns - column},
				{image.Rect(c.Min.X, area.Min.Y-depth, c.Max.X, area.Min.Y), row + 1},
				{image.Rect(c.Min.X, area.Max.Y, c.Max.X, area.Max.Y+depth), m.rows - row},
			}
			var sum [3]float64
			weight := 0.0
			for _, s := range sides {
				around := average(img, s.piece.Intersect(img.Rect))
				w := float64(around.A) / float64(s.away*s.away)
				sum[0], sum[1], sum[2] = sum[0]+w*float64(around.R), sum[1]+w*float64(around.G), sum[2]+w*float64(around.B)
				weight += w
			}
			var levels [3]uint8
			for i := range levels {
				level := 128.0 // nothing is left around it
				if weight > 0 {
					level = sum[i] / weight
				}
				levels[i] = uint8(min(max(int(level+0.5)+noise.IntN(2*redactNoise+1)-redactNoise, 0), 255))
			}
			m.cells = append(m.cells, color.NRGBA{levels[0], levels[1], levels[2], 255})
		}
	}
	return m
}

func (m mosaic) cell(column, row int) image.Rectangle {
	return image.Rect(
		m.area.Min.X+m.area.Dx()*column/m.columns, m.area.Min.Y+m.area.Dy()*row/m.rows,
		m.area.Min.X+m.area.Dx()*(column+1)/m.columns, m.area.Min.Y+m.area.Dy()*(row+1)/m.rows,
	)
}

func (m mosaic) paint(img *image.NRGBA) {
	for i, c := range m.cells {
		fill(img, m.cell(i%m.columns, i/m.columns), c)
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
