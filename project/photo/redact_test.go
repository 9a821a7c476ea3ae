package photo

// This file proves that redaction keeps nothing back: what was hidden could be anything and the result is the same.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// secret is a meadow with a code of black and white squares in an area, as a number plate or a face would be there.
func secret(w, h int, area image.Rectangle, seed uint64) *image.NRGBA {
	img := meadow(w, h)
	code := rand.New(rand.NewPCG(seed, 1))
	const squares = 8
	for row := range squares {
		for column := range squares {
			v := uint8(255 * code.IntN(2))
			fill(img, image.Rect(
				area.Min.X+area.Dx()*column/squares, area.Min.Y+area.Dy()*row/squares,
				area.Min.X+area.Dx()*(column+1)/squares, area.Min.Y+area.Dy()*(row+1)/squares,
			), color.NRGBA{v, v, v, 255})
		}
	}
	return img
}

func TestHiddenPixelsTakeNoPart(t *testing.T) {
	const w, h = 400, 300
	for _, tc := range []struct {
		name   string
		areas  []Rect
		recipe Recipe
	}{
		{"one area", []Rect{{0.25, 0.25, 0.5, 0.5}}, Recipe{}},
		{"at a corner", []Rect{{0, 0, 0.5, 0.5}}, Recipe{}},
		{"all of the photo", []Rect{{0, 0, 1, 1}}, Recipe{}},
		{"side by side", []Rect{{0.1, 0.2, 0.3, 0.3}, {0.4, 0.2, 0.3, 0.3}, {0.4, 0.5, 0.3, 0.3}}, Recipe{}},
		{"one over the other", []Rect{{0.1, 0.1, 0.5, 0.5}, {0.4, 0.4, 0.5, 0.5}}, Recipe{}},
		{"a thin strip", []Rect{{0.1, 0.5, 0.8, 0.01}}, Recipe{}},
		{"turned, straightened, cropped and toned", []Rect{{0.25, 0.25, 0.25, 0.25}}, Recipe{
			Turn: 1, Straighten: 4, Crop: &Rect{0.1, 0.1, 0.8, 0.8}, Contrast: 30, Saturation: 20,
		}},
	} {
		for _, styles := range [][2]string{{RedactBlack, RedactBlack}, {RedactPixelate, RedactPixelate}, {RedactPixelate, RedactBlack}} {
			t.Run(tc.name+" "+styles[0]+" "+styles[1], func(t *testing.T) {
				recipe := tc.recipe
				for i, area := range tc.areas {
					recipe.Redactions = append(recipe.Redactions, Redaction{Rect: area, Style: styles[i%2], Seed: 5})
				}
				var outs [][]byte
				for seed := range uint64(4) {
					img := meadow(w, h)
					for i, area := range tc.areas {
						at := area.pixels(w, h)
						other := secret(w, h, at, 10*seed+uint64(i))
						for y := at.Min.Y; y < at.Max.Y; y++ {
							copy(img.Pix[img.PixOffset(at.Min.X, y):][:4*at.Dx()], other.Pix[other.PixOffset(at.Min.X, y):])
						}
					}
					outs = append(outs, Develop(img, recipe).Pix)
				}
				for i, out := range outs[1:] {
					if !bytes.Equal(out, outs[0]) {
						t.Errorf("secrets 0 and %d can be told apart", i+1)
					}
				}
			})
		}
	}
}

// The cells go with what lies around them, so that the eye isn't drawn to them, and look like cells.
func TestMosaicLooksLikeItsSurroundings(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	fill(img, img.Rect, color.NRGBA{200, 60, 60, 255})
	fill(img, image.Rect(150, 0, 300, 200), color.NRGBA{60, 60, 200, 255})
	out := Develop(img, Recipe{Redactions: []Redaction{{Rect: Rect{0.2, 0.2, 0.6, 0.6}, Style: RedactPixelate, Seed: 3}}})
	left, right := out.NRGBAAt(65, 100), out.NRGBAAt(235, 100)
	if int(left.R)-int(left.B) < 40 || int(right.B)-int(right.R) < 40 {
		t.Errorf("beside red %v, beside blue %v", left, right)
	}
	colours := map[color.NRGBA]bool{}
	for y := 45; y < 155; y++ {
		for x := 65; x < 235; x++ {
			colours[out.NRGBAAt(x, y)] = true
		}
	}
	if n := len(colours); n < redactCells || n > redactCells*redactCells {
		t.Errorf("%d colours in a mosaic of at most %d cells", n, redactCells*redactCells)
	}
	if whole := Develop(img, Recipe{Redactions: []Redaction{{Rect: Rect{0, 0, 1, 1}, Style: RedactPixelate}}}).NRGBAAt(150, 100); whole.A != 255 {
		t.Errorf("with nothing around it a cell is %v", whole)
	}
}

// A JPEG that was reduced while it was decoded has mixed the edge of an area into its neighbours.
func TestHiddenPixelsTakeNoPartAtAnyScale(t *testing.T) {
	const w, h = 640, 480
	area := Rect{0.25, 0.25, 0.5, 0.5} // on the borders of the JPEG's blocks: each block is all hidden or all shown
	for _, edge := range []int{640, 320, 160, 80, 300, 90} {
		for _, style := range []string{RedactBlack, RedactPixelate} {
			t.Run(fmt.Sprint(edge, " ", style), func(t *testing.T) {
				recipe := Recipe{Redactions: []Redaction{{Rect: area, Style: style}}}
				at := area.pixels(w, h)
				a := must(Thumbnail(jpegBytes(secret(w, h, at, 1)), nil, recipe, edge))
				b := must(Thumbnail(jpegBytes(secret(w, h, at, 2)), nil, recipe, edge))
				if !bytes.Equal(a.Pix, b.Pix) {
					t.Errorf("two secrets differ by %.3f levels", difference(a, b))
				}
			})
		}
	}
}
