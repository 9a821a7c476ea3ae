package dialogs

// This file owns the credits review.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// CreditChange is a credit line that was cleaned, or could not be read.
type CreditChange struct {
	Photo project.Photo
	Raw   string // as the supplier wrote it
	Shown string // as the page shows it
	Sure  bool   // false: not understood; somebody should look
}

// creditReview is the review on screen.
type creditReview struct {
	changes []CreditChange
	back    []*widget.Check
	sheet   *sheet
}

// Credits shows credit lines, raw beside shown. takeBack gets those whose raw
// line the editor wants; it is not called when there are none.
func Credits(win fyne.Window, changes []CreditChange, loader *photos.Loader, takeBack func(raw []CreditChange)) {
	newCredits(win, changes, loader, takeBack)
}

func newCredits(win fyne.Window, changes []CreditChange, loader *photos.Loader, takeBack func(raw []CreditChange)) *creditReview {
	r := &creditReview{changes: changes}
	list := look.Column(10)
	for i, c := range changes {
		if i > 0 {
			list.Add(look.Rule())
		}
		check := widget.NewCheck("As supplied", nil)
		r.back = append(r.back, check)
		list.Add(creditRow(c, check, loader))
	}
	if len(changes) == 0 {
		list.Add(look.NewParagraph("Every credit line stands as its supplier wrote it.", look.Ink, theme.SizeNameText))
	}
	if len(changes) == 0 {
		r.sheet = newSheet(win, "Credits", "", panel(list), primary("Close", func() { r.sheet.close() })).show(fyne.NewSize(520, 210))
		return r
	}
	all := quiet("Take back all", func() { r.setAll(true) })
	none := quiet("Keep all", func() { r.setAll(false) })
	done := primary("Done", func() {
		r.sheet.close()
		if raw := r.chosen(); len(raw) > 0 && takeBack != nil {
			takeBack(raw)
		}
	})
	r.sheet = newSheet(win, "Credits", "What was changed in credit lines, and what could not be understood.", panel(list),
		none, all, widget.NewButton("Cancel", func() { r.sheet.close() }), done).show(fyne.NewSize(760, 540))
	return r
}

func creditRow(c CreditChange, check *widget.Check, loader *photos.Loader) fyne.CanvasObject {
	view := photos.NewView(loader, photos.Cover, false)
	view.Radius = 2
	view.SetMinSize(fyne.NewSize(72, 50))
	view.SetPhoto(c.Photo)
	head := look.NewText(c.Photo.Name, look.Muted, look.TextSmall)
	head.Truncate = true
	words := look.Column(2, head, look.NewParagraph(c.Shown, look.Ink, theme.SizeNameText))
	if c.Raw != c.Shown {
		words.Add(look.Note("As supplied: " + c.Raw))
	}
	if !c.Sure {
		words.Add(container.NewHBox(look.Badge("Not understood: please look", look.Warning)))
	}
	if c.Raw == c.Shown {
		check.Hide()
	}
	return container.NewBorder(nil, nil, container.NewVBox(view), container.NewVBox(check), look.Inset(0, 10, words))
}

func (r *creditReview) setAll(on bool) {
	for _, c := range r.back {
		if c.Visible() {
			c.SetChecked(on)
		}
	}
}

func (r *creditReview) chosen() []CreditChange {
	var raw []CreditChange
	for i, c := range r.back {
		if c.Checked {
			raw = append(raw, r.changes[i])
		}
	}
	return raw
}
