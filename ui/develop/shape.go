package develop

// This file owns the shapes of a crop, and the crop tool.

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/photo"
)

// shape is what a crop is held to; the zero value lets it go.
type shape struct {
	name    string // of shapes
	swapped bool
}

const original = "original"

// shapes are width over height in pixels, as they are offered.
var shapes = []struct {
	name  string
	ratio float64
}{{"", 0}, {original, 0}, {"3:2", 3.0 / 2}, {"4:3", 4.0 / 3}, {"1:1", 1}, {"16:9", 16.0 / 9}, {"4:5", 4.0 / 5}}

// ratio is width over height in pixels, or 0.
func (s shape) ratio(r photo.Recipe, ph project.Photo) float64 {
	ratio := 0.0
	for _, o := range shapes {
		if o.name == s.name {
			ratio = o.ratio
		}
	}
	if w, h := r.Whole(ph.Width, ph.Height); s.name == original && w > 0 && h > 0 {
		ratio = float64(w) / float64(h)
	}
	if s.swapped && ratio > 0 {
		ratio = 1 / ratio
	}
	return ratio
}

// fits reports whether the recipe's crop has the shape, to the pixel.
func (s shape) fits(r photo.Recipe, ph project.Photo) bool {
	ratio := s.ratio(r, ph)
	if r.Crop == nil || ratio == 0 {
		return s.name == ""
	}
	w, h := r.Whole(ph.Width, ph.Height)
	return math.Abs(r.Crop.W*float64(w)/ratio-r.Crop.H*float64(h)) <= 1.01
}

// shapeOf is the shape that a recipe's crop has.
func shapeOf(r photo.Recipe, ph project.Photo) shape {
	if r.Crop == nil {
		return shape{}
	}
	for _, swapped := range []bool{false, true} {
		for _, o := range shapes[1:] {
			if s := (shape{o.name, swapped}); s.fits(r, ph) {
				return s
			}
		}
	}
	return shape{}
}

// inFractions is the shape for areas of the whole photo, or 0.
func (r *Room) inFractions() float64 {
	w, h := r.recipe.Whole(r.ph.Width, r.ph.Height)
	if w <= 0 || h <= 0 {
		return 0
	}
	return r.shape.ratio(r.recipe, r.ph) * float64(h) / float64(w)
}

// setShape holds the crop to a shape.
func (r *Room) setShape(s shape) {
	if r.plate == nil || r.readOnly {
		return
	}
	r.stage.letGo()
	r.shape = s
	ratio := r.inFractions()
	if ratio == 0 {
		r.changed()
		return
	}
	r.tryShape(ratio)
}

// tryShape crops to a shape. One shape after the other is tried on the same
// frame, or each would leave less than the last.
func (r *Room) tryShape(ratio float64) {
	drawn := r.drawn
	r.setFrame(drawn.Shaped(ratio))
	r.report(lang.L("Crop photo"), "")
	r.drawn = drawn
}

// swap lays the crop's shape on its side.
func (r *Room) swap() {
	s := r.shape
	if s.name == "" { // whatever shape it has
		f := r.frame()
		w, h := r.recipe.Whole(r.ph.Width, r.ph.Height)
		if r.plate == nil || r.readOnly || w <= 0 || h <= 0 {
			return
		}
		was := f.W * float64(w) / (f.H * float64(h))
		r.tryShape(float64(h) / (was * float64(w)))
		return
	}
	s.swapped = !s.swapped
	r.setShape(s)
}

// setFrame crops to an area on whole pixels; all of the photo is no crop.
func (r *Room) setFrame(f photo.Rect) {
	w, h := r.recipe.Whole(r.ph.Width, r.ph.Height)
	f = f.Snapped(w, h, r.shape.ratio(r.recipe, r.ph))
	if f.IsAll() {
		r.recipe.Crop = nil
		return
	}
	r.recipe.Crop = &f
}

// leastFrame is the smallest side of a crop, in fractions.
const leastFrame = 0.04

// dragFrame moves, pulls or draws the crop with the pointer.
func (r *Room) dragFrame(d *drag, to photo.Point) {
	f := d.rect
	switch {
	case d.fresh:
		f = photo.Span(d.start, to)
		if f.W < leastFrame || f.H < leastFrame {
			return
		}
		if ratio := r.inFractions(); ratio > 0 {
			e := photo.EdgeRight | photo.EdgeBottom
			at := photo.Rect{X: f.X, Y: f.Y, W: 0.001, H: 0.001 / ratio}
			if to.X < d.start.X {
				e ^= photo.EdgeRight | photo.EdgeLeft
				at.X = f.X + f.W - at.W
			}
			if to.Y < d.start.Y {
				e ^= photo.EdgeBottom | photo.EdgeTop
				at.Y = f.Y + f.H - at.H
			}
			f = at.Pulled(e, to, ratio, leastFrame)
		}
	case d.edges == 0:
		f = f.Shifted(to.X-d.start.X, to.Y-d.start.Y)
	default:
		f = f.Pulled(d.edges, d.moved(to), r.inFractions(), leastFrame)
	}
	r.setFrame(f)
}

// nudgeFrame moves the crop by arrow keys, or pulls its lower right corner.
func (r *Room) nudgeFrame(dx, dy float64, pull bool) {
	f := r.frame()
	if pull {
		f = f.Pulled(edgesOf(dx, dy), photo.Point{X: f.X + f.W + dx, Y: f.Y + f.H + dy}, r.inFractions(), leastFrame)
	} else {
		f = f.Shifted(dx, dy)
	}
	r.setFrame(f)
	r.report(lang.L("Crop photo"), "crop")
}

// edgesOf are the edges that an arrow key pulls.
func edgesOf(dx, dy float64) photo.Edges {
	var e photo.Edges
	if dx != 0 {
		e |= photo.EdgeRight
	}
	if dy != 0 {
		e |= photo.EdgeBottom
	}
	return e
}

// arrow is the step of an arrow key in fractions of what is shown.
func (s *stage) arrow(k fyne.KeyName) (dx, dy float64, ok bool) {
	size := s.place().size
	if size.Width <= 0 || size.Height <= 0 {
		return 0, 0, false
	}
	const step = 4 // in units of the screen, so that it can be seen
	x, y := step/float64(size.Width), step/float64(size.Height)
	switch k {
	case fyne.KeyLeft:
		return -x, 0, true
	case fyne.KeyRight:
		return x, 0, true
	case fyne.KeyUp:
		return 0, -y, true
	case fyne.KeyDown:
		return 0, y, true
	}
	return 0, 0, false
}
