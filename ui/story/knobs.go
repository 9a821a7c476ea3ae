package story

// This file owns the small things a pointer takes hold of. None of them is
// hoverable: a child that is would take the hover from its row, which would
// then hide it.

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// knob is a small icon that can be tapped.
type knob struct {
	widget.BaseWidget
	icon *widget.Icon
	tap  func(at fyne.Position)
}

func newKnob(icon fyne.Resource, tap func(at fyne.Position)) *knob {
	k := &knob{icon: widget.NewIcon(icon), tap: tap}
	k.ExtendBaseWidget(k)
	return k
}

func (k *knob) Tapped(ev *fyne.PointEvent) { k.tap(ev.AbsolutePosition) }
func (k *knob) Cursor() desktop.Cursor     { return desktop.PointerCursor }
func (k *knob) MinSize() fyne.Size         { return fyne.NewSize(22, 22) }
func (k *knob) Resize(s fyne.Size)         { k.BaseWidget.Resize(s) }
func (k *knob) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(k.icon)
}

// handle is what a block is dragged by.
type handle struct {
	widget.BaseWidget
	r     *row
	dots  []*canvas.Circle
	taken bool // by a press with Shift or Ctrl
}

func newHandle(r *row) *handle {
	h := &handle{r: r}
	for range 6 {
		h.dots = append(h.dots, canvas.NewCircle(color.Transparent))
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *handle) Tapped(*fyne.PointEvent) {
	if !h.taken {
		h.r.Tapped(nil)
	}
	h.taken = false
}

func (h *handle) TappedSecondary(ev *fyne.PointEvent) { h.r.menu(ev.AbsolutePosition) }
func (h *handle) Cursor() desktop.Cursor              { return desktop.PointerCursor }
func (h *handle) Dragged(ev *fyne.DragEvent)          { h.r.c.dragTo(h.r, ev.AbsolutePosition) }
func (h *handle) DragEnd()                            { h.r.c.dragEnd() }
func (h *handle) CreateRenderer() fyne.WidgetRenderer { return handleRenderer{h} }

type handleRenderer struct{ h *handle }

func (handleRenderer) Destroy()           {}
func (handleRenderer) MinSize() fyne.Size { return fyne.NewSize(22, 22) }

func (w handleRenderer) Layout(s fyne.Size) {
	for i, d := range w.h.dots {
		d.FillColor = look.Color(look.Muted)
		d.Resize(fyne.NewSize(3, 3))
		d.Move(fyne.NewPos(s.Width/2-4+float32(i%2)*5, s.Height/2-6.5+float32(i/2)*5))
	}
}

func (w handleRenderer) Refresh() {
	w.Layout(w.h.Size())
	canvas.Refresh(w.h)
}

func (w handleRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(w.h.dots))
	for i, d := range w.h.dots {
		out[i] = d
	}
	return out
}

// doubleTap is how far apart two taps may be to open a photo. Fyne's own
// double tap would hold every single one back for as long.
const doubleTap = 400 * time.Millisecond

// pad lies over a photo and takes its taps and drags.
type pad struct {
	widget.BaseWidget
	r    *row
	of   func() int64 // the placement
	tap  func()
	open func()
	last time.Time
}

func newPad(r *row, tap, open func()) *pad {
	p := &pad{r: r, tap: tap, open: open}
	p.ExtendBaseWidget(p)
	return p
}

func (p *pad) Tapped(*fyne.PointEvent) {
	if now := time.Now(); now.Sub(p.last) < doubleTap {
		p.last = time.Time{}
		p.open()
		return
	}
	p.last = time.Now()
	p.r.c.unfocus()
	p.tap()
}

func (p *pad) TappedSecondary(ev *fyne.PointEvent) { p.r.menuOf(ev.AbsolutePosition, p.of()) }
func (p *pad) Dragged(ev *fyne.DragEvent)          { p.r.c.dragTo(p.r, ev.AbsolutePosition) }
func (p *pad) DragEnd()                            { p.r.c.dragEnd() }
func (p *pad) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
