package develop

// This file owns the tests of the photo tools, on a photo in a real project.

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/look"
)

// bench is a room in a window over a project, which keeps what it reports.
type bench struct {
	*Room
	t      *testing.T
	p      *project.Project
	queue  chan func()
	said   []string
	closed int
}

func newBench(t *testing.T, tool Tool, r photo.Recipe) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New())
	dir := t.TempDir()
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	for y := range 40 { // a red face
		for x := range 60 {
			img.SetRGBA(x+450, y+300, color.RGBA{R: 220, A: 255})
		}
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a.jpg")
	if err := os.WriteFile(file, data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := project.Create(t.Context(), filepath.Join(dir, "day.photodesk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if _, err := p.Import(t.Context(), []string{file}, nil); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, p: p, queue: make(chan func(), 64)}
	b.Room = New(func(fn func()) { b.queue <- fn })
	b.OnRecipe = func(id int64, label, fold string, r photo.Recipe) bool {
		b.said = append(b.said, label)
		return b.edit(label, fold, func(ph *project.Photo) { ph.Recipe = r })
	}
	b.OnSensitive = func(id int64, on bool) bool {
		return b.edit("Sensitive", "", func(ph *project.Photo) { ph.Sensitive = on })
	}
	b.OnClose = func() { b.closed++ }
	w := test.NewTempWindow(t, b.Room)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	if !same(r, photo.Recipe{}) && !b.edit("Prepare", "", func(ph *project.Photo) { ph.Recipe = r }) {
		t.Fatal("the recipe is not kept")
	}
	b.Open(p, b.photo(), tool)
	t.Cleanup(b.Clear)
	b.Focus()
	b.settle()
	return b
}

func (b *bench) edit(label, fold string, change func(*project.Photo)) bool {
	err := b.p.Edit(context.Background(), label, func(tx *project.Tx) error {
		if fold != "" {
			if err := tx.Fold(fold, project.FoldPause); err != nil {
				return err
			}
		}
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		change(&ph)
		return tx.UpdatePhoto(ph)
	})
	if err != nil {
		b.t.Error(err)
		return false
	}
	b.SetPhoto(b.photo())
	return true
}

func (b *bench) photo() project.Photo {
	ph, err := b.p.Photo(context.Background(), 1)
	if err != nil {
		b.t.Fatal(err)
	}
	return ph
}

// settle does what the plate wants done until it has made all that was asked for.
func (b *bench) settle() {
	b.t.Helper()
	late := time.After(30 * time.Second)
	for !b.Idle() || b.stage.img == nil || len(b.queue) > 0 {
		select {
		case fn := <-b.queue:
			fn()
		case <-time.After(5 * time.Millisecond):
		case <-late:
			b.t.Fatalf("the photo is not shown in half a minute: %v", b.stage.trouble)
		}
	}
}

// pull drags from one place of what is shown to another, in fractions of it.
func (b *bench) pull(x0, y0, x1, y1 float64) {
	p := b.stage.place()
	b.stage.press(p.pos(photo.Point{X: x0, Y: y0}))
	for i := 1; i <= 4; i++ {
		f := float64(i) / 4
		b.stage.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p.pos(photo.Point{X: x0 + (x1-x0)*f, Y: y0 + (y1-y0)*f})}})
	}
	b.stage.DragEnd()
}

