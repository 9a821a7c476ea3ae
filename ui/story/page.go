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

// layOut places everything, top to bottom. Only rows that are stale, or all
// when the width changed, are arranged inside; the others only move.
func (c *Column) layOut() {
	width := c.Size().Width
	if c.busy || width <= 0 {
		return
	}
	c.busy = true
	defer func() { c.busy = false }()
	all := width != c.width
	c.width = width
	x, w := frame(width)
	y, off := float32(topSpace), c.scroll.Offset
	seen := off.Y // the top of what is seen, which stays where it is
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
			end, tall, guessed := r.Position().Y+r.tall, r.tall, r.guessed
			r.arrange(width)
			if tall > 0 && (end <= seen || guessed && end-tall < seen) {
				off.Y += r.tall - tall
			}
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
	off.Y = max(0, min(off.Y, y-c.scroll.Size().Height))
	c.scroll.Offset = off
	c.scroll.Refresh()
}

// cull hides the rows far from what the scroll shows: the canvas draws all it
// is given, seen or not. The row with the caret stays.
func (c *Column) cull() {
	top, bottom := c.near()
	var focused fyne.Focusable
	if cv := c.canvas(); cv != nil {
		focused = cv.Focused()
	}
	for i, r := range c.rows {
		y := r.Position().Y
		near := y+r.tall >= top && y <= bottom || r.holds(focused)
		if near == r.Hidden {
			r.Hidden = !near // not Hide: that repaints once a row
		}
		if g := c.gaps[i]; near == g.Hidden {
			g.Hidden = !near
		}
	}
	c.rest()
}

// Reveal scrolls so that the block is seen.
func (c *Column) Reveal(id int64) {
	r := c.row(id)
	if r == nil {
		return
	}
	r.whole()
	for range 4 { // rows on the way are made, and are not as tall as was guessed
		y := r.Position().Y
		if !c.show(y-gapHeight, y+min(r.tall, c.scroll.Size().Height-2*gapHeight)+gapHeight) {
			break
		}
	}
}

// revealCaret scrolls so that the caret is seen.
func (c *Column) revealCaret(f *field) {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(f.prose).Y - d.AbsolutePositionForObject(c.scroll).Y
	y := at + f.CursorPosition().Y + c.scroll.Offset.Y
	c.show(y-gapHeight, y+2*gapHeight+c.size(roleHeadline))
}

// show scrolls as far as it takes to see what is between two heights; it
// reports whether it had to.
func (c *Column) show(top, bottom float32) bool {
	off, view := c.scroll.Offset, c.scroll.Size().Height
	switch {
	case top < off.Y:
		off.Y = max(0, top)
	case bottom > off.Y+view:
		off.Y = max(0, min(bottom, c.page.h)-view)
	default:
		return false
	}
	c.scrollTo(off.Y)
	return true
}

func (c *Column) scrollTo(y float32) {
	y = max(0, min(y, c.page.h-c.scroll.Size().Height))
	if y == c.scroll.Offset.Y {
		return
	}
	c.scroll.ScrollToOffset(fyne.NewPos(0, y))
	c.sighted()
}

// Top scrolls to the headline.
func (c *Column) Top() { c.scrollTo(0) }
