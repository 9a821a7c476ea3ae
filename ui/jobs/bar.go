package jobs

// This file owns the bar at the bottom of the window.

import (
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
	"photodesk/ui/words"
)

// Bar shows the saved state, counts, how many problems there are, and the jobs.
type Bar struct {
	widget.BaseWidget

	// OnCheck is told when the editor wants to see the problems.
	OnCheck func()
	// OnDetails shows a failure in full; without it the bar does so itself.
	OnDetails func(name string, err error)

	jobs   *Jobs
	stop   func() // watching them
	saved  *look.Text
	dot    *look.Area
	counts *look.Text
	check  *look.Button
	rows   []*jobRow
	lines  *fyne.Container // one line a job, above the state
	body   *fyne.Container
}

// NewBar makes the bar of a runner's jobs.
func NewBar(js *Jobs) *Bar {
	b := &Bar{jobs: js}
	b.saved = look.NewText("", look.Muted, look.TextSmall)
	b.dot = look.Ground(look.Good)
	b.dot.Radius, b.dot.Min = 3.5, fyne.NewSize(7, 7)
	b.counts = look.Small("")
	b.counts.Alignment = fyne.TextAlignTrailing
	b.check = look.NewButtonWithIcon("", theme.ConfirmIcon(), func() {
		if b.OnCheck != nil {
			b.OnCheck()
		}
	})
	b.check.Importance = widget.LowImportance
	state := look.Ends(
		look.Row(7, look.Wide(10), look.Middle(b.dot), look.Middle(b.saved)), b.check,
		look.Inset(0, 12, b.counts))
	b.lines = look.Column(0)
	b.body = look.Column(0, look.Rule(), b.lines, look.Inset(0, 6, state))
	b.ExtendBaseWidget(b)
	b.SetSaved(lang.L("All changes saved"), false)
	b.SetProblems(0, 0)
	b.stop = js.Watch(b.update)
	b.update()
	return b
}

// Close ends the bar, not the jobs.
func (b *Bar) Close() { b.stop() }

// SetSaved says how the project stands on the disk; failed shows it as a warning.
func (b *Bar) SetSaved(text string, failed bool) {
	b.saved.Color, b.dot.Fill = look.Muted, look.Good
	if failed {
		b.saved.Color, b.dot.Fill = look.Error, look.Error
	}
	b.saved.Text, b.dot.Hidden = text, text == ""
	b.saved.Refresh()
	b.dot.Refresh()
	b.body.Refresh()
}

// Saved is what SetSaved said last.
func (b *Bar) Saved() string { return b.saved.Text }

// SetCounts says what there is: "9 photos · 8 in the essay".
func (b *Bar) SetCounts(text string) { b.counts.SetText(text) }

// SetProblems says what a check found.
func (b *Bar) SetProblems(errs, warnings int) {
	b.check.Importance = widget.LowImportance
	switch {
	case errs > 0:
		b.check.SetIcon(theme.NewErrorThemedResource(theme.ErrorIcon()))
	case warnings > 0:
		b.check.SetIcon(theme.NewWarningThemedResource(theme.WarningIcon()))
	default:
		b.check.SetIcon(theme.NewSuccessThemedResource(theme.ConfirmIcon()))
	}
	b.check.SetText(problems(errs, warnings))
}

func problems(errs, warnings int) string {
	switch {
	case errs == 0 && warnings == 0:
		return lang.L("No problems")
	case errs == 0:
		return lang.N("{{.PluralCount}} warnings", warnings)
	case warnings == 0:
		return lang.N("{{.PluralCount}} errors", errs)
	}
	return lang.N("{{.PluralCount}} errors", errs) + ", " + lang.N("{{.PluralCount}} warnings", warnings)
}