func (b *bench) key(names ...fyne.KeyName) {
	for _, k := range names {
		b.stage.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (b *bench) want(said string) {
	b.t.Helper()
	if got := strings.Join(b.said, "; "); got != said {
		b.t.Errorf("reported %q, want %q", got, said)
	}
	b.said = nil
}

// cropped is the crop in pixels of the whole photo.
func (b *bench) cropped() string {
	r := b.photo().Recipe
	if r.Crop == nil {
		return "none"
	}
	w, h := r.Whole(600, 400)
	px := func(f float64, n int) int { return int(math.Round(f * float64(n))) }
	return fmt.Sprintf("%d,%d %d×%d", px(r.Crop.X, w), px(r.Crop.Y, h), px(r.Crop.W, w), px(r.Crop.H, h))
}

func TestCropByPointer(t *testing.T) {
	b := newBench(t, Crop, photo.Recipe{})
	b.pull(0.25, 0.25, 0.75, 0.75) // drawn
	if got := b.cropped(); got != "150,100 300×200" {
		t.Errorf("drawn: %s", got)
	}
	b.pull(0.5, 0.5, 0.6, 0.5) // moved
	if got := b.cropped(); got != "210,100 300×200" {
		t.Errorf("moved: %s", got)
	}
	b.pull(0.35, 0.25, 0.1, 0.1) // its upper left corner
	if got := b.cropped(); got != "60,40 450×260" {
		t.Errorf("pulled: %s", got)
	}
	b.want("Crop photo; Crop photo; Crop photo")
	b.Back()
	if got := b.cropped(); got != "none" || b.closed != 0 {
		t.Errorf("taken back: %s", got)
	}
	b.want("Take back photo edits")
	b.Back()
	if b.closed != 1 {
		t.Error("Escape does not leave the room once nothing is to be taken back")
	}
}

// A drag that Escape interrupts leaves nothing, in the project neither.
func TestEscapeTakesADragBack(t *testing.T) {
	b := newBench(t, Crop, photo.Recipe{})
	p := b.stage.place()
	b.stage.press(p.pos(photo.Point{X: 0.3, Y: 0.3}))
	b.stage.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p.pos(photo.Point{X: 0.6, Y: 0.6})}})
	if b.recipe.Crop == nil {
		t.Fatal("nothing is drawn")
	}
	b.key(fyne.KeyEscape)
	b.stage.DragEnd()
	b.want("")
	if b.recipe.Crop != nil || b.cropped() != "none" {
		t.Error("the drag stayed")
	}
}

func TestShapes(t *testing.T) {
	for _, c := range []struct {
		turn    int
		shape   string
		swapped bool
		want    string
	}{
		{0, "1:1", false, "100,0 400×400"},
		{0, "16:9", false, "0,31 600×338"},
		{0, "4:3", false, "33,0 533×400"},
		{0, "4:5", false, "140,0 320×400"},
		{0, "4:5", true, "50,0 500×400"},
		{0, original, true, "167,0 267×400"},
		{1, "3:2", false, "0,167 400×267"},
		{0, "3:2", false, "none"}, // it has that shape
	} {
		t.Run(fmt.Sprint(c.turn, c.shape, c.swapped), func(t *testing.T) {
			b := newBench(t, Crop, photo.Recipe{Turn: c.turn})
			b.setShape(shape{name: c.shape})
			if c.swapped {
				b.swap()
			}
			if got := b.cropped(); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if got := shapeOf(b.recipe, b.photo()); c.want != "none" && !got.fits(b.recipe, b.photo()) {
				t.Errorf("read back as %+v", got)
			}
		})
	}
}

func TestShapeIsKeptWhilePulled(t *testing.T) {
	b := newBench(t, Crop, photo.Recipe{Turn: 1, Straighten: 4})
	b.setShape(shape{name: "1:1"})
	f := b.frame()
	b.pull(f.X+f.W, f.Y+f.H, f.X+f.W*0.7, f.Y+f.H*0.5)
	w, h := b.recipe.Whole(600, 400)
	if pw, ph := b.frame().W*float64(w), b.frame().H*float64(h); math.Abs(pw-ph) > 1.01 {
		t.Errorf("the square is %.1f × %.1f pixels", pw, ph)
	}
}

