package store

// This file owns the gathering of votes: many requests wait for one transaction.
// There is no timer. While a group is being committed the next ones arrive; the
// busier the service, the larger its groups.

import (
	"context"
	"errors"
	"sync"
	"time"

	"photodesk/export/votes"
)

const (
	queueLength = 8192 // how many votes may wait; as many again and the disk can't follow
	maxGroup    = 1024
	// commitTime is how long a group may take before its voters are told that it can't be counted now.
	commitTime = 10 * time.Second
)

var (
	// ErrFull is returned where as many votes wait as may; nothing was kept.
	ErrFull = errors.New("too many votes are waiting")
	// ErrClosed is returned where the writer takes no more; nothing was kept.
	ErrClosed = errors.New("the service is stopping")
	// ErrStale is returned where the vote's essay has newer rules; nothing was kept.
	ErrStale = errors.New("the essay's rules have changed")
)

// Result is what is counted after a vote was kept. Mine is the vote now: the
// same voter's, sent at the same time, may have come after it.
type Result struct {
	Count
	Mine votes.Vote
}

// Applier keeps a group of votes in one transaction; see Store.
type Applier interface {
	Apply(ctx context.Context, group []Cast) (map[string]Count, error)
}

// Writer gathers votes for a store. Make one with NewWriter, end it with Close.
type Writer struct {
	store     Applier
	committed func(votes int, took time.Duration, counts map[string]Count, err error)

	mu     sync.RWMutex // held for reading while a vote is put into the queue
	closed bool
	queue  chan *waiting
	done   chan struct{}
}

type waiting struct {
	Cast
	answer chan answer
}

type answer struct {
	Result
	err error
}

// NewWriter starts to gather votes. committed is called after each group, before
// its voters have their answers; counts is nil where err isn't.
func NewWriter(s Applier, committed func(votes int, took time.Duration, counts map[string]Count, err error)) *Writer {
	w := &Writer{store: s, committed: committed, queue: make(chan *waiting, queueLength), done: make(chan struct{})}
	go w.run()
	return w
}

// Cast keeps a vote and returns once it is committed, or with ErrFull, ErrClosed,
// ErrStale or the store's error. When ctx ends first the vote may be kept all the same.
func (w *Writer) Cast(ctx context.Context, c Cast) (Result, error) {
	v := &waiting{c, make(chan answer, 1)}
	if err := w.put(v); err != nil {
		return Result{}, err
	}
	select {
	case a := <-v.answer:
		return a.Result, a.err
	case <-ctx.Done():
		return Result{}, ctx.Err()
	}
}

func (w *Writer) put(v *waiting) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return ErrClosed
	}
	select {
	case w.queue <- v:
		return nil
	default:
		return ErrFull
	}
}

// Waiting is how many votes wait.
func (w *Writer) Waiting() int { return len(w.queue) }

// Close takes no more votes, waits until those that wait are kept, and returns.
func (w *Writer) Close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *Writer) run() {
	defer close(w.done)
	for first := range w.queue {
		group := []*waiting{first}
	gather:
		for len(group) < maxGroup {
			select {
			case v, ok := <-w.queue:
				if !ok {
					break gather
				}
				group = append(group, v)
			default:
				break gather
			}
		}
		w.commit(group)
	}
}

// commit keeps a group. Of a voter's votes on one subject the last one counts
// that the newest rules took, and all of them are answered with it.
func (w *Writer) commit(group []*waiting) {
	type of struct{ subject, voter string }
	place := make(map[of]int, len(group))
	casts := make([]Cast, 0, len(group))
	at := make([]int, len(group))
	for i, v := range group {
		key := of{v.Subject, string(v.Voter)}
		p, there := place[key]
		if there {
			if v.Revision >= casts[p].Revision {
				casts[p] = v.Cast
			}
		} else {
			p = len(casts)
			place[key] = p
			casts = append(casts, v.Cast)
		}
		at[i] = p
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	began := time.Now()
	counts, err := w.store.Apply(ctx, casts)
	w.committed(len(group), time.Since(began), counts, err)
	for i, v := range group {
		count := counts[v.Subject]
		if err == nil && v.Revision < count.Revision {
			v.answer <- answer{err: ErrStale}
			continue
		}
		v.answer <- answer{Result{count, casts[at[i]].Vote}, err}
	}
}
