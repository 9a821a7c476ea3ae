package project

import (
	"errors"
	"testing"
	"time"
)

// The time of publication is kept with its zone, taken back and done again; a copy hasn't come out yet.
func TestPublicationTimeIsKept(t *testing.T) {
	p := newProject(t)
	var id int64
	must(t, p.Edit(t.Context(), "New essay", func(tx *Tx) (err error) {
		id, err = tx.AddEssay(Essay{Slug: "winter"})
		return err
	}))
	publish := func(at time.Time) error {
		return p.Edit(t.Context(), "Change publication time", func(tx *Tx) error {
			e, err := tx.Essay(id)
			if err != nil {
				return err
			}
			e.Published = at
			return tx.UpdateEssay(e)
		})
	}
	is := func(want string) {
		t.Helper()
		e, err := p.Essay(t.Context(), id)
		must(t, err)
		if got := zoned(e.Published); got != want {
			t.Errorf("published at %q, want %q", got, want)
		}
	}
	is("")
	const at = "2026-12-24T18:00:00+01:00"
	must(t, publish(parseZoned(at)))
	is(at)
	_, err := p.Undo(t.Context())
	must(t, err)
	is("")
	_, err = p.Redo(t.Context())
	must(t, err)
	is(at)
	for _, wrong := range []int{1815, 2200} {
		if err := publish(time.Date(wrong, 6, 18, 11, 0, 0, 0, time.UTC)); !errors.Is(err, ErrInvalid) {
			t.Errorf("the year %d: %v", wrong, err)
		}
	}
	is(at)
	copied, err := p.DuplicateEssay(t.Context(), id)
	must(t, err)
	c, err := p.Essay(t.Context(), copied)
	must(t, err)
	if !c.Published.IsZero() {
		t.Errorf("a copy came out at %v", c.Published)
	}
	must(t, publish(time.Time{}))
	is("")
}
