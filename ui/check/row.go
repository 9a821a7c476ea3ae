package check

// This file owns one problem's line.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/dialogs"
	"photodesk/ui/look"
)

// row is a problem: how grave it is, what it says, the reason where it was
// overruled, and what can be done.
type row struct {
	widget.BaseWidget
	p       *Panel
	at      int
	dot     *look.Area
	words   *look.Text
	reason  *look.Text
	rule    *action
	way     *action
	content *fyne.Container
}

func newRow(p *Panel) *row {
	r := &row{p: p, dot: look.Ground(look.Muted)}
	r.dot.Radius, r.dot.Min = 4, fyne.NewSize(8, 8)
	r.words = look.NewText("", look.Ink, look.TextBody)
	r.words.Truncate = true
	r.reason = look.Small("")
	r.rule = newAction(func() { p.choose(r.at); p.overrule(r.at) })
	r.way = newAction(func() { p.choose(r.at); p.goTo(r.at) })
	r.way.set(lang.L("Show"))
	r.content = look.Inset(5, 12, container.NewBorder(nil, nil, container.NewHBox(look.Middle(r.dot), look.Wide(4)),
		look.Row(16, look.Middle(r.rule), look.Middle(r.way)), look.Inset(0, 6, look.Column(1, r.words, r.reason))))
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) set(at int) {
	r.at = at
	one := r.p.problems[at]
	r.words.Text, r.words.Color = one.Message, look.Ink
	r.reason.Text = kind(one)
	r.rule.Hidden = one.Severity != dialogs.Warning || r.p.readOnly
	switch {
	case one.Severity == dialogs.Error:
		r.dot.Fill = look.Error
	case one.Severity == dialogs.Note:
		r.dot.Fill, r.words.Color = look.Muted, look.Muted
	case one.Reason != "":
		r.dot.Fill, r.words.Color = look.Hairline, look.Muted
		r.reason.Text = lang.L("Overruled: ") + one.Reason
		r.rule.set(lang.L("Take back"))
	default:
		r.dot.Fill = look.Warning
		r.rule.set(lang.L("Overrule…"))
	}
	r.dot.Refresh()
	r.words.Refresh()
	r.reason.Refresh()
	r.content.Refresh()
}

// kind says in words what the dot says by its colour, and where the problem is.
func kind(p dialogs.Problem) string {
	words := lang.L("Note")
	switch p.Severity {
	case dialogs.Error:
		words = lang.L("Error: stands in the way of an export")
	case dialogs.Warning:
		words = lang.L("Warning")
	}
	return words
}

// CreateRenderer links the widget to Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// action is words to click on that take no stop from the Tab key: the list has
// the keys.
type action struct {
	widget.BaseWidget
	tapped func()
	word   *look.Text
}

func newAction(tapped func()) *action {
	a := &action{tapped: tapped, word: look.NewText("", look.Accent, look.TextBody)}
	a.ExtendBaseWidget(a)
	return a
}

func (a *action) set(text string) { a.word.SetText(text) }

// Tapped does it.
func (a *action) Tapped(*fyne.PointEvent) { a.tapped() }

// Cursor is the pointing hand.
func (a *action) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer links the widget to Fyne.
func (a *action) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.word) }
