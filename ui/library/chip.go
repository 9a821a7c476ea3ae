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
	field func(*project.Filter) *bool // nil: All
	count func(project.Counts) int
}

var filters = []filter{
	{words.Key("All"), nil, func(c project.Counts) int { return c.All }},
	{words.Key("Unused"), func(f *project.Filter) *bool { return &f.Unused }, func(c project.Counts) int { return c.Unused }},
	{words.Key("No caption"), func(f *project.Filter) *bool { return &f.NoCaption }, func(c project.Counts) int { return c.NoCaption }},
	{words.Key("No credit"), func(f *project.Filter) *bool { return &f.NoCredit }, func(c project.Counts) int { return c.NoCredit }},
	{words.Key("No alt"), func(f *project.Filter) *bool { return &f.NoAlt }, func(c project.Counts) int { return c.NoAlt }},
	{words.Key("Sensitive"), func(f *project.Filter) *bool { return &f.Sensitive }, func(c project.Counts) int { return c.Sensitive }},
}

func (f filter) on(of project.Filter) bool {
	if f.field == nil {
		of.Search = ""
		return of == project.Filter{}
	}
	return *f.field(&of)
}

func (f filter) toggle(of *project.Filter) {
	if f.field == nil {
		*of = project.Filter{Search: of.Search}
		return
	}
	*f.field(of) = !*f.field(of)
}

// chip is a filter with its count, on or off.
type chip struct {
	widget.BaseWidget
	label string
	onTap func()

	is      bool
	hovered bool
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
