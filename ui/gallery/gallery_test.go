package gallery

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/photos"
)

func newGallery(t *testing.T, n, start int) *Gallery {
	t.Helper()
	test.NewTempApp(t)
	loader := photos.NewLoader(nil, func(func()) {})
	t.Cleanup(loader.Close)
	var frames []Frame
	for i := range n {
		frames = append(frames, Frame{
			Photo:   project.Photo{ID: int64(i + 1), Width: 300, Height: 200},
			Caption: "A caption.", Credit: "Jane Doe/AP", Sensitive: i == 1,
		})
	}
	g := New(loader, frames, start)
	w := test.NewTempWindow(t, g)
	w.Resize(fyne.NewSize(1000, 700))
	return g
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		key         fyne.KeyName
		start, want int
	}{
		{fyne.KeyRight, 0, 1},
		{fyne.KeySpace, 2, 3},
		{fyne.KeyLeft, 2, 1},
		{fyne.KeyLeft, 0, 0},
		{fyne.KeyRight, 4, 4},
		{fyne.KeyHome, 3, 0},
		{fyne.KeyEnd, 1, 4},
	} {
		g := newGallery(t, 5, c.start)
		g.TypedKey(&fyne.KeyEvent{Name: c.key})
		if g.Index() != c.want {
			t.Errorf("%s from %d: at %d, want %d", c.key, c.start, g.Index(), c.want)
		}
	}
}

func TestCounterAndWords(t *testing.T) {
	g := newGallery(t, 16, 2)
	if g.counter.Text != "3 of 16" || g.caption.Text() != "A caption." || g.credit.Text() != "Jane Doe/AP" {
		t.Errorf("%q %q %q", g.counter.Text, g.caption.Text(), g.credit.Text())
	}
	g.Go(99)
	if g.counter.Text != "16 of 16" {
		t.Errorf("%q", g.counter.Text)
	}
}

func TestSensitiveIsCoveredUntilChosen(t *testing.T) {
	g := newGallery(t, 3, 1)
	if g.stage.veil.Hidden {
		t.Fatal("shown uncovered")
	}
	g.Uncover()
	if !g.stage.veil.Hidden {
		t.Fatal("still covered")
	}
	g.Next()
	g.Previous()
	if !g.stage.veil.Hidden {
		t.Error("covered again after the editor chose")
	}
}

func TestWheelAndSwipe(t *testing.T) {
	g := newGallery(t, 5, 1)
	scroll := func(dy float32) { g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, dy)}) }
	scroll(-4)
	scroll(-4)
	if g.Index() != 1 {
		t.Error("small steps turned the page too early")
	}
	scroll(-4)
	scroll(10)
	scroll(-10)
	if g.Index() != 2 {
		t.Errorf("at %d", g.Index())
	}
	g.stage.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-80, 0)})
	g.stage.DragEnd()
	g.stage.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-20, 0)})
	g.stage.DragEnd()
	if g.Index() != 3 {
		t.Errorf("at %d after a swipe", g.Index())
	}
}

func TestEmptyGallery(t *testing.T) {
	g := newGallery(t, 0, 0)
	closed := false
	g.OnClose = func() { closed = true }
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !closed || g.Index() != -1 {
		t.Errorf("closed %v, at %d", closed, g.Index())
	}
}
