package story

// This file owns what is drawn in place of something: the vote widget as
// readers will see it, and the hint in a block that waits for photos.

import (
	"image/color"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// votes is a quiet drawing of the vote widget. It shows no counts: there are
// none before readers have voted.
type votes struct {
	widget.BaseWidget
	c        *Column
	frame    *canvas.Rectangle
	up, down *look.Text
	note     *look.Text
	arrows   [2]*container.ThemeOverride
}

func newVotes(c *Column, note string) *votes {
	v := &votes{c: c, frame: canvas.NewRectangle(color.Transparent)}
	v.frame.CornerRadius = 6
	v.frame.StrokeWidth = 1
	v.up, v.down = c.text(lang.L("Upvote"), look.Muted, sizeLabel), c.text(lang.L("Downvote"), look.Muted, sizeLabel)
	v.note = c.text(note, look.Muted, sizeSmall)
	for i, icon := range []fyne.Resource{theme.MoveUpIcon(), theme.MoveDownIcon()} {
		v.arrows[i] = container.NewThemeOverride(widget.NewIcon(icon), paper{c})
	}
	v.ExtendBaseWidget(v)
	return v
}

func (v *votes) CreateRenderer() fyne.WidgetRenderer { return votesRenderer{v} }

type votesRenderer struct{ v *votes }

func (votesRenderer) Destroy()           {}
func (votesRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 38) }

func (r votesRenderer) Layout(s fyne.Size) {
	v := r.v
	v.frame.StrokeColor = v.c.color(look.Hairline)
	v.frame.Resize(s)
	x := float32(12)
	for i, t := range []*look.Text{v.up, v.down} {
		v.arrows[i].Resize(fyne.NewSize(16, 16))
		v.arrows[i].Move(fyne.NewPos(x, (s.Height-16)/2))
		x += 22
		m := t.MinSize()
		t.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		t.Resize(m)
		x += m.Width + 22
	}
	m := v.note.MinSize()
	v.note.Hidden = x+m.Width+12 > s.Width
	v.note.Move(fyne.NewPos(s.Width-m.Width-12, (s.Height-m.Height)/2))
	v.note.Resize(m)
}

func (r votesRenderer) Refresh() {
	r.Layout(r.v.Size())
	for _, o := range []fyne.CanvasObject{r.v.arrows[0], r.v.arrows[1], r.v.up, r.v.down, r.v.note} {
		o.Refresh()
	}
	canvas.Refresh(r.v)
}

func (r votesRenderer) Objects() []fyne.CanvasObject {
	v := r.v
	return []fyne.CanvasObject{v.frame, v.arrows[0], v.up, v.arrows[1], v.down, v.note}
}

// voteBlock is the body of a vote block.
type voteBlock struct{ v *votes }

func newVoteBlock(r *row) *voteBlock { return &voteBlock{newVotes(r.c, lang.L("Votes on the essay"))} }

func (b *voteBlock) update()                      {}
func (b *voteBlock) wear()                        { b.v.Refresh() }
func (b *voteBlock) fields() []*field             { return nil }
func (b *voteBlock) objects() []fyne.CanvasObject { return []fyne.CanvasObject{b.v} }

func (b *voteBlock) arrange(width float32) float32 {
	x, m := frame(width)
	h := b.v.MinSize().Height
	b.v.Move(fyne.NewPos(x, 2))
	b.v.Resize(fyne.NewSize(m, h))
	return h + 4
}

// hint says what a block without photos waits for.
type hint struct {
	widget.BaseWidget
	c     *Column
	frame *canvas.Rectangle
	text  *look.Text
}

func newHint(c *Column, text string) *hint {
	h := &hint{c: c, frame: canvas.NewRectangle(color.Transparent), text: c.text(text, look.Muted, sizeLabel)}
	h.frame.CornerRadius = 6
	h.frame.StrokeWidth = 1
	h.ExtendBaseWidget(h)
	return h
}

func (h *hint) place(x, y, w float32) float32 {
	h.Move(fyne.NewPos(x, y))
	h.Resize(fyne.NewSize(w, 120))
	return 120
}

func (h *hint) CreateRenderer() fyne.WidgetRenderer { return hintRenderer{h} }

type hintRenderer struct{ h *hint }

func (hintRenderer) Destroy()             {}
func (r hintRenderer) MinSize() fyne.Size { return r.h.text.MinSize().AddWidthHeight(40, 40) }

func (r hintRenderer) Layout(s fyne.Size) {
	r.h.frame.FillColor = r.h.c.color(look.Mat)
	r.h.frame.StrokeColor = r.h.c.color(look.Hairline)
	r.h.frame.Resize(s)
	m := r.h.text.MinSize()
	r.h.text.Resize(m)
	r.h.text.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
}

func (r hintRenderer) Refresh() {
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}

func (r hintRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.h.frame, r.h.text}
}
