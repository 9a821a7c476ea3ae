package export

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"photodesk/project"
)

// until waits until it holds.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for late := time.Now().Add(time.Minute); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("in a minute it did not come to: %s", what)
		}
	}
}

// opened is a darkroom at work; close ends it and waits.
func opened(t *testing.T, p *project.Project, o Options, busy func() bool) (d *Darkroom, closeIt func()) {
	t.Helper()
	d = NewDarkroom(p, o, busy)
	d.settle = 50 * time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.Work(ctx)
	}()
	closeIt = func() { cancel(); <-ended }
	t.Cleanup(closeIt)
	return d, closeIt
}

func (d *Darkroom) ready() bool {
	left, known := d.Left()
	return known && left == 0
}

// made is how many derivatives an export had to make.
func made(t *testing.T, p *project.Project, essay int64, o Options) int {
	t.Helper()
	o.Out = filepath.Join(t.TempDir(), "bundle")
	rep, err := Export(t.Context(), p, essay, o, nil)
	must(t, err)
	return rep.Made
}

func entries(t *testing.T, cache string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(cache, "*", "*.derivative"))
	must(t, err)
	return len(found)
}

func TestDarkroomHasTheExportReady(t *testing.T) {
	p, essay := newEssay(t, 3)
	o := Options{Cache: t.TempDir()}
	d, _ := opened(t, p, o, nil)
	until(t, "all placed photos ready", d.ready)
	if n := made(t, p, essay, o); n != 0 {
		t.Errorf("the export made %d derivatives itself", n)
	}

	t.Run("a recipe that changed", func(t *testing.T) {
		must(t, p.Edit(t.Context(), "Brighten", func(tx *project.Tx) error {
			ph, err := tx.Photo(2)
			if err != nil {
				return err
			}
			ph.Recipe.Brightness = 10
			return tx.UpdatePhoto(ph)
		}))
		until(t, "the photo made again", d.ready)
		if n := made(t, p, essay, o); n != 0 {
			t.Errorf("the export made %d derivatives itself", n)
		}
	})
	t.Run("photos that were just imported, then placed", func(t *testing.T) {
		dir := t.TempDir()
		for i := range 2 {
			writePhoto(t, filepath.Join(dir, fmt.Sprintf("late-%d.jpg", i)), 1000, 600+10*i, i)
		}
		rep, err := p.Import(t.Context(), []string{dir}, nil)
		must(t, err)
		until(t, "the imported photos ready", d.ready)
		before := entries(t, o.Cache)
		must(t, p.Edit(t.Context(), "Place", func(tx *project.Tx) error {
			for _, ph := range rep.Imported {
				ph.CreditLine = "Jane Doe/AP"
				if err := tx.UpdatePhoto(ph); err != nil {
					return err
				}
				if _, err := tx.AddBlock(essay, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: ph.ID}}}); err != nil {
					return err
				}
			}
			return nil
		}))
		until(t, "looked again", d.ready)
		if after := entries(t, o.Cache); after > before+1 { // the card is another photo's now
			t.Errorf("placing photos made %d derivatives anew", after-before)
		}
		if n := made(t, p, essay, o); n != 0 {
			t.Errorf("the export made %d derivatives itself", n)
		}
	})
	t.Run("other options", func(t *testing.T) {
		fixed := Options{Cache: o.Cache, FixedQuality: true}
		d.Use(fixed)
		until(t, "made with them", d.ready)
		if n := made(t, p, essay, fixed); n != 0 {
			t.Errorf("the export made %d derivatives itself", n)
		}
	})
}

func TestDarkroomGivesWay(t *testing.T) {
	p, essay := newEssay(t, 2)
	o := Options{Cache: t.TempDir()}
	var busy atomic.Bool
	var asked atomic.Int32
	busy.Store(true)
	d, _ := opened(t, p, o, func() bool {
		asked.Add(1)
		return busy.Load()
	})
	until(t, "asked several times", func() bool { return asked.Load() > 5 })
	if n := entries(t, o.Cache); n > 0 {
		t.Errorf("%d derivatives were made while others were at work", n)
	}
	busy.Store(false)
	until(t, "ready", d.ready)

	t.Run("switched off", func(t *testing.T) {
		d.Rest(true)
		other := Options{Cache: o.Cache, FixedQuality: true}
		before := entries(t, o.Cache)
		d.Use(other)
		until(t, "seen that there is something to do", func() bool { left, known := d.Left(); return known && left == 2 })
		if n := entries(t, o.Cache) - before; n > 0 {
			t.Errorf("%d derivatives were made all the same", n)
		}
		d.Rest(false)
		until(t, "ready", d.ready)
		if n := made(t, p, essay, other); n != 0 {
			t.Errorf("the export made %d derivatives itself", n)
		}
	})
}

func TestDarkroomEndsInTheMiddle(t *testing.T) {
	p, _ := newEssay(t, 6)
	o := Options{Cache: t.TempDir()}
	// It gives way as soon as something is made, so that there is always something left to be stopped in.
	d, closeIt := opened(t, p, o, func() bool { return entries(t, o.Cache) > 0 })
	until(t, "something made", func() bool { return entries(t, o.Cache) > 0 })
	closeIt()
	if d.ready() {
		t.Fatal("it was not stopped: nothing is left to be taken up")
	}
	// What it left behind is whole: another one takes it up.
	again, _ := opened(t, p, o, nil)
	until(t, "ready", again.ready)
	if n := made(t, p, 1, o); n != 0 {
		t.Errorf("the export made %d derivatives itself", n)
	}
}

func TestDarkroomLeavesWhatItCannotMake(t *testing.T) {
	p, essay := newEssay(t, 3)
	photos, err := p.PhotosOf(t.Context(), essay)
	must(t, err)
	must(t, os.Remove(p.OriginalPath(photos[1])))
	changed := make([]byte, photos[2].Bytes) // the size alone does not tell
	must(t, os.Chmod(p.OriginalPath(photos[2]), 0o644))
	must(t, os.WriteFile(p.OriginalPath(photos[2]), changed, 0o644))
	o := Options{Cache: t.TempDir()}
	d, _ := opened(t, p, o, nil)
	until(t, "done with what can be made", d.ready)
	if n := entries(t, o.Cache); n != 5 { // two widths in two formats, and what is known of the photo
		t.Errorf("%d entries, want those of the one photo that is whole", n)
	}
}

func TestDarkroomStaysShut(t *testing.T) {
	p, _ := newEssay(t, 1)
	path := p.Path()
	must(t, p.Close())
	view, err := project.Open(t.Context(), path, project.Options{ReadOnly: true})
	must(t, err)
	defer view.Close()
	cache := t.TempDir()
	NewDarkroom(view, Options{Cache: cache}, nil).Work(t.Context()) // comes back at once
	if n := entries(t, cache); n > 0 {
		t.Errorf("a view made %d derivatives", n)
	}

	p, err = project.Open(t.Context(), path, project.Options{})
	must(t, err)
	defer p.Close()
	file := filepath.Join(t.TempDir(), "a file")
	must(t, os.WriteFile(file, nil, 0o600))
	NewDarkroom(p, Options{Cache: file}, nil).Work(t.Context())
}
