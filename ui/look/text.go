package look

// This file owns words that follow the theme: single lines, section labels,
// notes that wrap.

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/words"
)

// Text is one line of words. Unlike a canvas text it takes its colour from the
// theme by name, and is cut with an ellipsis where Truncate asks for it. After
// a field was changed, Refresh shows it.
type Text struct {
	widget.BaseWidget
	Text      string
	Color     fyne.ThemeColorName
	TextSize  float32
	Style     fyne.TextStyle
	Alignment fyne.TextAlign
	Face      fyne.Resource // nil: the theme's
	Truncate  bool
	Theme     fyne.Theme // whose colours it has; nil: the one it stands in
}

// NewText makes a line of words.
func NewText(text string, name fyne.ThemeColorName, size float32) *Text {
	t := &Text{Text: text, Color: name, TextSize: size}
	t.ExtendBaseWidget(t)
	return t
}

// Caps is a section label: small, spaced capitals.
func Caps(text string) *Text {
	t := NewText(strings.ToUpper(text), Muted, TextCaps)
	t.Style.Bold = true
	return t
}

// Title is the title of a room or a dialog, in the headline's face.
func Title(text string) *Text {
	t := NewText(text, Ink, TextTitle)
	t.Face = SerifBold
	return t
}

// Small is a secondary line, cut where it doesn't fit.
func Small(text string) *Text {
	t := NewText(text, Muted, TextSmall)
	t.Truncate = true
	return t
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.Text != text {
		t.Text = text
		t.Refresh()
	}
}

// SetColor changes the colour.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.Color != name {
		t.Color = name
		t.Refresh()
	}
}

// CreateRenderer links the widget to Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{t: t, line: canvas.NewText("", nil)}
	r.update()
	return r
}

type textRenderer struct {
	t    *Text
	line *canvas.Text
}

func (r *textRenderer) update() {
	t := r.t
	if t.Theme != nil {
		r.line.Color = t.Theme.Color(t.Color, fyne.CurrentApp().Settings().ThemeVariant())
	} else {
		r.line.Color = theme.ColorForWidget(t.Color, t)
	}
	r.line.TextSize, r.line.TextStyle, r.line.Alignment, r.line.FontSource = Scaled(t.TextSize), t.Style, sided(t.Alignment), t.Face
	line := t.Text
	if t.Truncate && t.Size().Width > 0 {
		line = r.fit(line, t.Size().Width)
	}
	r.line.Text = words.Visual(line)
}

// fit cuts the words to the width, at most a few measurements a call.
func (r *textRenderer) fit(text string, width float32) string {
	if r.width(text) <= width {
		return text
	}
	low, high := 0, utf8.RuneCountInString(text)
	runes := []rune(text)
	for low < high {
		mid := (low + high + 1) / 2
		if r.width(string(runes[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

func (r *textRenderer) width(text string) float32 {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, Scaled(r.t.TextSize), r.t.Style, r.t.Face)
	return size.Width
}

func (r *textRenderer) Layout(size fyne.Size) {
	if r.t.Truncate {
		r.update()
	}
	min := r.line.MinSize()
	r.line.Move(fyne.NewPos(0, (size.Height-min.Height)/2))
	r.line.Resize(fyne.NewSize(size.Width, min.Height))
}

func (r *textRenderer) MinSize() fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(r.t.Text, Scaled(r.t.TextSize), r.t.Style, r.t.Face)
	if r.t.Truncate {
		size.Width = min(size.Width, 2*Scaled(r.t.TextSize))
	}
	return size
}

func (r *textRenderer) Refresh() {
	r.update()
	r.Layout(r.t.Size())
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}
