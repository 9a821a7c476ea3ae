package dialogs

// This file owns the history: every step that can be undone or redone, to jump to.

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// historyList is the history on screen, the latest step first and the beginning last.
type historyList struct {
	steps []project.Step
	list  *escList
	sheet *sheet
}

// History shows the undo steps, oldest first in steps. jump is given the step
// that shall be the last one done, 0 for the beginning; the sheet stays open
// and shows what again returns.
func History(win fyne.Window, steps []project.Step, jump func(step int64), again func() []project.Step) {
	newHistory(win, steps, jump, again)
}

func newHistory(win fyne.Window, steps []project.Step, jump func(step int64), again func() []project.Step) *historyList {
	h := &historyList{steps: steps}
	h.list = &escList{escape: func() { h.sheet.close() }}
	h.list.Length = func() int { return len(h.steps) + 1 }
	h.list.CreateItem = func() fyne.CanvasObject { return newHistoryRow() }
	h.list.UpdateItem = func(row widget.ListItemID, o fyne.CanvasObject) { h.fill(row, o.(*historyRow)) }
	h.list.HideSeparators = true
	h.list.OnSelected = func(row widget.ListItemID) {
		h.list.UnselectAll()
		jump(h.stepAt(row))
		h.steps = again()
		h.list.Refresh()
	}
	h.list.ExtendBaseWidget(h.list)
	h.sheet = newSheet(win, lang.L("History"), lang.L("Choose a step to go back to it, or forward again. What you leave behind stays until the next edit."),
		framed(h.list), primary(lang.L("Close"), func() { h.sheet.close() })).show(fyne.NewSize(520, 560))
	h.list.ScrollTo(h.current())
	return h
}

// stepAt is the step of a row, 0 for the beginning.
func (h *historyList) stepAt(row int) int64 {
	if row >= len(h.steps) {
		return 0
	}
	return h.steps[len(h.steps)-1-row].ID
}

// current is the row of the last step that is done.
func (h *historyList) current() int {
	for i := len(h.steps) - 1; i >= 0; i-- {
		if !h.steps[i].Undone {
			return len(h.steps) - 1 - i
		}
	}
	return len(h.steps)
}

func (h *historyList) fill(row int, r *historyRow) {
	s := project.Step{Label: lang.L("The beginning")}
	when := ""
	if row < len(h.steps) {
		s = h.steps[len(h.steps)-1-row]
		when = since(s.At)
	}
	r.set(s.Label, when, s.Undone, row == h.current())
}

// historyRow is one step: what was done and when. The current one stands on a
// ground of its own, those undone are dimmed.
type historyRow struct {
	widget.BaseWidget
	ground     *look.Area
	label      *look.Text
	note, when *look.Text
	body       *fyne.Container
}

func newHistoryRow() *historyRow {
	r := &historyRow{ground: look.Ground("")}
	r.ground.Radius = 4
	r.label = look.NewText("", look.Ink, look.TextBody)
	r.label.Truncate = true
	r.note = look.NewText("", look.Muted, look.TextSmall)
	r.when = look.NewText("", look.Muted, look.TextSmall)
	r.body = container.NewStack(r.ground, look.Inset(6, 12,
		container.NewBorder(nil, nil, nil, look.Row(12, r.note, r.when), r.label)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *historyRow) set(label, when string, undone, current bool) {
	r.label.Text, r.label.Color, r.label.Style.Bold = label, look.Ink, current
	r.note.Text, r.when.Text = "", when
	r.ground.Fill = ""
	switch {
	case current:
		r.ground.Fill, r.note.Text = look.AccentSoft, lang.L("You are here")
	case undone:
		r.label.Color, r.note.Text = look.Muted, lang.L("undone")
	}
	r.label.Refresh()
	r.note.Refresh()
	r.when.Refresh()
	r.ground.Refresh()
	r.body.Refresh()
}

// CreateRenderer links the widget to Fyne.
func (r *historyRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// since says when, as short as it stays clear.
func since(at time.Time) string {
	at = at.Local()
	if time.Since(at) < 20*time.Hour {
		return at.Format("15:04:05")
	}
	return words.Moment(at)
}

// escList is a list that lets Escape close the sheet.
type escList struct {
	widget.List
	escape func()
}

// TypedKey hears Escape; the rest walks through the list.
func (l *escList) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		l.escape()
		return
	}
	l.List.TypedKey(ev)
}
