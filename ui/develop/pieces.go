package develop

// This file owns the small things of the panel: a slider with its value, a
// choice of buttons, a button that works for as long as it is held.

import (
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// slide is a slider whose keys keep and take back as everywhere in the room.
type slide struct {
	widget.Slider
	r *Room
}

// TypedKey slides; Enter, Escape and the window's keys are the room's.
func (s *slide) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		if !s.r.readOnly {
			s.Slider.TypedKey(ev)
		}
	case fyne.KeyHome:
		s.SetValue(0)
	default:
		s.r.typed(ev)
	}
}

// KeyDown and KeyUp compare while the space bar is held.
func (s *slide) KeyDown(ev *fyne.KeyEvent) { s.r.stage.KeyDown(ev) }

// KeyUp lets go.
func (s *slide) KeyUp(ev *fyne.KeyEvent) { s.r.stage.KeyUp(ev) }

// FocusLost lets go of what was held.
func (s *slide) FocusLost() {
	s.Slider.FocusLost()
	s.r.Compare(false)
}

// dial is a slider under its name and value.
type dial struct {
	body  *fyne.Container
	head  *fyne.Container
	slide *slide
	value *look.Text
	zero  *look.Link
	unit  string
	quiet bool
}

// newDial makes a slider; move follows it, rest is told where it comes to rest.
func newDial(r *Room, name, unit, reset string, least, most, step float64, move, rest func(v float64)) *dial {
	d := &dial{slide: &slide{r: r}, value: look.NewText("0", look.Ink, look.TextSmall), unit: unit}
	d.slide.Slider = widget.Slider{Min: least, Max: most, Step: step}
	d.slide.ExtendBaseWidget(d.slide)
	d.slide.OnChanged = func(v float64) {
		d.show(v)
		if !d.quiet {
			move(v)
		}
	}
	d.slide.OnChangeEnded = func(v float64) {
		if !d.quiet {
			rest(v)
		}
	}
	d.zero = look.NewLink(reset, func() { d.slide.SetValue(0) })
	d.head = container.NewHBox(look.NewText(name, look.Muted, look.TextSmall), layout.NewSpacer(), d.zero, d.value)
	d.zero.Hidden = true
	d.body = look.Column(-2, container.NewStack(strut(20), d.head), container.NewThemeOverride(d.slide, track{}))
	d.show(0)
	return d
}

// strut holds a row at a height, whatever comes and goes in it.
func strut(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(0, height))
	return r
}

// track is the theme with a slider's whole track to be seen.
type track struct{}

func (track) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == theme.ColorNameInputBackground {
		n = theme.ColorNameInputBorder
	}
	return fyne.CurrentApp().Settings().Theme().Color(n, v)
}

func (track) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

func (track) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

func (track) Size(n fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(n)
}

func (d *dial) show(v float64) {
	text := fmt.Sprintf("%+.0f", v)
	if d.slide.Step < 1 {
		text = fmt.Sprintf("%+.1f", v)
	}
	if math.Abs(v) < d.slide.Step/2 {
		text = "0"
	}
	d.value.SetText(text + d.unit)
	if d.zero.Hidden != (v == 0) {
		d.zero.Hidden = v == 0
		d.head.Refresh()
	}
}

// set moves the slider without telling anybody.
func (d *dial) set(v float64) {
	if math.Abs(d.slide.Value-v) < d.slide.Step/2 {
		return // also what is being dragged, which must not be told of an end
	}
	d.quiet = true
	d.slide.Max, d.slide.Min = max(d.slide.Max, v), min(d.slide.Min, v) // of an older recipe
	d.slide.SetValue(v)
	d.show(v)
	d.quiet = false
}

// holdButton works for as long as the pointer or the space bar holds it.
type holdButton struct {
	widget.Button
	hold func(on bool)
}

func newHoldButton(text string, hold func(on bool)) *holdButton {
	b := &holdButton{hold: hold}
	b.Text = text
	b.ExtendBaseWidget(b)
	return b
}

func (b *holdButton) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button == desktop.MouseButtonPrimary {
		b.hold(true)
	}
}
func (b *holdButton) MouseUp(*desktop.MouseEvent) { b.hold(false) }

func (b *holdButton) MouseOut() {
	b.Button.MouseOut()
	b.hold(false)
}

func (b *holdButton) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace {
		b.hold(true)
	}
}

func (b *holdButton) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace {
		b.hold(false)
	}
}

func (b *holdButton) FocusLost() {
	b.Button.FocusLost()
	b.hold(false)
}

// section is a small heading with what stands under it.
func section(title string, objects ...fyne.CanvasObject) *fyne.Container {
	return look.Column(8, append([]fyne.CanvasObject{look.Caps(title)}, objects...)...)
}
