package project

import (
	"errors"
	"testing"
	"time"
)

func someRules() VoteRules {
	return VoteRules{
		Opens: time.Date(2026, 12, 24, 18, 0, 0, 0, time.FixedZone("", 3600)), Closes: time.Date(2026, 12, 31, 12, 30, 0, 0, time.UTC),
		UpvotesOnly: true, Hidden: true, SignIn: true,
	}
}

func setRules(t *testing.T, p *Project, id int64, r VoteRules) {
	t.Helper()
	must(t, p.Edit(t.Context(), "Change vote rules", func(tx *Tx) error {
		e, err := tx.Essay(id)
		if err != nil {
			return err
		}
		e.VoteRules = r
		return tx.UpdateEssay(e)
	}))
}

// A service never goes back to older rules: every change makes them newer, also
// an undo, a redo, and an essay that was deleted and came back.
func TestRulesOnlyGetNewer(t *testing.T) {
	p := newProject(t)
	var id int64
	must(t, p.Edit(t.Context(), "New essay", func(tx *Tx) (err error) {
		id, err = tx.AddEssay(Essay{Slug: "winter"})
		return err
	}))
	last := int64(0)
	check := func(what string, want VoteRules, newer bool) {
		t.Helper()
		e, err := p.Essay(t.Context(), id)
		must(t, err)
		at := int64(0)
		if !e.RulesAt.IsZero() {
			at = e.RulesAt.Unix()
		}
		if !e.VoteRules.Same(want) || newer != (at > last) || at < last {
			t.Errorf("%s: %+v at %d after %d, want %+v", what, e.VoteRules, at, last, want)
		}
		last = at
	}
	check("an essay without rules", VoteRules{}, false)
	setRules(t, p, id, someRules())
	check("with rules", someRules(), true)
	e, err := p.Essay(t.Context(), id)
	must(t, err)
	if got := e.VoteRules.Opens.Format(time.RFC3339); got != "2026-12-24T18:00:00+01:00" {
		t.Errorf("it opens at %s", got)
	}
	if e.RulesAt.Before(time.Now().Add(-time.Hour)) {
		t.Errorf("changed at %v", e.RulesAt)
	}
	setRules(t, p, id, someRules())
	check("the same again", someRules(), false)
	must(t, p.Edit(t.Context(), "Edit headline", func(tx *Tx) error {
		e.Headline = "Winter"
		return tx.UpdateEssay(e)
	}))
	check("another field", someRules(), false)
	undo := func() {
		_, err := p.Undo(t.Context())
		must(t, err)
	}
	undo()
	check("another field, undone", someRules(), false)
	undo()
	check("undone", VoteRules{}, true)
	_, err = p.Redo(t.Context())
	must(t, err)
	check("redone", someRules(), true)
	must(t, p.Edit(t.Context(), "Delete essay", func(tx *Tx) error { return tx.DeleteEssay(id) }))
	undo()
	check("deleted and back", someRules(), true)
	setRules(t, p, id, VoteRules{})
	check("taken away", VoteRules{}, true)

	setRules(t, p, id, someRules())
	last = 0
	copied, err := p.DuplicateEssay(t.Context(), id)
	must(t, err)
	id = copied
	check("a copy", someRules(), true)
}

func TestRulesThatAreNone(t *testing.T) {
	p := newProject(t)
	for _, at := range []time.Time{time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2107, 1, 1, 0, 0, 0, 0, time.UTC)} {
		err := p.Edit(t.Context(), "New essay", func(tx *Tx) error {
			_, err := tx.AddEssay(Essay{Slug: "winter", VoteRules: VoteRules{Closes: at}})
			return err
		})
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("closing at %v: %v", at, err)
		}
	}
}
