package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

// gate is a store whose transactions wait until they are let go.
type gate struct {
	store.Applier
	arrived chan int
	release chan struct{}
}

func (g *gate) Apply(ctx context.Context, group []store.Cast) (map[string]store.Count, error) {
	g.arrived <- len(group)
	<-g.release
	return g.Applier.Apply(ctx, group)
}

// While one group is committed the next one gathers; of a voter's votes in it
// the last one counts. Closing keeps what waits.
func TestWriterGathers(t *testing.T) {
	s := open(t, kinds["sqlite"](t))
	g := &gate{s, make(chan int), make(chan struct{})}
	w := store.NewWriter(g, func(int, time.Duration, map[string]store.Count, error) {})
	results := make(chan store.Result, 10)
	var all sync.WaitGroup
	send := func(c store.Cast, waiting int) {
		all.Go(func() {
			r, err := w.Cast(t.Context(), c)
			if err != nil {
				t.Error(err)
			}
			results <- r
		})
		until(t, func() bool { return w.Waiting() == waiting })
	}
	send(cast("k/e", "first", votes.Up), 0)
	if n := <-g.arrived; n != 1 {
		t.Errorf("the first group has %d", n)
	}
	send(cast("k/e", "second", votes.Up), 1)
	send(cast("k/e", "third", votes.Up), 2)
	send(cast("k/e", "second", votes.Down), 3)
	g.release <- struct{}{}
	if n := <-g.arrived; n != 2 {
		t.Errorf("the second group has %d", n)
	}
	closed := make(chan struct{})
	go func() { w.Close(); close(closed) }()
	g.release <- struct{}{}
	<-closed
	all.Wait()
	close(results)
	downs := 0
	for r := range results {
		if r.Mine == votes.Down {
			downs++
			if r.Tally != (votes.Tally{Up: 2, Down: 1}) {
				t.Errorf("answered %+v", r)
			}
		}
	}
	if downs != 2 {
		t.Errorf("%d answers say what the second voter voted last", downs)
	}
	if _, err := w.Cast(t.Context(), cast("k/e", "late", votes.Up)); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a closed writer says %v", err)
	}
	honest(t, s)
}

func TestWriterIsBounded(t *testing.T) {
	s := open(t, kinds["sqlite"](t))
	g := &gate{s, make(chan int, 100), make(chan struct{})}
	w := store.NewWriter(g, func(int, time.Duration, map[string]store.Count, error) {})
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	full := make(chan struct{})
	var once sync.Once
	for range 64 {
		all.Go(func() {
			gone, leave := context.WithCancel(ctx)
			leave()
			for ctx.Err() == nil {
				_, err := w.Cast(gone, cast("k/e", "one", votes.Up)) // queued, and not waited for
				if errors.Is(err, store.ErrFull) {
					once.Do(func() { close(full) })
					return
				}
			}
		})
	}
	<-full
	cancel()
	all.Wait()
	close(g.release)
	w.Close()
	if f := read(t, s, "k/e", "one"); f.Tally != (votes.Tally{Up: 1}) {
		t.Errorf("it kept %+v", f)
	}
}

// A store that fails answers everybody of the group, and only them.
func TestWriterTellsFailure(t *testing.T) {
	s := open(t, kinds["sqlite"](t))
	failing := &failer{Applier: s, err: errors.New("the disk is full")}
	var told error
	w := store.NewWriter(failing, func(_ int, _ time.Duration, _ map[string]store.Count, err error) { told = err })
	defer w.Close()
	if _, err := w.Cast(t.Context(), cast("k/e", "one", votes.Up)); !errors.Is(err, failing.err) || !errors.Is(told, failing.err) {
		t.Errorf("told %v and %v", err, told)
	}
	if r, err := w.Cast(t.Context(), cast("k/e", "one", votes.Up)); err != nil || r.Tally != (votes.Tally{Up: 1}) {
		t.Errorf("then %+v, %v", r, err)
	}
}

// failer fails once.
type failer struct {
	store.Applier
	err    error
	failed bool
}

func (f *failer) Apply(ctx context.Context, group []store.Cast) (map[string]store.Count, error) {
	if !f.failed {
		f.failed = true
		return nil, f.err
	}
	return f.Applier.Apply(ctx, group)
}

// until waits for a condition.
func until(t testing.TB, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatal("it never came")
		}
		time.Sleep(time.Millisecond)
	}
}
