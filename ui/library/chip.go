package library

// This file owns the filter chips above the grid.

import (
	"strconv"

	"photodesk/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

type filter struct {
	label string
	field func(*project.Filter) *bool // nil: All, or a filter of the window's own
	own   func(*extra) *bool
	count func(project.Counts) int
}

var filters = []filter{
	{words.Key("All"), nil, nil, func(c project.Counts) int { return c.All }},
	{words.Key("Unused"), func(f *project.Filter) *bool { return &f.Unused }, nil, func(c project.Counts) int { return c.Unused }},
	{words.Key("No caption"), func(f *project.Filter) *bool { return &f.NoCaption }, nil, func(c project.Counts) int { return c.NoCaption }},
	{words.Key("No credit"), func(f *project.Filter) *bool { return &f.NoCredit }, nil, func(c project.Counts) int { return c.NoCredit }},
	{words.Key("No alt"), func(f *project.Filter) *bool { return &f.NoAlt }, nil, func(c project.Counts) int { return c.NoAlt }},
	{words.Key("Sensitive"), func(f *project.Filter) *bool { return &f.Sensitive }, nil, func(c project.Counts) int { return c.Sensitive }},
	{words.Key("Expired"), nil, func(e *extra) *bool { return &e.expired }, nil},
	{words.Key("Missing"), nil, func(e *extra) *bool { return &e.missing }, nil},
}

func (f filter) on(of project.Filter, e extra) bool {
	switch {
	case f.field != nil:
		return *f.field(&of)
	case f.own != nil:
		return *f.own(&e)
	}
	of.Search = ""
	return of == project.Filter{} && e == extra{}
}

func (f filter) toggle(of *project.Filter, e *extra) {
	switch {
	case f.field != nil:
		*f.field(of) = !*f.field(of)
	case f.own != nil:
		*f.own(e) = !*f.own(e)
	default:
		*of, *e = project.Filter{Search: of.Search}, extra{}
	}
}

// chip is a filter with its count, on or off.
type chip struct {
	widget.BaseWidget
	label string
	onTap func()

	onStep  func(by int) // to the chip beside it, by the arrow keys
	is      bool
	hovered bool
	focused bool
	ground  *look.Area
	word    *look.Text
	count   *look.Text
}

func newChip(label string) *chip {
	c := &chip{label: label, ground: look.Ground(""), word: look.NewText(label, look.Ink, look.TextSmall), count: look.NewText("", look.Muted, look.TextSmall)}
	c.ground.Radius, c.ground.Width = 10, 1
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

func (c *chip) setOn(on bool) {
	if c.is != on {
		c.is = on
		c.paint()
		c.Refresh()
	}
}

func (c *chip) setCount(n int) {
	c.count.SetText(strconv.Itoa(n))
	c.Refresh()
}

func (c *chip) paint() {
	c.ground.Fill, c.ground.Stroke = "", look.Hairline
	c.word.Color, c.count.Color = look.Ink, look.Muted
	switch {
	case c.is:
		c.ground.Fill, c.ground.Stroke = look.Accent, look.Accent
		c.word.Color, c.count.Color = look.OnAccent, look.OnAccent
	case c.hovered:
		c.ground.Fill = look.AccentSoft
	}
	c.ground.Width = 1
	if c.focused {
		c.ground.Width, c.ground.Stroke = 2.5, look.Accent
		if c.is {
			c.ground.Stroke = look.Ink
		}
	}
}

// FocusGained shows where the keys are.
func (c *chip) FocusGained() { c.focus(true) }

// FocusLost takes the mark away.
func (c *chip) FocusLost() { c.focus(false) }

func (c *chip) focus(on bool) {
	c.focused = on
	c.paint()
	c.Refresh()
}

// TypedRune does nothing: the space bar is a key too.
func (c *chip) TypedRune(rune) {}

// TypedKey presses the chip or goes to the one beside it.
func (c *chip) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.onTap()
	case fyne.KeyLeft, fyne.KeyUp:
		c.onStep(-1)
	case fyne.KeyRight, fyne.KeyDown:
		c.onStep(1)
	}
}

func (c *chip) Tapped(*fyne.PointEvent) { c.onTap() }

func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (c *chip) MouseIn(*desktop.MouseEvent)    { c.hover(true) }
func (c *chip) MouseMoved(*desktop.MouseEvent) {}
func (c *chip) MouseOut()                      { c.hover(false) }

func (c *chip) hover(on bool) {
	c.hovered = on
	c.paint()
	c.Refresh()
}

func (c *chip) CreateRenderer() fyne.WidgetRenderer { return &chipRenderer{c} }

type chipRenderer struct{ c *chip }

const chipSide, chipGap = 9, 5

func (r *chipRenderer) MinSize() fyne.Size {
	w, n := r.c.word.MinSize(), r.c.count.MinSize()
	width := w.Width + 2*chipSide
	if r.c.count.Text != "" {
		width += n.Width + chipGap
	}
	return fyne.NewSize(width, w.Height+6)
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.c.ground.Resize(size)
	w := r.c.word.MinSize()
	r.c.word.Move(fyne.NewPos(chipSide, (size.Height-w.Height)/2))
	r.c.word.Resize(w)
	r.c.count.Move(fyne.NewPos(chipSide+w.Width+chipGap, (size.Height-w.Height)/2))
	r.c.count.Resize(r.c.count.MinSize())
}

func (r *chipRenderer) Refresh() {
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.ground, r.c.word, r.c.count}
}
func (r *chipRenderer) Destroy() {}
