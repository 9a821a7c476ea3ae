package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func newProject(t *testing.T) *Project {
	t.Helper()
	p, err := Create(t.Context(), filepath.Join(t.TempDir(), "desk #1 100%"+Extension))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// testPhoto is a small JPEG that no other number gives.
func testPhoto(n int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = byte(i * (n + 3))
	}
	img.Set(0, 0, color.RGBA{byte(n), byte(n >> 8), 0, 255})
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil)
	return b.Bytes()
}

// testFiles writes n photos into a folder and returns it.
func testFiles(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("photo-%02d.jpg", i))
		if err := os.WriteFile(name, testPhoto(i), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// state is everything of the project that undo is about.
func state(t *testing.T, p *Project) string {
	t.Helper()
	ctx := t.Context()
	heads, err := p.Essays(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, h := range heads {
		e, err := p.Essay(ctx, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		e.UpdatedAt = time.Time{}
		for _, bl := range e.Blocks {
			for i, pl := range bl.Placements {
				if pl.Caption != nil {
					fmt.Fprintf(&b, "caption %d %q\n", pl.ID, *pl.Caption)
				}
				if pl.Alt != nil {
					fmt.Fprintf(&b, "alt %d %q\n", pl.ID, *pl.Alt)
				}
				bl.Placements[i].Caption, bl.Placements[i].Alt = nil, nil
			}
		}
		fmt.Fprintf(&b, "%+v\n", *e)
	}
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, ph := range photos {
		fmt.Fprintf(&b, "%+v\n", ph)
	}
	codes, err := p.Codes(ctx)
	must(t, err)
	templates, err := p.Templates(ctx)
	must(t, err)
	if len(codes)+len(templates) > 0 {
		fmt.Fprintf(&b, "%+v\n%+v\n", codes, templates)
	}
	for _, h := range heads {
		overruled, err := p.Overruled(ctx, h.ID)
		must(t, err)
		fmt.Fprintf(&b, "%+v\n", overruled)
	}
	return b.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// edits is one of every kind of change, each needing those before it.
func edits(t *testing.T, p *Project) []func() error {
	ctx := t.Context()
	dir := testFiles(t, 3)
	var essay, text, photo, gallery, placement int64
	edit := func(label string, fn func(*Tx) error) func() error {
		return func() error { return p.Edit(ctx, label, fn) }
	}
	return []func() error{
		func() error { _, err := p.Import(ctx, []string{dir}, nil); return err },
		edit("New essay", func(tx *Tx) (err error) {
			essay, err = tx.AddEssay(Essay{Slug: "storm", Headline: "Storm"})
			return err
		}),
		edit("Add text", func(tx *Tx) (err error) {
			text, err = tx.AddBlock(essay, 0, Block{Kind: KindText, Text: "one"})
			return err
		}),
		edit("Add photo", func(tx *Tx) (err error) {
			photo, err = tx.AddBlock(essay, text, Block{Kind: KindPhoto, Placements: []Placement{{PhotoID: 1, Width: WidthWide, Vote: true}}})
			return err
		}),
		edit("Add gallery", func(tx *Tx) (err error) {
			gallery, err = tx.AddBlock(essay, photo, Block{Kind: KindGallery, Placements: []Placement{{PhotoID: 2}, {PhotoID: 3}}})
			return err
		}),
		edit("Add heading", func(tx *Tx) error {
			_, err := tx.AddBlock(essay, 0, Block{Kind: KindHeading, Text: "Before"})
			return err
		}),
		edit("Add the rest", func(tx *Tx) error {
			for _, k := range []BlockKind{KindQuote, KindCompare, KindDivider, KindVote} {
				if _, err := tx.AddBlock(essay, gallery, Block{Kind: k, Text: "q", Attribution: "who"}); err != nil {
					return err
				}
			}
			return nil
		}),
		edit("Move block", func(tx *Tx) error { return tx.MoveBlock(gallery, 0) }),
		edit("Edit caption", func(tx *Tx) error {
			e, err := tx.Essay(essay)
			if err != nil {
				return err
			}
			for _, b := range e.Blocks {
				if b.Kind == KindPhoto {
					pl := b.Placements[0]
					placement = pl.ID
					caption := "A “new” caption"
					pl.Caption = &caption
					return tx.UpdatePlacement(pl)
				}
			}
			return errors.New("no photo block")
		}),
		edit("Edit photo", func(tx *Tx) error {
			ph, err := tx.Photo(1)
			if err != nil {
				return err
			}
			ph.CreditLine, ph.Keywords, ph.Sensitive, ph.Recipe.Turn = "Jane Doe/AP", []string{"a", "b"}, true, 1
			return tx.UpdatePhoto(ph)
		}),
		edit("Edit essay", func(tx *Tx) error {
			e, err := tx.Essay(essay)
			if err != nil {
				return err
			}
			e.Slug, e.Lang, e.Dir, e.Votes = "storm-2", "ar", "rtl", true
			return tx.UpdateEssay(e)
		}),
		edit("Add correction", func(tx *Tx) error {
			_, err := tx.AddCorrection(essay, time.Unix(1e9, 0), "It was Tuesday.")
			return err
		}),
		edit("Join photos", func(tx *Tx) error { return tx.MovePlacement(placement, gallery, 0) }),
		edit("Delete block", func(tx *Tx) error { return tx.DeleteBlock(gallery) }),
		edit("Delete essay", func(tx *Tx) error { return tx.DeleteEssay(essay) }),
		edit("Delete photo", func(tx *Tx) error { return tx.DeletePhoto(2) }),
	}
}

func TestUndoPassesThroughEveryStateAndSurvivesRestart(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	states := []string{state(t, p)}
	for i, do := range edits(t, p) {
		if err := do(); err != nil {
			t.Fatalf("edit %d: %v", i, err)
		}
		states = append(states, state(t, p))
	}
	reopen := func() {
		must(t, p.Close())
		var err error
		if p, err = Open(ctx, p.Path(), Options{}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.Close() })
	}
	for i := len(states) - 2; i >= 0; i-- {
		if i%3 == 0 {
			reopen()
		}
		step, err := p.Undo(ctx)
		if err != nil {
			t.Fatalf("undo to state %d: %v", i, err)
		}
		if got := state(t, p); got != states[i] {
			t.Fatalf("after undo of %q:\n%s\nwant state %d:\n%s", step.Label, got, i, states[i])
		}
	}
	if _, err := p.Undo(ctx); !errors.Is(err, ErrNothing) {
		t.Fatalf("undo at the start = %v, want ErrNothing", err)
	}
	for i := 1; i < len(states); i++ {
		if i%4 == 0 {
			reopen()
		}
		if _, err := p.Redo(ctx); err != nil {
			t.Fatalf("redo to state %d: %v", i, err)
		}
		if got := state(t, p); got != states[i] {
			t.Fatalf("after redo:\n%s\nwant state %d:\n%s", got, i, states[i])
		}
	}
	var check string
	must(t, p.writer.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&check))
	if check != "ok" {
		t.Fatal(check)
	}
}

func TestEditIsAllOrNothing(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	boom := errors.New("boom")
	before := state(t, p)
	err := p.Edit(ctx, "New essay", func(tx *Tx) error {
		if _, err := tx.AddEssay(Essay{Slug: "a"}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("Edit = %v, want %v", err, boom)
	}
	if got := state(t, p); got != before {
		t.Errorf("a failed edit left %s", got)
	}
	if h, _ := p.History(ctx); len(h) != 0 {
		t.Errorf("a failed edit left history %v", h)
	}
	must(t, p.Edit(ctx, "Nothing", func(*Tx) error { return nil }))
	if h, _ := p.History(ctx); len(h) != 0 {
		t.Errorf("an empty edit left history %v", h)
	}
}

func TestNewEditDropsRedo(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	add := func(slug string) {
		t.Helper()
		must(t, p.Edit(ctx, "New essay "+slug, func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: slug}); return err }))
	}
	add("a")
	add("b")
	_, err := p.Undo(ctx)
	must(t, err)
	add("c")
	if _, err := p.Redo(ctx); !errors.Is(err, ErrNothing) {
		t.Errorf("redo after a new edit = %v, want ErrNothing", err)
	}
	if _, err := p.EssayBySlug(ctx, "c"); err != nil {
		t.Error(err)
	}
}

func TestTypingFoldsByFieldAndPause(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p.now = func() time.Time { return now }
	var id int64
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) (err error) { id, err = tx.AddEssay(Essay{Slug: "a"}); return err }))
	typed := func(headline string) {
		t.Helper()
		must(t, p.Edit(ctx, "Edit headline", func(tx *Tx) error {
			if err := tx.Fold("essay/headline", FoldPause); err != nil {
				return err
			}
			e, err := tx.Essay(id)
			if err != nil {
				return err
			}
			e.Headline = headline
			return tx.UpdateEssay(e)
		}))
	}
	for _, s := range []string{"S", "St", "Storm"} {
		typed(s)
		now = now.Add(time.Second)
	}
	now = now.Add(FoldPause)
	typed("Storm over")
	var labels []string
	h, err := p.History(ctx)
	must(t, err)
	for _, s := range h {
		labels = append(labels, s.Label)
	}
	if want := []string{"New essay", "Edit headline", "Edit headline"}; !reflect.DeepEqual(labels, want) {
		t.Fatalf("history %v, want %v", labels, want)
	}
	for _, want := range []string{"Storm", ""} {
		_, err := p.Undo(ctx)
		must(t, err)
		e, err := p.Essay(ctx, id)
		must(t, err)
		if e.Headline != want {
			t.Errorf("after undo the headline is %q, want %q", e.Headline, want)
		}
	}
}

