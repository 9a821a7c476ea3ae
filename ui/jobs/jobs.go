// Package jobs owns work that runs beside the window: several jobs at once,
// each with progress and Cancel, and the bar at the window's bottom that shows
// them with the saved state.
package jobs

// This file owns the jobs themselves; nothing in it draws.

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Progress is how far a job is. A Total of 0 means that nobody can tell.
type Progress struct {
	Done, Total int
	Text        string // "Processing files… 7 of 16 — bridge.jpg"
}

// State is what became of a job.
type State int

// The states of a job.
const (
	Running State = iota
	Cancelling
	Done
	Cancelled
	Failed
)

// Jobs runs jobs. Its methods are safe for any goroutine; what it tells others
// it tells through the dispatcher.
type Jobs struct {
	do func(func())

	mu      sync.Mutex
	list    []*Job // running, and failed until dismissed
	watch   []*func()
	told    bool // a change is on its way to the watchers
	closed  bool
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// Job is one piece of work.
type Job struct {
	js     *Jobs
	name   string
	cancel context.CancelFunc
	ended  chan struct{}

	// Under js.mu.
	state    State
	progress Progress
	err      error
	then     []func(error)
	pace     pace
	again    func()
}

// PanicError is the failure of a job that panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf(lang.L("something went wrong inside Photodesk: %v"), e.Value)
}

// New makes a runner. do runs a function on the UI goroutine: fyne.Do in the program.
func New(do func(func())) *Jobs {
	js := &Jobs{do: do}
	js.ctx, js.cancel = context.WithCancel(context.Background())
	return js
}

// Start begins work in a goroutine of its own. report may be called as often as
// the work likes; the window hears of the last one. After Close the job ends at
// once with context.Canceled.
func (js *Jobs) Start(name string, work func(ctx context.Context, report func(Progress)) error) *Job {
	ctx, cancel := context.WithCancel(js.ctx)
	j := &Job{js: js, name: name, cancel: cancel, ended: make(chan struct{})}
	js.mu.Lock()
	closed := js.closed
	if !closed {
		js.list = append(js.list, j)
		js.running.Add(1)
	}
	js.mu.Unlock()
	if closed {
		cancel()
		j.state, j.err = Cancelled, context.Canceled
		close(j.ended)
		return j
	}
	js.tell()
	go func() {
		defer js.running.Done()
		defer cancel()
		j.finish(j.run(ctx, work))
	}()
	return j
}

func (j *Job) run(ctx context.Context, work func(context.Context, func(Progress)) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{Value: r, Stack: debug.Stack()}
		}
	}()
	return work(ctx, j.report)
}

func (j *Job) report(p Progress) {
	j.js.mu.Lock()
	j.progress = p
	j.pace.report(p.Done, p.Total, time.Now())
	j.js.mu.Unlock()
	j.js.tell()
}

func (j *Job) finish(err error) {
	js := j.js
	js.mu.Lock()
	j.err = err
	switch {
	case err == nil:
		j.state = Done
	case errors.Is(err, context.Canceled):
		j.state = Cancelled
	default:
		j.state = Failed
	}
	if j.state != Failed {
		js.remove(j)
	}
	then := j.then
	j.then = nil
	close(j.ended)
	js.mu.Unlock()
	js.tell()
	if len(then) > 0 {
		js.do(func() {
			for _, fn := range then {
				fn(err)
			}
		})
	}
}

// remove takes the job off the list; the caller holds mu.
func (js *Jobs) remove(j *Job) {
	if i := slices.Index(js.list, j); i >= 0 {
		js.list = slices.Delete(js.list, i, i+1)
	}
}

// Watch calls fn on the UI goroutine after anything changed, until stop;
// changes that come quicker than the UI takes them are told once.
func (js *Jobs) Watch(fn func()) (stop func()) {
	js.mu.Lock()
	defer js.mu.Unlock()
	w := &fn
	js.watch = append(js.watch, w)
	return func() {
		js.mu.Lock()
		defer js.mu.Unlock()
		js.watch = slices.DeleteFunc(js.watch, func(other *func()) bool { return other == w })
	}
}

func (js *Jobs) tell() {
	js.mu.Lock()
	if js.told || len(js.watch) == 0 {
		js.mu.Unlock()
		return
	}
	js.told = true
	js.mu.Unlock()
	js.do(func() {
		js.mu.Lock()
		js.told = false
		fns := slices.Clone(js.watch)
		js.mu.Unlock()
		for _, fn := range fns {
			(*fn)()
		}
	})
}

// List is the jobs that run, and those that failed and were not dismissed, the
// oldest first.
func (js *Jobs) List() []*Job {
	js.mu.Lock()
	defer js.mu.Unlock()
	return slices.Clone(js.list)
}

// Running is how many jobs have not ended.
func (js *Jobs) Running() int {
	js.mu.Lock()
	defer js.mu.Unlock()
	n := 0
	for _, j := range js.list {
		if j.state == Running || j.state == Cancelling {
			n++
		}
	}
	return n
}

// Wait waits until every job has ended. Not for the UI goroutine: a job may be
// waiting for that.
func (js *Jobs) Wait() { js.running.Wait() }

// Close cancels every job and waits for their ends.
func (js *Jobs) Close() {
	js.mu.Lock()
	js.closed = true
	js.mu.Unlock()
	js.cancel()
	js.running.Wait()
}

// Name is what the job is called.
func (j *Job) Name() string { return j.name }

// State is what became of the job so far.
func (j *Job) State() State {
	j.js.mu.Lock()
	defer j.js.mu.Unlock()
	return j.state
}

// Progress is what the job last reported.
func (j *Job) Progress() Progress {
	j.js.mu.Lock()
	defer j.js.mu.Unlock()
	return j.progress
}

// Err is why the job failed; nil while it runs and after it is done.
func (j *Job) Err() error {
	j.js.mu.Lock()
	defer j.js.mu.Unlock()
	return j.err
}

// Cancel asks the job to end and answers at once: the job shows so although its
// work may still be putting something in order.
func (j *Job) Cancel() {
	j.js.mu.Lock()
	if j.state == Running {
		j.state = Cancelling
	}
	j.js.mu.Unlock()
	j.cancel()
	j.js.tell()
}

// Dismiss takes a failed job off the list.
func (j *Job) Dismiss() {
	j.js.mu.Lock()
	if j.state == Failed {
		j.js.remove(j)
	}
	j.js.mu.Unlock()
	j.js.tell()
}

// Then calls fn on the UI goroutine when the job has ended, with its error:
// nil, one that wraps context.Canceled, or the failure.
func (j *Job) Then(fn func(err error)) *Job {
	j.js.mu.Lock()
	select {
	case <-j.ended:
		err := j.err
		j.js.mu.Unlock()
		j.js.do(func() { fn(err) })
		return j
	default:
	}
	j.then = append(j.then, fn)
	j.js.mu.Unlock()
	return j
}

// Wait waits for the job's end and returns its error.
func (j *Job) Wait() error {
	<-j.ended
	return j.Err()
}
