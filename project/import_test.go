package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestImportReportsEachFile(t *testing.T) {
	p := newProject(t)
	dir := testFiles(t, 5)
	write := func(name string, data []byte) {
		t.Helper()
		must(t, os.WriteFile(filepath.Join(dir, name), data, 0o644))
	}
	write("photo-00-again.jpg", testPhoto(0))
	write("broken #1.jpg", []byte("hello"))
	write("empty.jpg", nil)
	write("cut.jpg", testPhoto(9)[:400])
	damaged := testPhoto(12)
	write("half.jpg", damaged[:len(damaged)*7/10])
	var dot bytes.Buffer
	must(t, png.Encode(&dot, image.NewGray(image.Rect(0, 0, 61, 58))))
	write("button.png", dot.Bytes())
	write("notes.txt", []byte("call the harbour master"))
	write("no extension", testPhoto(10))
	write(".hidden.jpg", testPhoto(11))
	missing := filepath.Join(dir, "gone.jpg")

	var seen []string
	rep, err := p.Import(t.Context(), []string{dir, missing}, func(pr ImportProgress) {
		seen = append(seen, pr.String())
	})
	must(t, err)
	if len(rep.Imported) != 7 || len(rep.Duplicates) != 1 || len(rep.Failed) != 5 || rep.Ignored != 1 {
		t.Fatalf("%d imported, %d duplicates, %d ignored, failed %v", len(rep.Imported), len(rep.Duplicates), rep.Ignored, rep.Failed)
	}
	for _, f := range rep.Failed {
		if f.Name == "" || f.Reason == "" || strings.Contains(f.Reason, "panic") {
			t.Errorf("failure %+v", f)
		}
	}
	if !slices.ContainsFunc(rep.Warnings, func(w Warning) bool {
		return w.Name == "half.jpg" && strings.Contains(w.Text, "of the picture is missing")
	}) {
		t.Errorf("no warning of the damaged photo in %v", rep.Warnings)
	}
	if last := seen[len(seen)-1]; last != "Processing files… 13 of 13" {
		t.Errorf("last progress %q", last)
	}
	for _, ph := range rep.Imported {
		data, err := p.Original(ph)
		must(t, err)
		if hashOf(data) != ph.SHA256 {
			t.Errorf("original of %s differs", ph.Name)
		}
		if th, err := p.Thumbnail(t.Context(), ph); err != nil || len(th) == 0 {
			t.Errorf("thumbnail of %s: %d bytes, %v", ph.Name, len(th), err)
		}
	}
	h, err := p.History(t.Context())
	must(t, err)
	if len(h) != 1 {
		t.Errorf("an import is %d steps, want 1: %v", len(h), h)
	}
	// Undone and done again, the library is as it was.
	before := state(t, p)
	_, err = p.Undo(t.Context())
	must(t, err)
	if got, _ := p.Photos(t.Context(), Filter{}); len(got) != 0 {
		t.Errorf("%d photos after undo", len(got))
	}
	_, err = p.Redo(t.Context())
	must(t, err)
	if state(t, p) != before {
		t.Error("redo made another library")
	}
}

