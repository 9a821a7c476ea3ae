package photo

// This file tests that planes show what Decode and Develop show, only sooner.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"github.com/gen2brain/jpegn"
)

// meadow is a scene with soft colours and some detail; no side and no corner looks like another.
func meadow(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			wave := 20 * math.Sin(40*fx+25*fy*fy)
			img.SetNRGBA(x, y, color.NRGBA{
				uint8(40 + 170*fx + wave), uint8(60 + 120*fy - wave), uint8(200 - 120*fx*fy), 255,
			})
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image, sub jpegn.Subsampling, segments ...jpegn.Segment) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegn.Encode(&b, img, &jpegn.EncodeOptions{Quality: 95, Subsampling: sub, Segments: segments}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func psnr(a, b *image.NRGBA) float64 {
	sum, n := 0.0, 0
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			p, q := a.NRGBAAt(x, y), b.NRGBAAt(x, y)
			for _, d := range [...]int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += float64(d * d)
				n++
			}
		}
	}
	if sum == 0 {
		return math.Inf(1)
	}
	return 10 * math.Log10(255*255*float64(n)/sum)
}

func TestPlanesShowWhatDevelopShows(t *testing.T) {
	scene := meadow(903, 601)
	type variant struct {
		name        string
		data        []byte
		orientation int
		recipe      Recipe
	}
	var variants []variant
	for o := 1; o <= 8; o++ {
		variants = append(variants, variant{fmt.Sprint("orientation ", o), jpegOf(t, scene, jpegn.Subsample420), o, Recipe{}})
	}
	for q := 1; q <= 3; q++ {
		variants = append(variants, variant{fmt.Sprint("turn ", q), jpegOf(t, scene, jpegn.Subsample422), 6, Recipe{Turn: q}})
	}
	for name, sub := range map[string]jpegn.Subsampling{
		"4:4:4": jpegn.Subsample444, "4:4:0": jpegn.Subsample440, "4:2:2": jpegn.Subsample422, "grey": jpegn.SubsampleGray,
	} {
		variants = append(variants, variant{name, jpegOf(t, scene, sub), 1, Recipe{}})
	}
	variants = append(variants,
		variant{"crop", jpegOf(t, scene, jpegn.Subsample420), 3, Recipe{Crop: &Rect{X: 0.1, Y: 0.2, W: 0.5, H: 0.4}}},
		variant{"tone", jpegOf(t, scene, jpegn.Subsample420), 1, Recipe{Contrast: 20, Saturation: -30}},
		variant{"redaction", jpegOf(t, scene, jpegn.Subsample420), 8, Recipe{Redactions: []Redaction{{Rect: Rect{X: 0.4, Y: 0.4, W: 0.2, H: 0.2}}}}},
	)
	for _, v := range variants {
		for _, long := range []int{903, 700, 400, 101} {
			if long == 101 && !v.recipe.IsZero() && v.recipe.Turn == 0 {
				continue // the slow way itself reduces while it decodes
			}
			info := &Info{Format: JPEG, Width: 903, Height: 601, Orientation: v.orientation}
			if v.orientation >= 5 {
				info.Width, info.Height = info.Height, info.Width
			}
			w, h := Size(info, v.recipe)
			w, h = Within(w, h, long)
			planes, kept, err := Planes(v.data, info, v.recipe, w, h, color.NRGBA{})
			if err != nil || kept != nil {
				t.Fatalf("%s at %d: %v, profile %d bytes", v.name, long, err, len(kept))
			}
			if planes.Rect.Dx() != w || planes.Rect.Dy() != h || planes.SubsampleRatio != image.YCbCrSubsampleRatio420 {
				t.Fatalf("%s at %d: %v %v, want %d × %d in 4:2:0", v.name, long, planes.Rect, planes.SubsampleRatio, w, h)
			}
			whole, err := Decode(v.data, info, DecodeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			want := Fit(Develop(whole, v.recipe), w, h)
			if got := psnr(RGBOf(planes), want); got < 31 {
				t.Errorf("%s at %d × %d: %.1f dB from the slow way, want 31", v.name, w, h, got)
			}
		}
	}
}

func TestPlanesConvertColours(t *testing.T) {
	scene := meadow(640, 480)
	data := jpegOf(t, scene, jpegn.Subsample420, iccSegment(matrixProfile("Display P3", [3][3]float64{{0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}}, 2.2)))
	info, err := Inspect(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	planes, _, err := Planes(data, info, Recipe{}, 320, 240, color.NRGBA{})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Decode(data, info, DecodeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := psnr(RGBOf(planes), Fit(whole, 320, 240)); got < 31 {
		t.Errorf("%.1f dB from the slow way, want 34", got)
	}
	if got := psnr(RGBOf(planes), Fit(scene, 320, 240)); got > 34 {
		t.Errorf("the colours weren't converted: %.1f dB from the unconverted ones", got)
	}
}

func TestPlanesOfRoundTrip(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {2, 3}, {101, 67}} {
		img := meadow(size[0], size[1])
		back := RGBOf(PlanesOf(img, color.NRGBA{}))
		if size[0] > 10 && psnr(img, back) < 34 {
			t.Errorf("%v: %.1f dB", size, psnr(img, back))
		}
		// The standard library's decoder reads the same planes from a JPEG as those that went in.
		var b bytes.Buffer
		if err := jpegn.Encode(&b, PlanesOf(img, color.NRGBA{}), &jpegn.EncodeOptions{Quality: 100}); err != nil {
			t.Fatal(err)
		}
		if _, err := jpeg.Decode(&b); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}
