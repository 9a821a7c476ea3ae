package gallery

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/photos"
)

// bench is a gallery on photos of a real project.
type bench struct {
	*Gallery
	queue  chan func()
	loader *photos.Loader
	list   []project.Photo
}

// until does what others want done on the UI goroutine until what holds.
func (b *bench) until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for late := time.After(time.Minute); !holds(); {
		select {
		case fn := <-b.queue:
			fn()
		case <-time.After(5 * time.Millisecond):
		case <-late:
			t.Fatalf("in a minute it did not come to: %s", what)
		}
	}
}

func newBench(t testing.TB, n, wide, high int) *bench {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		img := image.NewRGBA(image.Rect(0, 0, wide, high))
		for y := range high {
			for x := range wide {
				img.SetRGBA(x, y, color.RGBA{uint8(x ^ y), uint8(x / 9), uint8(y/7 + 40*i), 255})
			}
		}
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, img, nil); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%d.jpg", i)), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := project.Create(t.Context(), filepath.Join(t.TempDir(), "day.photodesk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if _, err := p.Import(t.Context(), []string{dir}, nil); err != nil {
		t.Fatal(err)
	}
	b := &bench{queue: make(chan func(), 1000)}
	b.list, err = p.Photos(t.Context(), project.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t)
	b.loader = photos.NewLoader(p, func(fn func()) { b.queue <- fn })
	t.Cleanup(b.loader.Close)
	var frames []Frame
	for _, ph := range b.list {
		frames = append(frames, Frame{Photo: ph})
	}
	b.Gallery = New(b.loader, frames, 0)
	test.NewTempWindow(t, b.Gallery).Resize(fyne.NewSize(1180, 820))
	return b
}

// ready waits until the photo is sharp and its neighbours are made.
func (b *bench) ready(t testing.TB) {
	b.until(t, "neighbours", func() bool { return b.stage.view.Loaded() && len(b.ahead) > 0 && !b.loader.Busy() })
}

func TestTheNextPhotoIsThereAtOnce(t *testing.T) {
	b := newBench(t, 4, 1500, 1000)
	b.ready(t)
	b.Next()
	if !b.stage.view.Loaded() {
		t.Error("the next photo is not sharp at once")
	}
	b.ready(t)
	b.Previous()
	if !b.stage.view.Loaded() {
		t.Error("the photo before is not sharp at once")
	}
}

// BenchmarkNext is from the key to the next photo, sharp, of 24 megapixels.
func BenchmarkNext(b *testing.B) {
	g := newBench(b, 4, 6000, 4000)
	g.ready(b)
	by := 1
	for b.Loop() {
		if g.Index()+by < 0 || g.Index()+by >= g.Len() {
			by = -by
		}
		g.Go(g.Index() + by)
		if !g.stage.view.Loaded() {
			b.Fatal("the neighbour was not ready")
		}
		b.StopTimer()
		g.ready(b)
		b.StartTimer()
	}
}

func TestSlideshow(t *testing.T) {
	b := newBench(t, 3, 300, 200)
	b.second = time.Millisecond
	b.Play()
	b.until(t, "the end of the show", func() bool { return !b.Playing() })
	if b.Index() != 2 {
		t.Errorf("it ended at %d", b.Index())
	}
	b.second = time.Hour
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyS})
	if b.Index() != 0 || b.mode.Text != "Slideshow, 5 s" {
		t.Errorf("it began again at %d: %q", b.Index(), b.mode.Text)
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
	if b.mode.Text != "Slideshow, 6 s" {
		t.Errorf("a slower one says %q", b.mode.Text)
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.Playing() || b.mode.Text != "" {
		t.Error("it goes on after the gallery was closed")
	}
}

func TestPhone(t *testing.T) {
	b := newBench(t, 2, 300, 200)
	edge := b.stage.Size().Width
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyP})
	if got := b.stage.Size().Width; got > phoneWide || b.bezel.Hidden || b.caption.Size().Width > got {
		t.Errorf("the photo is %v wide, the caption %v", got, b.caption.Size().Width)
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyP})
	if b.stage.Size().Width != edge || !b.bezel.Hidden {
		t.Error("it stays a phone")
	}
}

func TestFilmStripByKeys(t *testing.T) {
	b := newBench(t, 3, 300, 200)
	c := fyne.CurrentApp().Driver().CanvasForObject(b.strip)
	c.Focus(b.strip)
	if b.strip.ring.Stroke == "" {
		t.Error("it doesn't show that it has the keys")
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if b.Index() != 1 {
		t.Errorf("at %d", b.Index())
	}
}

func TestPair(t *testing.T) {
	b := newBench(t, 2, 1600, 1000)
	p := NewPair(b.loader, Frame{Photo: b.list[0]}, Frame{Photo: b.list[1]})
	test.NewTempWindow(t, p).Resize(fyne.NewSize(1200, 700))
	p.sides[1].Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 10)})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
	b.until(t, "both near", func() bool { return p.sides[0].near.Visible() && p.sides[1].near.Visible() })
	before := p.sides[0].near.Image
	p.sides[1].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-40, 0)})
	if p.x <= 0.5 || p.sides[0].near.Image == before {
		t.Error("they don't move together")
	}
	for range 20 {
		p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	if right := p.x + 0.5/p.zoom; right > 1.001 {
		t.Errorf("moved beyond the edge: %v", right)
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.Key0})
	if p.Zoom() != 1 || p.sides[0].near.Visible() {
		t.Error("0 does not show all")
	}
}
