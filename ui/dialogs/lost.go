package dialogs

// This file owns the list of originals that are not as they were imported.

import (
	"photodesk/ui/words"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"photodesk/project"
	"photodesk/ui/look"
)

var lostWords = map[project.OriginalState]string{
	project.OriginalMissing: words.Key("Missing"),
	project.OriginalChanged: words.Key("Changed"),
}

// Lost shows photos whose originals are missing or changed; found is how many
// a search has just brought back. search asks where to look for the rest; nil
// where nothing can be put back.
func Lost(win fyne.Window, lost []project.LostOriginal, found int, search func()) {
	var s *sheet
	list := look.Column(8)
	for i, l := range lost {
		if i > 0 {
			list.Add(look.Rule())
		}
		list.Add(lostRow(l))
	}
	note := lang.L("Their captions, credits and places in the essays are kept. An essay that shows them can’t be exported until they are back.")
	if found > 0 {
		note = lang.N("{{.PluralCount}} originals are back in place.", found) + " " + note
	}
	shut := look.NewButton(lang.L("Close"), func() { s.close() })
	buttons := []fyne.CanvasObject{shut}
	if search != nil {
		buttons = append(buttons, primary(lang.L("Look for them…"), func() { s.close(); search() }))
	}
	title := lang.N("{{.PluralCount}} originals are missing or changed", len(lost))
	s = newSheet(win, title, note, panel(list), buttons...).show(fyne.NewSize(580, min(240+44*float32(len(lost)), 520)))
}

func lostRow(l project.LostOriginal) fyne.CanvasObject {
	name := look.NewText(l.Photo.Name, look.Ink, look.TextBody)
	name.Truncate, name.Style.Bold = true, true
	words := look.Column(1, name)
	if l.Photo.Caption != "" {
		words.Add(look.Small(l.Photo.Caption))
	}
	badge := look.Middle(look.Badge(lang.L(lostWords[l.State]), look.Warning))
	return container.NewBorder(nil, nil, nil, look.Inset(0, 4, badge), words)
}
