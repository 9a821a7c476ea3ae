package gallery

// This file owns the film strip.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
	"photodesk/ui/photos"
)

const (
	filmWide = 66
	filmHigh = 44
	filmGap  = 6
)

// strip is a row of small views; a photo is loaded when it comes into sight.
type strip struct {
	widget.BaseWidget
	g      *Gallery
	films  []*film
	row    *fyne.Container
	scroll *container.Scroll
	ring   *look.Area // shows that it has the keys
}

func newStrip(g *Gallery) *strip {
	s := &strip{g: g}
	s.row = container.NewWithoutLayout()
	for i := range g.frames {
		f := newFilm(g, i)
		f.Move(fyne.NewPos(float32(i)*(filmWide+filmGap)+filmGap, 4))
		f.Resize(fyne.NewSize(filmWide, filmHigh+4))
		s.films = append(s.films, f)
		s.row.Add(f)
	}
	wide := look.Gap(0)
	wide.Resize(fyne.NewSize(float32(len(g.frames))*(filmWide+filmGap)+filmGap, 1))
	s.scroll = container.NewHScroll(container.New(fixed{wide.Size()}, s.row))
	s.scroll.OnScrolled = func(fyne.Position) { s.load() }
	s.ring = look.Ground("")
	s.ring.Width, s.ring.Radius = 2, 4
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained shows where the keys are.
func (s *strip) FocusGained() { s.focus(look.Accent) }

// FocusLost takes the mark away.
func (s *strip) FocusLost() { s.focus("") }

func (s *strip) focus(stroke fyne.ThemeColorName) {
	s.ring.Stroke = stroke
	s.ring.Refresh()
}

// TypedRune does nothing: letters are keys too.
func (s *strip) TypedRune(rune) {}

// TypedKey turns the pages as it does without the focus.
func (s *strip) TypedKey(ev *fyne.KeyEvent) { s.g.TypedKey(ev) }

// fixed keeps its content at a size.
type fixed struct{ size fyne.Size }

func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size           { return fyne.NewSize(f.size.Width, stripHigh-6) }
func (f fixed) Layout(objects []fyne.CanvasObject, _ fyne.Size) { objects[0].Resize(f.size) }

// mark shows which frame is on stage and brings it into sight.
func (s *strip) mark(index int) {
	for i, f := range s.films {
		f.mark(i == index)
	}
	step := float32(filmWide + filmGap)
	width := s.scroll.Size().Width
	if width > 0 {
		middle := float32(index)*step + step/2
		end := max(step*float32(len(s.films))+filmGap-width, 0)
		s.scroll.Offset.X = min(max(middle-width/2, 0), end)
		s.scroll.Refresh()
	}
	s.load()
}

func (s *strip) load() {
	step := float32(filmWide + filmGap)
	from := int(s.scroll.Offset.X/step) - 1
	to := int((s.scroll.Offset.X+s.scroll.Size().Width)/step) + 1
	for i := max(from, 0); i <= to && i < len(s.films); i++ {
		s.films[i].load()
	}
}

func (s *strip) CreateRenderer() fyne.WidgetRenderer { return &stripRenderer{s} }

type stripRenderer struct{ s *strip }

// Layout stands a short strip in the middle.
func (r *stripRenderer) Layout(size fyne.Size) {
	content := r.s.scroll.Content.MinSize().Width
	wide := min(content, size.Width)
	r.s.scroll.Move(fyne.NewPos((size.Width-wide)/2, 0))
	r.s.scroll.Resize(fyne.NewSize(wide, size.Height))
	r.s.ring.Move(r.s.scroll.Position().SubtractXY(3, 0))
	r.s.ring.Resize(fyne.NewSize(wide+6, size.Height-2))
	r.s.mark(r.s.g.index)
}

func (r *stripRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 0) }
func (r *stripRenderer) Refresh()           { r.s.scroll.Refresh() }
func (r *stripRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.scroll, r.s.ring}
}
func (r *stripRenderer) Destroy() {}

// film is one photo of the strip.
type film struct {
	widget.BaseWidget
	g      *Gallery
	i      int
	view   *photos.View
	line   *look.Area
	loaded bool
	on     bool
}

func newFilm(g *Gallery, i int) *film {
	f := &film{g: g, i: i, view: photos.NewView(g.loader, photos.Cover, false), line: look.Ground("")}
	f.view.Radius = 2
	f.ExtendBaseWidget(f)
	return f
}

func (f *film) load() {
	if !f.loaded {
		f.loaded = true
		f.view.SetPhoto(f.g.frames[f.i].Photo)
		f.view.SetCovered(f.g.frames[f.i].Sensitive)
	}
}

func (f *film) mark(on bool) {
	if f.on == on {
		return
	}
	f.on = on
	f.line.Fill = ""
	if on {
		f.line.Fill = look.Ink
	}
	f.line.Refresh()
}

func (f *film) Tapped(*fyne.PointEvent) { f.g.Go(f.i) }

func (f *film) CreateRenderer() fyne.WidgetRenderer { return &filmRenderer{f} }

type filmRenderer struct{ f *film }

func (r *filmRenderer) Layout(size fyne.Size) {
	r.f.view.Resize(fyne.NewSize(size.Width, filmHigh))
	r.f.line.Move(fyne.NewPos(0, filmHigh+2))
	r.f.line.Resize(fyne.NewSize(size.Width, 2))
}
func (r *filmRenderer) MinSize() fyne.Size { return fyne.NewSize(filmWide, filmHigh+4) }
func (r *filmRenderer) Refresh() {
	r.f.view.Refresh()
	r.f.line.Refresh()
}

func (r *filmRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.f.view, r.f.line} }
func (r *filmRenderer) Destroy()                     {}
