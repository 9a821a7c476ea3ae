package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/develop"
	"photodesk/ui/story"
)

func (d *desk) words() string {
	var out []string
	for _, b := range d.shown.Blocks {
		out = append(out, b.Text)
	}
	return strings.Join(out, "|")
}

func TestEnterSplitsAndBackspaceJoins(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.insertBlock(0, project.KindText)
	test.Type(d.win.Canvas().Focused(), "One two")
	for range 4 {
		d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := d.words(); got != "One| two" {
		t.Fatalf("split into %q", got)
	}
	test.Type(d.win.Canvas().Focused(), "and")
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	test.Type(d.win.Canvas().Focused(), " ") // the caret is where they met
	d.flush()
	if got := d.words(); got != "One and two" {
		t.Errorf("joined into %q", got)
	}
	if got, want := d.labels(), "New essay; Add text; Edit text; Split text; Edit text; Join text; Edit text"; got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
	d.undo()
	d.undo()
	if got := d.words(); got != "One|and two" {
		t.Errorf("the join undone: %q", got)
	}
}

func TestBlocksGoFromEssayToEssay(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("First")
	d.place([]int64{1, 2}, 0, 0)
	d.insertBlock(d.shown.Blocks[1].ID, project.KindText)
	test.Type(d.win.Canvas().Focused(), "Words")
	d.flush()
	first, ids := d.essay, blockIDs(d.shown)
	d.win.Canvas().Unfocus()
	d.story.Choose(ids[1:])
	d.clipboard(story.Copy, &fyne.ShortcutCopy{})
	d.addEssay("Second")
	d.win.Canvas().Unfocus()
	d.clipboard(story.Paste, &fyne.ShortcutPaste{})
	if got := d.kinds(); got != "photo text" || d.words() != "|Words" {
		t.Fatalf("pasted %q with %q", got, d.words())
	}
	if got := d.story.Chosen(); !slices.Equal(got, blockIDs(d.shown)) {
		t.Errorf("what was pasted is not selected: %v", got)
	}
	d.clipboard(story.Cut, &fyne.ShortcutCut{})
	if len(d.shown.Blocks) != 0 {
		t.Error("Cut leaves them")
	}
	d.undo()
	if got := d.kinds(); got != "photo text" {
		t.Errorf("Cut undone in one step: %q", got)
	}
	d.app.Clipboard().SetContent("From *elsewhere*.\n\nTwo.")
	d.clipboard(story.Paste, &fyne.ShortcutPaste{})
	if got := d.words(); !strings.Contains(got, `From \*elsewhere*.|Two.`) && !strings.Contains(got, `From \*elsewhere\*.|Two.`) {
		t.Errorf("words from elsewhere are %q", got)
	}
	d.showEssay(first)
	if got := d.kinds(); got != "photo photo text" {
		t.Errorf("the first essay is now %q", got)
	}
	d.putTogether(d.shown.Blocks[1].ID, d.shown.Blocks[0].ID)
	if b := d.shown.Blocks[0]; b.Kind != project.KindGallery || b.Layout != project.LayoutPair || len(b.Placements) != 2 {
		t.Errorf("photo on photo made %+v", b)
	}
	d.takeApart(d.shown.Blocks[0].ID)
	d.story.Choose(blockIDs(d.shown)[:2])
	d.stepBlocks(d.story.Chosen(), 1)
	if got := d.kinds(); got != "text photo photo" {
		t.Errorf("moved down together: %q", got)
	}
	d.doBlocks(story.Delete, d.story.Chosen())
	if got := d.kinds(); got != "text" {
		t.Errorf("deleted together: %q", got)
	}
}

func TestPhotoToolsInTheWindow(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.place([]int64{1}, 0, 0)
	d.setFocus(focus{block: d.shown.Blocks[0].ID})
	d.openTools(d.focusedPhoto(), develop.Redact)
	d.until("the photo", d.tools.Idle)
	if !d.tools.Visible() || d.frame.left.Visible() || d.win.Canvas().Focused() != d.tools.Keys() {
		t.Fatal("the photo tools do not stand in the rooms' place with the keys")
	}
	test.Type(d.win.Canvas().Focused(), "n")
	d.turnPhoto(d.focusedPhoto(), 1)
	d.deleteSelected()
	ph, err := d.project.Photo(d.ctx, 1)
	if err != nil || len(ph.Recipe.Redactions) != 1 || ph.Recipe.Turn != 1 || len(d.shown.Blocks) != 1 {
		t.Fatalf("%+v, %v", ph.Recipe, err)
	}
	if got := d.labels(); !strings.HasSuffix(got, "Redact photo; Turn photo") {
		t.Errorf("steps %q", got)
	}
	d.undo()
	d.undo()
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	ph, _ = d.project.Photo(d.ctx, 1)
	if len(ph.Recipe.Redactions) != 0 || d.working() || !d.frame.left.Visible() {
		t.Errorf("after undo and Enter: %+v, working %v", ph.Recipe, d.working())
	}
	d.openTools(1, develop.Crop)
	for !d.menu.undo.Disabled { // the import too
		d.undo()
	}
	if d.working() {
		t.Error("the tools show a photo that is gone")
	}
}

func TestSeveralBlocksAreShownAndChangedTogether(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("First")
	d.place([]int64{1, 2}, 0, 0)
	ids := []int64{d.shown.Blocks[0].ID, d.shown.Blocks[1].ID}
	d.setFocus(focus{block: ids[1]})
	d.story.Choose(ids)
	before := d.labels()
	d.inspector.OnWidths(project.WidthFull)
	d.inspector.OnVotes(true)
	d.inspector.OnVotes(true) // they have it: no step
	for _, b := range d.shown.Blocks {
		if pl := b.Placements[0]; pl.Width != project.WidthFull || !pl.Vote {
			t.Errorf("a photo is %s wide, votes %v", pl.Width, pl.Vote)
		}
	}
	if got, want := d.labels(), before+"; Change width; Change the photos’ votes"; got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
	d.inspector.OnDo(story.Duplicate)
	if got := len(d.shown.Blocks); got != 4 || len(d.story.Chosen()) != 2 {
		t.Errorf("%d blocks, %v chosen", got, d.story.Chosen())
	}
	d.undo()
	d.undo()
	d.undo()
	if pl := d.shown.Blocks[0].Placements[0]; pl.Vote || pl.Width == project.WidthFull {
		t.Errorf("undone it is %s wide, votes %v", pl.Width, pl.Vote)
	}
}

func TestCaptionInTheStoryIsWrittenOut(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("First")
	d.place([]int64{1}, 0, 0)
	pl := d.shown.Blocks[0].Placements[0]
	ph := d.photos[pl.PhotoID]
	if got, ok := d.expandCaption(pl, "Of {file}, {nobody}"); got != "Of "+ph.Name+", {nobody}" || !ok {
		t.Errorf("written out: %q, %v", got, ok)
	}
	if _, ok := d.expandCaption(pl, "Nothing"); ok {
		t.Error("nothing was written out")
	}
}
