package project

// This file owns random edits: what an editor may do next, for the property
// test and for the torture test.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photodesk/project/wording"
)

// dice picks 0 to n-1.
type dice func(n int) int

// randomEdit does one edit of a kind that the dice choose; nothing to do is an
// edit too.
func randomEdit(ctx context.Context, p *Project, roll dice, photos string) error {
	heads, err := p.Essays(ctx)
	if err != nil {
		return err
	}
	var e *Essay
	if len(heads) > 0 {
		if e, err = p.Essay(ctx, heads[roll(len(heads))].ID); err != nil {
			return err
		}
	}
	library, err := p.Photos(ctx, Filter{})
	if err != nil {
		return err
	}
	kind := roll(18)
	switch {
	case e == nil || kind == 0:
		return p.Edit(ctx, "New essay", func(t *Tx) error {
			slug, err := t.FreeSlug("essay")
			if err == nil {
				_, err = t.AddEssay(Essay{Slug: slug, Headline: words(roll), Votes: roll(2) == 0})
			}
			return err
		})
	case kind == 1:
		name := filepath.Join(photos, fmt.Sprintf("photo-%02d.jpg", roll(torturePhotos)))
		_, err := p.Import(ctx, []string{name}, nil)
		return err
	case kind == 2 && roll(3) == 0:
		return p.Edit(ctx, "Change publication time", func(t *Tx) error {
			e.Published = time.Time{}
			if roll(3) > 0 {
				e.Published = time.Unix(int64(1+roll(1e9)), 0).In(time.FixedZone("", 3600*roll(9)))
			}
			return t.UpdateEssay(e)
		})
	case kind == 2:
		return p.Edit(ctx, "Edit headline", func(t *Tx) error {
			if err := t.Fold(fmt.Sprintf("headline/%d", e.ID), FoldPause); err != nil {
				return err
			}
			e.Headline = words(roll)
			return t.UpdateEssay(e)
		})
	case kind == 3 && len(library) > 0:
		return p.Edit(ctx, "Edit photo", func(t *Tx) error {
			ph := library[roll(len(library))]
			ph.Caption, ph.CreditLine, ph.Sensitive, ph.Recipe.Turn = words(roll), words(roll), roll(2) == 0, roll(4)
			return t.UpdatePhoto(ph)
		})
	case kind == 4 && len(library) > 0:
		return p.Edit(ctx, "Delete photo", func(t *Tx) error {
			for _, ph := range library {
				if ph.Uses == 0 {
					return t.DeletePhoto(ph.ID)
				}
			}
			return nil
		})
	case kind == 5 && len(heads) > 2:
		return p.Edit(ctx, "Delete essay", func(t *Tx) error { return t.DeleteEssay(e.ID) })
	case kind == 6:
		return p.Edit(ctx, "Add correction", func(t *Tx) error {
			_, err := t.AddCorrection(e.ID, time.Unix(int64(roll(1e9)), 0), words(roll))
			return err
		})
	case kind >= 14:
		return randomDeskEdit(ctx, p, roll, e)
	}
	return randomBlockEdit(ctx, p, roll, e, library)
}

