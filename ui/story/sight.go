package story

// This file owns what of a long essay there is: rows near what is seen have
// their fields and photos, the others only a height, guessed until they are
// seen for the first time.
//
//	scroll, reflow ── rows in sight ── wake ── arranged, and what is seen stays where it is
//	                  rows far away ── sleep: their widgets and pixels go

import (
	"math"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"photodesk/project"
)

// mostAwake is how many rows keep their widgets before those far away give
// theirs up: an essay of ordinary length is never made anew while one reads it.
const mostAwake = 60

// whole is the row's body, made where it was not.
func (r *row) whole() body {
	if r.made == nil {
		r.wake()
		if !r.c.busy {
			r.c.reflow()
		}
	}
	return r.made
}

func (r *row) wake() {
	switch r.block.Kind {
	case project.KindText, project.KindHeading:
		r.made = newWords(r)
	case project.KindQuote:
		r.made = newQuote(r)
	case project.KindPhoto:
		r.made = newSingle(r)
	case project.KindGallery, project.KindCompare:
		r.made = newGallery(r)
	case project.KindVote:
		r.made = newVoteBlock(r)
	default:
		r.made = newDivider(r)
	}
	r.made.update()
	r.stale = true
	if r.selected {
		if g, ok := r.made.(interface{ mark(placement int64) }); ok {
			g.mark(r.c.placement)
		}
	}
}

// sleep lets the widgets go, and the pixels they hold. What is being typed stays.
func (r *row) sleep() {
	for _, f := range r.made.fields() {
		if f.dirty || f == r.c.last {
			return
		}
	}
	switch b := r.made.(type) {
	case *single:
		if b.f != nil {
			b.f.view.Clear()
		}
	case *gallery:
		for _, f := range b.figures {
			f.view.Clear()
		}
	}
	r.made = nil
}

// holds reports whether what has the focus is one of the row's fields.
func (r *row) holds(focused fyne.Focusable) bool {
	if focused == nil || r.made == nil {
		return false
	}
	for _, f := range r.made.fields() {
		if focused == fyne.Focusable(f.prose) {
			return true
		}
	}
	return false
}

// guess is about how tall the block will be.
func (r *row) guess(width float32) float32 {
	_, m := frame(width)
	b := r.block
	words := func(as role, w float32) float32 {
		size := r.c.size(as)
		chars := float64(w / (size * 0.5))
		lines := float32(math.Ceil(float64(utf8.RuneCountInString(b.Text))/max(chars, 1))) + 0.01
		return lines * size * 1.36
	}
	switch {
	case b.Kind == project.KindText:
		return words(roleBody, m) + 8
	case b.Kind == project.KindHeading:
		return words(roleHeading, m) + 8
	case b.Kind == project.KindQuote:
		return words(roleQuote, m-56) + 44
	case len(b.Placements) == 1:
		h := m * 2 / 3
		if ph := r.c.photos[b.Placements[0].PhotoID]; ph.Width > 0 {
			h = m * float32(ph.Height) / float32(ph.Width)
		}
		return h + 56
	case len(b.Placements) > 1:
		return float32(math.Ceil(float64(len(b.Placements))/3))*(m/3+60) + 24
	case b.Kind.Photos():
		return 140
	}
	return 40
}

// reflow places everything. Rows that come into sight by it are made and placed
// in their turn, until none is missing.
func (c *Column) reflow() {
	if c.busy || c.Size().Width <= 0 {
		return
	}
	c.layOut()
	for range 12 {
		if !c.wakeNear() {
			break
		}
		c.layOut()
	}
	c.cull()
}

// sighted follows a scroll: only where a row has to be made is anything placed anew.
func (c *Column) sighted() {
	if c.busy {
		return
	}
	if c.wakeNear() {
		c.reflow()
		return
	}
	c.cull()
}

// near are the heights between which rows are made and drawn.
func (c *Column) near() (top, bottom float32) {
	view := c.scroll.Size().Height
	return c.scroll.Offset.Y - view/2, c.scroll.Offset.Y + 1.5*view
}

// wakeNear makes the rows near what is seen; it reports whether any was missing.
func (c *Column) wakeNear() bool {
	top, bottom := c.near()
	woke := false
	c.busy = true
	for _, r := range c.rows {
		y := r.Position().Y
		if r.made == nil && y+r.tall >= top && y <= bottom {
			r.wake()
			woke = true
		}
	}
	c.busy = false
	return woke
}

// rest lets rows far away sleep once there are many awake.
func (c *Column) rest() {
	awake := 0
	for _, r := range c.rows {
		if r.made != nil {
			awake++
		}
	}
	if awake <= mostAwake {
		return
	}
	far := 3 * c.scroll.Size().Height
	for _, r := range c.rows {
		y := r.Position().Y
		if r.made != nil && r.Hidden && (y+r.tall < c.scroll.Offset.Y-far || y > c.scroll.Offset.Y+far) {
			r.sleep()
		}
	}
}