func TestHistoryIsCapped(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	// Straight into the history: a thousand real edits would only be slower.
	_, err := p.writer.ExecContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < ?)
		INSERT INTO undo_step (label, at) SELECT 'old', '2026-01-01T00:00:00Z' FROM n`, maxSteps)
	must(t, err)
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err }))
	h, err := p.History(ctx)
	must(t, err)
	if len(h) != maxSteps || h[len(h)-1].Label != "New essay" {
		t.Errorf("%d steps, the last %q", len(h), h[len(h)-1].Label)
	}
}

func TestEventsAfterCommit(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	var got []Event
	stop := p.Watch(func(e Event) {
		// Committed: a reader sees it, and nobody is in the gate.
		if _, err := p.EssayBySlug(ctx, "a"); err != nil && !e.Undo {
			t.Error(err)
		}
		got = append(got, e)
	})
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err }))
	_, err := p.Undo(ctx)
	must(t, err)
	stop()
	_, err = p.Redo(ctx)
	must(t, err)
	want := []Event{
		{Label: "New essay", Changes: []Change{{"essay", 1}}},
		{Label: "New essay", Undo: true, Changes: []Change{{"essay", 1}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("events %+v, want %+v", got, want)
	}
}

func TestManyMovesFindRoom(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	var essay int64
	var ids []int64
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) (err error) {
		if essay, err = tx.AddEssay(Essay{Slug: "a"}); err != nil {
			return err
		}
		last := int64(0)
		for range 3 {
			if last, err = tx.AddBlock(essay, last, Block{Kind: KindDivider}); err != nil {
				return err
			}
			ids = append(ids, last)
		}
		return nil
	}))
	// The gap between the first two halves with each move until it is used up.
	must(t, p.Edit(ctx, "Move block", func(tx *Tx) error {
		for i := range 60 {
			if err := tx.MoveBlock(ids[1+i%2], ids[0]); err != nil {
				return err
			}
		}
		return nil
	}))
	e, err := p.Essay(ctx, essay)
	must(t, err)
	if got, want := []int64{e.Blocks[0].ID, e.Blocks[1].ID, e.Blocks[2].ID}, []int64{ids[0], ids[2], ids[1]}; !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestSlugs(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	add := func(slug string) error {
		return p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: slug}); return err })
	}
	must(t, add("storm"))
	if err := add("storm"); !errors.Is(err, ErrSlugTaken) {
		t.Errorf("a second storm = %v, want ErrSlugTaken", err)
	}
	for _, slug := range []string{"", "Storm", "a b", "../x", "-a", "a--b", "é", "a/b"} {
		if err := add(slug); !errors.Is(err, ErrInvalid) {
			t.Errorf("slug %q = %v, want ErrInvalid", slug, err)
		}
	}
	must(t, p.Edit(ctx, "x", func(tx *Tx) error {
		got, err := tx.FreeSlug("storm")
		if got != "storm-2" {
			t.Errorf("FreeSlug = %q", got)
		}
		return err
	}))
}

func TestCancelledEditDoesNotStart(t *testing.T) {
	p := newProject(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Edit = %v, want context.Canceled", err)
	}
}

func TestJumpTo(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	states := map[int64]string{0: state(t, p)}
	ids := []int64{0}
	for i, do := range edits(t, p)[:8] {
		if err := do(); err != nil {
			t.Fatal(i, err)
		}
		h, err := p.History(ctx)
		must(t, err)
		ids = append(ids, h[len(h)-1].ID)
		states[ids[i+1]] = state(t, p)
	}
	for _, n := range []int{3, 7, 0, 8, 1} {
		id := ids[n]
		must(t, p.JumpTo(ctx, id))
		if got := state(t, p); got != states[id] {
			t.Errorf("at step %d:\n%s\nwant\n%s", id, got, states[id])
		}
	}
	if err := p.JumpTo(ctx, 9999); !errors.Is(err, ErrNoRow) {
		t.Errorf("jump to no step = %v, want ErrNoRow", err)
	}
}
