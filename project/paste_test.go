package project

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photodesk/project/wording"
)

const wire = `A storm ends

By Jane Doe

The wind fell on Saturday. See *the map* [1].

Nobody was hurt.

The lighthouse stands in spray. Jane Doe/AFP/Getty Images)

Boats leave the harbour. John Roe/Reuters

A roof lies on the beach. Jane Doe/AP

A fourth photograph is not here yet. Jane Doe/AP
`

func TestPasteMakesAnEssayInOneStep(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	dir := testFiles(t, 3)
	must(t, os.Rename(filepath.Join(dir, "photo-02.jpg"), filepath.Join(dir, "lighthouse.jpg")))
	_, err := p.Import(ctx, []string{dir}, nil)
	must(t, err)
	story, err := p.Match(ctx, wire)
	must(t, err)
	if h, _ := p.History(ctx); len(h) != 1 {
		t.Fatal("recognising changed something")
	}
	var pairs []int64
	for _, c := range story.Captions {
		pairs = append(pairs, c.PhotoID)
	}
	if want := []int64{1, 2, 3, 0}; !slices.Equal(pairs, want) {
		t.Fatalf("pairs %v, want %v", pairs, want)
	}
	id, err := p.Paste(ctx, story, "")
	must(t, err)
	e, err := p.Essay(ctx, id)
	must(t, err)
	if e.Slug != "a-storm-ends" || e.Headline != "A storm ends" || e.Byline != "Jane Doe" {
		t.Errorf("essay %+v", e)
	}
	var kinds []string
	var read []string
	for _, b := range e.Blocks {
		kinds = append(kinds, string(b.Kind))
		for _, par := range Paragraphs(b.Text) {
			read = append(read, Plain(par))
		}
		for _, pl := range b.Placements {
			read = append(read, *pl.Caption)
		}
	}
	if got := strings.Join(kinds, " "); got != "photo text photo text photo text" {
		t.Errorf("blocks %s", got)
	}
	// No word of the story is lost, and nothing in it became markup.
	for _, want := range []string{"The wind fell on Saturday. See *the map* [1].", "Nobody was hurt.", "The lighthouse stands in spray.", "A fourth photograph is not here yet. Jane Doe/AP"} {
		if !slices.Contains(read, want) {
			t.Errorf("%q is not in the essay: %q", want, read)
		}
	}
	ph, err := p.Photo(ctx, 1)
	must(t, err)
	if ph.CreditLine != "Jane Doe/AFP via Getty Images" || ph.Byline != "Jane Doe" {
		t.Errorf("photo credited %q by %q", ph.CreditLine, ph.Byline)
	}
	_, err = p.Undo(ctx)
	must(t, err)
	if es, _ := p.Essays(ctx); len(es) != 0 {
		t.Error("pasting is more than one step")
	}
	if ph, _ = p.Photo(ctx, 1); ph.CreditLine != "" {
		t.Error("undo left the pasted credit")
	}
}

func TestOwnCreditAgainstPasted(t *testing.T) {
	for name, c := range map[string]struct{ own, pasted, kept string }{
		"none":            {"", "Jane Doe/AP", ""},
		"the same":        {"Jane Doe/AP", "Jane Doe/AP", ""},
		"nobody":          {"HO", "Jane Doe/AP", ""},
		"byline only":     {"Jane Doe", "Jane Doe/AP", ""},
		"another byline":  {"John Roe", "Jane Doe/AP", "John Roe"},
		"another agency":  {"Jane Doe/AFP", "Jane Doe/AP", "Jane Doe/AFP"},
		"nothing pasted":  {"Jane Doe/AFP", "", ""},
		"one distributor": {"Jane Doe/AFP", "Jane Doe/AFP via Getty Images", "Jane Doe/AFP"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ownCredit(Photo{CreditLine: c.own}, wording.ParseCredit(c.pasted)); got != c.kept {
				t.Errorf("kept %q, want %q", got, c.kept)
			}
		})
	}
}
