package inspector

// This file owns the entry of when an essay came out, or will.

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

func (p *essayPanel) addPublished() {
	p.published = p.add(spec{
		title: lang.L("Published"), hint: "2026-12-24 18:00", write: func(text string) string { return writeMoment(text, &p.e.Published) },
		report: func() func() bool { return p.report(lang.L("Change publication time"), "published") },
	})
	now := widget.NewButton(lang.L("Now"), func() {
		if !p.in.readOnly {
			p.published.entry.SetText(moment(time.Now()))
			p.published.leave()
		}
	})
	now.Importance = widget.LowImportance
	p.published.entry.ActionItem = now
	p.published.extra.Add(look.Note(fmt.Sprintf(lang.L("Shown on the page and in feeds; left empty, no time is. In %s, the zone of this machine."), zoneName())))
}
