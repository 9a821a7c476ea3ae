package ui

import (
	"context"
	"path/filepath"
	"testing"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/jobs"
)

// ready reports whether the darkroom has nothing left to do.
func (d *desk) ready() bool {
	left, known := d.darkroom.Left()
	return known && left == 0
}

func TestPhotosGetReadyWithoutAnExport(t *testing.T) {
	d := withPhotos(t)
	d.until("the imported photos ready", d.ready)
	d.addEssay("Storm")
	d.place([]int64{1, 2, 3}, 0, 0)
	d.edit("Credit", "", func(tx *project.Tx) error {
		for id := range int64(3) {
			ph, err := tx.Photo(id + 1)
			if err != nil {
				return err
			}
			ph.CreditLine = "Jane Doe/AP"
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
		}
		return nil
	})
	rep, err := export.Export(context.Background(), d.project, d.essay, export.Options{Out: filepath.Join(t.TempDir(), "bundle")}, nil)
	if err != nil || rep.Made != 0 {
		t.Errorf("the export made %d derivatives itself, %v", rep.Made, err)
	}
}

func TestPhotosAreLeftAloneWhereTheEditorSaysSo(t *testing.T) {
	d := newDesk(t)
	d.switchDarkroom()
	path := filepath.Join(t.TempDir(), "day.photodesk")
	d.open("Creating", path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Create(ctx, path)
	})
	d.until("open", func() bool { return d.project != nil && !d.reading })
	d.importPaths([]string{photograph(t, t.TempDir(), "a.jpg", 80)}, nil)
	d.until("seen", func() bool {
		left, known := d.darkroom.Left()
		return known && left == 1 && d.jobs.Running() == 0
	})
	if d.menu.ahead.Checked {
		t.Error("the menu says that photos are made ready")
	}
	d.switchDarkroom()
	d.until("ready once it is switched on", d.ready)
	if !d.menu.ahead.Checked {
		t.Error("the menu says that they aren't")
	}
}
