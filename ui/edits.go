package ui

// This file owns the gate from the rooms to the project: each thing the editor
// means becomes one labelled edit.

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"photodesk/ui/words"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/story"
)

// edit changes the project and shows the outcome; it reports whether the
// change was kept. fold is the key under which typing continues a step, or "".
func (u *App) edit(label, fold string, fn func(tx *project.Tx) error) bool {
	if u.project == nil {
		return false
	}
	err := u.project.Edit(u.ctx, label, func(tx *project.Tx) error {
		if fold != "" {
			if err := tx.Fold(fold, project.FoldPause); err != nil {
				return err
			}
		}
		return fn(tx)
	})
	u.gone = errors.Is(err, project.ErrNoRow)
	if err != nil {
		u.notKept(label, err)
		return false
	}
	u.failed = false
	u.showSaved()
	u.drain()
	return true
}

// keep is edit for typed words, which wait in their field until they are kept;
// those about something that is gone don't.
func (u *App) keep(label, fold string, fn func(tx *project.Tx) error) bool {
	return u.edit(label, fold, fn) || u.gone
}

// notKept tells that an edit failed: in the bar for as long as it lasts, and
// once in words.
func (u *App) notKept(label string, err error) {
	if errors.Is(err, project.ErrNoRow) {
		u.drain() // what it was about is gone: the rooms only have to see that
		return
	}
	first := !u.failed
	u.failed = true
	u.bar.SetSaved(lang.L("Not saved"), true)
	if first {
		u.fail(label, err)
	}
}

// textTyped keeps the words of a block.
func (u *App) textTyped(b project.Block) bool {
	label := fmt.Sprintf(lang.L("Edit %s"), words.Inside(storyKind(b.Kind)))
	return u.edit(label, fmt.Sprintf("block/%d", b.ID), func(tx *project.Tx) error { return tx.UpdateBlock(b) })
}

// headTyped keeps headline and standfirst.
func (u *App) headTyped(e project.Essay) bool {
	label, field := lang.L("Edit standfirst"), "standfirst"
	if u.shown != nil && u.shown.ID == e.ID && u.shown.Headline != e.Headline {
		label, field = lang.L("Edit headline"), "headline"
	}
	return u.edit(label, fmt.Sprintf("essay/%d/%s", e.ID, field), func(tx *project.Tx) error {
		now, err := tx.Essay(e.ID)
		if err != nil {
			return err
		}
		now.Headline, now.Standfirst = oneLine(e.Headline), e.Standfirst
		return tx.UpdateEssay(now)
	})
}

// oneLine is what stays of line breaks that came in by pasting.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}

// captionTyped keeps the caption a story gives a photo.
func (u *App) captionTyped(pl project.Placement) bool {
	return u.edit(lang.L("Edit caption"), fmt.Sprintf("placement/%d/caption", pl.ID), func(tx *project.Tx) error {
		now, err := tx.Placement(pl.ID)
		if err != nil {
			return err
		}
		now.Caption = pl.Caption
		return tx.UpdatePlacement(now)
	})
}

func (u *App) photoEdited(label, fold string, ph project.Photo) bool {
	return u.keep(label, fold, func(tx *project.Tx) error { return tx.UpdatePhoto(ph) })
}

func (u *App) placementEdited(label, fold string, pl project.Placement) bool {
	return u.keep(label, fold, func(tx *project.Tx) error { return tx.UpdatePlacement(pl) })
}

func (u *App) essayEdited(label, fold string, e project.Essay) bool {
	return u.keep(label, fold, func(tx *project.Tx) error { return tx.UpdateEssay(&e) })
}

func (u *App) blockEdited(label, fold string, b project.Block) bool {
	return u.keep(label, fold, func(tx *project.Tx) error { return tx.UpdateBlock(b) })
}

func (u *App) correctionEdited(c project.Correction) {
	if c.ID != 0 {
		u.edit(lang.L("Delete correction"), "", func(tx *project.Tx) error { return tx.DeleteCorrection(c.ID) })
		return
	}
	u.edit(lang.L("Add correction"), "", func(tx *project.Tx) error {
		_, err := tx.AddCorrection(c.EssayID, time.Now(), c.Text)
		return err
	})
}

// addEssay makes an essay with the headline and shows it.
func (u *App) addEssay(headline string) {
	var id int64
	ok := u.edit(lang.L("New essay"), "", func(tx *project.Tx) error {
		slug := "untitled"
		if headline != "" {
			slug = wording.Slug(headline)
		}
		slug, err := tx.FreeSlug(slug)
		if err != nil {
			return err
		}
		id, err = tx.AddEssay(project.Essay{Slug: slug, Headline: headline, Votes: true})
		return err
	})
	if ok {
		u.showEssay(id)
		u.story.FocusHeadline()
	}
}

