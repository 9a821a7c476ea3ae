package ui

// This file owns captioning in the window: the room that stands in place of the
// others, what it goes through, and its menu.

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/inspector"
)

// captions is the room for captioning and what it goes through.
type captions struct {
	*inspector.Captioning
	story bool           // the photos of the essay shown; else those of the library
	codes *wording.Codes // nil: to be read
	need  []*fyne.MenuItem
}

func (u *App) makeCaptions() {
	c := inspector.NewCaptioning(u.loader)
	c.Hide()
	c.OnClose = u.guard("captioning", u.closeCaptions)
	f := c.Fields()
	f.OnPhoto, f.OnPlacement = u.photoEdited, u.placementEdited
	f.OnPending = u.showSaved
	f.OnRedo = u.guard("redo", u.redo)
	c.Keys(u.functionKey)
	u.captions = &captions{Captioning: c}
	for _, in := range []*inspector.Inspector{f, u.inspector} {
		in.OnExpand = u.expandWords
		in.OnUsed = u.usedCredits
	}
}

// captioning reports whether the room is open.
func (u *App) captioning() bool { return u.captions.Visible() }

// captionsMenu is the menu of what can be done to captions.
func (u *App) captionsMenu() *fyne.Menu {
	sep := fyne.NewMenuItemSeparator
	step := func(by int) func() {
		return func() {
			if u.captioning() {
				u.captions.Step(by)
			}
		}
	}
	list := []*fyne.MenuItem{
		u.item(lang.L("Caption photos"), keys(fyne.KeyC, ctrlShift), u.openCaptions),
		u.item(lang.L("Next photo"), keys(fyne.KeyPageDown, ctrl), step(1)),
		u.item(lang.L("Previous photo"), keys(fyne.KeyPageUp, ctrl), step(-1)),
		u.item(lang.L("Next with something missing"), keys(fyne.KeyJ, ctrl), u.nextMissing),
		sep(),
		u.item(lang.L("Write out codes and variables"), keys(fyne.KeyE, ctrlShift), u.expandFocused),
		u.item(lang.L("Apply template…"), keys(fyne.KeyT, ctrl), u.applyTemplate),
		u.item(lang.L("Change many photos…"), keys(fyne.KeyR, ctrlShift), u.changeMany),
		sep(),
		u.item(lang.L("Code replacements…"), nil, u.editCodes),
		u.item(lang.L("Templates…"), nil, u.editTemplates),
		sep(),
		u.item(lang.L("Export captions as CSV…"), nil, u.exportCaptions),
		u.item(lang.L("Import captions from CSV…"), nil, u.importCaptions),
	}
	for _, it := range list {
		if !it.IsSeparator {
			u.captions.need = append(u.captions.need, it)
		}
	}
	return fyne.NewMenu(lang.L("Captions"), list...)
}

// openCaptions opens the room: on the photos selected in the library, or on the
// whole library from the one selected; else on those of the essay.
func (u *App) openCaptions() {
	if u.project == nil || u.captioning() {
		return
	}
	if u.working() {
		u.closeTools()
	}
	u.flush()
	list, at, story := u.toCaption()
	if len(list) == 0 {
		u.inform(lang.L("Caption photos"), lang.L("There are no photos yet: import some first."))
		return
	}
	u.captions.story = story
	u.captions.codes = nil
	u.captions.Fields().SetReadOnly(u.project.ReadOnly())
	u.frame.roomsShown(false)
	u.captions.Show()
	u.captions.SetList(list, at)
	u.captions.FocusCaptionOn(u.win.Canvas())
	u.menu.update(u)
}

func (u *App) toCaption() (list []project.Words, at int, story bool) {
	selected := u.library.Selection()
	if len(selected) == 0 && u.shown != nil && len(u.shown.PhotoIDs()) > 0 {
		list = project.InStory(u.shown, u.photos)
		for i, w := range list {
			if w.Placement.ID == u.focus.placement || u.focus.placement == 0 && w.Placement.BlockID == u.focus.block {
				at = i
				break
			}
		}
		return list, at, true
	}
	f := u.library.Filter()
	photos, err := u.project.Photos(u.ctx, f)
	if err != nil {
		u.fail(lang.L("Caption photos"), err)
		return nil, 0, false
	}
	chosen := map[int64]bool{}
	for _, id := range selected {
		chosen[id] = true
	}
	for _, ph := range photos {
		switch {
		case len(selected) > 1 && !chosen[ph.ID]:
			continue
		case chosen[ph.ID] && len(selected) == 1:
			at = len(list)
		}
		list = append(list, project.Words{Photo: ph})
	}
	return list, at, false
}

