package ui

// This file owns the photo tools in the window: the room that stands in place
// of the others while one photo is worked on, and what its callbacks do.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/develop"
)

// tools are the room of the photo tools and the commands that need a photo.
type tools struct {
	*develop.Room
	need []*fyne.MenuItem
}

func (u *App) makeTools() {
	r := develop.New(u.do)
	r.Hide()
	r.OnRecipe = u.recipeChanged
	r.OnSensitive = u.markSensitive
	r.OnClose = u.closeTools
	r.OnKey = u.functionKey
	r.OnRedo = u.guard("redo", u.redo)
	u.tools = &tools{Room: r}
}

// photoMenu is the menu of what can be done to a photo.
func (u *App) photoMenu() *fyne.Menu {
	alt := fyne.KeyModifierAlt
	with := func(t develop.Tool) func() { return func() { u.openTools(u.focusedPhoto(), t) } }
	turn := func(by int) func() { return func() { u.turnPhoto(u.focusedPhoto(), by) } }
	list := []*fyne.MenuItem{
		u.item(lang.L("Photo tools"), keys(fyne.KeyF6, 0), with(develop.Crop)),
		fyne.NewMenuItemSeparator(),
		u.item(lang.L("Crop…"), keys(fyne.Key1, alt), with(develop.Crop)),
		u.item(lang.L("Tone…"), keys(fyne.Key2, alt), with(develop.Tone)),
		u.item(lang.L("Redact…"), keys(fyne.Key3, alt), with(develop.Redact)),
		u.item(lang.L("Focal point…"), keys(fyne.Key4, alt), with(develop.Focus)),
		fyne.NewMenuItemSeparator(),
		u.item(lang.L("Turn left"), keys(fyne.KeyLeftBracket, ctrl), turn(-1)),
		u.item(lang.L("Turn right"), keys(fyne.KeyRightBracket, ctrl), turn(1)),
		u.item(lang.L("Sensitive or not"), keys(fyne.Key5, alt), u.switchSensitive),
		u.item(lang.L("Remove all photo edits"), nil, u.resetPhoto),
		fyne.NewMenuItemSeparator(),
		u.item(lang.L("Photo at 100 %"), keys(fyne.Key0, alt), u.zoomPhoto),
	}
	for _, it := range list {
		if !it.IsSeparator {
			u.tools.need = append(u.tools.need, it)
		}
	}
	return fyne.NewMenu(lang.L("Photo"), list...)
}

// working reports whether the photo tools are open.
func (u *App) working() bool { return u.tools.Photo() != 0 }

// focusedPhoto is the photo that a command is about, or 0.
func (u *App) focusedPhoto() int64 {
	switch f := u.focus; {
	case u.project == nil:
	case u.working():
		return u.tools.Photo()
	case u.captioning():
		w, _ := u.captions.Current()
		return w.Photo.ID
	case f.photo != 0:
		return f.photo
	case f.placement != 0:
		if _, pl := u.placementOf(f.placement); pl != nil {
			return pl.PhotoID
		}
	case f.block != 0:
		if b := u.blockOf(f.block); b != nil && len(b.Placements) > 0 {
			return b.Placements[0].PhotoID
		}
	}
	return 0
}

// openTools shows a photo large with a tool in hand.
func (u *App) openTools(id int64, t develop.Tool) {
	if u.project == nil || id == 0 {
		return
	}
	if u.working() && u.tools.Photo() == id {
		u.tools.Take(t)
		return
	}
	u.closeCaptions()
	u.flush()
	ph, err := u.project.Photo(u.ctx, id)
	if err != nil {
		u.fail(lang.L("Photo tools"), err)
		return
	}
	u.win.Canvas().Unfocus()
	u.tools.SetReadOnly(u.project.ReadOnly())
	u.frame.left.Hide()
	u.tools.Open(u.project, ph, t)
	u.tools.Show()
	u.win.Canvas().Focus(u.tools.Keys()) // itself it doesn't know its canvas before it is drawn
	u.menu.update(u)
}

// closeTools goes back to the rooms.
func (u *App) closeTools() {
	u.tools.Clear()
	u.tools.Hide()
	u.frame.left.Show()
	u.win.Canvas().Unfocus()
	u.menu.update(u)
}

// showTools brings the photo tools up to date after a commit.
func (u *App) showTools() {
	if !u.working() {
		return
	}
	ph, err := u.project.Photo(u.ctx, u.tools.Photo())
	if err != nil { // its import was undone
		u.closeTools()
		return
	}
	u.tools.SetPhoto(ph)
}

// recipeChanged keeps what the photo tools did; the photo's words stay as they are now.
func (u *App) recipeChanged(id int64, label, fold string, r photo.Recipe) bool {
	return u.edit(label, fold, func(tx *project.Tx) error {
		ph, err := tx.Photo(id)
		if err != nil {
			return err
		}
		ph.Recipe = r
		return tx.UpdatePhoto(ph)
	})
}

func (u *App) markSensitive(id int64, on bool) bool {
	label := lang.L("Mark sensitive")
	if !on {
		label = lang.L("Unmark sensitive")
	}
	return u.edit(label, "", func(tx *project.Tx) error {
		ph, err := tx.Photo(id)
		if err != nil {
			return err
		}
		ph.Sensitive = on
		return tx.UpdatePhoto(ph)
	})
}

func (u *App) switchSensitive() {
	id := u.focusedPhoto()
	if id == 0 {
		return
	}
	u.flush()
	if ph, err := u.project.Photo(u.ctx, id); err == nil {
		u.markSensitive(id, !ph.Sensitive)
	}
}

// turnPhoto turns a photo where it is, without opening the tools.
func (u *App) turnPhoto(id int64, quarters int) {
	switch {
	case id == 0:
	case u.working():
		u.tools.Turn(quarters)
	default:
		u.flush()
		if ph, err := u.project.Photo(u.ctx, id); err == nil {
			u.recipeChanged(id, lang.L("Turn photo"), "", ph.Recipe.Turned(quarters))
		}
	}
}

// zoomPhoto shows a photo at 100 % in the photo tools, or whole again.
func (u *App) zoomPhoto() {
	if !u.working() {
		u.openTools(u.focusedPhoto(), develop.Redact)
	}
	if u.working() {
		u.tools.Zoom()
	}
}

func (u *App) resetPhoto() {
	id := u.focusedPhoto()
	switch {
	case id == 0:
	case u.working():
		u.tools.Reset()
	default:
		u.flush()
		u.recipeChanged(id, lang.L("Remove all photo edits"), "", photo.Recipe{})
	}
}
