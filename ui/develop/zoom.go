package develop

// This file owns the photo at 100 %: a pixel of it on a pixel of the screen, and
// how it is moved under the stage. It changes nothing of the photo.

import (
	"image"
	"math"

	"fyne.io/fyne/v2"

	"photodesk/project/photo"
)

// pan is a photo in the middle of being moved.
type pan struct {
	from   fyne.Position
	centre photo.Point // when it was taken hold of
}

// Zoom shows the photo at 100 %, or whole again.
func (r *Room) Zoom() {
	if r.plate == nil {
		return
	}
	s := r.stage
	s.letGo()
	if !s.zoom {
		s.centre = s.interest()
	}
	s.zoom = !s.zoom
	r.changed()
}

// Zoomed reports whether the photo is shown at 100 %.
func (r *Room) Zoomed() bool { return r.stage.zoom }

// interest is the place to look at closely: what is in hand, what the pointer
// is on, or the focal point.
func (s *stage) interest() photo.Point {
	r, p := s.r, s.place()
	if r.tool == Redact && r.chosen >= 0 {
		return r.placed(r.recipe.Redactions[r.chosen].Middle())
	}
	if s.over != nil {
		if at := p.point(*s.over); photo.All.Contains(at) {
			return at
		}
	}
	at := r.focal()
	if c := r.shown().Crop; c != nil && c.W > 0 && c.H > 0 { // of the whole photo
		at = photo.Point{X: (at.X - c.X) / c.W, Y: (at.Y - c.Y) / c.H}
	}
	return at
}

// along is where a photo begins in a room, with its centre in the middle and no
// more than the margin left empty.
func along(room, long float32, centre float64) float32 {
	if long <= room-2*margin {
		return (room - long) / 2
	}
	return min(max(room/2-float32(centre)*long, room-margin-long), margin)
}

// full is the photo's size in pixels as it is shown now.
func (s *stage) full() (w, h int) {
	return photo.Size(&photo.Info{Width: s.r.ph.Width, Height: s.r.ph.Height, Orientation: 1}, s.r.shown())
}

// part is what of the full photo the stage shows, in its pixels, and as much
// again around it, so that a small move asks for nothing; empty where all fits.
// need is what is seen.
func (s *stage) part() (need, part image.Rectangle) {
	p := s.place()
	w, h := s.full()
	if !s.zoom || w <= 0 || p.size.Width <= 0 {
		return
	}
	size := s.Size()
	perUnit := float64(w) / float64(p.size.Width)
	px := func(v float32) int { return int(math.Floor(float64(v) * perUnit)) }
	all := image.Rect(0, 0, w, h)
	need = image.Rect(px(-p.at.X), px(-p.at.Y), px(size.Width-p.at.X)+1, px(size.Height-p.at.Y)+1).Intersect(all)
	grow := image.Pt(need.Dx()/3, need.Dy()/3)
	part = image.Rectangle{Min: need.Min.Sub(grow), Max: need.Max.Add(grow)}.Intersect(all)
	return need, part
}

// moveTo moves the photo under the stage; what is beyond its edges is never shown.
func (s *stage) moveTo(centre photo.Point) {
	p := s.place()
	if !s.zoom || p.size.Width <= 0 {
		return
	}
	s.centre = centre
	// Where the edge holds it, the next move begins there.
	p = s.place()
	size := s.Size()
	s.centre = p.point(fyne.NewPos(size.Width/2, size.Height/2))
	s.request()
	s.Refresh()
}

// moveBy moves the photo by so much of the screen.
func (s *stage) moveBy(dx, dy float32) {
	p := s.place()
	if s.zoom && p.size.Width > 0 {
		s.moveTo(photo.Point{X: s.centre.X + float64(dx/p.size.Width), Y: s.centre.Y + float64(dy/p.size.Height)})
	}
}

// look moves the photo so that a place of it is seen.
func (s *stage) look(at photo.Point) {
	pos, size := s.place().pos(at), s.Size()
	if s.zoom && (pos.X < margin || pos.Y < margin || pos.X > size.Width-margin || pos.Y > size.Height-margin) {
		s.moveTo(at)
	}
}

// panned moves the photo by an arrow key.
func (s *stage) panned(k fyne.KeyName) bool {
	const step = 120
	switch k {
	case fyne.KeyLeft:
		s.moveBy(-step, 0)
	case fyne.KeyRight:
		s.moveBy(step, 0)
	case fyne.KeyUp:
		s.moveBy(0, -step)
	case fyne.KeyDown:
		s.moveBy(0, step)
	default:
		return false
	}
	return true
}

// still reports whether arrow keys have nothing to move but the photo itself.
func (s *stage) still() bool {
	r := s.r
	return r.readOnly || r.tool == Tone || r.tool == Redact && r.chosen < 0
}

// Scrolled moves the photo with the wheel.
func (s *stage) Scrolled(ev *fyne.ScrollEvent) { s.moveBy(-ev.Scrolled.DX, -ev.Scrolled.DY) }
