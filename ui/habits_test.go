package ui

// This file owns the tests of what an editor expects of any good desktop
// program: palette, preferences, welcome page, crash notes.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"photodesk/ui/look"
)

// every visits all objects of the kind below another.
func every[T fyne.CanvasObject](o fyne.CanvasObject, visit func(T)) {
	if it, ok := o.(T); ok {
		visit(it)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			every(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			every(c, visit)
		}
	}
}

func (d *desk) closeDialog() {
	for top := d.win.Canvas().Overlays().Top(); top != nil; top = d.win.Canvas().Overlays().Top() {
		top.Hide()
		d.win.Canvas().Overlays().Remove(top)
	}
}

func TestThePaletteHasEveryCommandOfTheMenu(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	have := map[string]bool{}
	for _, c := range d.commands() {
		have[c.Name] = true
	}
	n := 0
	for _, m := range d.menu.main.Items {
		for _, it := range m.Items {
			if it.Action == nil || it.IsSeparator || it.ChildMenu != nil || it == d.menu.palette {
				continue
			}
			if n++; !have[it.Label] {
				t.Errorf("the palette lacks %s", it.Label)
			}
		}
	}
	if n < 40 {
		t.Errorf("the menu has %d commands", n)
	}
	for _, c := range d.commands() {
		if c.Name == "Text" && c.Menu == "Essay › Insert" {
			c.Run()
		}
	}
	if d.kinds() != "text" {
		t.Errorf("the essay has %q", d.kinds())
	}
}

func TestLook(t *testing.T) {
	d := newDesk(t)
	t.Cleanup(func() { look.Chosen(look.Choice{}) })
	ink := func() any { return d.app.Settings().Theme().Color(look.Ink, theme.VariantLight) }
	d.setLook(look.Dark)
	dark := ink()
	d.switchContrast()
	if ink() == dark || !d.menu.sharp.Checked || !d.menu.dark.Checked {
		t.Error("high contrast looks the same, or the menu doesn't say so")
	}
	d.switchContrast()
	before := d.app.Settings().Theme().Size(theme.SizeNameText)
	d.largerText(1)
	if got := d.app.Settings().Theme().Size(theme.SizeNameText); got <= before {
		t.Errorf("text of %v after %v", got, before)
	}
	for range 9 {
		d.largerText(-1)
	}
	if d.textScale() != look.Scales[0] {
		t.Errorf("the smallest text has a scale of %v", d.textScale())
	}
}

func TestPreferencesTakeEffectWhenChosen(t *testing.T) {
	d := withPhotos(t)
	t.Cleanup(func() { look.Chosen(look.Choice{}) })
	d.preferences()
	var entries []*pathEntry
	var checks []*look.Check
	form := d.win.Canvas().Overlays().Top()
	every(form, func(e *pathEntry) { entries = append(entries, e) })
	every(form, func(c *look.Check) { checks = append(checks, c) })
	if len(entries) < 3 || len(checks) < 4 {
		t.Fatalf("%d fields, %d boxes", len(entries), len(checks))
	}
	entries[0].SetText("Jane Doe/Daily Observer")
	checks[0].SetChecked(true)
	if !look.Contrast() || d.app.Preferences().String(prefCredit) != "Jane Doe/Daily Observer" {
		t.Error("a preference did not take effect")
	}
	d.closeDialog()

	d.library.Select(1, 3)
	d.giveCredit()
	for id, want := range map[int64]string{1: "Jane Doe/Daily Observer", 2: "", 3: "Jane Doe/Daily Observer"} {
		if ph, err := d.project.Photo(d.ctx, id); err != nil || ph.CreditLine != want {
			t.Errorf("photo %d is credited %q, want %q (%v)", id, ph.CreditLine, want, err)
		}
	}
	if got := d.labels(); !strings.HasSuffix(got, "Give usual credit to 2 photos") {
		t.Errorf("steps %q", got)
	}
	d.undo()
	if ph, _ := d.project.Photo(d.ctx, 1); ph.CreditLine != "" {
		t.Error("undo left the credit")
	}
}

func TestWelcome(t *testing.T) {
	d := opened(t)
	if len(d.frame.page.Objects) != 0 {
		t.Error("the welcome page stands over a project")
	}
	path := d.project.Path()
	d.leaveProject()
	if d.project != nil || len(d.frame.page.Objects) != 1 || d.frame.left.Visible() {
		t.Fatal("no welcome page without a project")
	}
	var names []string
	every(d.frame.page.Objects[0], func(b *look.Button) { names = append(names, b.Text) })
	if !slices.Contains(names, "New project…") || !slices.Contains(names, "Open project…") || !slices.Contains(names, "day") {
		t.Errorf("it offers %q", names)
	}
	d.dropped(fyne.NewPos(200, 200), []fyne.URI{storage.NewFileURI(path)})
	d.until("open by a drop", func() bool { return d.project != nil && !d.reading })
	if len(d.frame.page.Objects) != 0 || !d.frame.left.Visible() {
		t.Error("the welcome page stays")
	}
}

