package inspector

// This file owns the list of offers under a field: it lies over what stands
// there, so that nothing moves when it comes and goes.

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// offerList is what a field is offered, a line each.
type offerList struct {
	widget.BaseWidget
	of     *past // whose offers are shown
	ground *look.Area
	rows   []*offerLine
}

func newOfferList() *offerList {
	l := &offerList{ground: look.Ground(theme.ColorNameMenuBackground)}
	l.ground.Stroke, l.ground.Width, l.ground.Radius = look.Hairline, 1, 4
	for range offers {
		l.rows = append(l.rows, newOfferLine(l))
	}
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

const offerHigh, offerPad = 24, 4

// show lists texts under the entry of a field; at is the one that stands in it.
func (l *offerList) show(p *past, texts []string, at int) {
	l.of = p
	n := min(len(texts), len(l.rows))
	from := min(max(at-n+1, 0), len(texts)-n)
	for i, r := range l.rows {
		r.Hidden = i >= n
		if i < n {
			r.text, r.on = texts[from+i], from+i == at
			r.Refresh()
		}
	}
	e := p.f.entry
	d := fyne.CurrentApp().Driver()
	at0 := d.AbsolutePositionForObject(e).Subtract(d.AbsolutePositionForObject(p.f.in.panels))
	l.Move(at0.Add(p.f.in.panels.Position()).AddXY(0, e.Size().Height+1))
	l.Resize(fyne.NewSize(e.Size().Width, float32(n)*offerHigh+2*offerPad))
	l.Show()
	l.Refresh()
}

func (l *offerList) CreateRenderer() fyne.WidgetRenderer { return offerListRenderer{l} }

type offerListRenderer struct{ l *offerList }

func (offerListRenderer) Destroy()           {}
func (offerListRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r offerListRenderer) Layout(s fyne.Size) {
	r.l.ground.Resize(s)
	for i, o := range r.l.rows {
		o.Move(fyne.NewPos(offerPad, offerPad+float32(i)*offerHigh))
		o.Resize(fyne.NewSize(s.Width-2*offerPad, offerHigh))
	}
}

func (r offerListRenderer) Refresh() {
	r.Layout(r.l.Size())
	r.l.ground.Refresh()
	canvas.Refresh(r.l)
}

func (r offerListRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.l.ground}
	for _, o := range r.l.rows {
		out = append(out, o)
	}
	return out
}

// offerLine is one line of the list.
type offerLine struct {
	widget.BaseWidget
	l     *offerList
	text  string
	on    bool // stands in the field
	hover bool
	back  *canvas.Rectangle
	word  *look.Text
}

func newOfferLine(l *offerList) *offerLine {
	o := &offerLine{l: l, back: canvas.NewRectangle(color.Transparent), word: look.NewText("", look.Ink, look.TextBody)}
	o.back.CornerRadius = 3
	o.word.Truncate = true
	o.ExtendBaseWidget(o)
	return o
}

// MouseDown takes the offer: by the time of a tap the field is left and the list gone.
func (o *offerLine) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button == desktop.MouseButtonPrimary && o.l.of != nil {
		o.l.of.take(o.text)
	}
}

// MouseUp is part of being pressed.
func (o *offerLine) MouseUp(*desktop.MouseEvent) {}

// MouseIn shows what a press would take.
func (o *offerLine) MouseIn(*desktop.MouseEvent) { o.hover = true; o.Refresh() }

// MouseMoved is part of being hovered.
func (o *offerLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (o *offerLine) MouseOut() { o.hover = false; o.Refresh() }

// Cursor is the pointing hand.
func (o *offerLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (o *offerLine) CreateRenderer() fyne.WidgetRenderer { return offerLineRenderer{o} }

type offerLineRenderer struct{ o *offerLine }

func (offerLineRenderer) Destroy()           {}
func (offerLineRenderer) MinSize() fyne.Size { return fyne.NewSize(20, offerHigh) }

func (r offerLineRenderer) Layout(s fyne.Size) {
	r.o.back.Resize(s)
	h := r.o.word.MinSize().Height
	r.o.word.Move(fyne.NewPos(6, (s.Height-h)/2))
	r.o.word.Resize(fyne.NewSize(s.Width-12, h))
}

func (r offerLineRenderer) Refresh() {
	o := r.o
	o.word.SetText(o.text)
	o.back.FillColor = color.Transparent
	switch {
	case o.on:
		o.back.FillColor = look.Color(look.AccentSoft)
	case o.hover:
		o.back.FillColor = look.Color(theme.ColorNameHover)
	}
	r.Layout(o.Size())
	canvas.Refresh(o)
}

func (r offerLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.o.back, r.o.word}
}
