package develop

// This file owns the stage: the photo, and what the pointer and the keys do on it.

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project/photo"
)

const (
	margin = 34 // around the photo, so that handles at its edges can be taken hold of
	reach  = 9  // from a handle's middle to where it still is taken: 18 across
)

// stage is the photo at exact device pixels with handles over it.
type stage struct {
	widget.BaseWidget
	r        *Room
	img      *image.RGBA
	of       photo.Rect // what of the photo img shows
	trouble  error
	asked    *wish // last
	drag     *drag
	zoom     bool           // at 100 %
	centre   photo.Point    // of what is shown then
	pan      *pan           // the photo is being moved
	over     *fyne.Position // where the pointer rests, nil: elsewhere
	focused  bool
	level    bool // a horizon is being straightened: show a grid
	shift    bool
	pointer  desktop.Cursor
	renderer *stageRenderer
}

// drag is what the pointer is in the middle of.
type drag struct {
	from  photo.Recipe // before it
	start photo.Point  // where it was taken hold of
	grip  photo.Point  // where the handle's own middle was
	rect  photo.Rect
	edges photo.Edges // pulled; 0: all of it moves
	fresh bool        // a new one is drawn
	index int         // redaction
	far   bool        // it has moved
}

// moved is where the handle goes, whose middle was not hit exactly.
func (d *drag) moved(to photo.Point) photo.Point {
	return photo.Point{X: d.grip.X + to.X - d.start.X, Y: d.grip.Y + to.Y - d.start.Y}
}

func newStage(r *Room) *stage {
	s := &stage{r: r, pointer: desktop.DefaultCursor}
	s.ExtendBaseWidget(s)
	return s
}

func (s *stage) clear() {
	s.img, s.trouble, s.asked, s.drag, s.level = nil, nil, nil, nil, false
	s.zoom, s.pan, s.over, s.of = false, nil, nil, photo.All
}

// Resize asks for the pixels of the new size.
func (s *stage) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	s.request()
}

// request asks the plate for what is shown now, once.
func (s *stage) request() {
	size := s.Size()
	if s.r.plate == nil || size.Width < 3*margin || size.Height < 3*margin {
		return
	}
	w, h := devicePixels(s, size.SubtractWidthHeight(2*margin, 2*margin))
	need, part := s.part()
	want := &wish{recipe: clone(s.r.shown()), w: w, h: h, part: part}
	want.recipe.Focus = nil
	if a := s.asked; a != nil && a.w == w && a.h == h && same(a.recipe, want.recipe) &&
		a.part.Empty() == part.Empty() && need.In(a.part) {
		return
	}
	s.asked = want
	of := photo.All
	if fw, fh := s.full(); !part.Empty() {
		of = photo.Rect{
			X: float64(part.Min.X) / float64(fw), Y: float64(part.Min.Y) / float64(fh),
			W: float64(part.Dx()) / float64(fw), H: float64(part.Dy()) / float64(fh),
		}
	}
	p := s.r.plate
	want.got = func(img *image.RGBA, err error) {
		if s.r.plate != p {
			return
		}
		s.trouble = err
		if err == nil {
			s.img, s.of = img, of
		}
		s.Refresh()
	}
	p.ask(want)
}

// place is where the photo stands on the stage.
type place struct {
	at   fyne.Position
	size fyne.Size
}

func (s *stage) place() place {
	size := s.Size()
	w, h := photo.Size(&photo.Info{Width: s.r.ph.Width, Height: s.r.ph.Height, Orientation: 1}, s.r.shown())
	bw, bh := devicePixels(s, size.SubtractWidthHeight(2*margin, 2*margin))
	if w <= 0 || h <= 0 || bw <= 0 || bh <= 0 {
		return place{}
	}
	if !s.zoom {
		w, h = fitted(w, h, bw, bh)
	}
	scale := (size.Width - 2*margin) / float32(bw)
	out := fyne.NewSize(float32(w)*scale, float32(h)*scale)
	x, y := (size.Width-out.Width)/2, (size.Height-out.Height)/2
	if s.zoom {
		x, y = along(size.Width, out.Width, s.centre.X), along(size.Height, out.Height, s.centre.Y)
	}
	// On whole pixels, so that those of the photo are not mixed.
	whole := func(v float32) float32 { return float32(math.Floor(float64(v/scale)+1e-3)) * scale }
	return place{fyne.NewPos(whole(x), whole(y)), out}
}

func (p place) pos(at photo.Point) fyne.Position {
	return fyne.NewPos(p.at.X+float32(at.X)*p.size.Width, p.at.Y+float32(at.Y)*p.size.Height)
}