// randomDeskEdit changes what a desk keeps beside its essays and photos.
func randomDeskEdit(ctx context.Context, p *Project, roll dice, e *Essay) error {
	switch roll(5) {
	case 0:
		return p.Edit(ctx, "Codes", func(t *Tx) error {
			var list []wording.Code
			for i := range roll(4) {
				list = append(list, wording.Code{Code: fmt.Sprint(i), Texts: []string{"Jane Doe", fmt.Sprint("player ", roll(9))}})
			}
			return t.SetCodes(list)
		})
	case 1:
		return p.Edit(ctx, "Template", func(t *Tx) error {
			_, err := t.PutTemplate(Template{Name: fmt.Sprint("Match ", roll(3)), Text: "{city}, " + words(roll)})
			return err
		})
	case 2:
		list, err := p.Templates(ctx)
		if err != nil || len(list) == 0 {
			return err
		}
		return p.Edit(ctx, "Delete template", func(t *Tx) error { return t.DeleteTemplate(list[roll(len(list))].ID) })
	case 3:
		return p.Edit(ctx, "Overrule a warning", func(t *Tx) error {
			o := Overruled{EssayID: e.ID, Code: []string{"no-alt", "too-long"}[roll(2)], Message: words(roll), Reason: "Seen"}
			if roll(2) == 0 {
				o.Values = []string{words(roll)}
			}
			_, err := t.Overrule(o)
			return err
		})
	}
	list, err := p.Overruled(ctx, e.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	return p.Edit(ctx, "Take back", func(t *Tx) error { return t.TakeBackOverruling(list[roll(len(list))].ID) })
}

func randomBlockEdit(ctx context.Context, p *Project, roll dice, e *Essay, library []Photo) error {
	after := func() int64 {
		if n := roll(len(e.Blocks) + 1); n > 0 {
			return e.Blocks[n-1].ID
		}
		return 0
	}
	if len(e.Blocks) == 0 || roll(3) == 0 {
		return p.Edit(ctx, "Add block", func(t *Tx) error {
			b := Block{Kind: Kinds[roll(len(Kinds))], Text: words(roll)}
			if b.Kind == KindPhoto || b.Kind == KindGallery || b.Kind == KindCompare {
				for range min(len(library), 1+roll(3)) {
					b.Placements = append(b.Placements, Placement{PhotoID: library[roll(len(library))].ID})
				}
			}
			_, err := t.AddBlock(e.ID, after(), b)
			return err
		})
	}
	b := e.Blocks[roll(len(e.Blocks))]
	switch roll(4) {
	case 0:
		return p.Edit(ctx, "Move block", func(t *Tx) error { return t.MoveBlock(b.ID, after()) })
	case 1:
		return p.Edit(ctx, "Delete block", func(t *Tx) error { return t.DeleteBlock(b.ID) })
	case 2:
		return p.Edit(ctx, "Edit text", func(t *Tx) error {
			if err := t.Fold(fmt.Sprintf("text/%d", b.ID), FoldPause); err != nil {
				return err
			}
			b.Text = words(roll)
			return t.UpdateBlock(b)
		})
	}
	if len(b.Placements) == 0 {
		return nil
	}
	pl := b.Placements[roll(len(b.Placements))]
	return p.Edit(ctx, "Edit caption", func(t *Tx) error {
		switch roll(3) {
		case 0:
			return t.DeletePlacement(pl.ID)
		case 1:
			return t.MovePlacement(pl.ID, b.ID, 0)
		}
		caption := words(roll)
		pl.Caption, pl.Width = &caption, []Width{WidthColumn, WidthWide, WidthFull}[roll(3)]
		return t.UpdatePlacement(pl)
	})
}

// words are short texts with what texts are made of: quotes, scripts, line
// breaks, SQL, nothing.
func words(roll dice) string {
	return []string{"", "Storm", "“Quoted” – Renée’s", "خبر عاجل", "a\n\nb", "'); DROP TABLE photo; --", "{\"a\":1}", "1e400"}[roll(8)]
}

const torturePhotos = 12

func stateHash(t *testing.T, p *Project) string {
	t.Helper()
	sum := sha256.Sum256([]byte(state(t, p)))
	return hex.EncodeToString(sum[:8])
}

// Any sequence of edits, undone step by step, passes through exactly the
// states before; redone, back; also closed and opened in between.
func TestUndoIsExactWhateverIsDone(t *testing.T) {
	photos := testFiles(t, torturePhotos)
	touched := map[string]bool{}
	defer func() {
		for _, tbl := range undoable {
			if !touched[tbl] {
				t.Errorf("no random edit ever changes the table %s: give randomEdit one", tbl)
			}
		}
	}()
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		must(t, err)
		p, err := Create(t.Context(), filepath.Join(dir, "a"+Extension))
		must(t, err)
		defer func() { _ = p.Close() }()
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		clock := func() time.Time { return now }
		p.now = clock
		roll := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "roll") }
		reopen := func() {
			if roll(8) != 0 {
				return
			}
			must(t, p.Close())
			if p, err = Open(t.Context(), p.Path(), Options{}); err != nil {
				rt.Fatal(err)
			}
			p.now = clock
		}
		// states[i] is what the project holds after i steps.
		states := []string{state(t, p)}
		steps := func() int {
			h, err := p.History(t.Context())
			must(t, err)
			n := 0
			for _, s := range h {
				if !s.Undone {
					n++
				}
			}
			return n
		}
		for range 1 + roll(25) {
			now = now.Add(time.Duration(roll(5)) * time.Second)
			if err := randomEdit(t.Context(), p, roll, photos); err != nil {
				rt.Fatal(err)
			}
			n := steps() // an edit may add a step, continue the last, or change nothing
			if n > len(states) {
				rt.Fatalf("one edit made %d steps", n-len(states)+1)
			}
			states = append(states[:n], state(t, p))
			reopen()
		}
		rows, err := p.readDB.QueryContext(t.Context(), `SELECT DISTINCT tbl FROM undo_change`)
		must(t, err)
		for rows.Next() {
			var tbl string
			must(t, rows.Scan(&tbl))
			touched[tbl] = true
		}
		must(t, rows.Close())
		for i := len(states) - 2; i >= 0; i-- {
			step, err := p.Undo(t.Context())
			if err != nil {
				rt.Fatalf("undo to state %d: %v", i, err)
			}
			if got := state(t, p); got != states[i] {
				rt.Fatalf("undo of %q gave\n%s\nwant\n%s", step.Label, got, states[i])
			}
			reopen()
		}
		for i := 1; i < len(states); i++ {
			step, err := p.Redo(t.Context())
			if err != nil {
				rt.Fatalf("redo to state %d: %v", i, err)
			}
			if got := state(t, p); got != states[i] {
				rt.Fatalf("redo of %q gave\n%s\nwant\n%s", step.Label, got, states[i])
			}
			reopen()
		}
	})
}

func seeded(seed uint64) dice { return rand.New(rand.NewPCG(seed, 1)).IntN }
