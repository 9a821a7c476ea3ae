package dialogs

// This file owns the credits review.

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// CreditDecision is the line that an editor wants for a photo.
type CreditDecision struct {
	Photo project.Photo
	Line  string
}

// creditReview is the review on screen.
type creditReview struct {
	rows  []*creditRow
	done  *look.Button
	said  *look.Text
	sheet *sheet
}

// creditRow is one credit: what was supplied beside what is shown, and the choice.
// One that could not be read has a field to write it in.
type creditRow struct {
	reading     project.CreditReading
	keep, back  *look.Button
	entry       *escEntry
	raw         bool
	cleanWords  *look.Paragraph
	rawWords    *look.Paragraph
	initialLine string
}

// Credits shows credit lines as they were supplied beside as they are shown.
// decide gets those whose line the editor wants otherwise than it is; it is not
// called when there are none.
func Credits(win fyne.Window, list []project.CreditReading, loader *photos.Loader, decide func([]CreditDecision)) {
	newCredits(win, list, loader, decide)
}

func newCredits(win fyne.Window, list []project.CreditReading, loader *photos.Loader, decide func([]CreditDecision)) *creditReview {
	r := &creditReview{}
	shut := func() { r.sheet.close() }
	if len(list) == 0 {
		words := look.NewParagraph(lang.L("Every credit line stands as its supplier wrote it."), look.Ink, theme.SizeNameText)
		r.sheet = newSheet(win, lang.L("Credits"), "", panel(words), primary(lang.L("Close"), shut)).show(fyne.NewSize(520, 210))
		return r
	}
	r.said = look.NewText("", look.Muted, look.TextSmall)
	rows := look.Column(12)
	section := func(title string, sure bool) {
		n := 0
		for _, one := range list {
			if one.Sure == sure {
				n++
			}
		}
		if n == 0 {
			return
		}
		if len(rows.Objects) > 0 {
			rows.Add(look.Gap(4))
		}
		rows.Add(look.Caps(fmt.Sprintf("%s · %d", title, n)))
		first := true
		for _, one := range list {
			if one.Sure != sure {
				continue
			}
			if !first {
				rows.Add(look.Rule())
			}
			first = false
			row, body := r.row(one, loader)
			r.rows = append(r.rows, row)
			rows.Add(body)
		}
	}
	section(lang.L("Could not be read"), false)
	section(lang.L("Changed"), true)

	r.done = primary(lang.L("Done"), func() {
		r.sheet.close()
		if got := r.decisions(); len(got) > 0 && decide != nil {
			decide(got)
		}
	})
	all := container.NewHBox()
	for _, row := range r.rows {
		if row.keep != nil { // there is something to take back
			all = container.NewHBox(quiet(lang.L("Keep all"), func() { r.setAll(false) }), quiet(lang.L("Take back all"), func() { r.setAll(true) }))
			break
		}
	}
	r.sheet = newSheet(win, lang.L("Credits"),
		lang.L("Each credit line as its supplier wrote it, beside the line that readers see. Nothing was lost: what you take back stands as supplied."),
		panel(rows), look.Row(10, look.Middle(r.said), look.Wide(0)), all, look.NewButton(lang.L("Cancel"), shut), r.done).show(fyne.NewSize(820, 580))
	r.count()
	win.Canvas().Focus(r.done)
	return r
}

// choiceWide keeps the words of every row in the same columns.
const choiceWide = 136

func (r *creditReview) row(one project.CreditReading, loader *photos.Loader) (*creditRow, fyne.CanvasObject) {
	row := &creditRow{reading: one, initialLine: one.Photo.CreditLine, raw: one.TakenBack()}
	view := photos.NewView(loader, photos.Cover, false)
	view.Radius = 2
	view.SetMinSize(fyne.NewSize(84, 58))
	view.SetPhoto(one.Photo)
	head := look.NewText(one.Photo.Name, look.Muted, look.TextSmall)
	head.Truncate = true
	from := lang.L("As supplied")
	if one.Story {
		from = lang.L("As pasted")
	}
	row.rawWords = look.NewParagraph(one.Raw, look.Ink, theme.SizeNameText)
	left := look.Column(1, look.NewText(from, look.Muted, look.TextSmall), row.rawWords)
	var right, choice fyne.CanvasObject
	if one.Sure {
		row.cleanWords = look.NewParagraph(one.Clean, look.Ink, theme.SizeNameText)
		right = look.Column(1, look.NewText(lang.L("As shown"), look.Muted, look.TextSmall), row.cleanWords)
		row.keep = look.NewButton(lang.L("Keep"), func() { r.set(row, false) })
		row.back = look.NewButton(lang.L("Take back"), func() { r.set(row, true) })
		choice = container.New(columns{wide: choiceWide}, container.NewHBox(row.keep, row.back))
	} else {
		row.entry = newEscEntry(func() { r.sheet.close() })
		row.entry.SetText(one.Photo.CreditLine)
		row.entry.OnChanged = func(string) { r.count() }
		right = look.Column(1, look.NewText(lang.L("Please look: write it as readers shall see it"), look.Warning, look.TextSmall), row.entry)
		choice = look.Wide(choiceWide)
	}
	words := look.Column(5, head, container.New(columns{share: 0.5, space: 18}, left, right))
	r.dress(row)
	return row, container.NewBorder(nil, nil, container.NewVBox(view), look.Middle(choice), look.Inset(0, 12, words))
}

// dress shows which of the two lines is chosen.
func (r *creditReview) dress(row *creditRow) {
	if row.keep == nil {
		return
	}
	row.keep.Importance, row.back.Importance = widget.HighImportance, widget.MediumImportance
	clean, raw := look.Ink, look.Muted
	if row.raw {
		row.keep.Importance, row.back.Importance = widget.MediumImportance, widget.HighImportance
		clean, raw = look.Muted, look.Ink
	}
	row.cleanWords.SetColor(clean)
	row.rawWords.SetColor(raw)
	row.keep.Refresh()
	row.back.Refresh()
}

func (r *creditReview) set(row *creditRow, raw bool) {
	row.raw = raw
	r.dress(row)
	r.count()
}

func (r *creditReview) setAll(raw bool) {
	for _, row := range r.rows {
		if row.keep != nil {
			r.set(row, raw)
		}
	}
}

// line is what the editor wants for a row.
func (row *creditRow) line() string {
	switch {
	case row.entry != nil:
		return strings.TrimSpace(row.entry.Text)
	case row.raw:
		return row.reading.Raw
	}
	return row.reading.Clean
}

func (r *creditReview) decisions() []CreditDecision {
	var out []CreditDecision
	for _, row := range r.rows {
		// No photo loses its credit by a field that was emptied.
		if line := row.line(); line != "" && line != strings.TrimSpace(row.initialLine) {
			out = append(out, CreditDecision{row.reading.Photo, line})
		}
	}
	return out
}

func (r *creditReview) count() {
	switch n := len(r.decisions()); n {
	case 0:
		r.said.SetText(lang.L("All stay as they are"))
	default:
		r.said.SetText(number(n, lang.L("line will change"), lang.L("lines will change")))
	}
}
