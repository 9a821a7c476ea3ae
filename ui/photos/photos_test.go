package photos

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/project/photo"
)

// queue is the UI goroutine of a test: what is done on it runs when the test says so.
type queue chan func()

func (q queue) do(fn func()) { q <- fn }

func (q queue) until(t *testing.T, done func() bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	for !done() {
		select {
		case fn := <-q:
			fn()
		case <-late:
			t.Fatal("nothing more arrived")
		}
	}
}

// files is a source of plain photos: the left half red, the right half blue.
type files struct {
	mu     sync.Mutex
	data   []byte
	err    error
	gate   chan struct{}
	order  []int64
	served atomic.Int32
}

func newFiles(t *testing.T, w, h int) *files {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 20, 20, 255}
			if x >= w/2 {
				c = color.RGBA{20, 20, 200, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return &files{data: b.Bytes()}
}

func (f *files) Thumbnail(_ context.Context, ph project.Photo) ([]byte, error) { return f.Original(ph) }

func (f *files) Original(ph project.Photo) ([]byte, error) {
	if f.gate != nil {
		<-f.gate
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.order = append(f.order, ph.ID)
	f.served.Add(1)
	return f.data, f.err
}

func newPhoto(id int64, w, h int) project.Photo {
	return project.Photo{ID: id, SHA256: string(rune('a' + id)), Width: w, Height: h, Format: photo.JPEG}
}

func TestLoaderGivesExactPixels(t *testing.T) {
	q := make(queue, 100)
	l := NewLoader(newFiles(t, 300, 200), q.do)
	defer l.Close()
	for _, c := range []struct {
		name         string
		w, h         int
		recipe       photo.Recipe
		wantW, wantH int
	}{
		{"fits the width", 150, 150, photo.Recipe{}, 150, 100},
		{"fits the height", 290, 50, photo.Recipe{}, 75, 50},
		{"never above its own size", 900, 900, photo.Recipe{}, 300, 200},
		{"turned", 100, 100, photo.Recipe{Turn: 1}, 67, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			ph := newPhoto(1, 300, 200)
			ph.Recipe = c.recipe
			var got *image.RGBA
			l.Preview(ph, c.w, c.h, func(img *image.RGBA, err error) {
				if err != nil {
					t.Error(err)
				}
				got = img
			})
			q.until(t, func() bool { return got != nil })
			if got.Rect.Dx() != c.wantW || got.Rect.Dy() != c.wantH {
				t.Errorf("got %v, want %d × %d", got.Rect, c.wantW, c.wantH)
			}
		})
	}
}

func TestLoaderRemembersAndForgets(t *testing.T) {
	q := make(queue, 100)
	src := newFiles(t, 300, 200)
	l := NewLoader(src, q.do)
	defer l.Close()
	ask := func() (at bool) {
		done := false
		l.Thumbnail(newPhoto(1, 300, 200), 90, 90, func(*image.RGBA, error) { done = true })
		at = done
		q.until(t, func() bool { return done })
		return at
	}
	if ask() {
		t.Error("answered at once before anything was loaded")
	}
	if !ask() || src.served.Load() != 1 {
		t.Error("the second time was not from memory")
	}
	l.Forget(1)
	if ask() || src.served.Load() != 2 {
		t.Error("a forgotten photo came from memory")
	}
}

func TestLoaderServesTheNewestFirstAndDropsTheCancelled(t *testing.T) {
	q := make(queue, 100)
	src := newFiles(t, 30, 20)
	src.gate = make(chan struct{})
	l := NewLoader(src, q.do)
	defer l.Close()
	done := 0
	var cancels []func()
	for id := range int64(6) {
		cancels = append(cancels, l.Preview(newPhoto(id, 30, 20), 15, 10, func(*image.RGBA, error) { done++ }))
		if id == 0 { // the one worker for large views has it in hand
			q.wait(t, func() bool {
				l.mu.Lock()
				defer l.mu.Unlock()
				return len(l.queues[large]) == 0
			})
		}
	}
	cancels[4]()
	close(src.gate)
	q.until(t, func() bool { return done == 5 })
	want := []int64{0, 5, 3, 2, 1}
	for i, id := range want {
		if src.order[i] != id {
			t.Fatalf("order %v, want %v", src.order, want)
		}
	}
}

func (q queue) wait(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// A window that is scrolled without a pause has no time for what arrives; were
// it to wait with its pixels, ten thousand photos would be in memory at once.
func TestWhatNobodyWantsAnyMoreHoldsNoPixels(t *testing.T) {
	files := newFiles(t, 300, 200)
	busy := make(queue, 100)
	l := NewLoader(files, busy.do)
	defer l.Close()
	cancel := l.Thumbnail(newPhoto(1, 300, 200), 90, 60, func(*image.RGBA, error) { t.Error("a cancelled request was answered") })
	l.mu.Lock()
	var made *task
	for _, made = range l.pending {
	}
	l.mu.Unlock()
	for late := time.After(10 * time.Second); len(busy) == 0; {
		select {
		case <-late:
			t.Fatal("nothing arrived")
		case <-time.After(time.Millisecond):
		}
	}
	l.mu.Lock()
	if made.img == nil {
		t.Error("the pixels are gone before they were shown")
	}
	l.mu.Unlock()
	cancel()
	l.mu.Lock()
	if made.img != nil {
		t.Error("pixels wait that nobody wants")
	}
	l.mu.Unlock()
	(<-busy)()
}

func TestMemoryIsBounded(t *testing.T) {
	c := newLRU(3 * 400)
	for i := range int64(5) {
		c.put(key{photo: i}, image.NewRGBA(image.Rect(0, 0, 10, 10)))
	}
	if c.used != 1200 || c.get(key{photo: 1}) != nil || c.get(key{photo: 4}) == nil {
		t.Errorf("used %d bytes, kept %d", c.used, c.order.Len())
	}
}

func TestViewShowsExactPixels(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 100)
	l := NewLoader(newFiles(t, 300, 200), q.do)
	defer l.Close()
	v := NewView(l, Contain, false)
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(120, 120))
	v.SetPhoto(newPhoto(1, 300, 200))
	q.until(t, v.Loaded)
	if got := v.img.Rect.Size(); got != image.Pt(120, 80) {
		t.Errorf("pixels %v, want 120 × 80", got)
	}
	if size := v.renderer.img.Size(); size != fyne.NewSize(120, 80) {
		t.Errorf("drawn at %v", size)
	}
	v.SetPhoto(newPhoto(1, 300, 200))
	if !v.Loaded() {
		t.Error("the same photo was loaded again")
	}
}

