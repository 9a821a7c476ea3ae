package photo

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"math"
	"reflect"
	"testing"
)

func TestDevelop(t *testing.T) {
	for _, tc := range []struct {
		name   string
		recipe Recipe
		w, h   int
		want   string
	}{
		{"as is", Recipe{}, 120, 80, "RGBW"},
		{"a quarter clockwise", Recipe{Turn: 1}, 80, 120, "WRGB"},
		{"half around", Recipe{Turn: 2}, 120, 80, "BWRG"},
		{"a quarter back", Recipe{Turn: 3}, 80, 120, "GBWR"},
		{"crop to the right half", Recipe{Crop: &Rect{0.5, 0, 0.5, 1}}, 60, 80, "GGBB"},
		{"crop after the turn", Recipe{Turn: 1, Crop: &Rect{0, 0, 1, 0.5}}, 80, 60, "WRRW"},
		{"straightened, in shape", Recipe{Straighten: 5}, 105, 69, "RGBW"},
		{"straightened the other way", Recipe{Straighten: -5}, 105, 69, "RGBW"},
		{"a crop of nothing keeps a pixel", Recipe{Crop: &Rect{1, 1, 0, 0}}, 1, 1, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := scene(120, 80)
			before := bytes.Clone(in.Pix)
			out := Develop(in, tc.recipe)
			if out.Rect.Dx() != tc.w || out.Rect.Dy() != tc.h {
				t.Errorf("size %v, want %d × %d", out.Rect.Size(), tc.w, tc.h)
			}
			if w, h := Size(&Info{Width: 120, Height: 80}, tc.recipe); w != tc.w || h != tc.h {
				t.Errorf("Size says %d × %d, want %d × %d", w, h, tc.w, tc.h)
			}
			if tc.want != "" && quarters(out) != tc.want {
				t.Errorf("quarters %s, want %s", quarters(out), tc.want)
			}
			if !bytes.Equal(in.Pix, before) {
				t.Error("the photo itself was changed")
			}
		})
	}
}

func TestStraightenedShowsNoCorner(t *testing.T) {
	white := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	fill(white, white.Rect, color.NRGBA{255, 255, 255, 255})
	for _, degrees := range []float64{-45, -10, -0.5, 0.5, 3, 45} {
		out := Develop(white, Recipe{Straighten: degrees})
		for i, v := range out.Pix {
			if v < 250 {
				t.Fatalf("%g degrees: level %d at byte %d of %v", degrees, v, i, out.Rect)
			}
		}
	}
}

func TestStraightenTurnsClockwise(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 200, 200))
	fill(img, image.Rect(0, 100, 200, 200), color.NRGBA{255, 255, 255, 255})
	out := Develop(img, Recipe{Straighten: 20})
	n := out.Rect.Dx()
	// The horizon falls to the right once turned clockwise.
	if left, right := out.NRGBAAt(n/8, n/2+1).R, out.NRGBAAt(n*7/8, n/2-1).R; left < 200 || right > 50 {
		t.Errorf("left of the middle %d, right %d", left, right)
	}
}