// A redaction lands in the upright photo where it was drawn, however the photo is turned.
func TestRedactByPointer(t *testing.T) {
	for _, r := range []photo.Recipe{
		{},
		{Turn: 1},
		{Turn: 2},
		{Turn: 3},
		{Turn: 1, Straighten: 5, Crop: &photo.Rect{X: 0.1, Y: 0.1, W: 0.8, H: 0.8}},
	} {
		b := newBench(t, Redact, r)
		// The red face, as it is seen.
		a, z := b.placed(photo.Point{X: 440.0 / 600, Y: 290.0 / 400}), b.placed(photo.Point{X: 520.0 / 600, Y: 350.0 / 400})
		b.pull(a.X, a.Y, z.X, z.Y)
		b.want("Redact photo")
		list := b.photo().Recipe.Redactions
		if len(list) != 1 {
			t.Fatalf("%+v: %d redactions", r, len(list))
		}
		got := list[0].Rect
		for i, v := range []float64{got.X * 600, got.Y * 400, got.W * 600, got.H * 400} {
			if want := []float64{440, 290, 80, 60}[i]; math.Abs(v-want) > 2 {
				t.Errorf("%+v: drawn at %+v", r, got)
			}
		}
		b.settle()
		for i := 0; i < len(b.stage.img.Pix); i += 4 {
			if p := b.stage.img.Pix[i:]; p[0] > 150 && p[1] < 100 {
				t.Errorf("%+v: the face is still seen", r)
				break
			}
		}
	}
}

func TestRedactionIsMovedResizedAndDeleted(t *testing.T) {
	b := newBench(t, Redact, photo.Recipe{})
	b.setStyle(photo.RedactBlack)
	b.pull(0.2, 0.2, 0.4, 0.4)
	b.pull(0.3, 0.3, 0.5, 0.4) // moved
	b.pull(0.6, 0.5, 0.7, 0.6) // its lower right corner
	got := b.photo().Recipe.Redactions[0]
	if want := (photo.Rect{X: 0.4, Y: 0.3, W: 0.3, H: 0.3}); math.Abs(got.X-want.X) > 0.01 || math.Abs(got.Y-want.Y) > 0.01 ||
		math.Abs(got.W-want.W) > 0.01 || math.Abs(got.H-want.H) > 0.01 || got.Style != photo.RedactBlack {
		t.Errorf("it is %+v", got)
	}
	b.setStyle(photo.RedactPixelate)
	b.key(fyne.KeyDelete)
	b.want("Redact photo; Move redaction; Resize redaction; Change redaction; Delete redaction")
	if n := len(b.photo().Recipe.Redactions); n != 0 {
		t.Errorf("%d are left", n)
	}
	// Undo brings it back, into the room too.
	if _, err := b.p.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.SetPhoto(b.photo())
	if len(b.recipe.Redactions) != 1 {
		t.Error("undo does not bring it back")
	}
}

func TestKeysAlone(t *testing.T) {
	b := newBench(t, Redact, photo.Recipe{})
	b.stage.TypedRune('n')
	was := b.photo().Recipe.Redactions[0].Rect
	b.key(fyne.KeyRight, fyne.KeyRight, fyne.KeyDown)
	b.stage.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.key(fyne.KeyRight)
	b.stage.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	is := b.photo().Recipe.Redactions[0].Rect
	if is.X <= was.X || is.Y <= was.Y || is.W <= was.W || math.Abs(is.H-was.H) > 1e-9 {
		t.Errorf("from %+v to %+v", was, is)
	}
	h, err := b.p.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, s := range h {
		labels = append(labels, s.Label)
	}
	if got := strings.Join(labels[1:], "; "); got != "Redact photo; Move redaction; Resize redaction" {
		t.Errorf("the history says %q", got) // nudges fold
	}
	b.stage.TypedRune('n')
	b.key(fyne.KeyPageDown)
	if b.chosen != 0 {
		t.Errorf("Page Down chose %d", b.chosen)
	}
	b.stage.TypedRune('c')
	b.stage.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.key(fyne.KeyLeft, fyne.KeyUp)
	b.stage.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if b.photo().Recipe.Crop == nil {
		t.Error("Shift and arrows crop nothing")
	}
	b.key(fyne.KeyReturn)
	if b.closed != 1 || b.photo().Recipe.Crop == nil {
		t.Error("Enter does not keep and close")
	}
}

