package ui

// This file owns comparing two photos of the library.

import (
	"fyne.io/fyne/v2/lang"

	"photodesk/ui/gallery"
)

// comparePhotos shows two photos side by side.
func (u *App) comparePhotos(a, b int64) {
	if u.project == nil {
		return
	}
	u.flush()
	var frames [2]gallery.Frame
	for i, id := range []int64{a, b} {
		ph, err := u.project.Photo(u.ctx, id)
		if err != nil {
			u.fail(lang.L("Compare photos"), err)
			return
		}
		frames[i] = gallery.Frame{Photo: ph, Caption: ph.Caption, Credit: ph.CreditLine, Sensitive: ph.Sensitive}
	}
	gallery.ShowPair(u.app, u.loader, frames[0], frames[1])
}
