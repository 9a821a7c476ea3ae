package story

// This file owns words edited in place: an entry without box that grows with
// its text, and the field that decides when typing is reported.

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// prose is a multi-line entry drawn as plain text. Fyne wraps an entry's text
// in a scroller of its own, which would swallow the wheel and hide how tall the
// text is; prose shows the scroller's content in its place.
type prose struct {
	widget.Entry

	inner *container.Scroll

	redo    func()
	grew    func() // the text needs another height
	focused func(bool)
	key     func(*fyne.KeyEvent) bool // reports whether it took the key
	// function has keys first that belong to the window.
	function func(*fyne.KeyEvent) bool
	split    func()   // Ctrl+Enter
	typed    func()   // after a key, with the caret where it is now
	turned   func()   // the caret came or went
	set      *setting // seen in place of the entry; nil: the entry itself
	height   float32
	caret    bool // is here
	shift    bool // is held
	locked   bool // read, not typed in; a disabled entry would be greyed out
}

func newProse() *prose {
	p := &prose{}
	p.MultiLine = true
	p.Wrapping = fyne.TextWrapWord
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer links the entry to Fyne.
func (p *prose) CreateRenderer() fyne.WidgetRenderer {
	r := p.Entry.CreateRenderer()
	for _, o := range r.Objects() {
		if s, ok := o.(*container.Scroll); ok {
			p.inner = s
		}
	}
	return &proseRenderer{WidgetRenderer: r, prose: p}
}

// need is the height the text takes at the present width.
func (p *prose) need() float32 {
	if p.set != nil {
		return p.set.height()
	}
	if p.inner == nil || p.inner.Content == nil {
		return p.Entry.MinSize().Height
	}
	return p.inner.Content.MinSize().Height + 4
}

// AcceptsTab leaves the Tab key to walk from field to field.
func (p *prose) AcceptsTab() bool { return false }

// FocusGained tells the column where the editor is.
func (p *prose) FocusGained() {
	p.caret = true
	p.Entry.FocusGained()
	if p.focused != nil {
		p.focused(true)
	}
	if p.turned != nil {
		p.turned()
	}
}

// KeyDown remembers Shift, which typed keys don't tell of.
func (p *prose) KeyDown(ev *fyne.KeyEvent) {
	p.Entry.KeyDown(ev)
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		p.shift = true
	}
}

// KeyUp lets it go.
func (p *prose) KeyUp(ev *fyne.KeyEvent) {
	p.Entry.KeyUp(ev)
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		p.shift = false
	}
}

// FocusLost lets the field report what was typed.
func (p *prose) FocusLost() {
	p.shift, p.caret = false, false
	p.Entry.FocusLost()
	if p.focused != nil {
		p.focused(false)
	}
	if p.turned != nil {
		p.turned()
	}
}

// MouseDown puts the caret where the words were seen that are pressed.
func (p *prose) MouseDown(ev *desktop.MouseEvent) {
	seen := p.set
	p.Entry.MouseDown(ev)
	if seen != nil && ev.Button == desktop.MouseButtonPrimary {
		p.caretTo(seen.at(ev.Position))
		p.Refresh()
	}
}

// caretTo puts the caret behind a character.
func (p *prose) caretTo(at int) {
	// Rows of a wrapped entry are lines on the screen; where one begins only the
	// entry knows.
	row, begins := 0, 0
	for next := 1; ; next++ {
		p.CursorRow, p.CursorColumn = next, 0
		off := p.CursorTextOffset()
		if off <= begins || off > at {
			break
		}
		row, begins = next, off
	}
	p.CursorRow, p.CursorColumn = row, at-begins
}

// Tapped selects the block also when the entry has the focus already.
func (p *prose) Tapped(ev *fyne.PointEvent) {
	p.Entry.Tapped(ev)
	if p.focused != nil {
		p.focused(true)
	}
}

// TypedKey lets the block have its keys first.
func (p *prose) TypedKey(ev *fyne.KeyEvent) {
	if p.function != nil && p.function(ev) || p.locked && !moves(ev.Name) || p.key != nil && p.key(ev) {
		return
	}
	p.Entry.TypedKey(ev)
	p.after()
}

// TypedRune types.
func (p *prose) TypedRune(r rune) {
	if p.locked {
		return
	}
	p.Entry.TypedRune(r)
	p.after()
}

// TypedShortcut takes Ctrl+Enter and leaves the rest to the entry.
func (p *prose) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && p.split != nil && c.Modifier == fyne.KeyModifierShortcutDefault &&
		(c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		p.split()
		return
	}
	switch s.(type) {
	case *fyne.ShortcutRedo: // the window has one history for all fields
		if p.redo != nil {
			p.redo()
		}
		return
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
	default:
		if p.locked {
			return
		}
	}
	p.Entry.TypedShortcut(s)
	p.after()
}

// moves reports whether the key only moves the caret.
func moves(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	}
	return false
}

func (p *prose) after() {
	if p.typed != nil {
		p.typed()
	}
}

type proseRenderer struct {
	fyne.WidgetRenderer
	prose *prose
}

