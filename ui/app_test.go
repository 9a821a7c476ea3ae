package ui

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/jobs"
)

// desk is the window under test. What other goroutines want done on the UI
// goroutine is done by the test while it waits.
type desk struct {
	*App
	t     testing.TB
	queue chan func()
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // no desk finds what another one made
	d := &desk{t: t, queue: make(chan func(), 4096)}
	d.App = New(test.NewTempApp(t), Options{
		Version: "test", DataDir: filepath.Join(t.TempDir(), "data"),
		Do: func(fn func()) { d.queue <- fn },
	})
	t.Cleanup(func() {
		d.closing = true
		d.Close()
	})
	return d
}

// until does the UI goroutine's work until what holds.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	late := time.After(60 * time.Second)
	for !holds() {
		select {
		case fn := <-d.queue:
			fn()
		case <-time.After(20 * time.Millisecond): // not everything comes about on the UI goroutine
		case <-late:
			d.t.Fatalf("in a minute it did not come to: %s", what)
		}
	}
}

// opened is a desk with a new project in it.
func opened(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "day.photodesk")
	d.open("Creating", path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Create(ctx, path)
	})
	d.until("open", func() bool { return d.project != nil && !d.reading })
	return d
}

// photograph writes a photo of a tone.
func photograph(t testing.TB, dir, name string, tone uint8) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for i := range img.Pix {
		img.Pix[i] = tone
	}
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// withPhotos imports three photos.
func withPhotos(t *testing.T) *desk {
	t.Helper()
	d := opened(t)
	dir := t.TempDir()
	for i, name := range []string{"a.jpg", "b.jpg", "c.jpg"} {
		photograph(t, dir, name, uint8(40*i+60))
	}
	d.importPaths([]string{dir}, nil)
	d.until("imported", func() bool { return d.jobs.Running() == 0 && d.inLibrary == 3 && !d.reading })
	return d
}