func TestViewCoversAroundTheFocalPoint(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 100)
	l := NewLoader(newFiles(t, 300, 100), q.do)
	defer l.Close()
	v := NewView(l, Cover, false)
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(60, 60))
	ph := newPhoto(1, 300, 100)
	ph.Recipe.Focus = &photo.Point{X: 0.9, Y: 0.5}
	v.SetPhoto(ph)
	q.until(t, v.Loaded)
	img := v.renderer.img.Image.(*image.RGBA)
	if img.Rect.Dx() != 60 || img.Rect.Dy() != 60 || img.Stride != 240 {
		t.Fatalf("cut to %v, stride %d", img.Rect, img.Stride)
	}
	if c := img.RGBAAt(5, 30); c.B < 150 {
		t.Errorf("the left edge is %v; the focal point is in the blue half", c)
	}
}

func TestViewSaysWhatIsMissing(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 100)
	src := newFiles(t, 30, 20)
	src.err = errors.Join(project.ErrOriginalMissing)
	l := NewLoader(src, q.do)
	defer l.Close()
	v := NewView(l, Contain, false)
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(60, 60))
	v.SetPhoto(newPhoto(1, 30, 20))
	q.until(t, func() bool { return v.trouble != "" })
	if v.renderer.words.Hidden || v.renderer.words.Text != "Original missing" {
		t.Errorf("it says %q", v.renderer.words.Text)
	}
	src.mu.Lock()
	src.err = nil
	src.mu.Unlock()
	v.SetPhoto(newPhoto(1, 30, 20)) // found again
	q.until(t, v.Loaded)
}
