package dialogs

// This file owns what readers voted: the essay's tally and the ranking of its photos.

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// VotesForm is what the sheet of votes begins with.
type VotesForm struct {
	Service string                   // the address that is asked, or ""
	Photos  map[string]project.Photo // of the essay, by SHA-256
	Loader  *photos.Loader
	// Refresh asks a service; the answer comes back by VotesSheet.Show. nil where nothing can be kept.
	Refresh func(service string)
	// Save writes the table; nil where there is nothing to write to.
	Save func()
}

// VotesSheet is the sheet on screen.
type VotesSheet struct {
	form    VotesForm
	service *escEntry
	ask     *look.Button
	save    *look.Button
	said    *look.Paragraph
	rows    *fyne.Container
	sheet   *sheet
}

// Votes shows what is known of an essay's votes, the essay's own first, its photos as they rank.
func Votes(win fyne.Window, form VotesForm, tallies []project.Tally) *VotesSheet {
	v := &VotesSheet{form: form, said: look.Note(""), rows: look.Column(12)}
	shut := func() { v.sheet.close() }
	v.service = newEscEntry(shut)
	v.service.SetPlaceHolder("https://votes.example.org")
	v.service.SetText(form.Service)
	v.ask = primary(lang.L("Refresh"), func() {
		v.ask.Disable()
		v.said.SetText(lang.L("Asking the vote service…"))
		form.Refresh(v.service.Text)
	})
	v.service.OnSubmitted = func(string) {
		if !v.ask.Disabled() {
			v.ask.OnTapped()
		}
	}
	v.save = look.NewButton(lang.L("Save as CSV…"), func() {
		v.sheet.close()
		form.Save()
	})
	buttons := []fyne.CanvasObject{look.NewButton(lang.L("Close"), shut)}
	if form.Save != nil {
		buttons = append(buttons, v.save)
	}
	top := look.Column(6, v.said)
	if form.Refresh != nil {
		buttons = append(buttons, v.ask)
		top = look.Column(6, labelled(lang.L("Vote service"), v.service), v.said)
	}
	body := container.NewBorder(look.Column(0, top, look.Gap(10)), nil, nil, nil, panel(v.rows))
	v.sheet = newSheet(win, lang.L("Votes"), lang.L("What readers voted, as the service last told. Undo doesn’t take votes back."), body, buttons...).show(fyne.NewSize(680, 600))
	v.Show(tallies, nil)
	if form.Refresh != nil {
		win.Canvas().Focus(v.service)
	}
	return v
}

// Open reports whether the sheet is still on screen.
func (v *VotesSheet) Open() bool { return !v.sheet.closed }

// Show puts new tallies into the sheet, or says why there are none; what was shown before then stays.
func (v *VotesSheet) Show(tallies []project.Tally, err error) {
	v.ask.Enable()
	if err != nil {
		v.said.SetText(err.Error())
		return
	}
	v.rows.RemoveAll()
	v.save.Disable()
	if len(tallies) == 0 {
		v.said.SetText("")
		v.rows.Add(look.NewParagraph(lang.L("Nothing is known yet. Export the essay with the address of a vote service, then ask it here."), look.Muted, theme.SizeNameText))
		return
	}
	v.save.Enable()
	v.said.SetText(fmt.Sprintf(lang.L("Counted by %s, asked on %s."), tallies[0].Service, tallies[0].At.Local().Format("2006-01-02 15:04")))
	most := 1
	for _, t := range tallies {
		most = max(most, t.Total())
	}
	rank := 0
	for _, t := range tallies {
		if t.Photo == "" {
			v.rows.Add(v.row("", nil, lang.L("The essay"), "", t, most))
			v.rows.Add(look.Rule())
			continue
		}
		ph, ok := v.form.Photos[t.Photo]
		if !ok {
			continue // taken out since
		}
		rank++
		v.rows.Add(v.row(strconv.Itoa(rank), &ph, ph.Name, ph.Caption, t, most))
	}
}

// Widths that keep the columns of all rows in line.
const (
	rankWide  = 26
	thumbWide = 84
	tallyWide = 230
)

func (v *VotesSheet) row(rank string, ph *project.Photo, name, caption string, t project.Tally, most int) fyne.CanvasObject {
	number := look.NewText(rank, look.Muted, look.TextBody)
	var thumb fyne.CanvasObject = look.Wide(thumbWide)
	if ph != nil {
		view := photos.NewView(v.form.Loader, photos.Cover, false)
		view.Radius = 2
		view.SetMinSize(fyne.NewSize(thumbWide, 58))
		view.SetPhoto(*ph)
		thumb = view
	}
	title := look.NewText(name, look.Ink, look.TextBody)
	title.Truncate, title.Style.Bold = true, true
	words := look.Column(2, title)
	if caption != "" {
		below := look.NewText(caption, look.Muted, look.TextSmall)
		below.Truncate = true
		words.Add(below)
	}
	points := look.NewText(fmt.Sprintf("%+d", t.Points()), look.Ink, look.TextBody)
	points.Style.Bold = true
	counts := look.NewText(Tallied(t), look.Muted, look.TextSmall)
	tally := look.Column(4, points, counts, newShare(t, most))
	left := look.Row(12, container.New(columns{wide: rankWide}, number), thumb, look.Gap(0))
	return look.Ends(left, look.Row(0, look.Wide(14), container.New(columns{wide: tallyWide}, tally)), words)
}

// Tallied says a tally in words: "15 up, 3 down".
func Tallied(t project.Tally) string {
	return fmt.Sprintf(lang.L("%d up, %d down"), t.Up, t.Down)
}

// newShare is a bar as long as the votes are many, in the two colours of the vote.
func newShare(t project.Tally, most int) fyne.CanvasObject {
	up, down := look.Ground(look.Good), look.Ground(look.Muted)
	return container.New(share{float32(t.Up) / float32(most), float32(t.Down) / float32(most)}, up, down)
}

// share lays two things out beside each other, each as its part of the width.
type share struct{ first, second float32 }

func (s share) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 4) }

func (s share) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width*s.first, size.Height))
	objects[1].Resize(fyne.NewSize(size.Width*s.second, size.Height))
	objects[1].Move(fyne.NewPos(size.Width*s.first, 0))
}
