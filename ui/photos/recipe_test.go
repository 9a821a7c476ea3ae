package photos

// This file tests that a recipe shows the same photo in the library, in the gallery and in what readers get.

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"photodesk/export/derive"
	"photodesk/project"
	"photodesk/project/photo"
)

// landscape has a detail in every part, so that a step left out or done twice shows.
func landscape(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			wave := 40 * math.Sin(30*fx+20*fy*fy)
			img.SetRGBA(x, y, color.RGBA{uint8(50 + 150*fx + wave), uint8(70 + 100*fy - wave), uint8(190 - 110*fx*fy), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRecipeLooksTheSameEverywhere(t *testing.T) {
	const w, h = 1500, 1000
	data := landscape(t, w, h)
	hidden := photo.Rect{X: 0.3, Y: 0.3, W: 0.2, H: 0.25}
	crop := photo.Rect{X: 0.1, Y: 0.05, W: 0.7, H: 0.8}
	for _, tc := range []struct {
		name   string
		recipe photo.Recipe
	}{
		{"as it is", photo.Recipe{}},
		{"turned", photo.Recipe{Turn: 1}},
		{"turned back", photo.Recipe{Turn: 3}},
		{"straightened", photo.Recipe{Straighten: 3.5}},
		{"cropped", photo.Recipe{Crop: &crop}},
		{"toned", photo.Recipe{Brightness: 8, Contrast: 20, Saturation: -30}},
		{"black", photo.Recipe{Redactions: []photo.Redaction{{Rect: hidden}}}},
		{"pixelated", photo.Recipe{Redactions: []photo.Redaction{{Rect: hidden, Style: photo.RedactPixelate, Seed: 9}}}},
		{"all of it", photo.Recipe{
			Turn: 1, Straighten: -2, Crop: &crop, Brightness: -5, Contrast: 15, Saturation: 20,
			Redactions: []photo.Redaction{{Rect: hidden, Style: photo.RedactPixelate, Seed: 9}, {Rect: photo.Rect{X: 0.6, Y: 0.5, W: 0.1, H: 0.1}}},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ph := project.Photo{ID: 1, Width: w, Height: h, Format: photo.JPEG, Recipe: tc.recipe}
			width := 480
			res, err := derive.Make(t.Context(), derive.Job{Data: data, Recipe: tc.recipe, Specs: derive.Specs([]int{width})})
			if err != nil {
				t.Fatal(err)
			}
			height := res.Files[0].Height
			thumb, err := photo.Thumbnail(data, nil, tc.recipe, max(width, height))
			if err != nil {
				t.Fatal(err)
			}
			shown, err := render(t.Context(), &files{data: data}, ph, width, height, true)
			if err != nil {
				t.Fatal(err)
			}
			views := map[string]image.Image{"thumbnail": thumb, "gallery": shown}
			for _, f := range res.Files {
				if views[f.Format], err = photo.Decode(f.Data, nil, photo.DecodeOptions{}); err != nil {
					t.Fatal(err)
				}
			}
			for name, img := range views {
				if img.Bounds() != image.Rect(0, 0, width, height) {
					t.Errorf("%s is %v, want %d × %d", name, img.Bounds(), width, height)
					continue
				}
				mean, far := apart(img, shown)
				if mean > 3 || far > 0.02 {
					t.Errorf("%s: %.1f levels from the gallery, %.1f %% of the pixels far from it", name, mean, 100*far)
				}
			}
		})
	}
}

// apart is the mean difference of two photos in levels, and the part of their samples that differ by what the eye sees.
func apart(a, b image.Image) (mean, far float64) {
	const seen = 32
	n := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			for _, d := range [...]int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				d = max(d, -d)
				mean += float64(d)
				if d > seen {
					far++
				}
				n++
			}
		}
	}
	return mean / float64(n), far / float64(n)
}
