// Package photos owns photos on screen: a Loader that decodes, develops and
// scales off the UI goroutine to exact device pixels, and the View widget that
// shows one photo.
//
//	View ── box in device pixels ──▶ Loader ── newest first ──▶ workers
//	  ▲                                │ memory, bounded          │
//	  └────────────── do ◀─────────────┴──────────────────────────┘
package photos

import (
	"context"
	"encoding/json"
	"image"
	"slices"
	"sync"

	"photodesk/project"
)

// Source is where photos come from; *project.Project is one.
type Source interface {
	Thumbnail(context.Context, project.Photo) ([]byte, error)
	Original(project.Photo) ([]byte, error)
}

// memory is how many bytes of pixels a loader keeps.
const memory = 80 << 20

// Loader makes pixels for the screen. Its methods are safe for any goroutine;
// results arrive through the dispatcher that it was made with.
type Loader struct {
	do func(func())

	mu      sync.Mutex
	wake    *sync.Cond
	src     Source
	gen     int                // of the source
	queues  [2][]*task         // small and large, the newest last
	pending map[key]*task      // queued or being made
	kept    lru                // pixels
	stale   map[*task]struct{} // being made, but not to be kept
	ctx     context.Context    // of the source
	cancel  context.CancelFunc
	closed  bool
	workers sync.WaitGroup
}

type key struct {
	photo  int64
	sha    string
	recipe string
	w, h   int
	large  bool
}

type task struct {
	key     key
	photo   project.Photo
	gen     int
	waiters []*waiter
	running bool
	told    []*waiter   // on their way to the UI goroutine
	img     *image.RGBA // for them, as long as one of them wants it
}

type waiter struct {
	got  func(img *image.RGBA, err error)
	dead bool
}

// NewLoader starts a loader. do runs a function on the UI goroutine: fyne.Do in
// the program.
func NewLoader(src Source, do func(func())) *Loader {
	l := &Loader{src: src, do: do, pending: map[key]*task{}, stale: map[*task]struct{}{}, kept: newLRU(memory)}
	l.wake = sync.NewCond(&l.mu)
	l.ctx, l.cancel = context.WithCancel(context.Background())
	// Small ones never wait behind a large one.
	for _, queue := range []int{small, small, large} {
		l.workers.Add(1)
		go l.work(queue)
	}
	return l
}

const (
	small = iota
	large
)

// SetSource turns to another project and forgets what was kept of the last one.
func (l *Loader) SetSource(src Source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancel()
	l.ctx, l.cancel = context.WithCancel(context.Background())
	l.src = src
	l.gen++
	l.queues = [2][]*task{}
	l.pending = map[key]*task{}
	l.kept = newLRU(memory)
}

// Do runs fn on the UI goroutine.
func (l *Loader) Do(fn func()) { l.do(fn) }

// Thumbnail asks for the photo, developed, as large as fits into w by h device
// pixels, from the small view that the library keeps. got is called once: at
// once where the pixels are in memory, else through the dispatcher; never after
// cancel was called on the UI goroutine. The pixels are shared: don't change them.
func (l *Loader) Thumbnail(ph project.Photo, w, h int, got func(img *image.RGBA, err error)) (cancel func()) {
	return l.ask(ph, w, h, false, got)
}

// Preview is Thumbnail from the original, for large views.
func (l *Loader) Preview(ph project.Photo, w, h int, got func(img *image.RGBA, err error)) (cancel func()) {
	return l.ask(ph, w, h, true, got)
}