// Objects leaves the box, its border and the scroller out.
func (r *proseRenderer) Objects() []fyne.CanvasObject {
	if r.prose.set != nil {
		return r.prose.set.objects
	}
	if in := r.prose.inner; in != nil && in.Content != nil {
		return []fyne.CanvasObject{in.Content}
	}
	return r.WidgetRenderer.Objects()
}

func (r *proseRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, r.prose.need())
}

func (r *proseRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	if h := r.prose.need(); h != r.prose.height {
		r.prose.height = h
		if r.prose.grew != nil {
			r.prose.grew()
		}
	}
}

// field is prose that knows what the project holds. What the editor types is
// reported when the typing pauses or the field is left; what the project says
// is shown unless something typed has still to be reported.
type field struct {
	*prose
	box       *container.ThemeOverride
	col       *Column
	row       *row // nil: of the head
	as        role
	model     string
	dirty     bool
	reporting bool // what is being kept waits no longer
	quiet     bool // set by the model, not typed
	timer     *time.Timer
	report    func(text string) bool // reports whether it was kept
	fresh     bool                   // something was typed since the caret came
	// expand writes out codes and variables; nil where there are none.
	expand func(text string) (string, bool)
}

// newField makes a field of a row: nil is the essay's head.
func newField(c *Column, r *row, as role, hint string, report func(text string) bool) *field {
	f := &field{prose: newProse(), col: c, row: r, as: as, report: report}
	f.TextStyle = c.face(as).style
	f.SetPlaceHolder(hint)
	f.OnChanged = f.changed
	f.locked = c.readOnly
	f.grew = func() { c.grown(r) }
	f.function = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape { // from the words to the block
			c.unfocus()
			return true
		}
		return c.OnKey != nil && c.OnKey(ev)
	}
	f.redo = func() {
		if c.OnRedo != nil {
			c.OnRedo()
		}
	}
	f.typed = func() { c.revealCaret(f) }
	f.prose.turned = f.turn
	f.box = container.NewThemeOverride(f.prose, set{paper{c}, as})
	return f
}

// wear puts the field into the face that its role has now.
func (f *field) wear() {
	f.TextStyle = f.col.face(f.as).style
	f.set = nil
	f.box.Refresh()
}

// settles reports whether the page sets the words otherwise than an entry can.
func (f *field) settles() bool {
	return !f.caret && (f.col.face(f.as).centred && !mirrored(f.Text) || f.as == roleBody && marked(f.Text))
}

// writeOut writes codes and variables out, as if that had been typed.
func (f *field) writeOut() {
	f.fresh = false
	if f.expand == nil {
		return
	}
	if text, ok := f.expand(f.Text); ok && text != f.Text {
		f.SetText(text)
		f.fresh = false
		f.caretTo(len([]rune(text)))
		f.Refresh()
	}
}

// ExpandFocused writes out the codes and variables of the caption that has the
// caret; it reports whether one has.
func (c *Column) ExpandFocused() bool {
	for _, f := range c.fields() {
		if f.caret && f.expand != nil {
			f.writeOut()
			f.flush()
			return true
		}
	}
	return false
}

// turn follows the caret: the words are set while it is elsewhere.
func (f *field) turn() {
	if f.settles() != (f.set != nil) {
		f.set = nil
		f.col.grown(f.row)
		canvas.Refresh(f.prose)
	}
}

// show takes the model's text without echo; the caret stays where it can.
func (f *field) show(text string) {
	f.model = text
	if f.dirty || f.Text == text {
		return
	}
	f.quiet = true
	f.SetText(text)
	f.quiet = false
	if f.set != nil || f.settles() {
		if f.row != nil {
			f.row.stale = true
		}
		f.col.grown(f.row)
	}
}

func (f *field) changed(text string) {
	if f.quiet {
		return
	}
	f.fresh = true
	if !f.dirty {
		f.dirty = true
		f.col.pendingChanged()
	}
	if f.timer != nil {
		f.timer.Stop()
	}
	f.timer = time.AfterFunc(f.col.Pause, func() { f.col.later(f.flush) })
}

// flush reports what was typed; what could not be kept stays to be reported.
func (f *field) flush() {
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	if !f.dirty {
		return
	}
	text := f.Text
	if text == f.model {
		f.dirty = false
		f.col.pendingChanged()
		return
	}
	f.reporting = true
	kept := f.report(text)
	f.reporting = false
	if kept {
		f.dirty, f.model = false, text
	}
}

// place puts the field at x, y with the width and returns the height it takes.
// Its text begins at x.
func (f *field) place(x, y, w float32) float32 {
	f.set = nil
	if f.settles() {
		text := f.Text
		if text == "" {
			text = f.PlaceHolder
		}
		f.set = setWords(f.col, text, f.as, f.Text == "", w)
	}
	w += 2 * proseInset
	f.box.Move(fyne.NewPos(x-proseInset, y))
	f.box.Resize(fyne.NewSize(w, f.box.Size().Height))
	h := f.need()
	f.height = h
	f.box.Resize(fyne.NewSize(w, h))
	return h
}
