package story

// This file owns the choice of several blocks: with Shift and Ctrl on their
// handles, with Shift and the arrow keys, and what is done to all of them.

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"photodesk/project"
)

// Doing is what the editor wants done to blocks.
type Doing int

// What can be done to blocks as wholes.
const (
	Cut Doing = iota
	Copy
	Paste // behind the last of them
	Duplicate
	Delete
	MoveUp
	MoveDown
)

// Chosen are the ids of all selected blocks, in the order of the page.
func (c *Column) Chosen() []int64 {
	var out []int64
	for _, r := range c.rows {
		if r.block.ID == c.selected || c.also[r.block.ID] {
			out = append(out, r.block.ID)
		}
	}
	return out
}

// Choose selects several blocks without reporting; the last is the one that
// keys go on from.
func (c *Column) Choose(ids []int64) {
	c.also = map[int64]bool{}
	for _, id := range ids {
		c.also[id] = true
	}
	c.selected, c.placement, c.anchor = 0, 0, 0
	if n := len(ids); n > 0 {
		c.selected, c.anchor = ids[n-1], ids[0]
	}
	c.showSelection()
	c.tellMany()
}

// tellMany tells of a choice of several blocks, and of its end.
func (c *Column) tellMany() {
	now := c.Chosen()
	if len(now) < 2 {
		now = nil
	}
	if c.putting || slices.Equal(now, c.many) {
		return
	}
	c.many = now
	if c.OnMany != nil {
		c.OnMany()
	}
}

// extend selects all from where the choice began to a block, and reports that block.
func (c *Column) extend(to int64) {
	i, j := c.index(c.anchor), c.index(to)
	if i < 0 {
		i = j
	}
	if j < 0 {
		return
	}
	anchor := c.rows[i].block.ID
	c.also = map[int64]bool{}
	for _, r := range c.rows[min(i, j) : max(i, j)+1] {
		c.also[r.block.ID] = true
	}
	c.put(to, anchor)
}

// toggle takes a block into the choice, or out of it.
func (c *Column) toggle(id int64) {
	if c.also == nil {
		c.also = map[int64]bool{}
	}
	if c.selected != 0 {
		c.also[c.selected] = true
	}
	if c.also[id] && len(c.Chosen()) > 1 {
		delete(c.also, id)
		last := int64(0)
		for _, r := range c.rows {
			if c.also[r.block.ID] {
				last = r.block.ID
			}
		}
		c.selected = 0
		c.put(last, last)
		return
	}
	c.also[id] = true
	c.put(id, id)
}

// put selects a block and keeps the others that are chosen.
func (c *Column) put(id, anchor int64) {
	c.unfocus()
	also := c.also
	c.putting = true // the others are not let go
	c.choose(id, 0)
	c.putting = false
	c.also, c.anchor = also, anchor
	c.showSelection()
	c.tellMany()
}

// press is a click on a block's handle.
func (c *Column) press(r *row, mod fyne.KeyModifier) bool {
	switch {
	case mod&fyne.KeyModifierShift != 0:
		c.extend(r.block.ID)
	case mod&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0:
		c.toggle(r.block.ID)
	default:
		return false
	}
	return true
}

// TypedKey has the window's keys while no field has the caret; it reports
// whether it took the key. Up and Down walk from block to block, with Shift
// they take them along; Enter goes into the words; Escape lets go.
func (c *Column) TypedKey(ev *fyne.KeyEvent, shift bool) bool {
	if c.essay == nil || len(c.rows) == 0 {
		return false
	}
	i := c.index(c.selected)
	switch ev.Name {
	case fyne.KeyUp, fyne.KeyDown:
		to := i + 1
		if ev.Name == fyne.KeyUp {
			to = i - 1
		}
		if i < 0 {
			to = 0
		}
		to = min(max(to, 0), len(c.rows)-1)
		id := c.rows[to].block.ID
		if shift && i >= 0 {
			c.extend(id)
		} else {
			c.choose(id, c.rows[to].firstPlacement())
		}
		c.Reveal(id)
	case fyne.KeyReturn, fyne.KeyEnter:
		if i < 0 {
			return false
		}
		if fs := c.rows[i].whole().fields(); len(fs) > 0 {
			c.Reveal(c.selected)
			c.focusField(fs[0], true)
		}
	case fyne.KeyEscape:
		c.choose(0, 0)
	default:
		return false
	}
	return true
}

// do reports what is to be done to the chosen blocks.
func (c *Column) do(what Doing) {
	if ids := c.Chosen(); c.OnBlocks != nil && !c.readOnly && len(ids) > 0 {
		c.OnBlocks(what, ids)
	}
}

// MouseDown on a handle with Shift or Ctrl chooses more than one block.
func (h *handle) MouseDown(ev *desktop.MouseEvent) {
	h.taken = ev.Button == desktop.MouseButtonPrimary && h.r.c.press(h.r, ev.Modifier)
}

// MouseUp ends it.
func (h *handle) MouseUp(*desktop.MouseEvent) {}

// together reports whether the photos of one block can join another's.
func together(from, into project.Block) bool {
	return from.ID != into.ID && from.Kind.Photos() && into.Kind.Photos() && len(from.Placements) > 0
}

// ontoAt is the block whose photos a dragged block would join at a height, or nil.
func (c *Column) ontoAt(d *row, y float32) *row {
	if c.OnTogether == nil || c.also[d.block.ID] && len(c.Chosen()) > 1 {
		return nil
	}
	y += c.scroll.Offset.Y
	i := slices.IndexFunc(c.rows, func(r *row) bool {
		top, rim := r.Position().Y, min(r.tall/4, 40)
		return y > top+rim && y < top+r.tall-rim && together(d.block, r.block)
	})
	if i < 0 {
		return nil
	}
	return c.rows[i]
}