func (u *App) deleteEssay(id int64) {
	name := u.essays.name(id)
	u.confirm(lang.L("Delete the essay?"), fmt.Sprintf(lang.L("“%s” goes with its text and captions; its photos stay in the library. Undo brings it back."), name),
		lang.L("Delete"), func() {
			u.flush()
			u.edit(lang.L("Delete essay"), "", func(tx *project.Tx) error { return tx.DeleteEssay(id) })
		})
}

// insertBlock adds a block of the kind and puts the caret into it. Blocks of
// photos take what is selected in the library.
func (u *App) insertBlock(after int64, kind project.BlockKind) {
	if u.shown == nil {
		return
	}
	u.flush()
	b := project.Block{Kind: kind}
	take := 0
	switch kind {
	case project.KindPhoto:
		take = 1
	case project.KindCompare:
		take = 2
	case project.KindGallery:
		take = 1 << 10
	}
	for i, id := range u.library.Selection() {
		if i < take {
			b.Placements = append(b.Placements, project.Placement{PhotoID: id})
		}
	}
	var id int64
	essay := u.essay
	if u.edit(fmt.Sprintf(lang.L("Add %s"), words.Inside(storyKind(kind))), "", func(tx *project.Tx) (err error) {
		id, err = tx.AddBlock(essay, after, b)
		return err
	}) {
		u.story.Focus(id)
	}
}

// place puts photos of the library into the story: into a block that takes
// them, or each as a block of its own behind another.
func (u *App) place(ids []int64, after, into int64) {
	if u.shown == nil || len(ids) == 0 {
		return
	}
	u.flush()
	label := lang.N("Place {{.PluralCount}} photos", len(ids))
	essay, last := u.essay, after
	target := u.blockOf(into)
	var first int64
	ok := u.edit(label, "", func(tx *project.Tx) error {
		if target != nil {
			return tx.AddPhotos(target.ID, ids)
		}
		for _, id := range ids {
			var err error
			last, err = tx.AddBlock(essay, last, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: id}}})
			if err != nil {
				return err
			}
			if first == 0 {
				first = last
			}
		}
		return nil
	})
	if ok && first != 0 {
		u.story.Reveal(first)
	}
}

func (u *App) moveBlock(id, after int64) {
	u.flush()
	if u.edit(fmt.Sprintf(lang.L("Move %s"), u.kindOf(id)), "", func(tx *project.Tx) error { return tx.MoveBlock(id, after) }) {
		u.story.Reveal(id)
	}
}

func (u *App) deleteBlock(id int64) {
	u.flush()
	u.edit(fmt.Sprintf(lang.L("Delete %s"), u.kindOf(id)), "", func(tx *project.Tx) error { return tx.DeleteBlock(id) })
}

func (u *App) duplicateBlock(id int64) { u.doBlocks(story.Duplicate, []int64{id}) }

// deletePhotos takes photos out of the library; those placed in an essay stay.
func (u *App) deletePhotos(ids []int64) {
	u.flush()
	label := lang.N("Delete {{.PluralCount}} photos", len(ids))
	var placed []string
	u.edit(label, "", func(tx *project.Tx) error {
		placed = nil
		for _, id := range ids {
			err := tx.DeletePhoto(id)
			if errors.Is(err, project.ErrPlaced) {
				ph, err := tx.Photo(id)
				if err != nil {
					return err
				}
				placed = append(placed, ph.Name)
				continue
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if len(placed) > 0 {
		u.inform(lang.L("Not deleted"), fmt.Sprintf(lang.L("%s: placed in an essay. Take it out there first."), strings.Join(placed, ", ")))
	}
}

func (u *App) kindOf(id int64) string {
	if b := u.blockOf(id); b != nil {
		return words.Inside(storyKind(b.Kind))
	}
	return words.Inside(lang.L("Block"))
}

// undo takes the last edit back, what is being typed included.
func (u *App) undo() { u.replay(true) }

// redo does it again.
func (u *App) redo() { u.replay(false) }

func (u *App) replay(back bool) {
	if u.project == nil {
		return
	}
	u.flush()
	do, what := u.project.Redo, lang.L("Redo")
	if back {
		do, what = u.project.Undo, lang.L("Undo")
	}
	step, err := do(u.ctx)
	switch {
	case errors.Is(err, project.ErrNothing):
		return
	case err != nil:
		u.notKept(what, err)
		return
	}
	u.failed = false
	u.tell(fmt.Sprintf("%s: %s", what, step.Label))
	u.drain()
}
