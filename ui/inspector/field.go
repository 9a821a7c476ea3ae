package inspector

// This file owns one field: label, counter, entry, remarks beneath.

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// entry reports when it is left, lets Tab go on to the next field, and hands
// the window the keys that it has in every field.
type entry struct {
	widget.Entry
	in       *Inspector
	left     func()
	came     func()            // the caret came in; nil: nothing happens
	complete func(by int) bool // Down and Up go through what was written before
}

func newEntry(in *Inspector, lines int, left func()) *entry {
	e := &entry{in: in, left: left}
	e.ExtendBaseWidget(e)
	if lines > 1 {
		e.MultiLine = true
		e.Wrapping = fyne.TextWrapWord
		e.SetMinRowsVisible(lines)
	} else {
		e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	}
	return e
}

// AcceptsTab is false: nobody types a tab into a caption.
func (e *entry) AcceptsTab() bool { return false }

// FocusGained shows what could be written here.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.came != nil {
		e.came()
	}
}

// FocusLost reports what was typed.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.left()
}

// TypedKey leaves the window its own keys, and only moves the caret where
// nothing can be edited.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	if e.in.OnKey != nil && e.in.OnKey(ev) || e.in.readOnly && !moves(ev.Name) {
		return
	}
	if e.complete != nil && (ev.Name == fyne.KeyDown && e.complete(1) || ev.Name == fyne.KeyUp && e.complete(-1)) {
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedRune types.
func (e *entry) TypedRune(r rune) {
	if !e.in.readOnly {
		e.Entry.TypedRune(r)
	}
}

// TypedShortcut leaves redoing to the window: it has one history for all fields.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutRedo:
		if e.in.OnRedo != nil {
			e.in.OnRedo()
		}
		return
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
	default:
		if e.in.OnShortcut != nil && e.in.OnShortcut(s) {
			return
		}
		if e.in.readOnly {
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// moves reports whether the key only moves the caret.
func moves(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	}
	return false
}

// field is an entry bound to one value of the working copy.
type field struct {
	in      *Inspector
	entry   *entry
	counter *look.Text
	remarks *look.Paragraph
	extra   *fyne.Container // buttons and notes beneath
	body    fyne.CanvasObject

	lines   int
	limit   int                                // the counter warns beyond; 0: no counter
	write   func(text string) (problem string) // into the working copy
	report  func() func() bool                 // takes the working copy as it is; what comes back reports it
	lint    func(text string) []string
	loading bool
	invalid bool // what stands in the entry was not written
	unkept  bool // what was reported was not kept
	typed   bool // something was typed since the value was loaded
	expands bool // codes and variables are written out when it is left
	past    *past
}

// spec says what a field is.
type spec struct {
	title  string
	hint   string // shown while empty
	lines  int
	limit  int
	write  func(text string) string
	report func() func() bool
	lint   func(text string) []string
}

// set is a write that can't fail.
func set(fn func(text string)) func(string) string {
	return func(text string) string {
		fn(text)
		return ""
	}
}

func (in *Inspector) newField(s spec) *field {
	f := &field{in: in, lines: s.lines, limit: s.limit, write: s.write, report: s.report, lint: s.lint}
	f.entry = newEntry(in, s.lines, f.leave)
	f.entry.SetPlaceHolder(s.hint)
	f.entry.OnChanged = f.changed
	f.entry.OnSubmitted = func(string) { f.leave() }
	f.counter = look.NewText("", look.Muted, look.TextSmall)
	f.remarks = look.Note("")
	f.remarks.SetColor(look.Warning)
	f.remarks.Hide()
	f.extra = look.Column(3)
	label := look.NewText(s.title, look.Muted, look.TextSmall)
	f.body = look.Column(3, look.Ends(label, f.counter), f.entry, f.remarks, f.extra)
	return f
}

// changed is a keystroke.
func (f *field) changed(text string) {
	f.remark(text)
	if f.past != nil {
		f.past.typed(text)
	}
	if f.loading {
		return
	}
	f.typed = true
	problem := f.write(text)
	was := f.invalid
	f.invalid = problem != ""
	if f.invalid {
		f.say(problem)
	}
	if was != f.invalid {
		f.in.tellPending()
	}
	if f.invalid {
		return
	}
	f.in.typed(f)
}

// load shows the model's value. A text that was typed and not reported stays,
// and so does one that is not valid yet; the working copy takes it over again.
func (f *field) load(value string) {
	switch {
	case f.in.pending == f || f.unkept:
		f.write(f.entry.Text)
		return
	case f.invalid, f.entry.Text == value:
		f.remark(f.entry.Text)
		return
	}
	f.loading, f.typed = true, false
	row, column := f.entry.CursorRow, f.entry.CursorColumn
	f.entry.SetText(value)
	f.entry.CursorRow, f.entry.CursorColumn = row, column
	clampCaret(&f.entry.Entry)
	f.loading = false
	f.remark(value)
	f.grow(value)
}

func clampCaret(e *widget.Entry) {
	if !e.MultiLine || e.Text == "" {
		e.CursorRow = 0
		e.CursorColumn = min(e.CursorColumn, utf8.RuneCountInString(e.Text))
		e.Refresh()
		return
	}
	// Wrapped rows are the entry's own business: the end of the text is always there.
	if e.CursorRow > 0 || e.CursorColumn > utf8.RuneCountInString(strings.SplitN(e.Text, "\n", 2)[0]) {
		e.CursorRow, e.CursorColumn = 0, 0
	}
	e.Refresh()
}

// grow gives a long text more rows, within reason.
func (f *field) grow(text string) {
	if f.lines < 2 {
		return
	}
	const perRow = 42
	rows := 0
	for line := range strings.SplitSeq(text, "\n") {
		rows += utf8.RuneCountInString(line)/perRow + 1
	}
	f.entry.SetMinRowsVisible(min(max(rows, f.lines), f.lines+5))
}

// remark shows the length and what lint says.
func (f *field) remark(text string) {
	if f.limit > 0 {
		n := utf8.RuneCountInString(text)
		f.counter.Color = look.Muted
		if n > f.limit {
			f.counter.Color = look.Warning
		}
		f.counter.Text = ""
		if n > 0 {
			f.counter.Text = fmt.Sprintf(lang.L("%d of %d"), n, f.limit)
		}
		f.counter.Refresh()
	}
	var words []string
	if f.lint != nil {
		words = f.lint(text)
	}
	words = append(words, f.unexpanded(text)...)
	f.say(strings.Join(words, "\n"))
}

func (f *field) say(words string) {
	f.remarks.SetText(words)
	if words == "" {
		f.remarks.Hide()
	} else {
		f.remarks.Show()
	}
}

// section is a hairline, a label and what stands under it.
func section(title string, objects ...fyne.CanvasObject) *fyne.Container {
	all := append([]fyne.CanvasObject{look.Gap(2), look.Rule(), look.Inset(4, 0, look.Caps(title))}, objects...)
	return look.Column(9, all...)
}

// newChoice makes a row of buttons that turns on what is pressed, and tells of what wasn't on.
func newChoice(values, titles []string, chosen func(value string)) *look.Segments {
	var c *look.Segments
	c = look.NewSegments(len(values), values, titles, func(v string) {
		if c.Value() != v {
			c.Set(v)
			chosen(v)
		}
	})
	return c
}
