package dialogs

// This file owns what has changed since the export, and the correction that is
// written from it.

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"photodesk/project"
	"photodesk/ui/look"
)

// changeReview is the list on screen, with the correction under it.
type changeReview struct {
	words *escEntry
	add   *look.Button
	sheet *sheet
}

// Changes shows what differs from the latest export. correct is given the
// words of a correction, which the sheet drafts for the editor; nil where none
// can be added.
func Changes(win fyne.Window, exported time.Time, folder string, diffs []project.Difference, correct func(text string)) {
	newChanges(win, exported, folder, diffs, correct)
}

func newChanges(win fyne.Window, exported time.Time, folder string, diffs []project.Difference, correct func(text string)) *changeReview {
	r := &changeReview{}
	note := fmt.Sprintf(lang.L("Exported on %s to %s"), exported.Local().Format("2006-01-02 15:04"), folder)
	shut := look.NewButton(lang.L("Close"), func() { r.sheet.close() })
	if len(diffs) == 0 {
		same := look.NewParagraph(lang.L("The essay reads as it was exported."), look.Ink, theme.SizeNameText)
		r.sheet = newSheet(win, lang.L("Changes since the export"), note, panel(same), shut).show(fyne.NewSize(560, 230))
		return r
	}
	list := look.Column(10)
	for i, d := range diffs {
		if i > 0 {
			list.Add(look.Rule())
		}
		list.Add(changeRow(d))
	}
	tall := min(200+76*float32(len(diffs)), 480)
	if correct == nil {
		r.sheet = newSheet(win, lang.L("Changes since the export"), note, panel(list), shut).show(fyne.NewSize(680, tall))
		return r
	}
	r.words = newEscEntry(func() { r.sheet.close() })
	r.words.MultiLine, r.words.Wrapping = true, fyne.TextWrapWord
	r.words.SetMinRowsVisible(4)
	r.words.SetPlaceHolder(lang.L("What was wrong, and what is right"))
	r.add = primary(lang.L("Add correction"), func() {
		r.sheet.close()
		correct(strings.TrimSpace(r.words.Text))
	})
	r.words.OnChanged = func(text string) {
		if strings.TrimSpace(text) == "" {
			r.add.Disable()
		} else {
			r.add.Enable()
		}
	}
	r.words.SetText(project.CorrectionOf(diffs))
	r.words.OnChanged(r.words.Text)
	body := container.NewBorder(nil, look.Column(0, look.Gap(12), labelled(lang.L("Correction, as readers see it at the essay’s end"), r.words)), nil, nil, panel(list))
	r.sheet = newSheet(win, lang.L("Changes since the export"), note, body, shut, r.add).show(fyne.NewSize(680, tall+130))
	return r
}

// changeRow says what changed, how it read and how it reads.
func changeRow(d project.Difference) fyne.CanvasObject {
	what := look.NewText(d.What, look.Ink, look.TextBody)
	what.Truncate, what.Style.Bold = true, true
	rows := look.Column(3, what)
	if d.Before != "" {
		rows.Add(reading(lang.L("Was"), d.Before, look.Muted))
	}
	if d.After != "" {
		rows.Add(reading(lang.L("Now"), d.After, look.Ink))
	}
	return rows
}

func reading(when, words string, colour fyne.ThemeColorName) fyne.CanvasObject {
	label := look.Column(0, look.Gap(1), container.New(columns{wide: 34}, look.NewText(when, look.Muted, look.TextSmall)))
	return container.NewBorder(nil, nil, label, nil, look.NewParagraph(words, colour, theme.SizeNameText))
}