func TestTone(t *testing.T) {
	one := func(r, g, b uint8, recipe Recipe) color.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
		img.SetNRGBA(0, 0, color.NRGBA{r, g, b, 200})
		return Develop(img, recipe).NRGBAAt(0, 0)
	}
	for _, tc := range []struct {
		name   string
		recipe Recipe
		want   color.NRGBA
	}{
		{"brighter", Recipe{Brightness: 20}, color.NRGBA{126, 76, 226, 200}},
		{"darker, clipped", Recipe{Brightness: -100}, color.NRGBA{0, 0, 73, 200}},
		{"no contrast", Recipe{Contrast: -100}, color.NRGBA{128, 128, 128, 200}},
		{"more contrast", Recipe{Contrast: 50}, color.NRGBA{86, 11, 236, 200}},
		{"grey", Recipe{Saturation: -100}, color.NRGBA{71, 71, 71, 200}},
		{"beyond bounds", Recipe{Saturation: -1000}, color.NRGBA{71, 71, 71, 200}},
	} {
		if got := one(100, 50, 200, tc.recipe); got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestRedaction(t *testing.T) {
	area := Rect{0.25, 0.25, 0.5, 0.5}
	t.Run("black", func(t *testing.T) {
		out := Develop(scene(80, 80), Recipe{Redactions: []Redaction{{Rect: area}}})
		for y := 20; y < 60; y++ {
			for x := 20; x < 60; x++ {
				if out.NRGBAAt(x, y) != (color.NRGBA{A: 255}) {
					t.Fatalf("%d,%d shows %v", x, y, out.NRGBAAt(x, y))
				}
			}
		}
		if out.NRGBAAt(10, 10).R < 200 {
			t.Error("what lies outside was hidden too")
		}
	})
	t.Run("it stays on its place under a turn and a crop", func(t *testing.T) {
		out := Develop(scene(80, 40), Recipe{Turn: 1, Crop: &Rect{0.5, 0, 0.5, 0.5}, Redactions: []Redaction{{Rect: Rect{0, 0, 0.5, 0.5}}}})
		for i := 0; i < len(out.Pix); i += 4 {
			if out.Pix[i] != 0 {
				t.Fatal("the red quarter shows")
			}
		}
	})
	t.Run("pixelated", func(t *testing.T) {
		face := scene(200, 200)
		recipe := Recipe{Redactions: []Redaction{{Rect: area, Style: RedactPixelate, Seed: 7}}}
		out := Develop(face, recipe)
		colours := map[color.NRGBA]bool{}
		for y := 50; y < 150; y++ {
			for x := 50; x < 150; x++ {
				colours[out.NRGBAAt(x, y)] = true
			}
		}
		if len(colours) > redactCells*redactCells {
			t.Errorf("%d colours, at most %d cells", len(colours), redactCells*redactCells)
		}
		if !bytes.Equal(out.Pix, Develop(face, recipe).Pix) {
			t.Error("the same recipe gave other pixels")
		}
		recipe.Redactions[0].Seed = 8
		if bytes.Equal(out.Pix, Develop(face, recipe).Pix) {
			t.Error("the seed changes nothing")
		}
	})
}

func TestRecipeValidate(t *testing.T) {
	nan := math.NaN()
	for _, tc := range []struct {
		name   string
		recipe Recipe
		ok     bool
	}{
		{"zero", Recipe{}, true},
		{"all of it", Recipe{Turn: 3, Straighten: -45, Crop: &Rect{0, 0, 1, 1}, Focus: &Point{1, 1}, Brightness: 100, Redactions: []Redaction{{Rect: Rect{0, 0, 1, 1}, Style: RedactPixelate}}}, true},
		{"five turns", Recipe{Turn: 5}, false},
		{"over on its side", Recipe{Straighten: 46}, false},
		{"no number", Recipe{Straighten: nan}, false},
		{"crop of no number", Recipe{Crop: &Rect{nan, 0, 1, 1}}, false},
		{"crop outside", Recipe{Crop: &Rect{0.5, 0, 0.6, 1}}, false},
		{"empty crop", Recipe{Crop: &Rect{0.5, 0, 0, 1}}, false},
		{"focus outside", Recipe{Focus: &Point{1.1, 0}}, false},
		{"contrast", Recipe{Contrast: 101}, false},
		{"unknown redaction", Recipe{Redactions: []Redaction{{Rect: Rect{0, 0, 1, 1}, Style: "blur"}}}, false},
	} {
		if err := tc.recipe.Validate(); (err == nil) != tc.ok {
			t.Errorf("%s: got %v", tc.name, err)
		}
	}
}

func TestRecipeJSON(t *testing.T) {
	want := Recipe{Turn: 1, Crop: &Rect{0.1, 0.2, 0.3, 0.4}, Focus: &Point{0.5, 0.6}, Redactions: []Redaction{{Rect: Rect{0, 0, 0.5, 0.5}, Style: RedactPixelate, Seed: 1 << 63}}}
	var got Recipe
	if err := json.Unmarshal(must(json.Marshal(want)), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if s := string(must(json.Marshal(Recipe{}))); s != "{}" {
		t.Errorf("the zero recipe is %s", s)
	}
}

func TestTurnedKeepsCropAndFocus(t *testing.T) {
	r := Recipe{Crop: &Rect{0.5, 0, 0.5, 0.5}, Focus: &Point{0.75, 0.25}} // the green quarter
	for range 4 {
		if q := quarters(Develop(scene(80, 80), r)); q != "GGGG" {
			t.Errorf("turn %d shows %s", r.Turn, q)
		}
		if f := r.FocusIn(); math.Abs(f.X-0.5) > 1e-9 || math.Abs(f.Y-0.5) > 1e-9 {
			t.Errorf("turn %d: focus at %+v", r.Turn, f)
		}
		r = r.Turned(1)
	}
	if r.Turn != 0 || *r.Crop != (Rect{0.5, 0, 0.5, 0.5}) {
		t.Errorf("once around gives %+v", r)
	}
	if (Recipe{}).FocusIn() != (Point{0.5, 0.5}) {
		t.Error("without a focal point it isn't the middle")
	}
}

func TestCoverAndThumbnail(t *testing.T) {
	info := &Info{Width: 6000, Height: 4000}
	for _, tc := range []struct {
		name   string
		recipe Recipe
		edge   int
		want   int
	}{
		{"whole", Recipe{}, 1500, 1500},
		{"beyond", Recipe{}, 9000, 6000},
		{"half the width", Recipe{Crop: &Rect{0, 0, 0.5, 0.5}}, 1500, 3000},
		{"more than the crop has", Recipe{Crop: &Rect{0, 0, 0.5, 0.5}}, 4000, 6000},
	} {
		if got := Cover(info, tc.recipe, tc.edge); got != tc.want {
			t.Errorf("%s: got %d, want %d", tc.name, got, tc.want)
		}
	}
	data := jpegBytes(scene(800, 600))
	for _, tc := range []struct {
		name   string
		recipe Recipe
		edge   int
		size   image.Point
	}{
		{"fits", Recipe{}, 200, image.Pt(200, 150)},
		{"turned", Recipe{Turn: 1}, 200, image.Pt(150, 200)},
		{"cropped", Recipe{Crop: &Rect{0, 0, 0.5, 0.5}}, 200, image.Pt(200, 150)},
		{"never larger", Recipe{}, 2000, image.Pt(800, 600)},
	} {
		img, err := Thumbnail(data, nil, tc.recipe, tc.edge)
		if err != nil || img.Rect.Size() != tc.size {
			t.Errorf("%s: got %v, %v; want %v", tc.name, img.Rect, err, tc.size)
		}
	}
}

func TestDominant(t *testing.T) {
	img := image.NewNRGBA(image.Rect(10, 10, 200, 100))
	fill(img, img.Rect, color.NRGBA{200, 100, 50, 255})
	if c := Dominant(img); c != (color.NRGBA{200, 100, 50, 255}) {
		t.Errorf("got %v", c)
	}
	if c := Dominant(image.NewNRGBA(image.Rect(0, 0, 5, 5))); c != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("transparent: got %v", c)
	}
	Dominant(image.NewNRGBA(image.Rectangle{}))
}
