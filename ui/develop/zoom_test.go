package develop

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"photodesk/project/photo"
)

// newCloseUp is a bench whose stage is smaller than the photo, which is then looked
// at closely.
func newCloseUp(t *testing.T, tool Tool, r photo.Recipe) *bench {
	b := newBench(t, tool, r)
	b.Room.Resize(fyne.NewSize(panelWide()+320, 360))
	b.settle()
	b.stage.TypedRune('z')
	b.settle()
	return b
}

// seen is the colour on the stage at a place of the photo.
func (b *bench) seen(x, y float64) color.RGBA {
	of, img := b.stage.of, b.stage.img
	px := int((x - of.X) / of.W * float64(img.Rect.Dx()))
	py := int((y - of.Y) / of.H * float64(img.Rect.Dy()))
	return img.RGBAAt(px, py)
}

func red(c color.RGBA) bool { return c.R > 180 && c.G < 60 }

func TestZoomShowsAPixelOnAPixel(t *testing.T) {
	b := newCloseUp(t, Tone, photo.Recipe{})
	if got := b.stage.place().size; got != fyne.NewSize(600, 400) || !b.Zoomed() {
		t.Fatalf("the photo is %v large", got)
	}
	// The red face lies beyond the first close look; there is no more of the photo
	// than what is seen and a little around it.
	if w := b.stage.img.Rect.Dx(); w >= 600 || w < 320 {
		t.Errorf("%d pixels were made", w)
	}
	b.key(fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyDown)
	b.settle()
	at := b.stage.place().pos(photo.Point{X: 0.8, Y: 0.8})
	if !red(b.seen(0.8, 0.8)) || at.X < 0 || at.X > 320 || at.Y < 0 || at.Y > 360 {
		t.Errorf("the face is at %v, %v", at, b.seen(0.8, 0.8))
	}
	// The arrow keys go no further than the edges.
	for range 9 {
		b.key(fyne.KeyRight, fyne.KeyDown)
	}
	end := b.stage.place()
	if right := end.at.X + end.size.Width; right != 320-margin {
		t.Errorf("the photo ends at %v", right)
	}
	b.key(fyne.KeyLeft)
	if now := b.stage.place().at.X; now != end.at.X+120 {
		t.Errorf("back by %v", now-end.at.X)
	}
	b.settle()
	b.stage.TypedRune('z')
	b.settle()
	if b.Zoomed() || b.stage.of != photo.All || b.stage.place().size.Width > 320 {
		t.Error("it is not whole again")
	}
	b.want("")
}

func TestZoomIsMovedByThePointer(t *testing.T) {
	b := newCloseUp(t, Tone, photo.Recipe{})
	drag := func(dx, dy float32) {
		mid := fyne.NewPos(160, 180)
		b.stage.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: mid}, Button: desktop.MouseButtonPrimary})
		b.stage.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: mid.AddXY(dx, dy)}})
		b.stage.DragEnd()
		b.settle()
	}
	was := b.stage.place().at
	drag(-50, 20)
	if now := b.stage.place().at; now != was.AddXY(-50, 20) {
		t.Errorf("moved from %v to %v", was, now)
	}
	b.stage.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(10, -20)})
	if now := b.stage.place().at; now != was.AddXY(-40, 0) {
		t.Errorf("scrolled to %v", now)
	}

	// With Redact a drag draws, and moves with the space bar held.
	b.Take(Redact)
	was = b.stage.place().at
	b.stage.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	drag(30, 0)
	b.stage.KeyUp(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.settle()
	if now := b.stage.place().at; now != was.AddXY(30, 0) {
		t.Errorf("with the space bar to %v", now.Subtract(was))
	}
	b.want("")
	drag(40, 40)
	b.want("Redact photo")
	if d := b.photo().Recipe.Redactions; len(d) != 1 || d[0].W*600 < 39.5 || d[0].W*600 > 40.5 {
		t.Errorf("drawn %+v, of 40 pixels", d)
	}

	// Ctrl and arrows move the photo whatever the tool; a redaction that is nudged
	// out of sight is followed.
	was = b.stage.place().at
	b.stage.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierShortcutDefault})
	if b.stage.place().at == was {
		t.Error("Ctrl and an arrow moved nothing")
	}
	b.settle()
	b.said = nil
	for range 120 {
		b.key(fyne.KeyRight)
	}
	r := b.photo().Recipe.Redactions[0]
	if at := b.stage.place().pos(b.placed(r.Middle())); at.X > 320 || at.X < 0 || r.X+r.W < 0.99 {
		t.Errorf("the redaction at %+v is seen at %v", r.Rect, at)
	}
}

func TestZoomLooksAtWhatIsInHand(t *testing.T) {
	b := newBench(t, Redact, photo.Recipe{Redactions: []photo.Redaction{{Rect: photo.Rect{X: 0.75, Y: 0.75, W: 0.1, H: 0.1}, Style: photo.RedactBlack}}})
	b.Room.Resize(fyne.NewSize(panelWide()+320, 360))
	b.key(fyne.KeyPageDown)
	b.stage.TypedRune('z')
	b.settle()
	at := b.stage.place().pos(photo.Point{X: 0.8, Y: 0.8})
	if at.X < 0 || at.X > 320 || at.Y < 0 || at.Y > 360 {
		t.Errorf("the chosen area is at %v", at)
	}
	if c := b.seen(0.8, 0.8); c.R > 20 {
		t.Errorf("it is %v", c)
	}
	b.want("")
	b.Turn(1)
	b.settle()
	if got := b.stage.place().size; got != fyne.NewSize(400, 600) {
		t.Errorf("turned: %v", got)
	}
	b.Clear()
	if b.Zoomed() {
		t.Error("the next photo would begin at 100 %")
	}
}
