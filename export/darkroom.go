package export

// This file owns the darkroom: derivatives made before an export asks for them, behind the editor's back.
//
//	project ── Event ──▶ look ──▶ photos of essays, then those just imported ──▶ one at a time, while nobody else is at work ──▶ cache

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"photodesk/export/derive"
	"photodesk/export/page"
	"photodesk/project"
	"photodesk/project/photo"
)

// Darkroom makes derivatives into the cache while its project is open, so that an export finds them ready. It is in nobody's
// way: one thread of the lowest priority, which rests while others work.
type Darkroom struct {
	project *project.Project
	busy    func() bool
	settle  time.Duration

	wake chan struct{}

	mu      sync.Mutex
	options Options
	off     bool
	all     bool // everything is to be looked at again
	essays  map[int64]bool
	photos  map[int64]bool // that an edit touched
	left    int
}

// settleRecipe is how long a recipe rests before its derivatives are made: a slider goes through a hundred of them.
const settleRecipe = 2 * time.Second

// NewDarkroom prepares a darkroom; Work opens it. o is what the editor usually exports with; of it only the cache and the
// choices that decide pixels matter. busy says whether work of the editor's own is going on, and is asked often; nil is never.
func NewDarkroom(p *project.Project, o Options, busy func() bool) *Darkroom {
	if busy == nil {
		busy = func() bool { return false }
	}
	return &Darkroom{
		project: p, busy: busy, options: o, settle: settleRecipe, wake: make(chan struct{}, 1), all: true, left: -1,
		essays: map[int64]bool{}, photos: map[int64]bool{},
	}
}

// Use turns to other options.
func (d *Darkroom) Use(o Options) {
	d.mu.Lock()
	d.options, d.left = o, -1
	d.mu.Unlock()
	d.nudge()
}

// Rest stops the work, or lets it go on.
func (d *Darkroom) Rest(off bool) {
	d.mu.Lock()
	d.off = off
	d.mu.Unlock()
	d.nudge()
}

// Left is how many photos still wait to be made, and whether it has looked since the last edit.
func (d *Darkroom) Left() (photos int, known bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return max(d.left, 0), d.left >= 0
}

// tell says how much is left to be made with o, unless something was changed meanwhile.
func (d *Darkroom) tell(o Options, left int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.options == o && !d.all && len(d.essays)+len(d.photos) == 0 {
		d.left = left
	}
}

