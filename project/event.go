package project

// This file owns who is told what changed.

import (
	"slices"
	"sync"
)

// Change names one row that an edit touched.
type Change struct {
	Table string // "photo", "essay", "block", "placement" or "correction"
	ID    int64
}

// Event tells what one edit, undo or redo changed, after it was committed.
type Event struct {
	Label string
	Undo  bool // came from Undo
	Redo  bool // came from Redo
	// Elsewhere: another program committed, and a view can't tell what; Changes is empty.
	Elsewhere bool
	Changes   []Change
}

// Touches reports whether the event changed, or may have changed, any row of the table.
func (e Event) Touches(table string) bool {
	return e.Elsewhere || slices.ContainsFunc(e.Changes, func(c Change) bool { return c.Table == table })
}

type watchers struct {
	mu   sync.Mutex
	next int
	fns  map[int]func(Event)
}

// Watch calls fn after each commit, on the goroutine that committed; fn must
// not edit the project itself. The returned function ends the watch.
func (p *Project) Watch(fn func(Event)) (stop func()) {
	w := &p.watchers
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fns == nil {
		w.fns = map[int]func(Event){}
	}
	id := w.next
	w.next++
	w.fns[id] = fn
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.fns, id)
	}
}

func (w *watchers) publish(e Event) {
	w.mu.Lock()
	ids := make([]int, 0, len(w.fns))
	for id := range w.fns {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	fns := make([]func(Event), 0, len(ids))
	for _, id := range ids {
		fns = append(fns, w.fns[id])
	}
	w.mu.Unlock()
	for _, fn := range fns {
		fn(e)
	}
}