func (d *desk) labels() string {
	d.t.Helper()
	h, err := d.project.History(d.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, s := range h {
		if !s.Undone {
			out = append(out, s.Label)
		}
	}
	return strings.Join(out, "; ")
}

func (d *desk) kinds() string {
	d.t.Helper()
	var out []string
	for _, b := range d.shown.Blocks {
		out = append(out, string(b.Kind))
	}
	return strings.Join(out, " ")
}

func TestEverythingTypedIsInTheFile(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm over the coast")
	if d.shown == nil || d.shown.Slug != "storm-over-the-coast" {
		t.Fatalf("the essay is %+v", d.shown)
	}
	p, ok := d.win.Canvas().Focused().(interface{ TypedRune(rune) })
	if !ok {
		t.Fatal("the headline has no caret")
	}
	for _, r := range "!?" {
		p.TypedRune(r)
	}
	d.flush()
	d.insertBlock(0, project.KindText)
	test.Type(d.win.Canvas().Focused(), "It ended on Saturday.")
	d.flush()
	path := d.project.Path()
	other, err := project.Open(t.Context(), path, project.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	e, err := other.EssayBySlug(t.Context(), "storm-over-the-coast")
	if err != nil {
		t.Fatal(err)
	}
	if e.Headline != "Storm over the coast!?" || len(e.Blocks) != 1 || e.Blocks[0].Text != "It ended on Saturday." {
		t.Errorf("the file holds %q and %+v", e.Headline, e.Blocks)
	}
	if got, want := d.labels(), "New essay; Edit headline; Add text; Edit text"; got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
}

func TestUndoTakesTypingBack(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.insertBlock(0, project.KindText)
	test.Type(d.win.Canvas().Focused(), "Words")
	if d.story.Pending() == false {
		t.Fatal("nothing is pending")
	}
	d.undo() // flushes first
	if d.blockOf(d.shown.Blocks[0].ID).Text != "" || d.menu.redo.Label != "Redo Edit text" || d.menu.undo.Label != "Undo Add text" {
		t.Errorf("after undo: %q, menu %q and %q", d.shown.Blocks[0].Text, d.menu.undo.Label, d.menu.redo.Label)
	}
	d.redo()
	if d.shown.Blocks[0].Text != "Words" || !d.menu.redo.Disabled {
		t.Errorf("after redo: %q", d.shown.Blocks[0].Text)
	}
	for !d.menu.undo.Disabled {
		d.undo()
	}
	if d.shown != nil || !d.frame.blank.Visible() {
		t.Error("the essay is still shown after its making was undone")
	}
}

func TestImportPlaceMoveAndDelete(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.place([]int64{1, 2}, 0, 0)
	if got := d.kinds(); got != "photo photo" {
		t.Fatalf("blocks %q", got)
	}
	first, second := d.shown.Blocks[0].ID, d.shown.Blocks[1].ID
	d.moveBlock(second, 0)
	if d.shown.Blocks[0].ID != second {
		t.Error("the block did not move")
	}
	d.setFocus(focus{block: first})
	d.step(-1)
	if d.shown.Blocks[0].ID != first {
		t.Error("Alt+Up did not move it")
	}
	d.library.Select(1, 2, 3)
	d.insertBlock(first, project.KindGallery)
	if got := d.kinds(); got != "photo gallery photo" || len(d.shown.Blocks[1].Placements) != 3 {
		t.Errorf("blocks %q", got)
	}
	gallery := d.shown.Blocks[1].ID
	d.place([]int64{3}, 0, gallery)
	if n := len(d.blockOf(gallery).Placements); n != 4 {
		t.Errorf("the gallery has %d photos", n)
	}
	d.duplicateBlock(gallery)
	d.deleteBlock(gallery)
	d.deletePhotos([]int64{1})
	if _, err := d.project.Photo(d.ctx, 1); err != nil {
		t.Errorf("a placed photo was deleted: %v", err)
	}
	if top := d.win.Canvas().Overlays().Top(); top == nil {
		t.Error("nobody said why")
	}
	want := "Import 3 files; New essay; Place 2 photos; Move photo; Move photo; Add gallery; Place photo; Duplicate gallery; Delete gallery"
	if got := d.labels(); got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
}

func TestDropOnTheStoryPlacesThere(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.win.Resize(fyne.NewSize(1500, 900))
	path := photograph(t, t.TempDir(), "dropped.jpg", 90)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.story).AddXY(200, 200)
	d.dropped(at, []fyne.URI{storage.NewFileURI(path)})
	d.until("placed", func() bool { return d.shown != nil && len(d.shown.Blocks) == 1 })
	if d.kinds() != "photo" {
		t.Errorf("blocks %q", d.kinds())
	}
	d.dropped(fyne.NewPos(5, 300), []fyne.URI{storage.NewFileURI(photograph(t, t.TempDir(), "other.jpg", 120))})
	d.until("imported", func() bool { return d.inLibrary == 2 })
	if len(d.shown.Blocks) != 1 {
		t.Error("a photo dropped on the library was placed")
	}
}

func TestCaptionsFromStoryAndInspector(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	d.place([]int64{1}, 0, 0)
	pl := d.shown.Blocks[0].Placements[0]
	text := "A boat returns."
	pl.Caption = &text
	if !d.captionTyped(pl) {
		t.Fatal("not kept")
	}
	alt := "A white boat"
	pl.Alt = &alt
	d.placementEdited("Edit alt text", "x", pl)
	if _, now := d.placementOf(pl.ID); now == nil || *now.Caption != text || *now.Alt != alt {
		t.Errorf("the placement is %+v", now)
	}
	ph := d.photos[1]
	ph.CreditLine = "Jane Doe/AP"
	d.photoEdited("Edit credit", "y", ph)
	if d.photos[1].CreditLine != "Jane Doe/AP" {
		t.Error("the story does not know the new credit")
	}
	d.undo()
	if d.photos[1].CreditLine != "" {
		t.Error("undo did not reach the photo")
	}
}

func TestReadOnlyWhenAnotherHasIt(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	path := d.project.Path()
	second := newDesk(t)
	second.OpenProject(path)
	second.until("told", func() bool { return second.win.Canvas().Overlays().Top() != nil })
	second.open("Opening", path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Open(ctx, path, project.Options{ReadOnly: true})
	})
	second.until("open", func() bool { return second.project != nil })
	if second.shown == nil || second.shown.Headline != "Storm" {
		t.Errorf("the view shows %+v", second.shown)
	}
	second.insertBlock(0, project.KindText)
	if len(second.shown.Blocks) != 0 || second.writable() {
		t.Error("a view was edited")
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	d := opened(t)
	before := d.project
	dir := t.TempDir()
	text := filepath.Join(dir, "letter.photodesk")
	if err := os.WriteFile(text, []byte("Dear editor"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, filepath.Join(dir, "none.photodesk"), dir} {
		d.OpenProject(path)
		d.until("told about "+path, func() bool { return d.win.Canvas().Overlays().Top() != nil })
		d.win.Canvas().Overlays().Top().Hide()
		d.win.Canvas().Overlays().Remove(d.win.Canvas().Overlays().Top())
		d.until("done", func() bool { return d.jobs.Running() == 0 })
	}
	if d.project != before {
		t.Error("the open project was let go of")
	}
}

func TestRecentProjectsAndReopening(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	first := d.project.Path()
	path := filepath.Join(t.TempDir(), "next.photodesk")
	d.open("Creating", path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Create(ctx, path)
	})
	d.until("the next one", func() bool { return d.project != nil && d.project.Path() == path })
	if d.shown != nil || len(d.essays.items) != 0 {
		t.Error("the last project's essay is still shown")
	}
	if got := d.recent(); len(got) != 2 || got[0] != path || got[1] != first {
		t.Errorf("recent %v", got)
	}
	d.OpenProject(first)
	d.until("the first again", func() bool { return d.project.Path() == first })
	if d.shown == nil || d.shown.Headline != "Storm" {
		t.Error("the essay is not shown again")
	}
	if !strings.HasPrefix(d.win.Title(), "Storm – day – ") {
		t.Errorf("title %q", d.win.Title())
	}
}

func TestJobsAndPanics(t *testing.T) {
	d := opened(t)
	var got error
	done := false
	d.start("Panics", func(context.Context, func(jobs.Progress)) error { panic("boom") }, func(err error) { got, done = err, true })
	d.until("ended", func() bool { return done })
	if got == nil || errors.Is(got, context.Canceled) {
		t.Errorf("a panic is reported as %v", got)
	}
	d.guard("command", func() { panic("bang") })()
	d.until("told", func() bool { return d.win.Canvas().Overlays().Top() != nil })
	note, err := os.ReadFile(filepath.Join(d.opts.DataDir, CrashNotes))
	if err != nil || !strings.Contains(string(note), "bang") || !strings.Contains(string(note), "app_test.go") {
		t.Errorf("the note says %.200q (%v)", note, err)
	}
}

func TestCommandsWaitForDialogs(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.inform("Wait", "for me")
	ran := false
	d.item("Try", nil, func() { ran = true }).Action()
	if ran {
		t.Error("a command ran behind a dialog")
	}
}

func TestShortcutsAreListedAndDiffer(t *testing.T) {
	d := newDesk(t)
	seen := map[string]string{}
	n := 0
	for _, g := range d.shortcutGroups()[:len(d.menu.main.Items)] {
		for _, s := range g.List {
			n++
			if other := seen[s.Keys]; other != "" {
				t.Errorf("%s is both %q and %q", s.Keys, other, s.What)
			}
			seen[s.Keys] = s.What
		}
	}
	if n < 20 || seen["Ctrl+Shift+I"] != "Import…" || seen["Ctrl+B"] != "Bold" || seen["Alt+Up"] != "Move block up" {
		t.Errorf("%d shortcuts: %v", n, seen)
	}
}

func TestSplitPaths(t *testing.T) {
	got := splitPaths(" /a/b c.jpg \n\nfile:///x/y%20z.jpg\r\n\"/q.jpg\"")
	want := []string{"/a/b c.jpg", "/x/y z.jpg", "/q.jpg"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A web desk's HTML and embed code go to the clipboard, and a contact sheet to a file; an essay that doesn't say where it will
// be read leads to the field first.
func TestWhatIsPastedElsewhere(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Coast")
	d.place([]int64{1}, 0, 0)
	e := *d.shown
	d.copyHTML()
	if !d.inDialog() {
		t.Fatal("nothing says that the essay has no address")
	}
	for d.inDialog() {
		d.win.Canvas().Overlays().Remove(d.win.Canvas().Overlays().Top())
	}
	if err := d.project.Edit(t.Context(), "Address", func(tx *project.Tx) error {
		e.Canonical = "https://news.example/coast/"
		for _, ph := range d.photos {
			ph.CreditLine, ph.Caption, ph.Alt = "Jane Doe/AP", "Waves.", "Waves"
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
		}
		return tx.UpdateEssay(&e)
	}); err != nil {
		t.Fatal(err)
	}
	d.until("the address", func() bool { return d.shown.Canonical != "" })
	d.copyEmbed()
	if code := d.app.Clipboard().Content(); !strings.Contains(code, `src="https://news.example/coast/embed.html"`) {
		t.Errorf("the clipboard holds %q", code)
	}
	d.copyHTML()
	d.until("the HTML", func() bool { return strings.Contains(d.app.Clipboard().Content(), "<figure>") })
}