// update gives each job its line; a line stays with its job.
func (b *Bar) update() {
	list := b.jobs.List()
	rows := make([]*jobRow, 0, len(list))
	for _, j := range list {
		var row *jobRow
		for _, r := range b.rows {
			if r.job == j {
				row = r
			}
		}
		if row == nil {
			row = b.newRow(j)
		}
		row.update()
		rows = append(rows, row)
	}
	for _, r := range b.rows {
		if !slices.Contains(rows, r) {
			r.bar.stop()
		}
	}
	same := len(rows) == len(b.rows)
	for i := range rows {
		same = same && rows[i] == b.rows[i]
	}
	b.rows = rows
	if same {
		return
	}
	b.lines.Objects = nil
	for _, r := range rows {
		b.lines.Add(r.body)
	}
	b.lines.Refresh()
	b.body.Refresh()
	b.Refresh()
}

func (b *Bar) details(j *Job) {
	err := j.Err()
	if err == nil {
		return
	}
	if b.OnDetails != nil {
		b.OnDetails(j.Name(), err)
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(b)
	if c == nil {
		return
	}
	text := words.Error(err)
	var p *PanicError
	if errors.As(err, &p) {
		text += "\n\n" + string(p.Stack)
	}
	entry := widget.NewMultiLineEntry()
	entry.Wrapping = fyne.TextWrapWord
	entry.SetText(text)
	var pop *widget.PopUp
	shut := look.NewButton(lang.L("Close"), func() { pop.Hide() })
	pop = widget.NewModalPopUp(look.Padded(14, container.NewBorder(look.Title(j.Name()), container.NewHBox(layout.NewSpacer(), shut), nil, nil, look.Inset(10, 0, entry))), c)
	pop.Resize(fyne.NewSize(min(620, c.Size().Width-40), min(340, c.Size().Height-40)))
	pop.Show()
}

// jobRow is one job's line: name and text, how far, Cancel or Details.
type jobRow struct {
	job     *Job
	text    *look.Text
	bar     *slim
	cancel  *look.Button
	details *look.Button
	again   *look.Button
	dismiss *look.Button
	body    *fyne.Container
}

func (b *Bar) newRow(j *Job) *jobRow {
	r := &jobRow{job: j, text: look.NewText("", look.Ink, look.TextSmall), bar: newSlim()}
	r.text.Truncate = true
	r.cancel = look.NewButton(lang.L("Cancel"), j.Cancel)
	r.details = look.NewButton(lang.L("Details"), func() { b.details(j) })
	r.again = look.NewButton(lang.L("Try again"), j.Again)
	r.dismiss = look.NewButtonWithIcon("", theme.CancelIcon(), j.Dismiss)
	for _, button := range []*look.Button{r.cancel, r.again, r.details, r.dismiss} {
		button.Importance = widget.LowImportance
	}
	right := container.NewHBox(look.Middle(r.bar), r.cancel, r.again, r.details, r.dismiss)
	r.body = look.Inset(0, 6, look.Ends(look.Gap(0), right, look.Inset(0, 7, r.text)))
	return r
}

func (r *jobRow) update() {
	p, state, err := r.job.Progress(), r.job.State(), r.job.Err()
	says := p.Text
	if says == "" {
		says = r.job.Name()
	}
	r.text.Color = look.Ink
	switch state {
	case Failed:
		says, r.text.Color = fmt.Sprintf(lang.L("%s failed: %s"), r.job.Name(), words.Reason(err)), look.Error
	case Cancelling:
		says = fmt.Sprintf(lang.L("%s — cancelling…"), r.job.Name())
	case Running:
		if pace := r.job.Pace(); pace != "" {
			says += "  ·  " + pace
		}
	}
	r.text.Text = says
	r.text.Refresh()
	failed := state == Failed
	r.bar.set(p.Done, p.Total)
	r.bar.Hidden = failed
	r.cancel.Hidden = failed
	if state == Cancelling && !r.cancel.Disabled() {
		r.cancel.Disable()
	}
	r.details.Hidden, r.dismiss.Hidden, r.again.Hidden = !failed, !failed, !r.job.CanAgain()
	r.body.Refresh()
}

// CreateRenderer links the widget to Fyne.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return widget.NewSimpleRenderer(b.body)
}
