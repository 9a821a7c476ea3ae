package service

// This file owns the tallies in memory, and the subjects whose tokens were
// verified. Both are bounded and hold nothing that the store doesn't.

import (
	"context"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/hashicorp/golang-lru/v2/simplelru"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

const (
	remembered = 100_000 // tallies, and tokens
	// shortLife is how long a tally is believed that another instance may change unheard.
	shortLife = 2 * time.Second
	// longLife is how long one is believed while the store tells of every change.
	longLife = time.Minute
	// claim is how long one reader has to read a tally again, while others have the old one.
	claim = time.Second
)

type board struct {
	store store.Store

	mu      sync.Mutex
	entries *simplelru.LRU[string, *entry]
	life    time.Duration
	since   time.Time // what was learnt before is not believed
}

type entry struct {
	store.Count
	learnt  time.Time
	claimed time.Time
}

func newBoard(s store.Store) *board {
	entries, err := simplelru.NewLRU[string, *entry](remembered, nil)
	if err != nil {
		panic(err) // the size above is wrong
	}
	return &board{store: s, entries: entries, life: shortLife}
}

// watched says whether every change is heard from now on.
func (b *board) watched(yes bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if yes {
		b.life, b.since = longLife, time.Now()
	} else {
		b.life = shortLife
	}
}

// put takes a count that was asked for at a moment; the zero moment for one that
// was heard. Newer versions win, and so does what was asked for after what is
// known was learnt: a store may have been put back to an older state.
func (b *board) put(subject string, c store.Count, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.learn(subject, c, at)
}

func (b *board) learn(subject string, c store.Count, at time.Time) {
	e, ok := b.entries.Get(subject)
	if !ok {
		if at.IsZero() {
			return // nobody asks for it here
		}
		e = &entry{}
		b.entries.Add(subject, e)
	}
	c.Revision = max(c.Revision, e.Revision) // what is heard has none
	if c.Version >= e.Version || at.After(e.learnt) {
		e.Count = c
	}
	e.learnt = time.Now()
	e.claimed = time.Time{}
}

// get finds counts in order, in the store where memory has none or old ones.
func (b *board) get(ctx context.Context, subjects []string) ([]store.Found, error) {
	out := make([]store.Found, len(subjects))
	missing := b.known(subjects, out)
	if len(missing) == 0 {
		return out, nil
	}
	asked := make([]store.Asked, len(missing))
	for i, at := range missing {
		asked[i].Subject = subjects[at]
	}
	began := time.Now()
	found, err := b.store.Read(ctx, asked)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, at := range missing {
		b.learn(subjects[at], found[i].Count, began)
		if e, ok := b.entries.Peek(subjects[at]); ok {
			out[at].Count = e.Count
		}
	}
	return out, nil
}

// known fills in what memory has and returns the places of what it hasn't.
func (b *board) known(subjects []string, out []store.Found) (missing []int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	for i, s := range subjects {
		e, ok := b.entries.Get(s)
		switch {
		case !ok:
			missing = append(missing, i)
			continue
		case (now.Sub(e.learnt) >= b.life || e.learnt.Before(b.since)) && now.Sub(e.claimed) >= claim:
			e.claimed = now
			missing = append(missing, i)
		}
		out[i].Count = e.Count
	}
	return missing
}

// named is what a verified token says.
type named struct {
	votes.Subject
	rules votes.Rules
}

// subjects remembers which tokens were verified: a signature takes longer to
// check than a tally to answer. And of which essays the store knows the rules'
// newest revision, so that each is written once.
type subjects struct {
	byToken *lru.Cache[string, named]
	learnt  *lru.Cache[string, int64]
}

func newSubjects() *subjects {
	byToken, err := lru.New[string, named](remembered)
	if err != nil {
		panic(err) // the size above is wrong
	}
	learnt, err := lru.New[string, int64](remembered)
	if err != nil {
		panic(err)
	}
	return &subjects{byToken, learnt}
}

func (s *subjects) get(token string) (named, bool) { return s.byToken.Get(token) }

func (s *subjects) put(token string, n named) { s.byToken.Add(token, n) }

// learn has the store remember the revisions that tokens have shown.
func (s *subjects) learn(ctx context.Context, in store.Store, shown ...named) error {
	fresh := map[string]int64{}
	for _, n := range shown {
		essay := votes.EssayOf(n.String())
		if known, _ := s.learnt.Get(essay); n.rules.Revision > max(known, fresh[essay]) {
			fresh[essay] = n.rules.Revision
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := in.Learn(ctx, fresh); err != nil {
		return err
	}
	for essay, revision := range fresh {
		s.learnt.Add(essay, revision)
	}
	return nil
}

// stale reports whether an essay has newer rules than a token's, going by what
// this instance was shown.
func (s *subjects) stale(n named) bool {
	known, _ := s.learnt.Peek(votes.EssayOf(n.String()))
	return n.rules.Revision < known
}
