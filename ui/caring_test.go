package ui

// This file tests looking after a project through the window: history, copies,
// packs, originals, corrections, and two desks on one project.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/look"
)

// inDialogShown are the things the open dialog shows.
func (d *desk) inDialogShown() []fyne.CanvasObject {
	top := d.win.Canvas().Overlays().Top()
	if top == nil {
		return nil
	}
	return test.LaidOutObjects(top)
}

// said are the words of the open dialog.
func (d *desk) said() string {
	var out []string
	for _, o := range d.inDialogShown() {
		switch o := o.(type) {
		case *widget.Label:
			out = append(out, o.Text)
		case *look.Text:
			out = append(out, o.Text)
		case *look.Paragraph:
			out = append(out, o.Text())
		}
	}
	return strings.Join(out, "\n")
}

// press presses a button of the open dialog.
func (d *desk) press(name string) {
	d.t.Helper()
	for _, o := range d.inDialogShown() {
		if b, ok := o.(*look.Button); ok && b.Text == name && b.Visible() {
			test.Tap(b)
			return
		}
	}
	d.t.Fatalf("no button %q in the dialog that says %q", name, d.said())
}

// answer types a path into the open question and goes on.
func (d *desk) answer(path string) {
	d.t.Helper()
	for _, o := range d.inDialogShown() {
		if e, ok := o.(*pathEntry); ok {
			e.SetText(path)
			e.done()
			return
		}
	}
	d.t.Fatalf("nobody asks for a path; the dialog says %q", d.said())
}

func (d *desk) untilSaid(words string) {
	d.t.Helper()
	d.until("say "+words, func() bool { return strings.Contains(d.said(), words) })
}

func TestTheBarSaysSavedOnlyWhenEverythingIs(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.library.Select(1)
	d.photosSelected([]int64{1})
	if d.bar.Saved() != "Saved" {
		t.Fatalf("the bar says %q", d.bar.Saved())
	}
	d.inspector.FocusCaption()
	field := d.win.Canvas().Focused()
	if field == nil {
		t.Fatal("the caption has no caret")
	}
	test.Type(field, "A boat")
	if d.bar.Saved() != "Editing…" || !d.unsaved() {
		t.Errorf("while a caption waits, the bar says %q", d.bar.Saved())
	}
	// An edit elsewhere keeps something else, not this.
	d.edit("Change votes", "", func(tx *project.Tx) error {
		e, err := tx.Essay(d.essay)
		if err != nil {
			return err
		}
		e.Votes = false
		return tx.UpdateEssay(e)
	})
	if d.bar.Saved() != "Editing…" {
		t.Errorf("after another edit, the bar says %q", d.bar.Saved())
	}
	d.until("saved", func() bool { return d.bar.Saved() == "Saved" })
	if ph, err := d.project.Photo(d.ctx, 1); err != nil || ph.Caption != "A boat" {
		t.Errorf("it says so, and the caption is %q (%v)", ph.Caption, err)
	}
	// The story says the same of what is typed there, also when it comes to nothing.
	d.insertBlock(0, project.KindText)
	text := d.win.Canvas().Focused()
	test.Type(text, "x")
	if d.bar.Saved() != "Editing…" {
		t.Errorf("while a text waits, the bar says %q", d.bar.Saved())
	}
	text.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	d.until("saved", func() bool { return d.bar.Saved() == "Saved" })
}