func (p place) point(at fyne.Position) photo.Point {
	if p.size.Width <= 0 || p.size.Height <= 0 {
		return photo.Point{}
	}
	return photo.Point{X: float64((at.X - p.at.X) / p.size.Width), Y: float64((at.Y - p.at.Y) / p.size.Height)}
}

// knobs are the eight handles of an area: which edges each pulls, and where on
// the area it is.
var knobs = [8]struct {
	edges photo.Edges
	x, y  float64
}{
	{photo.EdgeLeft | photo.EdgeTop, 0, 0},
	{photo.EdgeRight | photo.EdgeTop, 1, 0},
	{photo.EdgeRight | photo.EdgeBottom, 1, 1},
	{photo.EdgeLeft | photo.EdgeBottom, 0, 1},
	{photo.EdgeTop, 0.5, 0},
	{photo.EdgeRight, 1, 0.5},
	{photo.EdgeBottom, 0.5, 1},
	{photo.EdgeLeft, 0, 0.5},
}

func on(r photo.Rect, x, y float64) photo.Point { return photo.Point{X: r.X + r.W*x, Y: r.Y + r.H*y} }

// area is what has handles now, and how its places come onto what is shown.
func (s *stage) area() (rect photo.Rect, shown func(photo.Point) photo.Point, ok bool) {
	r := s.r
	switch {
	case r.compare || r.plate == nil:
	case r.tool == Crop:
		return r.frame(), func(p photo.Point) photo.Point { return p }, true
	case r.tool == Redact && r.chosen >= 0 && r.chosen < len(r.recipe.Redactions):
		return r.recipe.Redactions[r.chosen].Rect, r.placed, true
	}
	return photo.Rect{}, nil, false
}

// hit is what a press at the place would take hold of.
func (s *stage) hit(at fyne.Position) *drag {
	r, p := s.r, s.place()
	if p.size.Width <= 0 || r.compare || r.readOnly || r.plate == nil {
		return nil
	}
	d := &drag{start: p.point(at), index: -1}
	if rect, shown, ok := s.area(); ok {
		d.rect, d.index = rect, r.chosen
		for _, k := range knobs {
			grip := shown(on(rect, k.x, k.y))
			if off := p.pos(grip).Subtract(at); max(abs(off.X), abs(off.Y)) <= reach {
				d.edges, d.grip = k.edges, grip
				return d
			}
		}
	}
	switch r.tool {
	case Crop:
		if r.recipe.Crop == nil || !d.rect.Contains(d.start) {
			d.fresh = true
		}
	case Redact:
		if d.index = r.at(r.upright(d.start)); d.index < 0 {
			d.fresh = true
			return d
		}
		d.rect = r.recipe.Redactions[d.index].Rect
	case Tone:
		return nil
	}
	return d
}

// MouseDown takes hold of something.
func (s *stage) MouseDown(ev *desktop.MouseEvent) {
	s.r.Focus()
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	s.press(ev.Position)
}

func (s *stage) press(at fyne.Position) {
	s.letGo()
	d := s.hit(at)
	if s.zoom && (d == nil || s.r.tool == Crop && d.edges == 0) {
		s.pan = &pan{from: at, centre: s.centre}
		return
	}
	if d == nil {
		return
	}
	d.from = clone(s.r.recipe)
	s.drag = d
	switch s.r.tool {
	case Redact:
		if s.r.chosen != d.index && d.edges == 0 {
			s.r.choose(d.index)
		}
	case Focus:
		s.follow(at)
	}
}

// Dragged moves it.
func (s *stage) Dragged(ev *fyne.DragEvent) {
	if s.pan != nil {
		p, by := s.place(), ev.Position.Subtract(s.pan.from)
		if p.size.Width > 0 {
			s.moveTo(photo.Point{X: s.pan.centre.X - float64(by.X/p.size.Width), Y: s.pan.centre.Y - float64(by.Y/p.size.Height)})
		}
		return
	}
	if s.drag != nil {
		s.follow(ev.Position)
	}
}

func (s *stage) follow(at fyne.Position) {
	to := s.place().point(at)
	s.drag.far = true
	switch s.r.tool {
	case Crop:
		s.r.dragFrame(s.drag, to)
	case Redact:
		s.r.dragRedaction(s.drag, to)
	case Focus:
		s.r.setFocus(&to)
	}
	s.r.changed()
}

// DragEnd and MouseUp let it go: the gesture is finished.
func (s *stage) DragEnd() { s.letGo() }

// MouseUp ends a press that went nowhere too.
func (s *stage) MouseUp(*desktop.MouseEvent) { s.letGo() }

