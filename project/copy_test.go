package project

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const undone = "a name that must never leave: Zbigniew Q. Informant"

// withUndoneSecret has an essay of photos, and an edit with a secret that was taken back.
func withUndoneSecret(t *testing.T) *Project {
	t.Helper()
	p := newProject(t)
	for i, do := range edits(t, p)[:10] {
		if err := do(); err != nil {
			t.Fatal(i, err)
		}
	}
	must(t, p.Edit(t.Context(), "Edit photo", func(tx *Tx) error {
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.Caption = undone
		return tx.UpdatePhoto(ph)
	}))
	_, err := p.Undo(t.Context())
	must(t, err)
	return p
}

func noTrace(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	for _, secret := range []string{undone, "Zbigniew", "zbi"} {
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s holds %q, which was undone", filepath.Base(path), secret)
		}
	}
}

func sameAs(t *testing.T, p *Project, path string) {
	t.Helper()
	c, err := Open(t.Context(), path, Options{})
	must(t, err)
	defer c.Close()
	if got, want := state(t, c), state(t, p); got != want {
		t.Errorf("the copy holds\n%s\nwant\n%s", got, want)
	}
	if h, _ := c.History(t.Context()); len(h) != 0 {
		t.Errorf("the copy has a history: %v", h)
	}
	photos, err := c.Photos(t.Context(), Filter{})
	must(t, err)
	for _, ph := range photos {
		if _, err := c.Original(ph); err != nil {
			t.Error(err)
		}
	}
	if got, _ := c.Photos(t.Context(), Filter{Search: photos[0].Name}); len(got) != 1 {
		t.Errorf("search in the copy finds %d photos", len(got))
	}
	// A copy is a project to work in.
	must(t, c.Edit(t.Context(), "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "new"}); return err }))
}

// told is a progress that has heard of every photo of the project, in order, when the test ends.
func told(t *testing.T, p *Project) func(done, total int, name string) {
	photos, err := p.Photos(t.Context(), Filter{})
	must(t, err)
	heard := 0
	t.Cleanup(func() {
		if heard != len(photos) || heard == 0 {
			t.Errorf("progress told of %d of %d photos", heard, len(photos))
		}
	})
	return func(done, total int, name string) {
		heard++
		if done != heard || total != len(photos) || name == "" {
			t.Errorf("progress says %d of %d, %q; want %d of %d", done, total, name, heard, len(photos))
		}
	}
}

// A name may be given as a shell's user gives it.
func TestCopiesBesideTheWorkingFolder(t *testing.T) {
	p := withUndoneSecret(t)
	t.Chdir(t.TempDir())
	must(t, p.SaveCopy(t.Context(), "copy"+Extension, nil))
	sameAs(t, p, "copy"+Extension)
	must(t, p.Pack(t.Context(), "sent"+PackExtension, nil))
	must(t, Unpack(t.Context(), "sent"+PackExtension, "got"+Extension, nil))
	sameAs(t, p, "got"+Extension)
}

// What is cancelled in the middle leaves nothing behind.
func TestCopiesAreCancelled(t *testing.T) {
	p := withUndoneSecret(t)
	pack := filepath.Join(t.TempDir(), "sent"+PackExtension)
	must(t, p.Pack(t.Context(), pack, nil))
	for name, do := range map[string]func(ctx context.Context, dest string, progress func(int, int, string)) error{
		"save a copy": p.SaveCopy,
		"pack":        p.Pack,
		"unpack": func(ctx context.Context, dest string, progress func(int, int, string)) error {
			return Unpack(ctx, pack, dest, progress)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := do(ctx, filepath.Join(dir, "copy"+Extension), func(int, int, string) { cancel() })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
			entries, err := os.ReadDir(dir)
			must(t, err)
			for _, e := range entries {
				t.Errorf("%s is left", e.Name())
			}
		})
	}
}

func TestSaveCopy(t *testing.T) {
	p := withUndoneSecret(t)
	dest := filepath.Join(t.TempDir(), "copy"+Extension)
	must(t, p.SaveCopy(t.Context(), dest, told(t, p)))
	noTrace(t, dest)
	sameAs(t, p, dest)
	if err := p.SaveCopy(t.Context(), dest, nil); !errors.Is(err, ErrExists) {
		t.Errorf("SaveCopy over a file = %v, want ErrExists", err)
	}
}

func TestPackAndUnpack(t *testing.T) {
	p := withUndoneSecret(t)
	dir := t.TempDir()
	pack := filepath.Join(dir, "sent"+PackExtension)
	must(t, p.Pack(t.Context(), pack, told(t, p)))
	noTrace(t, pack)
	if _, err := Open(t.Context(), pack, Options{}); !errors.Is(err, ErrPacked) {
		t.Errorf("Open of a pack = %v, want ErrPacked", err)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("a pack is one file, not %v", entries)
	}
	dest := filepath.Join(t.TempDir(), "received"+Extension)
	must(t, Unpack(t.Context(), pack, dest, told(t, p)))
	noTrace(t, dest)
	sameAs(t, p, dest)
	if err := Unpack(t.Context(), p.Path(), filepath.Join(dir, "x"+Extension), nil); err == nil || !strings.Contains(err.Error(), "no packed project") {
		t.Errorf("Unpack of a project = %v", err)
	}
}

func TestBackupBeforeMigration(t *testing.T) {
	p := withUndoneSecret(t)
	want := state(t, p)
	// A file as the first version left it.
	_, err := p.writer.ExecContext(t.Context(), `
		DROP TRIGGER photo_search_came; DROP TRIGGER photo_search_changed; DROP TRIGGER photo_search_went;
		DROP TRIGGER photo_came; DROP TRIGGER photo_changed; DROP TRIGGER photo_went;
		ALTER TABLE photo DROP COLUMN sensitive_why;
		DROP TABLE photo_search; DROP TABLE revision; DROP TABLE code; DROP TABLE template; DROP TABLE overruled;
		DROP TRIGGER rules_came; DROP TRIGGER rules_changed; DROP TRIGGER essay_came; DROP TRIGGER essay_changed; DROP TRIGGER essay_went;
		ALTER TABLE essay DROP COLUMN votes_open; ALTER TABLE essay DROP COLUMN votes_close; ALTER TABLE essay DROP COLUMN upvotes_only;
		ALTER TABLE essay DROP COLUMN results_hidden; ALTER TABLE essay DROP COLUMN vote_sign_in; ALTER TABLE essay DROP COLUMN rules_at;
		ALTER TABLE essay DROP COLUMN published;
		DROP TABLE tally;
		DELETE FROM project WHERE name = 'vote_key'; PRAGMA user_version = 1`)
	must(t, err)
	must(t, p.Close())
	if _, err := Open(t.Context(), p.Path(), Options{ReadOnly: true}); !errors.Is(err, ErrOlder) {
		t.Errorf("a view of an older file = %v, want ErrOlder", err)
	}
	p, err = Open(t.Context(), p.Path(), Options{})
	must(t, err)
	defer p.Close()
	if got := state(t, p); got != want {
		t.Errorf("after migration\n%s\nwant\n%s", got, want)
	}
	if got, _ := p.Photos(t.Context(), Filter{Search: "photo-01"}); len(got) != 1 {
		t.Errorf("search after migration finds %d photos", len(got))
	}
	backup := strings.TrimSuffix(p.Path(), Extension) + ".before-8" + Extension
	var version int
	must(t, readBare(t.Context(), backup, `PRAGMA user_version`, &version))
	if version != 1 {
		t.Errorf("the copy kept beside it has version %d", version)
	}
}

func TestDuplicateAndCopyEssay(t *testing.T) {
	p := withUndoneSecret(t)
	ctx := t.Context()
	id, err := p.DuplicateEssay(ctx, 1)
	must(t, err)
	a, err := p.Essay(ctx, 1)
	must(t, err)
	b, err := p.Essay(ctx, id)
	must(t, err)
	if b.Slug != "storm-2" || b.UID == a.UID || len(b.Blocks) != len(a.Blocks) || len(b.PhotoIDs()) != len(a.PhotoIDs()) {
		t.Errorf("duplicate %+v of %+v", b, a)
	}
	other := newProject(t)
	_, err = other.Import(ctx, []string{testFiles(t, 1)}, nil) // one of its photos is there
	must(t, err)
	there, err := p.CopyEssayTo(ctx, 1, other, nil)
	must(t, err)
	c, err := other.Essay(ctx, there)
	must(t, err)
	if len(c.Blocks) != len(a.Blocks) || len(c.PhotoIDs()) != len(a.PhotoIDs()) {
		t.Errorf("copy %+v of %+v", c, a)
	}
	photos, err := other.Photos(ctx, Filter{})
	must(t, err)
	if len(photos) != 3 {
		t.Errorf("%d photos there, want 3", len(photos))
	}
	for _, ph := range photos {
		if !other.HasOriginal(ph) {
			t.Errorf("no original of %s", ph.Name)
		}
		if _, err := other.Thumbnail(ctx, ph); err != nil {
			t.Error(err)
		}
	}
}

func TestCompactFreesOnlyWhatNothingReaches(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	rep, err := p.Import(ctx, []string{testFiles(t, 4)}, nil)
	must(t, err)
	foreign := filepath.Join(p.OriginalsDir(), "readme.txt")
	must(t, os.WriteFile(foreign, []byte("mine"), 0o644))
	orphan := filepath.Join(p.OriginalsDir(), strings.Repeat("0", 64)+".jpg")
	must(t, os.WriteFile(orphan, []byte("left by a crash"), 0o644))
	del := rep.Imported[0]
	must(t, p.Edit(ctx, "Delete photo", func(tx *Tx) error { return tx.DeletePhoto(del.ID) }))
	plan, err := p.PlanCompaction(ctx)
	must(t, err)
	if len(plan.Originals) != 1 || plan.Bytes != 15 || plan.Thumbnails != 0 {
		t.Errorf("plan %+v; undo still reaches the deleted photo", plan)
	}
	_, err = p.Compact(ctx)
	must(t, err)
	_, err = p.Undo(ctx)
	must(t, err)
	if !p.HasOriginal(del) {
		t.Error("undo brought a photo back without its original")
	}
	if _, err := os.Stat(orphan); err == nil {
		t.Error("the orphan is still there")
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("a file that is not ours was removed")
	}
	// Once the history is gone too, so is the original.
	_, err = p.Redo(ctx)
	must(t, err)
	_, err = p.writer.ExecContext(ctx, `DELETE FROM undo_step`)
	must(t, err)
	freed, err := p.Compact(ctx)
	must(t, err)
	if len(freed.Originals) != 1 || freed.Thumbnails != 1 || p.HasOriginal(del) {
		t.Errorf("freed %+v", freed)
	}
}

func TestRelinkFindsOriginalsUnderAnyName(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	rep, err := p.Import(ctx, []string{testFiles(t, 4)}, nil)
	must(t, err)
	a, b, c := rep.Imported[0], rep.Imported[1], rep.Imported[2]
	elsewhere := t.TempDir()
	move := func(ph Photo, name string) {
		t.Helper()
		data, err := os.ReadFile(p.OriginalPath(ph))
		must(t, err)
		must(t, os.MkdirAll(filepath.Join(elsewhere, filepath.Dir(name)), 0o755))
		must(t, os.WriteFile(filepath.Join(elsewhere, name), data, 0o644))
	}
	move(a, "deep/er/IMG_1.bak")
	move(b, "other.jpg")
	must(t, os.Remove(p.OriginalPath(a)))
	must(t, os.Remove(p.OriginalPath(c)))
	data, err := os.ReadFile(p.OriginalPath(b))
	must(t, err)
	data[100] ^= 1
	must(t, os.WriteFile(p.OriginalPath(b), data, 0o644))

	quick, err := p.LostOriginals(ctx)
	must(t, err)
	if len(quick) != 2 {
		t.Errorf("a quick look finds %d lost originals, want 2 (a changed one of the same size needs reading)", len(quick))
	}
	lost, err := p.VerifyOriginals(ctx, nil)
	must(t, err)
	if len(lost) != 3 || lost[1].State != OriginalChanged {
		t.Fatalf("lost %+v", lost)
	}
	// The patrol finds the same, and ends with its context.
	walk, stop := context.WithCancel(ctx)
	met := map[int64]OriginalState{}
	p.Patrol(walk, func(l LostOriginal) {
		if met[l.Photo.ID] = l.State; len(met) == 3 {
			stop()
		}
	})
	if met[a.ID] != OriginalMissing || met[b.ID] != OriginalChanged || met[c.ID] != OriginalMissing {
		t.Errorf("the patrol met %v", met)
	}
	found, still, err := p.Relink(ctx, lost, []string{elsewhere}, nil)
	must(t, err)
	if len(found) != 2 || len(still) != 1 || still[0].Photo.ID != c.ID {
		t.Errorf("found %d, still lost %+v", len(found), still)
	}
	if _, err := p.Original(b); err != nil {
		t.Error(err)
	}
}

func TestChangesSinceExport(t *testing.T) {
	p := withUndoneSecret(t)
	ctx := t.Context()
	if _, _, err := p.ChangesSinceExport(ctx, 1); !errors.Is(err, ErrNoRow) {
		t.Errorf("changes of an essay that was not exported = %v", err)
	}
	e, err := p.Essay(ctx, 1)
	must(t, err)
	photos, err := p.PhotosOf(ctx, 1)
	must(t, err)
	must(t, p.AddRevision(ctx, 1, "/srv/storm", SnapshotOf(e, photos)))
	if _, diffs, err := p.ChangesSinceExport(ctx, 1); err != nil || len(diffs) != 0 {
		t.Errorf("right after the export: %v, %v", diffs, err)
	}
	must(t, p.Edit(ctx, "Change", func(tx *Tx) error {
		e.Headline = "Storms"
		if err := tx.UpdateEssay(e); err != nil {
			return err
		}
		for _, b := range e.Blocks {
			switch b.Kind {
			case KindText:
				b.Text = "two\n\nthree"
				if err := tx.UpdateBlock(b); err != nil {
					return err
				}
			case KindGallery:
				if err := tx.DeletePlacement(b.Placements[0].ID); err != nil {
					return err
				}
			}
		}
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.CreditLine = "John Roe/Reuters"
		return tx.UpdatePhoto(ph)
	}))
	r, diffs, err := p.ChangesSinceExport(ctx, 1)
	must(t, err)
	if r.Folder != "/srv/storm" {
		t.Errorf("revision %+v", r)
	}
	want := []Difference{
		{"Headline", "Storm", "Storms"},
		{"Text", "one", "two"},
		{"Text", "", "three"},
		{"Credit of photo-00.jpg", "Jane Doe/AP", "John Roe/Reuters"},
		{"Photo taken out: photo-01.jpg", "", ""},
	}
	for i, w := range want {
		if i >= len(diffs) || diffs[i] != w {
			t.Errorf("difference %d is %+v, want %+v (all %+v)", i, diffs[min(i, len(diffs)-1)], w, diffs)
		}
	}
	if got := CorrectionOf(diffs); !strings.Contains(got, "Headline: an earlier version read “Storm”.") {
		t.Errorf("correction %q", got)
	}
}