func (l *Loader) ask(ph project.Photo, w, h int, big bool, got func(*image.RGBA, error)) func() {
	w, h = within(ph, w, h)
	k := key{photo: ph.ID, sha: ph.SHA256, recipe: recipeKey(ph), w: w, h: h, large: big}
	l.mu.Lock()
	if img := l.kept.get(k); img != nil {
		l.mu.Unlock()
		got(img, nil)
		return func() {}
	}
	if l.closed {
		l.mu.Unlock()
		return func() {}
	}
	wt := &waiter{got: got}
	t := l.pending[k]
	if t == nil {
		t = &task{key: k, photo: ph, gen: l.gen}
		l.pending[k] = t
		l.queues[k.queue()] = append(l.queues[k.queue()], t)
	} else if !t.running { // asked for again: the newest once more
		q := l.queues[k.queue()]
		if i := slices.Index(q, t); i >= 0 {
			q = append(slices.Delete(q, i, i+1), t)
		}
		l.queues[k.queue()] = q
	}
	t.waiters = append(t.waiters, wt)
	l.wake.Broadcast()
	l.mu.Unlock()
	return func() { l.drop(t, wt) }
}

func (k key) queue() int {
	if k.large {
		return large
	}
	return small
}

// drop takes back one request; a photo that nobody waits for is not begun.
func (l *Loader) drop(t *task, wt *waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	wt.dead = true
	if !slices.ContainsFunc(t.told, func(w *waiter) bool { return !w.dead }) {
		// The window may be busy scrolling for long: what nobody wants any more
		// must not wait with its pixels until it has time.
		t.img = nil
	}
	if i := slices.Index(t.waiters, wt); i >= 0 {
		t.waiters = slices.Delete(t.waiters, i, i+1)
	}
	if len(t.waiters) > 0 || t.running {
		return
	}
	q := l.queues[t.key.queue()]
	if i := slices.Index(q, t); i >= 0 {
		l.queues[t.key.queue()] = slices.Delete(q, i, i+1)
	}
	if l.pending[t.key] == t {
		delete(l.pending, t.key)
	}
}

// Busy reports whether somebody waits for pixels.
func (l *Loader) Busy() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.pending) > 0
}

// Forget drops what is kept of a photo, for example after its original was found again.
func (l *Loader) Forget(photoID int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept.drop(func(k key) bool { return k.photo == photoID })
	for k, t := range l.pending {
		if k.photo == photoID && t.running {
			l.stale[t] = struct{}{}
		}
	}
}

// Close ends the workers and waits for what they have in hand.
func (l *Loader) Close() {
	l.mu.Lock()
	l.closed = true
	l.cancel()
	l.queues = [2][]*task{}
	l.wake.Broadcast()
	l.mu.Unlock()
	l.workers.Wait()
}

func (l *Loader) work(queue int) {
	defer l.workers.Done()
	for {
		l.mu.Lock()
		for len(l.queues[queue]) == 0 && !l.closed {
			l.wake.Wait()
		}
		if l.closed {
			l.mu.Unlock()
			return
		}
		q := l.queues[queue]
		t := q[len(q)-1]
		l.queues[queue] = q[:len(q)-1]
		t.running = true
		src, ctx := l.src, l.ctx
		l.mu.Unlock()

		img, err := render(ctx, src, t.photo, t.key.w, t.key.h, t.key.large)
		l.finish(t, img, err)
	}
}

func (l *Loader) finish(t *task, img *image.RGBA, err error) {
	l.mu.Lock()
	if l.pending[t.key] == t {
		delete(l.pending, t.key)
	}
	_, stale := l.stale[t]
	delete(l.stale, t)
	if err == nil && t.gen == l.gen && !stale {
		l.kept.put(t.key, img)
	}
	waiters := t.waiters
	t.waiters = nil
	quiet := l.closed || t.gen != l.gen
	if !quiet {
		t.told, t.img = waiters, img
	}
	l.mu.Unlock()
	if quiet || len(waiters) == 0 {
		return
	}
	l.do(func() {
		for _, w := range waiters {
			l.mu.Lock()
			dead, img := w.dead, t.img
			l.mu.Unlock()
			if !dead {
				w.got(img, err)
			}
		}
		l.mu.Lock()
		t.told, t.img = nil, nil
		l.mu.Unlock()
	})
}

// recipeKey tells recipes apart that make other pixels.
func recipeKey(ph project.Photo) string {
	if ph.Recipe.IsZero() {
		return ""
	}
	r := ph.Recipe
	r.Focus = nil
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error() // NaN, which Validate keeps out of a project
	}
	return string(b)
}