func TestHistoryJumpsThereAndBack(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.insertBlock(0, project.KindText)
	d.insertBlock(0, project.KindDivider)
	steps, err := d.project.History(d.ctx)
	if err != nil || len(steps) != 3 {
		t.Fatalf("%d steps (%v)", len(steps), err)
	}
	d.history()
	for _, o := range d.inDialogShown() {
		if l, ok := o.(interface{ Select(widget.ListItemID) }); ok {
			l.Select(2) // the latest first: what made the essay
			break
		}
	}
	if d.kinds() != "" || d.shown.Headline != "Storm" {
		t.Errorf("after the jump back the story is %q", d.kinds())
	}
	if d.menu.undo.Label != "Undo New essay" || d.menu.redo.Label != "Redo Add text" {
		t.Errorf("the menu says %q and %q", d.menu.undo.Label, d.menu.redo.Label)
	}
	if said := d.said(); strings.Count(said, "undone") != 2 || strings.Count(said, "You are here") != 1 {
		t.Errorf("the list says %q", said)
	}
	for _, o := range d.inDialogShown() {
		if l, ok := o.(interface{ Select(widget.ListItemID) }); ok {
			l.Select(0)
			break
		}
	}
	if d.kinds() != "divider text" {
		t.Errorf("after the jump forward the story is %q", d.kinds())
	}
	d.press("Close")
	if d.inDialog() {
		t.Error("it is still open")
	}
}

func TestSaveACopyAndPackAndOpenThePack(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.place([]int64{1}, 0, 0)
	dir := t.TempDir()
	d.saveCopy()
	d.answer(filepath.Join(dir, "copy")) // the ending is added
	d.until("copied", func() bool { return d.bar.Saved() == "Saved as copy.photodesk" })
	d.pack()
	pack := filepath.Join(dir, "day"+project.PackExtension)
	d.answer(pack)
	d.until("packed", func() bool { return d.bar.Saved() == "Saved as day"+project.PackExtension })

	d.OpenProject(pack)
	d.untilSaid("Unpack day")
	path := filepath.Join(dir, "unpacked.photodesk")
	d.answer(path)
	d.until("unpacked", func() bool { return d.project.Path() == path && !d.reading })
	if d.shown == nil || d.shown.Headline != "Storm" || d.kinds() != "photo" {
		t.Errorf("the pack held %+v", d.shown)
	}
	if lost, err := d.project.VerifyOriginals(d.ctx, nil); err != nil || len(lost) != 0 {
		t.Errorf("its originals: %v (%v)", lost, err)
	}
	if steps, err := d.project.History(d.ctx); err != nil || len(steps) != 0 {
		t.Errorf("it came with %d undo steps (%v)", len(steps), err)
	}
}

