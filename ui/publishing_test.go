package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/look"
)

// overlaid finds what lies over the window, by walking it.
func overlaid[T any](d *desk, fits func(T) bool) (T, bool) {
	var found T
	ok := false
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if t, is := o.(T); is && !ok && fits(t) {
			found, ok = t, true
		}
		switch o := o.(type) {
		case *container.Scroll:
			walk(o.Content)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case *widget.PopUp:
			walk(o.Content)
		}
	}
	if top := d.win.Canvas().Overlays().Top(); top != nil {
		walk(top)
	}
	return found, ok
}

func (d *desk) tap(text string) {
	d.t.Helper()
	b, ok := overlaid(d, func(b *look.Button) bool { return b.Text == text })
	if !ok || b.Disabled() {
		d.t.Fatalf("there is no button %q to press", text)
	}
	test.Tap(b)
}

// says reports whether what lies over the window has these words.
func (d *desk) says(text string) bool {
	_, ok := overlaid(d, func(l *widget.Label) bool { return strings.Contains(l.Text, text) })
	return ok
}

// An essay is exported and published to a folder, published again after an edit, and the target is kept with it.
func TestPublishFromTheWindow(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	d := withPhotos(t)
	d.addEssay("Storm over the coast")
	d.publish()
	if !d.says("Export the essay first") {
		t.Error("nobody said that there is no bundle")
	}
	d.tap("Close")

	if !d.edit("Credits", "", func(tx *project.Tx) error {
		for id := int64(1); id <= 2; id++ {
			ph, err := tx.Photo(id)
			if err != nil {
				return err
			}
			ph.CreditLine, ph.Caption, ph.Alt = "Jane Doe/AP", "A wave breaks on the shore.", "A wave"
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
		}
		return nil
	}) {
		t.Fatal("not credited")
	}
	d.place([]int64{1, 2}, 0, 0)
	out := filepath.Join(t.TempDir(), "bundle")
	d.exportTo(dialogs.ExportSettings{Dir: out, Metadata: "credit"})
	d.until("exported", func() bool { return d.jobs.Running() == 0 && d.says("in "+out) })
	d.tap("Publish…")

	www := filepath.Join(t.TempDir(), "www", "storm")
	target, ok := overlaid(d, func(e interface {
		fyne.Focusable
		SetText(string)
		SelectedText() string
	},
	) bool {
		return true
	})
	if !ok {
		t.Fatal("no target is asked")
	}
	target.SetText(www)
	d.tap("What would change")
	summary := func(text string) bool {
		_, ok := overlaid(d, func(x *look.Text) bool { return strings.HasPrefix(x.Text, text) })
		return ok
	}
	d.until("looked", func() bool { return summary("to send: ") })
	if _, err := os.Stat(www); !os.IsNotExist(err) {
		t.Errorf("looking made something: %v", err)
	}
	d.tap("Publish")
	d.until("published", func() bool { return d.jobs.Running() == 0 && d.says("Published: ") })
	if v, err := export.Verify(www); err != nil || len(v.Missing)+len(v.Changed) != 0 {
		t.Fatalf("what is published: %+v %v", v, err)
	}
	if !d.says("file://" + filepath.ToSlash(www) + "/index.html") {
		t.Error("nobody said where")
	}
	d.tap("Close")
	if got := d.app.Preferences().String(prefPublish + d.shown.UID); got != www {
		t.Errorf("the target is kept as %q", got)
	}

	// Another headline, another export, to the same target.
	d.edit("Headline", "", func(tx *project.Tx) error {
		e, err := tx.Essay(d.essay)
		if err != nil {
			return err
		}
		e.Headline = "The storm is over"
		return tx.UpdateEssay(e)
	})
	d.publish()
	if !d.warns("The essay has changed since") {
		t.Error("nobody said that the bundle is older than the essay")
	}
	d.tap("Cancel")
	d.exportTo(dialogs.ExportSettings{Dir: out, Metadata: "credit"})
	d.until("exported", func() bool { return d.jobs.Running() == 0 && d.says("in "+out) })
	d.tap("Close")
	d.publish()
	if d.warns("The essay has changed since") {
		t.Error("it says that the bundle is old")
	}
	d.tap("Publish")
	d.until("published again", func() bool { return d.jobs.Running() == 0 && d.says("Published: ") })
	d.tap("Close")
	page, err := os.ReadFile(filepath.Join(www, "index.html"))
	if err != nil || !strings.Contains(string(page), "The storm is over") {
		t.Errorf("the page has not the new headline: %v", err)
	}

	// Somebody else's folder is refused, and can be tried again from the bar.
	theirs := t.TempDir()
	index := filepath.Join(theirs, "index.html")
	if err := os.WriteFile(index, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.app.Preferences().SetString(prefPublish+d.shown.UID, theirs)
	d.publish()
	d.tap("Publish")
	d.until("refused", func() bool { return d.jobs.Running() == 0 && d.says("holds what Photodesk did not publish") })
	if kept, err := os.ReadFile(index); err != nil || string(kept) != "theirs" {
		t.Errorf("it was touched: %q %v", kept, err)
	}
	d.tap("Close")
	failed := d.jobs.List()
	if len(failed) != 1 || !failed[0].CanAgain() {
		t.Fatalf("%d jobs can be tried again", len(failed))
	}
	if err := os.Remove(index); err != nil {
		t.Fatal(err)
	}
	failed[0].Again()
	d.until("published at last", func() bool { return d.jobs.Running() == 0 && d.says("Published: ") })
	if v, err := export.Verify(theirs); err != nil || len(v.Missing)+len(v.Changed) != 0 {
		t.Errorf("what is published: %+v %v", v, err)
	}
}

// warns reports whether a paragraph over the window has these words.
func (d *desk) warns(text string) bool {
	_, ok := overlaid(d, func(p *look.Paragraph) bool { return p.Visible() && strings.Contains(p.Text(), text) })
	return ok
}
