package story

// This file owns the page inside the scroll: where everything stands, and what
// of it is shown.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// page is the scroll's content: head, gaps and rows under each other.
type page struct {
	widget.BaseWidget
	c *Column
	h float32
}

func newPage(c *Column) *page {
	p := &page{c: c}
	p.ExtendBaseWidget(p)
	return p
}

func (p *page) CreateRenderer() fyne.WidgetRenderer { return pageRenderer{p} }

// Tapped on bare paper selects the essay.
func (p *page) Tapped(*fyne.PointEvent) {
	p.c.unfocus()
	p.c.choose(0, 0)
}

// wheel is how much further a turn of the wheel goes than in lists: a photo is tall.
const wheel = 2.5

// Scrolled moves the page under the wheel.
func (p *page) Scrolled(ev *fyne.ScrollEvent) {
	p.c.scrollTo(p.c.scroll.Offset.Y - wheel*ev.Scrolled.DY)
}

type pageRenderer struct{ p *page }

func (r pageRenderer) Destroy()           {}
func (r pageRenderer) Layout(fyne.Size)   {}
func (r pageRenderer) MinSize() fyne.Size { return fyne.NewSize(0, r.p.h) }

// Refresh does nothing: a canvas refresh of the page would throw away every
// texture of a long essay, and rows refresh themselves.
func (r pageRenderer) Refresh() {}

func (r pageRenderer) Objects() []fyne.CanvasObject {
	c := r.p.c
	out := make([]fyne.CanvasObject, 0, 2*len(c.rows)+8)
	out = append(out, c.head.objects()...)
	for i, g := range c.gaps {
		out = append(out, g)
		if i < len(c.rows) {
			out = append(out, c.rows[i])
		}
	}
	return append(out, c.foot)
}

// grown lays the page out again after a field of the row (nil: the head) has
// changed its height.
func (c *Column) grown(r *row) {
	if c.busy {
		if r != nil {
			r.stale = true
		}
		return
	}
	if r != nil {
		r.stale = true
	}
	c.reflow()
}

// frame is where the words stand in a page of the width.
func frame(width float32) (x, w float32) {
	w = min(measure, width-2*minMargin)
	return (width - w) / 2, w
}

// reflow places everything, top to bottom. Only rows that are stale, or all
// when the width changed, are arranged inside; the others only move.
func (c *Column) reflow() {
	width := c.Size().Width
	if c.busy || width <= 0 {
		return
	}
	c.busy = true
	defer func() { c.busy = false }()
	all := width != c.width
	c.width = width
	x, w := frame(width)
	y := float32(topSpace)
	if c.essay != nil {
		y = c.head.arrange(x, y, w)
	}
	for i, g := range c.gaps {
		g.Move(fyne.NewPos(0, y))
		h := g.tall()
		g.Resize(fyne.NewSize(width, h))
		y += h
		if i == len(c.rows) {
			break
		}
		r := c.rows[i]
		if all || r.stale {
			r.arrange(width)
		}
		r.Move(fyne.NewPos(0, y))
		y += r.tall
	}
	if !c.foot.Hidden {
		c.foot.Move(fyne.NewPos(x, y))
		c.foot.Resize(fyne.NewSize(w, c.foot.MinSize().Height))
		y += c.foot.MinSize().Height
	}
	y += endSpace
	c.page.h = y
	c.page.Resize(fyne.NewSize(width, max(y, c.Size().Height)))
	off := c.scroll.Offset
	off.Y = max(0, min(off.Y, y-c.scroll.Size().Height))
	c.scroll.Offset = off
	c.scroll.Refresh()
	c.cull()
}

// cull hides the rows far from what the scroll shows: the canvas draws all it
// is given, seen or not. The row with the caret stays.
func (c *Column) cull() {
	view := c.scroll.Size().Height
	top, bottom := c.scroll.Offset.Y-view/2, c.scroll.Offset.Y+1.5*view
	for i, r := range c.rows {
		y := r.Position().Y
		near := y+r.tall >= top && y <= bottom || r.hasFocus()
		if near == r.Hidden {
			r.Hidden = !near // not Hide: that repaints once a row
		}
		if g := c.gaps[i]; near == g.Hidden {
			g.Hidden = !near
		}
	}
}

// Reveal scrolls so that the block is seen.
func (c *Column) Reveal(id int64) {
	if r := c.row(id); r != nil {
		y := r.Position().Y
		c.show(y-gapHeight, y+min(r.tall, c.scroll.Size().Height-2*gapHeight)+gapHeight)
	}
}

// revealCaret scrolls so that the caret is seen.
func (c *Column) revealCaret(f *field) {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(f.prose).Y - d.AbsolutePositionForObject(c.scroll).Y
	y := at + f.CursorPosition().Y + c.scroll.Offset.Y
	c.show(y-gapHeight, y+2*gapHeight+sizeHeadline)
}

func (c *Column) show(top, bottom float32) {
	off, view := c.scroll.Offset, c.scroll.Size().Height
	switch {
	case top < off.Y:
		off.Y = max(0, top)
	case bottom > off.Y+view:
		off.Y = max(0, min(bottom, c.page.h)-view)
	default:
		return
	}
	c.scrollTo(off.Y)
}

func (c *Column) scrollTo(y float32) {
	y = max(0, min(y, c.page.h-c.scroll.Size().Height))
	if y == c.scroll.Offset.Y {
		return
	}
	c.scroll.ScrollToOffset(fyne.NewPos(0, y))
	c.cull()
}

// Top scrolls to the headline.
func (c *Column) Top() { c.scrollTo(0) }
