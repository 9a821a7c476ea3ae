// Package check owns the list of problems under the story: always as the essay
// is now, each with a way to it, warnings with a way to overrule them.
package check

// This file owns Panel: the head, the list and its keys.

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/dialogs"
	"photodesk/ui/look"
)

// Panel is the list. It is used from the UI goroutine. Its callbacks say what
// the editor meant.
type Panel struct {
	widget.BaseWidget

	OnGoTo     func(dialogs.Problem)
	OnOverrule func(dialogs.Problem) // a warning that is not overruled
	OnTakeBack func(dialogs.Problem) // one that is
	OnClose    func()
	OnKey      func(*fyne.KeyEvent) bool // has the window's own keys first

	problems []dialogs.Problem // errors first, overruled warnings last
	list     *list
	chosen   int
	counts   *look.Text
	clear    *look.Paragraph
	body     fyne.CanvasObject
	readOnly bool
}

// high is how much of the window the list takes.
const high = 220

// New makes an empty list.
func New() *Panel {
	p := &Panel{}
	p.counts = look.NewText("", look.Muted, look.TextSmall)
	p.counts.Truncate = true
	p.clear = look.Note(lang.L("Every photo has its credit, and nothing stands in the way of an export."))
	p.clear.Centre()
	p.list = newList(p)
	shut := look.NewButton(lang.L("Close"), func() { p.close() })
	shut.Importance = widget.LowImportance
	keys := look.NewText(lang.L("Enter shows   O overrules, or takes back   Esc closes"), look.Muted, look.TextSmall)
	head := container.NewBorder(nil, nil, look.Row(8, look.Middle(look.Caps(lang.L("Check"))), look.Wide(0)),
		look.Row(8, look.Middle(keys), shut), look.Middle(p.counts))
	hold := canvas.NewRectangle(nil)
	hold.SetMinSize(fyne.NewSize(0, high))
	p.body = container.NewStack(look.Ground("background"), hold, container.NewBorder(
		look.Column(0, look.Rule(), look.Inset(2, 12, head), look.Rule()), nil, nil, nil,
		container.NewStack(p.list, container.NewCenter(look.Column(0, look.Wide(420), p.clear)))))
	p.ExtendBaseWidget(p)
	p.Set(nil)
	return p
}

// SetReadOnly takes the ways to overrule away.
func (p *Panel) SetReadOnly(on bool) {
	p.readOnly = on
	p.list.Refresh()
}

// Set shows the problems as they are now; the one that was chosen stays so.
func (p *Panel) Set(problems []dialogs.Problem) {
	var was dialogs.Problem
	if p.chosen >= 0 && p.chosen < len(p.problems) {
		was = p.problems[p.chosen]
	}
	p.problems = slices.Clone(problems)
	slices.SortStableFunc(p.problems, func(a, b dialogs.Problem) int { return rank(a) - rank(b) })
	at := slices.IndexFunc(p.problems, func(o dialogs.Problem) bool { return same(o, was) })
	if at < 0 || rank(p.problems[at]) > rank(was) { // it is mended or overruled: the next one takes its place
		at = min(max(p.chosen, 0), len(p.problems)-1)
	}
	p.clear.Hidden = len(p.problems) > 0
	p.clear.Refresh()
	p.counts.SetText(tally(p.problems))
	p.choose(at)
	p.list.Refresh()
}

func same(a, b dialogs.Problem) bool {
	return a.Code == b.Code && a.Photo == b.Photo && a.Block == b.Block && a.Message == b.Message
}

func rank(p dialogs.Problem) int {
	switch {
	case p.Severity == dialogs.Error:
		return 0
	case p.Severity == dialogs.Warning && p.Reason == "":
		return 1
	case p.Severity == dialogs.Note:
		return 2
	}
	return 3
}

func tally(problems []dialogs.Problem) string {
	var n [4]int
	for _, p := range problems {
		n[rank(p)]++
	}
	out := ""
	for i, words := range [][2]string{
		{lang.L("1 error"), lang.L("%d errors")},
		{lang.L("1 warning"), lang.L("%d warnings")},
		{lang.L("1 note"), lang.L("%d notes")},
		{lang.L("1 overruled"), lang.L("%d overruled")},
	} {
		if n[i] == 0 {
			continue
		}
		if out != "" {
			out += "  ·  "
		}
		if n[i] == 1 {
			out += words[0]
		} else {
			out += fmt.Sprintf(words[1], n[i])
		}
	}
	return out
}

func (p *Panel) choose(i int) {
	p.chosen = i
	if i >= 0 && i < len(p.problems) {
		p.list.Select(i)
		return
	}
	p.list.UnselectAll()
}

func (p *Panel) goTo(i int) {
	if i >= 0 && i < len(p.problems) && p.OnGoTo != nil {
		p.OnGoTo(p.problems[i])
	}
}

// overrule overrules a warning, or takes that back.
func (p *Panel) overrule(i int) {
	if i < 0 || i >= len(p.problems) || p.readOnly {
		return
	}
	switch one := p.problems[i]; {
	case one.Severity != dialogs.Warning:
	case one.Reason != "" && p.OnTakeBack != nil:
		p.OnTakeBack(one)
	case one.Reason == "" && p.OnOverrule != nil:
		p.OnOverrule(one)
	}
}

func (p *Panel) close() {
	if p.OnClose != nil {
		p.OnClose()
	}
}

// FocusOn puts the keys into the list.
func (p *Panel) FocusOn(c fyne.Canvas) {
	p.MinSize() // the canvas finds the list only in a panel that was asked for its size or drawn
	c.Focus(p.list)
}

// CreateRenderer links the widget to Fyne.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.body) }

// list hears the panel's keys; the chosen row is where they act.
type list struct {
	widget.List
	p *Panel
}

func newList(p *Panel) *list {
	l := &list{p: p}
	l.Length = func() int { return len(p.problems) }
	l.CreateItem = func() fyne.CanvasObject { return newRow(p) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(p.problems) {
			o.(*row).set(i)
		}
	}
	l.OnSelected = func(i widget.ListItemID) { p.chosen = i }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey walks through the list and shows a problem.
func (l *list) TypedKey(ev *fyne.KeyEvent) {
	p := l.p
	if p.OnKey != nil && p.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyDown:
		p.choose(min(p.chosen+1, len(p.problems)-1))
	case fyne.KeyUp:
		p.choose(max(p.chosen-1, 0))
	case fyne.KeyHome:
		p.choose(0)
	case fyne.KeyEnd:
		p.choose(len(p.problems) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.goTo(p.chosen)
	case fyne.KeyEscape:
		p.close()
	}
}

// TypedRune overrules.
func (l *list) TypedRune(r rune) {
	if r == 'o' || r == 'O' {
		l.p.overrule(l.p.chosen)
	}
}
