package gallery

// This file owns where things stand in the gallery, and the photo itself.

import (
	"image/color"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
	"photodesk/ui/photos"
)

var (
	nearBlack = color.NRGBA{R: 0x0b, G: 0x0b, B: 0x0c, A: 0xff}
	veil      = color.NRGBA{R: 0x16, G: 0x17, B: 0x19, A: 0xff}
)

const (
	stripHigh = 58
	widest    = 760 // of a caption's lines
	wordsHigh = 66  // kept for the caption, so that the photo stays in place from frame to frame
)

// room is the gallery's layout: the photo takes what the words and the strip leave.
type room struct {
	g       *Gallery
	buttons fyne.CanvasObject
	size    fyne.Size
}

func (r *room) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 360) }

func (r *room) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	r.size = size
	r.again()
}

func (r *room) again() {
	size, g := r.size, r.g
	if size.Width < 1 {
		return
	}
	g.ground.Resize(size)
	g.bezel.Hidden = !g.phone
	strip := float32(stripHigh)
	if len(g.frames) < 2 || size.Height < 420 {
		strip = 0
	}
	g.strip.Hidden = strip == 0
	g.strip.Move(fyne.NewPos(0, size.Height-strip))
	g.strip.Resize(fyne.NewSize(size.Width, strip))

	mode := g.mode.MinSize()
	g.mode.Resize(mode)
	if g.phone {
		r.asPhone(fyne.NewSize(size.Width, size.Height-strip))
		r.corners(12, 8)
		g.mode.Move(fyne.NewPos(16, 14+g.counter.MinSize().Height))
		return
	}
	wide := min(size.Width-48, widest)
	left := (size.Width - wide) / 2
	caption, credit := g.caption.HeightFor(wide), g.credit.HeightFor(wide)
	g.caption.Resize(fyne.NewSize(wide, caption))
	g.credit.Resize(fyne.NewSize(wide, credit))
	if g.caption.Text() == "" {
		caption = -4
	}
	words := max(caption+4+credit, wordsHigh-20) + 20
	y := size.Height - strip - words
	g.stage.Move(fyne.NewPos(0, 0))
	g.stage.Resize(fyne.NewSize(size.Width, y))
	g.caption.Move(fyne.NewPos(left, y+10))
	g.credit.Move(fyne.NewPos(left, y+10+caption+4))

	counter, button := y+10, y+4
	if left < g.counter.MinSize().Width+32 { // no room beside the words: on the photo
		counter = 12
	}
	if left < r.buttons.MinSize().Width+20 {
		button = 8
	}
	r.corners(counter, button)
	g.mode.Move(fyne.NewPos(16, counter+g.counter.MinSize().Height+2))
}

// corners puts the counter and the buttons left and right at their heights.
func (r *room) corners(counter, button float32) {
	c, b := r.g.counter.MinSize(), r.buttons.MinSize()
	r.g.counter.Move(fyne.NewPos(16, counter))
	r.g.counter.Resize(c)
	r.buttons.Move(fyne.NewPos(r.size.Width-b.Width-10, button))
	r.buttons.Resize(b)
}

// stage is the photo, edge to edge. It hears clicks and swipes.
type stage struct {
	widget.BaseWidget
	g      *Gallery
	view   *photos.View
	veil   *canvas.Rectangle
	notice *fyne.Container
	swipe  float32
}

func newStage(g *Gallery) *stage {
	s := &stage{g: g, veil: canvas.NewRectangle(veil)}
	s.view = photos.NewView(g.loader, photos.Contain, true)
	s.view.Mat = ""
	title := look.Title(lang.L("Sensitive photo"))
	title.Alignment = fyne.TextAlignCenter
	words := look.Note(lang.L("Readers see it after they choose to."))
	words.Centre()
	choose := widget.NewButton(lang.L("Show photo"), g.Uncover)
	s.notice = look.Column(10, title, words, container.NewCenter(choose))
	s.ExtendBaseWidget(s)
	s.cover(false)
	return s
}

func (s *stage) show(f Frame, covered bool) {
	s.view.SetPhoto(f.Photo)
	s.cover(covered)
	s.Refresh()
}

func (s *stage) cover(on bool) {
	s.veil.Hidden, s.notice.Hidden = !on, !on
}

// Tapped on the left third goes back, elsewhere on.
func (s *stage) Tapped(ev *fyne.PointEvent) {
	if ev.Position.X < s.Size().Width/3 {
		s.g.Previous()
	} else {
		s.g.Next()
	}
}

// Dragged follows a swipe.
func (s *stage) Dragged(ev *fyne.DragEvent) { s.swipe += ev.Dragged.DX }

// DragEnd turns the page where the swipe was long enough.
func (s *stage) DragEnd() {
	const far = 60
	switch {
	case s.swipe <= -far:
		s.g.Next()
	case s.swipe >= far:
		s.g.Previous()
	}
	s.swipe = 0
}

func (s *stage) Cursor() desktop.Cursor { return desktop.DefaultCursor }

func (s *stage) CreateRenderer() fyne.WidgetRenderer { return &stageRenderer{s} }

type stageRenderer struct{ s *stage }

func (r *stageRenderer) Layout(size fyne.Size) {
	s := r.s
	s.view.Resize(size)
	s.veil.Resize(size)
	wide := min(size.Width-40, 360)
	s.notice.Resize(fyne.NewSize(wide, s.notice.MinSize().Height))
	high := s.notice.MinSize().Height
	s.notice.Move(fyne.NewPos((size.Width-wide)/2, (size.Height-high)/2))
}

func (r *stageRenderer) MinSize() fyne.Size { return fyne.NewSize(100, 100) }

func (r *stageRenderer) Refresh() {
	r.Layout(r.s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *stageRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.view, r.s.veil, r.s.notice}
}
func (r *stageRenderer) Destroy() {}