func TestAFolderDroppedOnTheWelcomePageBecomesAProject(t *testing.T) {
	d := newDesk(t)
	t.Setenv("HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "Harbour")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	photograph(t, dir, "a.jpg", 70)
	photograph(t, dir, "b.jpg", 110)
	d.dropped(fyne.NewPos(200, 200), []fyne.URI{storage.NewFileURI(dir)})
	entry, ok := d.win.Canvas().Focused().(*pathEntry)
	if !ok || filepath.Base(entry.Text) != "Harbour.photodesk" {
		t.Fatalf("it asks with %v", d.win.Canvas().Focused())
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.until("imported", func() bool { return d.project != nil && d.inLibrary == 2 })
	if d.project.Name() != "Harbour" {
		t.Errorf("the project is called %q", d.project.Name())
	}
}

func TestCrashNotes(t *testing.T) {
	d := newDesk(t)
	NoteCrash(d.opts.DataDir, "test", "window", "the first")
	NoteCrash(d.opts.DataDir, "test", "window", "the second")
	d.tellOldCrash()
	var text string
	every(d.win.Canvas().Overlays().Top(), func(e *pathEntry) { text = e.Text })
	if strings.Contains(text, "the first") || !strings.Contains(text, "the second") || !strings.Contains(text, "habits_test.go") {
		t.Errorf("the note is %.300q", text)
	}
	every(d.win.Canvas().Overlays().Top(), func(b *look.Button) {
		if b.Text == "Copy note" {
			b.OnTapped()
		}
	})
	if d.app.Clipboard().Content() != text {
		t.Error("the note was not copied")
	}
	d.closeDialog()
	d.tellOldCrash()
	if d.win.Canvas().Overlays().Top() != nil {
		t.Error("the same note was told twice")
	}
	d.crashNotes()
	every(d.win.Canvas().Overlays().Top(), func(e *pathEntry) { text = e.Text })
	if !strings.Contains(text, "the first") {
		t.Errorf("all notes are %.300q", text)
	}
	for range 60 {
		NoteCrash(d.opts.DataDir, "test", "window", strings.Repeat("x", 5000))
	}
	if info, err := os.Stat(d.crashFile()); err != nil || info.Size() > mostNotes+20_000 {
		t.Errorf("the notes have %d bytes (%v)", info.Size(), err)
	}
}

// typedInto presses keys where the focus is.
func (d *desk) typedInto(names ...fyne.KeyName) {
	for _, n := range names {
		if f := d.win.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: n})
		} else {
			d.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: n})
		}
	}
}

func TestEssaysByKeys(t *testing.T) {
	d := opened(t)
	d.addEssay("Storm")
	d.addEssay("Harbour")
	d.addEssay("Ridge")
	first := d.essays.items[0].head.ID
	d.showEssay(first)
	d.win.Canvas().Focus(d.essays)
	rings := func() (n int) {
		for _, it := range d.essays.items {
			if it.ground.Stroke != "" {
				n++
			}
		}
		return n
	}
	if rings() != 1 || d.essays.lead != first {
		t.Errorf("%d essays show the keys; they are at %d, not at %d", rings(), d.essays.lead, first)
	}
	d.typedInto(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if want := d.essays.items[1].head.ID; d.essay != want {
		t.Errorf("essay %d is open, want %d", d.essay, want)
	}
	d.win.Canvas().Focus(d.essays)
	d.typedInto(fyne.KeyEnd, fyne.KeyDelete)
	d.typedInto(fyne.KeyReturn) // the question's own button has the focus
	if len(d.essays.items) != 2 {
		t.Errorf("%d essays after one was deleted", len(d.essays.items))
	}
	d.win.Canvas().Focus(d.essays)
	d.typedInto(fyne.KeyHome, fyne.KeyF2)
	if d.essay != d.essays.items[0].head.ID {
		t.Error("F2 did not turn to the essay")
	}
	test.Type(d.win.Canvas().Focused(), " again")
	d.flush()
	if !strings.HasSuffix(d.shown.Headline, " again") {
		t.Errorf("renamed, it is %q", d.shown.Headline)
	}
	d.win.Canvas().Unfocus()
	if rings() != 0 {
		t.Error("an essay still shows the keys")
	}
}

// Wherever the focus is in a dialog, Escape closes it.
func TestEscapeClosesFromAnyControl(t *testing.T) {
	d := withPhotos(t)
	t.Cleanup(func() { look.Chosen(look.Choice{}) })
	d.addEssay("Storm")
	d.place([]int64{1, 2}, 0, 0)
	for name, open := range map[string]func(){
		"preferences": d.preferences, "new essay": d.newEssay, "import": d.importDialog, "paste": d.pasteStory,
		"delete": func() { d.deleteEssay(d.essay) }, "inform": func() { d.inform("A", "b") }, "export": d.export, "history": d.history,
	} {
		n := 1
		for i := 0; i < n; i++ {
			open()
			d.until(name, d.inDialog)
			d.win.Canvas().Unfocus()
			var stops []fyne.Focusable
			for range 40 {
				d.win.Canvas().FocusNext()
				f := d.win.Canvas().Focused()
				if f == nil || slices.Contains(stops, f) {
					break
				}
				stops = append(stops, f)
			}
			if n = len(stops); n == 0 {
				t.Fatalf("%s has nothing to focus", name)
			}
			d.win.Canvas().Focus(stops[i])
			d.typedInto(fyne.KeyEscape)
			if d.inDialog() {
				t.Errorf("%s: Escape in %T does not close it", name, stops[i])
				d.closeDialog()
				d.shut = nil
			}
		}
	}
}