// closeCaptions goes back to the other rooms, to the photo captioned last.
func (u *App) closeCaptions() {
	if !u.captioning() {
		return
	}
	u.flush()
	w, ok := u.captions.Current()
	u.captions.Hide()
	u.frame.roomsShown(true)
	u.win.Canvas().Unfocus()
	switch {
	case !ok || u.project == nil:
	case w.Placement != nil:
		u.story.Reveal(w.Placement.BlockID)
		u.story.Select(w.Placement.BlockID, w.Placement.ID)
		u.setFocus(focus{block: w.Placement.BlockID, placement: w.Placement.ID})
	default:
		u.library.Select(w.Photo.ID)
		u.photosSelected([]int64{w.Photo.ID})
	}
	u.menu.update(u)
}

// showCaptions gives the room what was committed, as it is now.
func (u *App) showCaptions(changed []project.Event) {
	u.captions.codes = nil // they may have changed
	if !u.captioning() {
		return
	}
	if u.captions.story {
		if u.shown == nil || len(u.shown.PhotoIDs()) == 0 {
			u.closeCaptions()
			return
		}
		u.captions.SetList(project.InStory(u.shown, u.photos), -1)
		return
	}
	touched, all := map[int64]bool{}, false
	for _, ev := range changed {
		all = all || ev.Elsewhere
		for _, c := range ev.Changes {
			if c.Table == "photo" {
				touched[c.ID] = true
			}
		}
	}
	if len(touched) == 0 && !all {
		return
	}
	var list []project.Words
	for _, w := range u.captions.List() {
		if all || touched[w.Photo.ID] {
			ph, err := u.project.Photo(u.ctx, w.Photo.ID)
			if err != nil {
				continue // it is gone
			}
			w.Photo = ph
		}
		list = append(list, w)
	}
	if len(list) == 0 {
		u.closeCaptions()
		return
	}
	u.captions.SetList(list, -1)
}

// expandWords writes out codes and variables for a photo's words.
func (u *App) expandWords(text string, of project.Words, caption bool) wording.Expansion {
	values := of.Values(time.Now())
	if caption { // a caption can't stand for itself
		delete(values, "caption")
	}
	return wording.Expand(text, u.readCodes(), values)
}

// expandCaption writes out codes and variables in a caption of the story.
func (u *App) expandCaption(pl project.Placement, text string) (string, bool) {
	if !wording.Expands(text) {
		return text, false
	}
	e := u.expandWords(text, project.Words{Photo: u.photos[pl.PhotoID], Placement: &pl}, true)
	return e.Text, e.Changed
}

func (u *App) readCodes() *wording.Codes {
	if u.captions.codes == nil && u.project != nil {
		list, err := u.project.Codes(u.ctx)
		if err != nil {
			return nil // they stay as they were typed
		}
		u.captions.codes = wording.NewCodes(list)
	}
	return u.captions.codes
}

func (u *App) usedCredits() (credits, bylines []string) {
	if u.project == nil {
		return nil, nil
	}
	credits, bylines, err := u.project.Used(u.ctx)
	if err != nil {
		return nil, nil // typing does without
	}
	return credits, bylines
}

func (u *App) nextMissing() {
	if !u.captioning() {
		u.openCaptions()
	}
	if u.captioning() && !u.captions.NextMissing() {
		u.tell(lang.L("Nothing is missing"))
	}
}

// expandFocused writes out codes and variables in the field that has the caret.
func (u *App) expandFocused() {
	at := u.win.Canvas().Focused()
	if !u.captions.Fields().ExpandFocused(at) && !u.inspector.ExpandFocused(at) {
		u.story.ExpandFocused()
	}
}

// currentWords are the words of the photo that a command is about.
func (u *App) currentWords() (project.Words, bool) {
	if u.captioning() {
		return u.captions.Current()
	}
	if _, pl := u.placementOf(u.focus.placement); pl != nil {
		return project.Words{Photo: u.photos[pl.PhotoID], Placement: pl}, true
	}
	if u.focus.photo == 0 || u.project == nil {
		return project.Words{}, false
	}
	ph, err := u.project.Photo(u.ctx, u.focus.photo)
	return project.Words{Photo: ph}, err == nil
}

// roomsShown shows the rooms and the bar above them, or hides them while another
// room has the whole window: the keys don't reach what is not seen.
func (f *frame) roomsShown(on bool) {
	for _, o := range []fyne.CanvasObject{f.left, f.bar} {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	f.content.Refresh()
}
