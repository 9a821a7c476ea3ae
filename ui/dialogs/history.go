package dialogs

// This file owns the history list: every step, to jump to.

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

// historyList is the list on screen, the latest step first and the beginning last.
type historyList struct {
	steps []project.Step
	list  *widget.List
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
	h.list = widget.NewList(
		func() int { return len(h.steps) + 1 },
		func() fyne.CanvasObject {
			label := widget.NewLabel("Edit caption of a photo")
			label.Truncation = fyne.TextTruncateEllipsis
			return container.NewBorder(nil, nil, nil, look.Inset(8, 8, look.Small("12 November 15:04")), label)
		},
		h.fill)
	h.list.OnSelected = func(row widget.ListItemID) {
		h.list.UnselectAll()
		jump(h.stepAt(row))
		h.steps = again()
		h.list.Refresh()
	}
	h.sheet = newSheet(win, "History", "Choose a step to go back to it, or forward again. Nothing is lost until you edit from there.",
		h.list, primary("Close", func() { h.sheet.close() })).show(fyne.NewSize(520, 560))
	return h
}

// stepAt is the step of a row, 0 for the beginning.
func (h *historyList) stepAt(row int) int64 {
	if row >= len(h.steps) {
		return 0
	}
	return h.steps[len(h.steps)-1-row].ID
}

func (h *historyList) fill(row widget.ListItemID, o fyne.CanvasObject) {
	c := o.(*fyne.Container)
	label, when := c.Objects[0].(*widget.Label), c.Objects[1].(*fyne.Container).Objects[0].(*look.Text)
	if row >= len(h.steps) {
		label.Importance = widget.MediumImportance
		label.TextStyle.Italic = true
		label.SetText("The beginning")
		when.SetText("")
		return
	}
	s := h.steps[len(h.steps)-1-row]
	label.Importance = widget.MediumImportance
	if s.Undone {
		label.Importance = widget.LowImportance
	}
	label.TextStyle = fyne.TextStyle{Italic: s.Undone}
	label.SetText(s.Label)
	when.SetText(since(s.At))
}

// since says when, as short as it stays clear.
func since(at time.Time) string {
	at = at.Local()
	if time.Since(at) < 20*time.Hour {
		return at.Format("15:04:05")
	}
	return at.Format("2 January 15:04")
}

// Lost shows photos whose originals are missing or changed. search asks where
// to look for them.
func Lost(win fyne.Window, lost []project.LostOriginal, found int, search func()) {
	var s *sheet
	list := look.Column(8)
	for _, l := range lost {
		list.Add(look.Row(10, look.Badge(map[project.OriginalState]string{
			project.OriginalMissing: "Missing", project.OriginalChanged: "Changed",
		}[l.State], look.Warning), look.NewText(l.Photo.Name, look.Ink, look.TextSmall)))
	}
	note := "Their words and placements are kept. An export is held until they are back."
	if found > 0 {
		note = number(found, "original is", "originals are") + " back. " + note
	}
	s = newSheet(win, number(len(lost), "original is lost", "originals are lost"), note, panel(list),
		widget.NewButton("Close", func() { s.close() }),
		primary("Look for them…", func() { s.close(); search() })).show(fyne.NewSize(560, 420))
}

// Changes shows what differs from the latest export. correct is given the
// words of a correction, which the sheet drafts for the editor.
func Changes(win fyne.Window, exported time.Time, folder string, diffs []project.Difference, correct func(text string)) {
	var s *sheet
	list := look.Column(10)
	for i, d := range diffs {
		if i > 0 {
			list.Add(look.Rule())
		}
		rows := look.Column(2, look.Small(d.What))
		if d.Before != "" {
			rows.Add(look.NewParagraph("− "+d.Before, look.Muted, theme.SizeNameText))
		}
		if d.After != "" {
			rows.Add(look.NewParagraph("+ "+d.After, look.Ink, theme.SizeNameText))
		}
		list.Add(rows)
	}
	note := "Exported " + exported.Local().Format("2 January 2006, 15:04") + " to " + folder + "."
	shut := widget.NewButton("Close", func() { s.close() })
	if len(diffs) == 0 {
		list.Add(look.NewParagraph("The essay reads as it was exported.", look.Ink, theme.SizeNameText))
		s = newSheet(win, "Changes since the export", note, panel(list), shut).show(fyne.NewSize(560, 320))
		return
	}
	words := widget.NewMultiLineEntry()
	words.Wrapping = fyne.TextWrapWord
	words.SetMinRowsVisible(3)
	words.SetText(project.CorrectionOf(diffs))
	body := container.NewBorder(nil, look.Column(4, look.Gap(4), labelled("Correction, as readers see it at the essay’s end", words)), nil, nil, panel(list))
	s = newSheet(win, "Changes since the export", note, body, shut, primary("Add correction", func() {
		if words.Text == "" {
			return
		}
		s.close()
		correct(words.Text)
	})).show(fyne.NewSize(680, 600))
}