// A turned photo's redaction moves as its arrows point.
func TestArrowsPointAsSeen(t *testing.T) {
	for turn := range 4 {
		b := newBench(t, Redact, photo.Recipe{Turn: turn})
		b.addRedaction()
		mid := func() photo.Point { return b.placed(b.recipe.Redactions[0].Middle()) }
		was := mid()
		b.key(fyne.KeyRight)
		if is := mid(); is.X <= was.X || math.Abs(is.Y-was.Y) > 1e-9 {
			t.Errorf("turn %d: right goes from %v to %v", turn, was, is)
		}
		b.stage.shift = true
		size := func() (w, h float64) {
			r := b.recipe.Redactions[0].Rect.Turned(turn)
			return r.W, r.H
		}
		w0, h0 := size()
		b.key(fyne.KeyDown)
		if w, h := size(); h <= h0 || math.Abs(w-w0) > 1e-9 {
			t.Errorf("turn %d: Shift and down made %v × %v of %v × %v", turn, w, h, w0, h0)
		}
	}
}

func TestToneStaysWithinLimits(t *testing.T) {
	b := newBench(t, Tone, photo.Recipe{})
	s := b.panel.tones[0].slide
	s.SetValue(1000)
	if got := b.photo().Recipe.Brightness; got != photo.NewsBrightness.Most {
		t.Errorf("brightness %v", got)
	}
	b.panel.grey.SetChecked(true)
	if got := b.photo().Recipe.Saturation; got != photo.Grey || !b.panel.tones[2].slide.Disabled() {
		t.Errorf("saturation %v", got)
	}
	b.panel.grey.SetChecked(false)
	b.panel.tones[1].slide.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	b.want("Change brightness; Make black and white; Back to colour; Change contrast")
	b.settle()
	before := b.stage.img
	b.Compare(true)
	b.settle()
	if b.stage.img == before || b.stage.img.Pix[0] > 205 {
		t.Error("comparing does not show the photo as it came")
	}
	b.Compare(false)
}

func TestTurnFocusCoverAndReset(t *testing.T) {
	b := newBench(t, Focus, photo.Recipe{})
	p := b.stage.place()
	b.stage.press(p.pos(photo.Point{X: 0.8, Y: 0.25}))
	b.stage.MouseUp(nil)
	b.Turn(1)
	f := b.photo().Recipe.Focus
	if f == nil || math.Abs(f.X-0.75) > 0.01 || math.Abs(f.Y-0.8) > 0.01 {
		t.Errorf("turned with the photo, the focal point is %v", f)
	}
	b.panel.cover.SetChecked(true)
	if !b.photo().Sensitive {
		t.Error("it is not marked sensitive")
	}
	if got := Summary(b.recipe); got != "Edits: turned by 90°, focal point set." {
		t.Errorf("in words: %q", got)
	}
	b.Reset()
	if !same(b.photo().Recipe, photo.Recipe{}) || !b.panel.reset.Disabled() {
		t.Error("not everything is removed")
	}
	b.want("Set focal point; Turn photo; Remove all photo edits")
}

func TestHandlesAreWideEnough(t *testing.T) {
	b := newBench(t, Crop, photo.Recipe{Crop: &photo.Rect{X: 0.2, Y: 0.2, W: 0.5, H: 0.5}})
	at := b.stage.place().pos(photo.Point{X: 0.7, Y: 0.7})
	for _, off := range []float32{-7, 0, 7} {
		if d := b.stage.hit(at.AddXY(off, off)); d == nil || d.edges != photo.EdgeRight|photo.EdgeBottom {
			t.Errorf("%v off the corner nothing is taken hold of", off)
		}
	}
	b.SetReadOnly(true)
	if b.stage.hit(at) != nil {
		t.Error("a view can be cropped")
	}
}