func TestLostOriginalsAreShownAndFoundUnderAnotherName(t *testing.T) {
	d := withPhotos(t)
	d.verifyOriginals()
	d.untilSaid("Every original is as it was imported.")
	d.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.inDialog() {
		t.Fatal("Escape does not close what was said")
	}

	ph, err := d.project.Photo(d.ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(t.TempDir(), "somewhere", "else.bin")
	if err := os.MkdirAll(filepath.Dir(moved), 0o755); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(d.project.OriginalPath(ph))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(moved, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(d.project.OriginalPath(ph)); err != nil {
		t.Fatal(err)
	}
	d.verifyOriginals()
	d.untilSaid("1 original is missing or changed")
	if said := d.said(); !strings.Contains(said, ph.Name) || !strings.Contains(said, "Missing") {
		t.Errorf("the dialog says %q", said)
	}
	badge := d.lostBadge
	d.until("the badge", badge)

	d.press("Look for them…")
	d.answer(filepath.Dir(filepath.Dir(moved)))
	d.untilSaid("1 original is back in place.")
	if !d.project.HasOriginal(ph) {
		t.Error("it says so, and it is not")
	}
	d.until("no badge", func() bool { return !d.reading && !badge() })
}

// lostBadge reports whether the library marks a photo's original as lost.
func (d *desk) lostBadge() bool {
	for _, o := range test.LaidOutObjects(d.library) {
		if w, ok := o.(*look.Text); ok && w.Text == "Original lost" && w.Visible() {
			return true
		}
	}
	return false
}

// Other bytes of the same size are found by hash, without anybody asking.
func TestThePatrolFindsAChangedOriginal(t *testing.T) {
	d := withPhotos(t)
	path := d.project.Path()
	ph, err := d.project.Photo(d.ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(d.project.OriginalPath(ph))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0xff
	if err := os.WriteFile(d.project.OriginalPath(ph), data, 0o600); err != nil {
		t.Fatal(err)
	}
	d.closeProject()
	d.OpenProject(path)
	d.until("the badge", d.lostBadge)
}

func TestCompactSaysFirstWhatItFrees(t *testing.T) {
	d := withPhotos(t)
	stray := filepath.Join(d.project.OriginalsDir(), strings.Repeat("ab", 32)+".jpg")
	if err := os.WriteFile(stray, make([]byte, 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	d.compact()
	if said := d.said(); !strings.Contains(said, "1 original (5 kB)") {
		t.Fatalf("it says %q", said)
	}
	if _, err := os.Stat(stray); err != nil {
		t.Error("it was freed before anybody agreed")
	}
	d.press("Compact")
	d.until("compacted", func() bool { return d.bar.Saved() == "Compacted" })
	if _, err := os.Stat(stray); err == nil {
		t.Error("it was not freed")
	}
	if lost, err := d.project.VerifyOriginals(d.ctx, nil); err != nil || len(lost) != 0 {
		t.Errorf("originals in use: %v (%v)", lost, err)
	}
	d.compact()
	if said := d.said(); !strings.Contains(said, "nothing to free") {
		t.Errorf("a second time it says %q", said)
	}
}

func TestChangesSinceTheExportBecomeACorrection(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Strom")
	d.place([]int64{1}, 0, 0)
	ph := d.photos[1]
	ph.Caption, ph.Alt, ph.CreditLine = "A boat returns on Saturday.", "A white boat", "Jane Doe/AP"
	d.photoEdited("Edit caption", "", ph)
	d.changes()
	if !strings.Contains(d.said(), "not exported yet") {
		t.Errorf("it says %q", d.said())
	}
	d.press("Close")
	if _, err := export.Export(d.ctx, d.project, d.essay, export.Options{Out: filepath.Join(t.TempDir(), "storm")}, nil); err != nil {
		t.Fatal(err)
	}
	d.changes()
	if !strings.Contains(d.said(), "reads as it was exported") {
		t.Errorf("it says %q", d.said())
	}
	d.press("Close")
	e := *d.shown
	e.Headline = "Storm"
	d.headTyped(e)
	d.changes()
	if said := d.said(); !strings.Contains(said, "Headline\nStrom\nWas\nStorm\nNow") {
		t.Errorf("it says %q", said)
	}
	d.press("Add correction")
	if n := len(d.shown.Corrections); n != 1 || !strings.Contains(d.shown.Corrections[0].Text, "“Strom”") || d.shown.Corrections[0].At.Year() < 2020 {
		t.Errorf("%d corrections: %+v", n, d.shown.Corrections)
	}
}

func TestAViewFollowsTheOtherDesk(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	path := d.project.Path()
	second := newDesk(t)
	second.OpenProject(path)
	second.untilSaid("has it open on")
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if said := second.said(); !strings.Contains(said, host) {
		t.Errorf("the holder is not named: %q", said)
	}
	second.press("Open read-only")
	second.until("open", func() bool { return second.project != nil && !second.reading })
	if second.jobs.Running() != 0 || len(second.jobs.List()) != 0 {
		t.Error("the bar still speaks of an opening that failed")
	}
	if said := second.bar.Saved(); !strings.HasPrefix(said, "Read-only: ") || !strings.Contains(said, host) {
		t.Errorf("the bar says %q", said)
	}
	d.insertBlock(0, project.KindText)
	b := d.shown.Blocks[0]
	b.Text = "It ended on Saturday."
	d.textTyped(b)
	second.until("the other's words", func() bool {
		return len(second.shown.Blocks) == 1 && second.shown.Blocks[0].Text == "It ended on Saturday."
	})
	d.undo()
	second.until("the other's undo", func() bool { return second.shown.Blocks[0].Text == "" })
	if second.menu.undo.Disabled == false || second.unsaved() {
		t.Error("a view can be undone in")
	}
}

func TestDuplicateEssayTurnsToTheCopy(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.place([]int64{1, 2}, 0, 0)
	first := d.essay
	d.duplicateEssay()
	if d.essay == first || d.kinds() != "photo photo" || len(d.essays.items) != 2 {
		t.Errorf("the essay shown is %d with %q", d.essay, d.kinds())
	}
}
