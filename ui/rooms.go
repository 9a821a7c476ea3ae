package ui

// This file owns the rooms: how they are made and what their callbacks do.

import (
	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/ui/develop"
	"photodesk/ui/inspector"
	"photodesk/ui/jobs"
	"photodesk/ui/library"
	"photodesk/ui/story"
)

func (u *App) makeRooms() {
	u.bar = jobs.NewBar(u.jobs)
	u.bar.OnCheck = u.guard("check", u.check)
	u.bar.OnDetails = func(name string, err error) { u.fail(name, err) }

	u.essays = newEssayList()
	u.essays.onSelect = u.showEssay
	u.essays.onNew = u.guard("new essay", u.newEssay)
	u.essays.onDelete = u.deleteEssay
	u.essays.onRename = func(id int64) {
		u.showEssay(id)
		u.story.FocusHeadline()
	}
	u.essays.onKey = u.functionKey

	l := library.New(u.loader)
	l.OnFilter = func(project.Filter) { u.readLibrary() }
	l.OnSelect = u.photosSelected
	l.OnOpen = u.openPhoto
	l.OnInsert = func(ids []int64) { u.place(ids, u.story.InsertionPoint(), 0) }
	l.OnDelete = u.deletePhotos
	l.OnDrag = func(_ []int64, at fyne.Position) { u.story.ShowDropLine(at) }
	l.OnDrop = func(ids []int64, at fyne.Position) {
		u.story.HideDropLine()
		if after, into, ok := u.story.DropAt(at); ok {
			u.place(ids, after, into)
		}
	}
	l.OnImport = u.guard("import", u.importDialog)
	l.OnKey = u.functionKey
	l.OnPair = u.comparePhotos
	prefs := u.app.Preferences()
	l.SetView(library.Order(prefs.String(prefOrder)), float32(prefs.Float(prefTile)))
	l.OnView = func(order library.Order, tile float32) {
		prefs.SetString(prefOrder, string(order))
		prefs.SetFloat(prefTile, float64(tile))
	}
	u.library = l

	s := story.New(u.loader)
	s.OnSelectBlock = func(id int64) { u.setFocus(focus{block: id}) }
	s.OnSelectPlacement = func(block, pl int64) { u.setFocus(focus{block: block, placement: pl}) }
	s.OnPending = u.showSaved
	s.OnText = u.textTyped
	s.OnHead = u.headTyped
	s.OnCaption = u.captionTyped
	s.OnExpand = u.expandCaption
	s.OnMany = func() { u.showFocus(); u.menu.update(u) }
	s.OnInsert = u.insertBlock
	s.OnMove = u.moveBlock
	s.OnDelete = u.deleteBlock
	s.OnDuplicate = u.duplicateBlock
	s.OnOpen = u.openPlacement
	s.OnKey = u.functionKey
	s.OnRedo = u.guard("redo", u.redo)
	u.wireBlocks(s)
	u.story = s

	in := inspector.New(u.loader)
	in.OnPhoto = u.photoEdited
	in.OnPlacement = u.placementEdited
	in.OnEssay = u.essayEdited
	in.OnBlock = u.blockEdited
	in.OnDo = func(what story.Doing) { u.doBlocks(what, u.inHand()) }
	in.OnWidths = u.widthOfBlocks
	in.OnVotes = u.votesOfBlocks
	in.OnCorrection = u.correctionEdited
	in.OnOpenPhoto = u.openPhoto
	in.OnPending = u.showSaved
	in.OnKey = u.functionKey
	in.OnRedo = u.guard("redo", u.redo)
	in.SetThemes(inspectorThemes())
	in.OnTally = u.tallyOf
	u.inspector = in
	u.makeTools()
	u.makeCaptions()
	u.makeCheck()
	show := func(id int64) { u.openTools(id, develop.Crop) }
	in.OnTools, l.OnTools = show, show
	s.OnTools = show
}

// flush has everything typed reported and kept.
func (u *App) flush() {
	if u.project == nil {
		return
	}
	u.story.Flush()
	u.inspector.Flush()
	u.captions.Fields().Flush()
	u.showSaved()
}

// unsaved reports whether something typed is not in the project.
func (u *App) unsaved() bool {
	return u.project != nil && (u.story.Pending() || u.inspector.Pending() || u.captions.Fields().Pending())
}

// setFocus shows something else in the inspector.
func (u *App) setFocus(f focus) {
	if u.focus == f {
		return
	}
	u.inspector.Flush()
	u.focus = f
	if f.photo == 0 && len(u.library.Selection()) > 0 {
		u.library.Select()
	}
	u.showFocus()
	u.menu.update(u)
}

// showFocus shows what has the focus as the project has it now.
func (u *App) showFocus() {
	switch f := u.focus; {
	case u.project == nil:
		u.inspector.ShowNothing()
	case f.photo != 0:
		u.showPhoto(f.photo, nil)
	case f.placement != 0:
		if _, pl := u.placementOf(f.placement); pl != nil {
			u.showPhoto(pl.PhotoID, pl)
			return
		}
		u.focus = focus{}
		u.showFocus()
	case f.block != 0:
		if ids := u.inHand(); len(ids) > 1 {
			u.inspector.ShowBlocks(u.chosenBlocks(ids))
			return
		}
		if b := u.blockOf(f.block); b != nil {
			u.inspector.ShowBlock(b)
			return
		}
		u.focus = focus{}
		u.showFocus()
	case u.shown != nil:
		u.inspector.ShowEssay(u.shown)
	default:
		u.inspector.ShowNothing()
	}
}

func (u *App) showPhoto(id int64, pl *project.Placement) {
	ph, err := u.project.Photo(u.ctx, id)
	if err != nil {
		u.focus = focus{}
		u.inspector.ShowNothing()
		return
	}
	found, err := u.project.Found(u.ctx, ph)
	if err != nil {
		found = nil // the fields are there to compare with, not needed to edit
	}
	u.inspector.ShowPhoto(ph, pl, found, disagreeing(found))
}

func (u *App) blockOf(id int64) *project.Block {
	if u.shown == nil {
		return nil
	}
	for i := range u.shown.Blocks {
		if u.shown.Blocks[i].ID == id {
			return &u.shown.Blocks[i]
		}
	}
	return nil
}

func (u *App) placementOf(id int64) (*project.Block, *project.Placement) {
	if u.shown == nil {
		return nil, nil
	}
	for i := range u.shown.Blocks {
		b := &u.shown.Blocks[i]
		for j := range b.Placements {
			if b.Placements[j].ID == id {
				return b, &b.Placements[j]
			}
		}
	}
	return nil, nil
}

// photosSelected follows a selection in the library.
func (u *App) photosSelected(ids []int64) {
	if len(ids) == 0 {
		if u.focus.photo != 0 {
			u.setFocus(focus{})
		}
		return
	}
	u.story.Select(0, 0)
	u.setFocus(focus{photo: ids[len(ids)-1]})
}