func TestImportCancelKeepsWhatIsDone(t *testing.T) {
	p := newProject(t)
	ctx, cancel := context.WithCancel(t.Context())
	const files = 3 * importTogether
	rep, err := p.Import(ctx, []string{testFiles(t, files)}, func(pr ImportProgress) {
		if pr.Done == 4 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Import = %v, want context.Canceled", err)
	}
	got, err := p.Photos(t.Context(), Filter{})
	must(t, err)
	if len(got) < 4 || len(got) >= 4+importTogether || len(rep.Imported) != len(got) {
		t.Errorf("%d photos kept, %d reported, want 4 and those that were ready with it", len(got), len(rep.Imported))
	}
	for i, ph := range got {
		if want := testPhotoName(i); ph.Name != want {
			t.Errorf("photo %d is %s, want %s", i, ph.Name, want)
		}
	}
}

func testPhotoName(i int) string { return fmt.Sprintf("photo-%02d.jpg", i) }

func TestSearchAndFilters(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	_, err := p.Import(ctx, []string{testFiles(t, 3)}, nil)
	must(t, err)
	must(t, p.Edit(ctx, "Edit photos", func(tx *Tx) error {
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.Caption, ph.Byline, ph.CreditLine, ph.Alt, ph.Sensitive = "Waves break in Besançon.", "Renée Doe", "Renée Doe/AFP", "Waves.", true
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		essay, err := tx.AddEssay(Essay{Slug: "a"})
		if err != nil {
			return err
		}
		_, err = tx.AddBlock(essay, 0, Block{Kind: KindPhoto, Placements: []Placement{{PhotoID: 1}}})
		return err
	}))
	for name, c := range map[string]struct {
		f    Filter
		want []int64
	}{
		"all":              {Filter{}, []int64{1, 2, 3}},
		"diacritics":       {Filter{Search: "renee besancon"}, []int64{1}},
		"with diacritics":  {Filter{Search: "BESANÇON"}, []int64{1}},
		"name":             {Filter{Search: "photo-02"}, []int64{3}},
		"not there":        {Filter{Search: "100%"}, nil},
		"unused":           {Filter{Unused: true}, []int64{2, 3}},
		"no caption":       {Filter{NoCaption: true}, []int64{2, 3}},
		"no credit":        {Filter{NoCredit: true}, []int64{2, 3}},
		"no alt":           {Filter{NoAlt: true}, []int64{2, 3}},
		"sensitive":        {Filter{Sensitive: true}, []int64{1}},
		"search and mark":  {Filter{Search: "waves", Unused: true}, nil},
		"words in a quote": {Filter{Search: `"; DROP TABLE photo; --`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := p.Photos(ctx, c.f)
			must(t, err)
			var ids []int64
			for _, ph := range got {
				ids = append(ids, ph.ID)
			}
			if len(ids) != len(c.want) {
				t.Fatalf("photos %v, want %v", ids, c.want)
			}
			for i := range ids {
				if ids[i] != c.want[i] {
					t.Fatalf("photos %v, want %v", ids, c.want)
				}
			}
		})
	}
	counts, err := p.Counts(ctx)
	must(t, err)
	if want := (Counts{All: 3, Unused: 2, NoCaption: 2, NoCredit: 2, NoAlt: 2, Sensitive: 1}); counts != want {
		t.Errorf("counts %+v, want %+v", counts, want)
	}
}

func TestPlacedPhotoStays(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	for i, do := range edits(t, p)[:4] {
		if err := do(); err != nil {
			t.Fatal(i, err)
		}
	}
	err := p.Edit(ctx, "Delete photo", func(tx *Tx) error { return tx.DeletePhoto(1) })
	if !errors.Is(err, ErrPlaced) {
		t.Errorf("delete a placed photo = %v, want ErrPlaced", err)
	}
}

func TestMissingAndChangedOriginals(t *testing.T) {
	p := newProject(t)
	rep, err := p.Import(t.Context(), []string{testFiles(t, 2)}, nil)
	must(t, err)
	a, b := rep.Imported[0], rep.Imported[1]
	must(t, os.Remove(p.OriginalPath(a)))
	must(t, os.WriteFile(p.OriginalPath(b), []byte("other"), 0o644))
	if _, err := p.Original(a); !errors.Is(err, ErrOriginalMissing) {
		t.Errorf("missing original = %v", err)
	}
	if _, err := p.Original(b); !errors.Is(err, ErrOriginalChanged) {
		t.Errorf("changed original = %v", err)
	}
	if p.HasOriginal(a) || p.HasOriginal(b) {
		t.Error("HasOriginal says they are there")
	}
	// Importing again puts the bytes back.
	_, err = p.Import(t.Context(), []string{testFiles(t, 2)}, nil)
	must(t, err)
	if !p.HasOriginal(a) || !p.HasOriginal(b) {
		t.Error("importing again did not put the originals back")
	}
}