func (s *stage) letGo() {
	d := s.drag
	s.pan = nil
	if d == nil {
		return
	}
	s.drag = nil
	if !d.far {
		return
	}
	label := lang.L("Crop photo")
	switch {
	case s.r.tool == Focus:
		label = lang.L("Set focal point")
	case s.r.tool != Redact:
	case d.fresh:
		label = lang.L("Redact photo")
	case d.edges == 0:
		label = lang.L("Move redaction")
	default:
		label = lang.L("Resize redaction")
	}
	s.r.report(label, "")
}

// Tapped is there so that a press here isn't the window's.
func (s *stage) Tapped(*fyne.PointEvent) {}

// MouseIn, MouseMoved and MouseOut choose the pointer's form.
func (s *stage) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved says by the pointer's form what a press would do.
func (s *stage) MouseMoved(ev *desktop.MouseEvent) {
	d := s.hit(ev.Position)
	s.over = &ev.Position
	switch {
	case s.zoom && (d == nil || s.r.tool == Crop && d.edges == 0): // it would be moved
		s.pointer = desktop.PointerCursor
	case d == nil:
		s.pointer = desktop.DefaultCursor
	case d.edges == photo.EdgeLeft || d.edges == photo.EdgeRight:
		s.pointer = desktop.HResizeCursor
	case d.edges == photo.EdgeTop || d.edges == photo.EdgeBottom:
		s.pointer = desktop.VResizeCursor
	case d.edges != 0 || d.fresh || s.r.tool == Focus:
		s.pointer = desktop.CrosshairCursor
	default:
		s.pointer = desktop.PointerCursor
	}
}

// MouseOut is part of being hovered.
func (s *stage) MouseOut() { s.over = nil }

// Cursor is the pointer's form.
func (s *stage) Cursor() desktop.Cursor { return s.pointer }

// FocusGained shows where the keys are.
func (s *stage) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost takes the mark away, and what was held by a key.
func (s *stage) FocusLost() {
	s.focused, s.shift = false, false
	s.r.Compare(false)
	s.Refresh()
}

// KeyDown holds the photo as it came for as long as the space bar is down.
func (s *stage) KeyDown(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace:
		s.r.Compare(true)
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		s.shift = true
	}
}

// KeyUp lets it go.
func (s *stage) KeyUp(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace:
		s.r.Compare(false)
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		s.shift = false
	}
}

// TypedKey nudges, keeps and takes back.
func (s *stage) TypedKey(ev *fyne.KeyEvent) {
	r := s.r
	if s.zoom && s.still() && s.panned(ev.Name) {
		return
	}
	if dx, dy, ok := s.arrow(ev.Name); ok {
		if r.readOnly || r.plate == nil || s.drag != nil {
			return
		}
		switch r.tool {
		case Crop:
			r.nudgeFrame(dx, dy, s.shift)
		case Redact:
			r.nudgeRedaction(dx, dy, s.shift)
			if r.chosen >= 0 {
				s.look(r.placed(r.recipe.Redactions[r.chosen].Middle()))
			}
		case Focus:
			p := r.focal()
			r.setFocus(&photo.Point{X: p.X + dx, Y: p.Y + dy})
			r.report(lang.L("Set focal point"), "focus")
			s.look(r.focal())
		}
		return
	}
	switch ev.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		if r.tool == Redact {
			r.deleteRedaction()
		}
	case fyne.KeyPageDown:
		r.stepIn(1)
	case fyne.KeyPageUp:
		r.stepIn(-1)
	default:
		r.typed(ev)
	}
}

func (r *Room) stepIn(by int) {
	if r.tool == Redact {
		r.step(by)
		if r.chosen >= 0 {
			r.stage.look(r.placed(r.recipe.Redactions[r.chosen].Middle()))
		}
	}
}

// TypedRune has the tools' letters.
func (s *stage) TypedRune(ch rune) {
	switch ch {
	case 'c', 'C':
		s.r.Take(Crop)
	case 't', 'T':
		s.r.Take(Tone)
	case 'r', 'R':
		s.r.Take(Redact)
	case 'f', 'F':
		s.r.Take(Focus)
	case 'z', 'Z':
		s.r.Zoom()
	case 'x', 'X':
		if s.r.tool == Crop {
			s.r.swap()
		}
	case 'n', 'N':
		if s.r.tool == Redact {
			s.r.addRedaction()
		}
	}
}

// TypedShortcut leaves Redo to the window; a shortcut of the main menu never
// comes here. Ctrl and the arrow keys move the photo at 100 %, whatever the tool.
func (s *stage) TypedShortcut(sc fyne.Shortcut) {
	if c, ok := sc.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierShortcutDefault && s.panned(c.KeyName) {
		return
	}
	if _, ok := sc.(*fyne.ShortcutRedo); ok && s.r.OnRedo != nil {
		s.r.OnRedo()
	}
}

func abs(v float32) float32 { return max(v, -v) }
