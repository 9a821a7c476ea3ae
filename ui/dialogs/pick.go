package dialogs

// This file owns choosing one photo of the library.

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// pick opens a list to choose a photo from, or none (the zero Photo), beneath
// the object that asked. Only the rows in sight exist.
func pick(at fyne.CanvasObject, win fyne.Window, all []project.Photo, loader *photos.Loader, chosen func(project.Photo)) {
	var pop *widget.PopUp
	shown := all
	list := widget.NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return newPickRow(loader) },
		func(i int, o fyne.CanvasObject) { o.(*pickRow).set(shown[i]) })
	list.OnSelected = func(i int) {
		pop.Hide()
		chosen(shown[i])
	}
	search := newEscEntry(func() { pop.Hide() })
	search.Icon = theme.SearchIcon()
	search.SetPlaceHolder(lang.L("Search photos"))
	search.OnChanged = func(text string) {
		shown = matching(all, text)
		list.UnselectAll()
		list.Refresh()
		list.ScrollToTop()
	}
	none := quiet(lang.L("No photo"), func() {
		pop.Hide()
		chosen(project.Photo{})
	})
	pop = widget.NewPopUp(container.NewBorder(container.NewBorder(nil, nil, nil, none, search), nil, nil, nil, list), win.Canvas())
	size := fyne.NewSize(340, 380)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at).AddXY(0, at.Size().Height)
	whole := win.Canvas().Size()
	pos.X = max(min(pos.X, whole.Width-size.Width-8), 8)
	pos.Y = max(min(pos.Y, whole.Height-size.Height-8), 8)
	pop.ShowAtPosition(pos)
	pop.Resize(size)
	win.Canvas().Focus(search)
}

// matching are the photos whose name or caption holds every word.
func matching(all []project.Photo, text string) []project.Photo {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return all
	}
	var out []project.Photo
	for _, ph := range all {
		hay := strings.ToLower(ph.Name + " " + ph.Caption + " " + ph.CreditLine)
		fits := true
		for _, w := range words {
			fits = fits && strings.Contains(hay, w)
		}
		if fits {
			out = append(out, ph)
		}
	}
	return out
}

type pickRow struct {
	widget.BaseWidget
	view    *photos.View
	name    *look.Text
	caption *look.Text
	body    *fyne.Container
}

func newPickRow(loader *photos.Loader) *pickRow {
	r := &pickRow{view: photos.NewView(loader, photos.Cover, false), name: look.NewText("", look.Ink, look.TextBody), caption: look.Small("")}
	r.name.Truncate = true
	r.view.Radius = 2
	r.view.SetMinSize(fyne.NewSize(60, 42))
	r.body = container.NewBorder(nil, nil, r.view, nil, look.Inset(3, 6, look.Column(1, r.name, r.caption)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *pickRow) set(ph project.Photo) {
	r.view.SetPhoto(ph)
	r.name.SetText(ph.Name)
	caption := ph.Caption
	if caption == "" {
		caption = lang.L("No caption")
	}
	r.caption.SetText(caption)
}

func (r *pickRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }
