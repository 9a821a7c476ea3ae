package story

// This file owns what the editor does to words beyond typing them: bold,
// italic, links, Enter that makes the next block, Backspace that joins.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
)

// target is the text with the caret, or the one that had it last, as long as
// its block is selected: a menu takes the caret for as long as it is open.
func (c *Column) target() (*row, *field) {
	for _, r := range c.rows {
		if w, ok := r.made.(*words); ok && r.block.Kind == project.KindText && (r.hasFocus() || c.last == w.f && r.block.ID == c.selected) {
			return r, w.f
		}
	}
	return nil, nil
}

// Writing reports whether there is a text for bold, italic and links.
func (c *Column) Writing() bool {
	r, _ := c.target()
	return r != nil && !c.readOnly
}

// selection is what of the field is selected, in characters; from and to are
// the caret where nothing is.
func (f *field) selection() (from, to int) {
	at := f.CursorTextOffset()
	sel := []rune(f.SelectedText())
	if len(sel) == 0 {
		return at, at
	}
	text := []rune(f.Text)
	if end := at + len(sel); end <= len(text) && string(text[at:end]) == string(sel) {
		return at, end
	}
	return max(at-len(sel), 0), at
}

// Mark puts bold or italic around what is selected, or takes it off.
func (c *Column) Mark(mark string) {
	label := lang.L("Bold")
	if mark == project.MarkItalic {
		label = lang.L("Italic")
	}
	r, f := c.target()
	if r == nil || c.readOnly || c.OnChange == nil {
		return
	}
	f.flush()
	if f.dirty {
		return
	}
	from, to := f.selection()
	text, _, end := project.ToggleMark(f.Text, from, to, mark)
	c.restyle(r, f, label, text, end)
}

// restyle reports a text with other marks and goes on typing in it.
func (c *Column) restyle(r *row, f *field, label, text string, at int) {
	if text == f.Text {
		return
	}
	b := r.block
	b.Text = text
	if !c.OnChange(label, b) {
		return
	}
	if now := c.row(b.ID); now != nil {
		f = now.whole().fields()[0]
		f.show(text)
		c.focusField(f, false)
		f.caretTo(at)
		f.Refresh()
	}
}

// Link asks for the address of what is selected, or of the link at the caret.
func (c *Column) Link() {
	r, f := c.target()
	if r == nil || c.readOnly || c.OnLink == nil || c.OnChange == nil {
		return
	}
	f.flush()
	if f.dirty {
		return
	}
	from, to := f.selection()
	a, z, label, address, ok := project.LinkAt(f.Text, from)
	if ok {
		from, to = a, z
	} else {
		label = string([]rune(f.Text)[from:to])
	}
	id, was := r.block.ID, f.Text
	c.OnLink(label, address, func(label, address string) {
		r := c.row(id)
		if r == nil || r.block.Text != was {
			return // it was changed meanwhile, by an undo for example
		}
		what := lang.L("Link")
		if address == "" {
			what = lang.L("Remove link")
		}
		text, end := project.SetLink(was, from, to, label, address)
		c.restyle(r, r.whole().fields()[0], what, text, end)
	})
}

// splitAt makes the next block of what stands behind the caret.
func (c *Column) splitAt(r *row, f *field) {
	if c.readOnly {
		return
	}
	f.flush()
	if f.dirty || c.OnSplit == nil {
		return
	}
	from, to := f.selection()
	text := []rune(f.Text)
	from, to = min(from, len(text)), min(to, len(text))
	c.OnSplit(r.block.ID, string(text[:from]), string(text[to:]))
}

// joinBack joins a block of words with the one before it, or deletes an empty
// one; before a photo it selects that.
func (c *Column) joinBack(r *row, f *field) {
	i := c.index(r.block.ID)
	switch {
	case f.Text == "" && r.block.Text == "":
		c.remove(r.block.ID)
	case i <= 0:
	case !c.rows[i-1].block.Kind.Words():
		before := c.rows[i-1]
		c.unfocus()
		c.choose(before.block.ID, before.firstPlacement())
	case c.OnJoin != nil:
		f.flush()
		for _, o := range c.rows[i-1].whole().fields() {
			o.flush()
		}
		if !f.dirty {
			c.OnJoin(r.block.ID)
		}
	}
}

// wordKeys are the keys of a text or heading that do more than type.
func (c *Column) wordKeys(r *row, f *field) func(*fyne.KeyEvent) bool {
	return func(ev *fyne.KeyEvent) bool {
		selected := f.SelectedText() != ""
		switch ev.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			if f.shift && r.block.Kind == project.KindText {
				return false // a line of its own in the same block
			}
			c.splitAt(r, f)
		case fyne.KeyBackspace:
			if selected || f.CursorTextOffset() > 0 {
				return false
			}
			c.joinBack(r, f)
		case fyne.KeyDelete:
			i := c.index(r.block.ID)
			if selected || f.CursorTextOffset() < len([]rune(f.Text)) || i < 0 || i+1 == len(c.rows) || !c.rows[i+1].block.Kind.Words() {
				return false
			}
			next := c.rows[i+1]
			c.joinBack(next, next.whole().fields()[0])
		case fyne.KeyUp, fyne.KeyDown:
			return c.walk(r, f, ev.Name)
		default:
			return false
		}
		return true
	}
}

// walk goes on to the next field where the caret is in the last line, as on one page.
func (c *Column) walk(r *row, f *field, k fyne.KeyName) bool {
	if f.shift {
		return false
	}
	at, i := f.CursorTextOffset(), c.index(r.block.ID)
	switch {
	case k == fyne.KeyUp && at == 0 && i > 0:
		i--
	case k == fyne.KeyDown && at == len([]rune(f.Text)) && i+1 < len(c.rows):
		i++
	default:
		return false
	}
	c.Focus(c.rows[i].block.ID)
	return true
}

// FocusAt puts the caret behind a character of a block's words.
func (c *Column) FocusAt(id int64, at int) {
	c.Focus(id)
	if r := c.row(id); r != nil {
		if fs := r.whole().fields(); len(fs) > 0 && r.block.Kind.Words() {
			fs[0].caretTo(at)
			fs[0].Refresh()
		}
	}
}
