package develop

// This file owns the plate: one photo decoded once, and developed again, off
// the UI goroutine, for every turn of a knob. The newest wish is made first;
// those that it overtakes are never begun.

import (
	"fmt"
	"image"
	"image/draw"
	"sync"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/photos"
)

type plate struct {
	src photos.Source
	do  func(func())
	ph  project.Photo // its recipe is not used

	mu      sync.Mutex
	wake    *sync.Cond
	wish    *wish
	busy    bool
	closed  bool
	workers sync.WaitGroup

	// Of the worker alone.
	info  *photo.Info
	base  *image.NRGBA // upright
	cover int          // the long edge that base was decoded to cover
	full  *image.NRGBA // developed at full size, of which parts are shown
	made  photo.Recipe // that full was made by
}

// wish is a photo to be made: a recipe, in a box of device pixels, or a part of
// it at its full size.
type wish struct {
	recipe photo.Recipe
	w, h   int
	part   image.Rectangle // in pixels of the developed photo; empty: all of it, fitted
	got    func(img *image.RGBA, err error)
}

func newPlate(src photos.Source, ph project.Photo, do func(func())) *plate {
	p := &plate{src: src, ph: ph, do: do}
	p.wake = sync.NewCond(&p.mu)
	p.workers.Add(1)
	go p.work()
	return p
}

// ask wishes for the developed photo as large as fits into the box, never above
// its own pixels.
func (p *plate) ask(w *wish) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.wish = w
		p.wake.Signal()
	}
}

// idle reports whether everything asked for has been made.
func (p *plate) idle() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wish == nil && !p.busy
}

// close ends the worker without waiting for what it has in hand, which nobody
// is told any more.
func (p *plate) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed, p.wish = true, nil
	p.wake.Signal()
}

func (p *plate) work() {
	defer p.workers.Done()
	for {
		p.mu.Lock()
		p.busy = false
		for p.wish == nil && !p.closed {
			p.wake.Wait()
		}
		if p.closed {
			p.mu.Unlock()
			return
		}
		w := p.wish
		p.wish, p.busy = nil, true
		p.mu.Unlock()

		if p.base != nil && !p.enough(w) && w.part.Empty() { // something to look at while more is decoded
			if img, err := p.make(w, false); err == nil {
				p.tell(w, img, nil)
			}
		}
		img, err := p.make(w, true)
		p.tell(w, img, err)
	}
}

func (p *plate) tell(w *wish, img *image.RGBA, err error) {
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if !closed {
		p.do(func() { w.got(img, err) })
	}
}

// size is what a wish comes to in pixels.
func (p *plate) size(w *wish) (int, int) {
	fw, fh := photo.Size(&photo.Info{Width: p.ph.Width, Height: p.ph.Height, Orientation: 1}, w.recipe)
	if !w.part.Empty() {
		return fw, fh
	}
	return fitted(fw, fh, w.w, w.h)
}

// enough reports whether what is decoded serves the wish.
func (p *plate) enough(w *wish) bool {
	ow, oh := p.size(w)
	return p.info != nil && photo.Cover(p.info, w.recipe, max(ow, oh)) <= p.cover
}

// make makes the pixels, sharp ones from as much of the original as they need;
// a panic in a decoder becomes an error.
func (p *plate) make(w *wish, sharp bool) (img *image.RGBA, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("show %s: %v", p.ph.Name, r)
		}
	}()
	ow, oh := p.size(w)
	if sharp && !p.enough(w) {
		if err := p.expose(w.recipe, max(ow, oh)); err != nil {
			return nil, fmt.Errorf("show %s: %w", p.ph.Name, err)
		}
	}
	if !w.part.Empty() {
		if p.full == nil || !same(p.made, w.recipe) {
			p.full, p.made = photo.Fit(photo.Develop(p.base, w.recipe), ow, oh), w.recipe
		}
		part := image.NewNRGBA(image.Rectangle{Max: w.part.Size()})
		draw.Draw(part, part.Rect, p.full, w.part.Min, draw.Src)
		return photo.Opaque(part), nil
	}
	if p.full != nil {
		p.full = nil
		p.shrink(w.recipe, max(ow, oh))
	}
	return photo.Opaque(photo.Fit(photo.Develop(p.base, w.recipe), ow, oh)), nil
}

// shrink gives up pixels that were decoded for a closer look: each turn of a
// knob would pay for them.
func (p *plate) shrink(r photo.Recipe, edge int) {
	if p.info == nil {
		return
	}
	if cover := photo.Cover(p.info, r, edge); cover < p.cover/2 {
		b := p.base.Bounds()
		s := float64(cover) / float64(max(b.Dx(), b.Dy()))
		p.base, p.cover = photo.Fit(p.base, int(float64(b.Dx())*s+0.5), int(float64(b.Dy())*s+0.5)), cover
	}
}

// expose has the photo decoded at a size from which the recipe makes edge.
func (p *plate) expose(r photo.Recipe, edge int) error {
	data, err := p.src.Original(p.ph)
	if err != nil {
		return err
	}
	if p.info == nil {
		if p.info, err = photo.Inspect(data, photo.DefaultLimits); err != nil {
			return err
		}
	}
	cover := photo.Cover(p.info, r, edge)
	img, err := photo.Decode(data, p.info, photo.DecodeOptions{Cover: cover})
	if err != nil {
		return err
	}
	// A decoder may leave twice what is needed; each turn of a knob would pay for it.
	b := img.Bounds()
	if long := max(b.Dx(), b.Dy()); long > cover {
		s := float64(cover) / float64(long)
		img = photo.Fit(img, int(float64(b.Dx())*s+0.5), int(float64(b.Dy())*s+0.5))
	}
	p.base, p.cover = img, cover
	return nil
}

// fitted is a size fitted into a box, never above itself.
func fitted(w, h, boxW, boxH int) (int, int) {
	if w <= 0 || h <= 0 {
		return max(boxW, 1), max(boxH, 1)
	}
	s := min(float64(boxW)/float64(w), float64(boxH)/float64(h), 1)
	return max(1, int(float64(w)*s+0.5)), max(1, int(float64(h)*s+0.5))
}
