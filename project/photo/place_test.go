package photo

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// What Placed says is where Develop puts it: a dot on the upright photo is found there, whatever the recipe does.
func TestPlacedIsWhereDevelopPutsIt(t *testing.T) {
	const w, h = 300, 200
	for _, r := range []Recipe{
		{}, {Turn: 1}, {Turn: 2}, {Turn: 3}, {Straighten: 8}, {Straighten: -3}, {Turn: 1, Straighten: 6}, {Turn: 3, Straighten: -12},
	} {
		for _, dot := range []image.Point{{150, 100}, {90, 80}, {200, 130}} {
			img := image.NewNRGBA(image.Rect(0, 0, w, h))
			fill(img, img.Rect, color.NRGBA{A: 255})
			fill(img, image.Rect(dot.X-3, dot.Y-3, dot.X+3, dot.Y+3), color.NRGBA{255, 255, 255, 255})
			out := Develop(img, r)
			var sx, sy, n float64
			for y := range out.Rect.Dy() {
				for x := range out.Rect.Dx() {
					v := float64(out.NRGBAAt(x, y).R)
					sx, sy, n = sx+v*(float64(x)+0.5), sy+v*(float64(y)+0.5), n+v
				}
			}
			up := Point{float64(dot.X) / w, float64(dot.Y) / h}
			p := r.Placed(w, h, up)
			gotX, gotY := p.X*float64(out.Rect.Dx()), p.Y*float64(out.Rect.Dy())
			if math.Abs(gotX-sx/n) > 1.5 || math.Abs(gotY-sy/n) > 1.5 {
				t.Errorf("%+v: dot %v is at %.1f, %.1f; Placed says %.1f, %.1f", r, dot, sx/n, sy/n, gotX, gotY)
			}
			if back := r.Upright(w, h, p); math.Abs(back.X-up.X) > 1e-9 || math.Abs(back.Y-up.Y) > 1e-9 {
				t.Errorf("%+v: Upright brings %v back to %v", r, up, back)
			}
		}
	}
}

func near(a, b Rect) bool {
	const hair = 1e-9
	return math.Abs(a.X-b.X) < hair && math.Abs(a.Y-b.Y) < hair && math.Abs(a.W-b.W) < hair && math.Abs(a.H-b.H) < hair
}

func TestPulled(t *testing.T) {
	r := Rect{0.2, 0.2, 0.4, 0.4}
	for _, c := range []struct {
		name  string
		e     Edges
		to    Point
		ratio float64
		want  Rect
	}{
		{"a side", EdgeRight, Point{0.9, 0}, 0, Rect{0.2, 0.2, 0.7, 0.4}},
		{"a corner", EdgeLeft | EdgeTop, Point{0.1, 0.3}, 0, Rect{0.1, 0.3, 0.5, 0.3}},
		{"over the photo's edge", EdgeRight | EdgeBottom, Point{3, 3}, 0, Rect{0.2, 0.2, 0.8, 0.8}},
		{"past the other side", EdgeRight, Point{-1, 0}, 0, Rect{0.2, 0.2, 0.05, 0.4}},
		{"a corner in shape", EdgeRight | EdgeBottom, Point{0.8, 0.3}, 1, Rect{0.2, 0.2, 0.6, 0.6}},
		{"a corner in shape, at the edge", EdgeRight | EdgeBottom, Point{3, 3}, 2, Rect{0.2, 0.2, 0.8, 0.4}},
		{"a side in shape grows both ways", EdgeRight, Point{0.8, 0}, 1, Rect{0.2, 0.1, 0.6, 0.6}},
		{"a side in shape, at the edge", EdgeBottom, Point{0, 1}, 1, Rect{0, 0.2, 0.8, 0.8}},
	} {
		if got := r.Pulled(c.e, c.to, c.ratio, 0.05); !near(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestShapedAndSnapped(t *testing.T) {
	for _, c := range []struct {
		name   string
		from   Rect
		w, h   int
		shape  float64
		pw, ph int
	}{
		{"square of the whole", All, 3000, 2000, 1, 2000, 2000},
		{"16:9 of the whole", All, 3000, 2000, 16.0 / 9, 3000, 1688},
		{"4:5 of the whole", All, 3000, 2000, 4.0 / 5, 1600, 2000},
		{"3:2 of an upright photo", All, 2000, 3000, 3.0 / 2, 2000, 1333},
		{"an area keeps its size", Rect{0.25, 0.25, 0.5, 0.5}, 2000, 2000, 4, 2000, 500},
	} {
		r := c.from.Shaped(c.shape*float64(c.h)/float64(c.w)).Snapped(c.w, c.h, c.shape)
		if err := r.validate(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := r.pixels(c.w, c.h).Size(); got != image.Pt(c.pw, c.ph) {
			t.Errorf("%s: %v pixels, want %d × %d", c.name, got, c.pw, c.ph)
		}
	}
	if got := (Rect{0.8, 0.8, 0.3, 0.1}).Shifted(0.5, -2); !near(got, Rect{0.7, 0, 0.3, 0.1}) {
		t.Errorf("shifted over the edges: %+v", got)
	}
	if got := Span(Point{0.7, -1}, Point{0.2, 0.5}); !near(got, Rect{0.2, 0, 0.5, 0.5}) {
		t.Errorf("span: %+v", got)
	}
	if All.IsAll() != true || (Rect{0, 0, 1, 0.9}).IsAll() {
		t.Error("IsAll")
	}
}
