package look

// This file owns words that wrap, and words to click on.

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/words"
)

// Paragraph is words that wrap, without the padding of a label and in any face.
type Paragraph struct {
	widget.BaseWidget
	text   string
	color  fyne.ThemeColorName
	size   fyne.ThemeSizeName
	points float32 // in place of size, where not 0
	face   fyne.Resource
	align  fyne.TextAlign
	lines  []string
	wide   float32 // for which lines were broken
}

// Note is a muted, small paragraph: a hint, an explanation.
func Note(text string) *Paragraph { return NewParagraph(text, Muted, theme.SizeNameCaptionText) }

// NewParagraph makes words that wrap.
func NewParagraph(text string, name fyne.ThemeColorName, size fyne.ThemeSizeName) *Paragraph {
	p := &Paragraph{text: text, color: name, size: size, wide: -1}
	p.ExtendBaseWidget(p)
	return p
}

// Prose makes words that wrap in a face of its own, for example SerifRegular.
func Prose(text string, name fyne.ThemeColorName, points float32, face fyne.Resource) *Paragraph {
	p := NewParagraph(text, name, "")
	p.points, p.face = points, face
	return p
}

// Text is what the paragraph says.
func (p *Paragraph) Text() string { return p.text }

// SetText changes the words.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// SetColor changes the colour.
func (p *Paragraph) SetColor(name fyne.ThemeColorName) {
	if p.color != name {
		p.color = name
		p.Refresh()
	}
}

// Centre sets the words in the middle.
func (p *Paragraph) Centre() { p.align = fyne.TextAlignCenter }

func (p *Paragraph) pointSize() float32 {
	if p.points > 0 {
		return Scaled(p.points)
	}
	return theme.SizeForWidget(p.size, p)
}

func (p *Paragraph) measure(text string) fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, p.pointSize(), fyne.TextStyle{}, p.face)
	return size
}

// HeightFor is how high the paragraph is at a width.
func (p *Paragraph) HeightFor(width float32) float32 {
	return p.lineHeight() * float32(len(p.broken(width)))
}

func (p *Paragraph) lineHeight() float32 { return p.measure("Mg").Height * 1.06 }

// broken are the words in lines of a width; a word wider than that has its own line.
func (p *Paragraph) broken(width float32) []string {
	var out []string
	for part := range strings.SplitSeq(p.text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(part) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if line != "" && width > 0 && p.measure(next).Width > width {
				out = append(out, line)
				next = word
			}
			line = next
		}
		out = append(out, line)
	}
	return out
}

// CreateRenderer links the widget to Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return &paragraphRenderer{p: p}
}

type paragraphRenderer struct {
	p     *Paragraph
	texts []fyne.CanvasObject
}

func (r *paragraphRenderer) update(width float32) {
	p := r.p
	p.lines, p.wide = p.broken(width), width
	for len(r.texts) < len(p.lines) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.texts = r.texts[:len(p.lines)]
	high := p.lineHeight()
	for i, line := range p.lines {
		t := r.texts[i].(*canvas.Text)
		t.Text, t.TextSize, t.FontSource, t.Alignment = words.Visual(line), p.pointSize(), p.face, sided(p.align)
		t.Color = theme.ColorForWidget(p.color, p)
		t.Move(fyne.NewPos(0, high*float32(i)))
		t.Resize(fyne.NewSize(width, high))
	}
}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	if size.Width == r.p.wide && len(r.texts) == len(r.p.lines) {
		return
	}
	before := len(r.p.lines)
	r.update(size.Width)
	if len(r.p.lines) != before {
		canvas.Refresh(r.p) // the layout above has to give it another height
	}
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	if r.p.wide < 0 {
		return fyne.NewSize(40, r.p.lineHeight())
	}
	return fyne.NewSize(40, r.p.lineHeight()*float32(max(len(r.p.lines), 1)))
}

func (r *paragraphRenderer) Refresh() {
	r.update(r.p.Size().Width)
	for _, t := range r.texts {
		t.Refresh()
	}
	canvas.Refresh(r.p)
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.texts }
func (r *paragraphRenderer) Destroy()                     {}

// Link is small words to click on; Tab reaches it and Enter presses it.
type Link struct {
	widget.BaseWidget
	OnTapped func()

	word *Text
	line *Area
}

// NewLink makes words to click on.
func NewLink(text string, tapped func()) *Link {
	l := &Link{OnTapped: tapped, word: NewText(text, theme.ColorNameHyperlink, TextSmall), line: Ground("")}
	l.line.Radius = 3
	l.ExtendBaseWidget(l)
	return l
}

// Tapped presses the link.
func (l *Link) Tapped(*fyne.PointEvent) {
	if l.OnTapped != nil {
		l.OnTapped()
	}
}

// Cursor is the pointing hand.
func (l *Link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows where the keys are.
func (l *Link) FocusGained() { l.focus(theme.ColorNameFocus) }

// FocusLost takes the mark away.
func (l *Link) FocusLost() { l.focus("") }

func (l *Link) focus(fill fyne.ThemeColorName) {
	l.line.Fill = fill
	l.line.Refresh()
}

// TypedRune presses the link with the space bar.
func (l *Link) TypedRune(r rune) {
	if r == ' ' {
		l.Tapped(nil)
	}
}

// TypedKey presses the link with Enter.
func (l *Link) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		l.Tapped(nil)
	}
}

// CreateRenderer links the widget to Fyne.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &linkRenderer{l}
}

type linkRenderer struct{ l *Link }

func (r *linkRenderer) Layout(size fyne.Size) {
	r.l.line.Move(fyne.NewPos(-3, 0))
	r.l.line.Resize(size.AddWidthHeight(6, 0))
	r.l.word.Resize(size)
}

func (r *linkRenderer) MinSize() fyne.Size {
	return r.l.word.MinSize().AddWidthHeight(0, 4)
}

func (r *linkRenderer) Refresh() {
	r.l.word.Refresh()
	r.l.line.Refresh()
}

func (r *linkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.line, r.l.word}
}
func (r *linkRenderer) Destroy() {}