func (d *Darkroom) nudge() {
	select {
	case d.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// heard notes what an edit touched.
func (d *Darkroom) heard(e project.Event) {
	d.mu.Lock()
	d.all = d.all || e.Elsewhere
	d.left = -1
	for _, c := range e.Changes {
		switch c.Table {
		case "essay":
			d.essays[c.ID] = true
		case "photo":
			d.photos[c.ID] = true
		}
	}
	d.mu.Unlock()
	d.nudge()
}

// Work makes derivatives until ctx ends. It does nothing for a view, nor where no cache can be had. A photo that can't be
// made is left to the export, which says why.
func (d *Darkroom) Work(ctx context.Context) {
	d.mu.Lock()
	cache := openCache(d.options.Cache)
	d.mu.Unlock()
	if cache == nil || d.project.ReadOnly() {
		return
	}
	stop := d.project.Watch(d.heard)
	defer stop()
	b := &bench{room: d, cache: cache, placed: map[int64]*project.Essay{}, photos: map[int64]project.Photo{}, touched: map[int64]time.Time{}, done: map[string]bool{}}
	ended := make(chan struct{})
	go func() { // a goroutine of its own, since its thread is of no use to others afterwards
		defer close(ended)
		stepBack()
		b.work(ctx)
	}()
	<-ended
}

// building counts the bundles being built, for exports and previews.
var building atomic.Int32

// turn is how often somebody else's work is looked at.
const turn = 50 * time.Millisecond

// yield waits while others work.
func (d *Darkroom) yield(ctx context.Context) error {
	for {
		d.mu.Lock()
		off := d.off
		d.mu.Unlock()
		if !off && building.Load() == 0 && !d.busy() {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(turn):
		}
	}
}

// bench is where the work lies: what the darkroom knows of the project, used by its one thread alone.
type bench struct {
	room    *Darkroom
	cache   *derive.Cache
	placed  map[int64]*project.Essay
	photos  map[int64]project.Photo // placed, or imported since the project was opened
	fresh   []int64                 // imported since then, as they came
	newest  int64                   // the photo that was the newest then
	touched map[int64]time.Time     // when a recipe changed
	done    map[string]bool         // by all that decides pixels: ready, or past helping
	made    int64                   // bytes put into the cache
	options Options

	queue   []task
	waiting int // tasks that are not ripe; the first of them is at ripe
	ripe    time.Time
}

// task is a photo to be made for an essay: a theme and, for its first photo, a card.
type task struct {
	essay *project.Essay
	photo project.Photo
	card  bool
}

func (b *bench) work(ctx context.Context) {
	for ctx.Err() == nil {
		changed, err := b.look(ctx)
		if err != nil {
			return // closed, or past helping: whoever reads next says so
		}
		if changed || b.waiting > 0 && !time.Now().Before(b.ripe) {
			b.plan()
		}
		b.room.tell(b.options, len(b.queue)+b.waiting)
		if len(b.queue) > 0 {
			t := b.queue[0]
			if b.room.yield(ctx) == nil {
				b.queue = b.queue[1:]
				b.make(ctx, t)
			}
			continue
		}
		var ripe <-chan time.Time
		if b.waiting > 0 {
			ripe = time.After(time.Until(b.ripe))
		}
		select {
		case <-ctx.Done():
		case <-b.room.wake:
		case <-ripe:
		}
	}
}

// look reads what was touched since it looked last, in short readings: a long one would hold up an edit.
func (b *bench) look(ctx context.Context) (changed bool, err error) {
	d := b.room
	d.mu.Lock()
	all, essays, photos := d.all, d.essays, d.photos
	changed = all || len(essays)+len(photos) > 0 || d.options != b.options
	if d.options != b.options {
		b.options, b.done = d.options, map[string]bool{}
	}
	d.all, d.essays, d.photos = false, map[int64]bool{}, map[int64]bool{}
	d.mu.Unlock()
	if all {
		heads, err := d.project.Essays(ctx)
		if err != nil {
			return false, err
		}
		for _, h := range heads {
			essays[h.ID] = true
		}
		if b.newest == 0 {
			ids, err := d.project.PhotoIDs(ctx, project.Filter{})
			if err != nil {
				return false, err
			}
			if len(ids) > 0 {
				b.newest = ids[len(ids)-1]
			}
		}
	}
	for id := range essays {
		e, err := d.project.Essay(ctx, id)
		if errors.Is(err, project.ErrNoRow) {
			delete(b.placed, id)
			continue
		}
		if err != nil {
			return false, err
		}
		b.placed[id] = e
		of, err := d.project.PhotosOf(ctx, id)
		if err != nil {
			return false, err
		}
		for _, ph := range of {
			b.keep(ph)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(photos)) {
		ph, err := d.project.Photo(ctx, id)
		if errors.Is(err, project.ErrNoRow) {
			delete(b.photos, id)
			continue
		}
		if err != nil {
			return false, err
		}
		if _, known := b.photos[id]; !known && id > b.newest {
			b.fresh = append(b.fresh, id)
		}
		b.keep(ph)
	}
	return changed, nil
}

func (b *bench) keep(ph project.Photo) {
	if before, ok := b.photos[ph.ID]; ok && decides(before.Recipe) != decides(ph.Recipe) {
		b.touched[ph.ID] = time.Now()
	}
	b.photos[ph.ID] = ph
}

// decides spells the recipe.
func decides(r photo.Recipe) string {
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error() // NaN, which no project keeps
	}
	return string(b)
}

// plan puts what is to be made into the queue, without what changed just now: that waits until it is ripe.
func (b *bench) plan() {
	b.queue, b.waiting = nil, 0
	if b.made > cacheBytes/2 { // more would push out what was made first
		return
	}
	seen := map[string]bool{}
	add := func(t task) {
		if b.done[t.name()] || seen[t.name()] || !b.room.project.HasOriginal(t.photo) {
			return
		}
		seen[t.name()] = true
		at := b.touched[t.photo.ID]
		if at = at.Add(b.room.settle); time.Now().Before(at) {
			if b.waiting == 0 || at.Before(b.ripe) {
				b.ripe = at
			}
			b.waiting++
			return
		}
		b.queue = append(b.queue, t)
	}
	essays := slices.SortedFunc(maps.Values(b.placed), func(x, y *project.Essay) int {
		return cmp.Or(y.UpdatedAt.Compare(x.UpdatedAt), cmp.Compare(y.ID, x.ID))
	})
	for _, e := range essays {
		card, _ := page.CardPhoto(e, func(id int64) bool { return b.photos[id].Sensitive })
		for _, id := range e.PhotoIDs() {
			if ph, ok := b.photos[id]; ok {
				add(task{e, ph, id == card})
			}
		}
	}
	likely := &project.Essay{}
	if len(essays) > 0 {
		likely = essays[0]
	}
	for _, id := range b.fresh {
		if ph, ok := b.photos[id]; ok {
			add(task{likely, ph, false})
		}
	}
}

// name tells tasks apart that give other pixels.
func (t task) name() string {
	card := ""
	if t.card {
		card = "card"
	}
	return t.photo.SHA256 + decides(t.photo.Recipe) + t.essay.Theme + card
}

func (b *bench) make(ctx context.Context, t task) {
	o := b.options
	o.Metadata = derive.PolicyNone // words are none of its business
	theme, err := ThemeNamed(cmp.Or(o.Theme, t.essay.Theme))
	if err != nil {
		return // the export will say so
	}
	pn := &plan{essay: t.essay, theme: theme, project: b.room.project, cache: b.cache, options: o}
	job := pn.photoJob(t.photo)
	job.Yield = b.room.yield
	if !derive.Ready(job) {
		res, err := derive.Make(ctx, job)
		if err != nil && ctx.Err() != nil {
			return
		}
		for _, f := range res.Files {
			b.made += int64(len(f.Data))
		}
	}
	if t.card && b.room.yield(ctx) == nil {
		_, _ = derive.Card(ctx, job)
	}
	if ctx.Err() == nil {
		b.done[t.name()] = true // a failure as well: trying again would fail again
	}
}
