package look

// This file owns the controls of a dialog. The toolkit's own keep every key to
// themselves: Escape would not close the dialog that a control stands in.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// heard gives Escape to whoever hears keys where nothing has the focus.
func heard(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape {
		return false
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(ev)
	}
	return true
}

// Button is a button that Enter presses too.
type Button struct{ widget.Button }

// NewButton makes a button.
func NewButton(text string, tapped func()) *Button { return NewButtonWithIcon(text, nil, tapped) }

// NewButtonWithIcon makes a button with an icon before its words.
func NewButtonWithIcon(text string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{widget.Button{Text: text, Icon: icon, OnTapped: tapped}}
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses it.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case heard(b, ev):
	case ev.Name == fyne.KeyReturn, ev.Name == fyne.KeyEnter:
		b.Tapped(nil)
	default:
		b.Button.TypedKey(ev)
	}
}

// Check is a box to tick.
type Check struct{ widget.Check }

// NewCheck makes a box.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{widget.Check{Text: text, OnChanged: changed}}
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey hears Escape; the space bar, a rune, ticks it.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	if !heard(c, ev) {
		c.Check.TypedKey(ev)
	}
}

// Select is a list to choose one of.
type Select struct{ widget.Select }

// NewSelect makes a list.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{widget.Select{Options: options, OnChanged: changed}}
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey opens the list, or takes the one before or behind.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	if !heard(s, ev) {
		s.Select.TypedKey(ev)
	}
}

// Segments are a row of buttons of which one is on, as many beside each other as
// their words leave room for.
type Segments struct {
	Body    *fyne.Container
	Buttons []*widget.Button

	values []string
	value  string
}

// NewSegments makes one button for each value, most of them beside each other at
// the most. chosen is told of every press; it is for Set to turn a button on.
func NewSegments(most int, values, titles []string, chosen func(value string)) *Segments {
	c := &Segments{Body: Choices(most), values: values}
	for i, v := range values {
		b := widget.NewButton(titles[i], func() { chosen(v) })
		c.Buttons = append(c.Buttons, b)
		c.Body.Add(b)
	}
	return c
}

// Value is what is on.
func (c *Segments) Value() string { return c.value }

// Set turns a value's button on; none for a value that has none.
func (c *Segments) Set(value string) {
	c.value = value
	for i, b := range c.Buttons {
		want := widget.MediumImportance
		if c.values[i] == value {
			want = widget.HighImportance
		}
		if b.Importance != want {
			b.Importance = want
			b.Refresh()
		}
	}
}

// Tick sets a box without telling anybody.
func Tick(c *widget.Check, on bool) {
	if c.Checked == on {
		return
	}
	tell := c.OnChanged
	c.OnChanged = nil
	c.SetChecked(on)
	c.OnChanged = tell
}
