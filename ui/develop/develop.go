// Package develop owns the photo tools: one photo, large, with what newsrooms
// do to it (crop, straighten, turn, tone, redact, focal point, sensitive
// cover), shown before and after. It changes no project: each finished gesture
// is reported as a recipe with the editor's words for it.
//
//	pointer, keys ── stage ── tool ── recipe ──▶ plate ── pixels, off the UI goroutine ──▶ stage
//	                                     └── a gesture ends ──▶ OnRecipe
package develop

// This file owns Room: which photo and tool, what was done since the tool was
// taken up, and how it is kept or taken back.

import (
	"fmt"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/words"
)

// Tool is what the pointer and the arrow keys do on the photo.
type Tool int

// The tools.
const (
	Crop Tool = iota
	Tone
	Redact
	Focus
)

// Room is the photo tools. It is used from the UI goroutine.
type Room struct {
	widget.BaseWidget

	// OnRecipe is told of each finished gesture: the photo's recipe as it is
	// now, a label for the undo step, and a key under which nudges fold into one
	// ("" where nothing should). It returns whether it was kept.
	OnRecipe    func(id int64, label, fold string, r photo.Recipe) bool
	OnSensitive func(id int64, on bool) bool
	// OnClose is told when the editor is done.
	OnClose func()
	// OnKey and OnRedo have the window's own keys.
	OnKey  func(*fyne.KeyEvent) bool
	OnRedo func()

	do       func(func())
	plate    *plate
	ph       project.Photo // with the recipe that the project has
	recipe   photo.Recipe  // as it is shown
	before   photo.Recipe  // what Escape goes back to
	tool     Tool
	shape    shape
	drawn    photo.Rect // the frame as it was before shapes were tried on it
	style    string     // of a redaction that is drawn next
	chosen   int        // redaction, or -1
	compare  bool
	readOnly bool

	stage *stage
	clip  *container.Clip // the photo at 100 % is larger than the stage
	panel *panel
}

// New makes an empty room. do runs a function on the UI goroutine.
func New(do func(func())) *Room {
	r := &Room{do: do, style: photo.RedactPixelate, chosen: -1}
	r.stage = newStage(r)
	r.clip = container.NewClip(r.stage)
	r.clip.ExtendBaseWidget(r.clip) // or it lays nothing out before it is drawn
	r.panel = newPanel(r)
	r.ExtendBaseWidget(r)
	return r
}

// Open shows a photo of a source with a tool in hand.
func (r *Room) Open(src photos.Source, ph project.Photo, tool Tool) {
	r.shut()
	r.plate = newPlate(src, ph, r.do)
	r.ph, r.recipe, r.before = ph, clone(ph.Recipe), clone(ph.Recipe)
	r.compare, r.chosen, r.tool = false, -1, tool
	r.stage.clear()
	r.shape, r.drawn = shapeOf(r.recipe, ph), r.frame()
	r.changed()
}

// SetPhoto shows the photo as the project has it now; what a pointer is in the
// middle of goes on.
func (r *Room) SetPhoto(ph project.Photo) {
	if r.plate == nil || ph.ID != r.ph.ID {
		return
	}
	r.ph = ph
	if r.stage.drag != nil {
		return
	}
	if !same(r.recipe, ph.Recipe) {
		r.recipe = clone(ph.Recipe)
		r.drawn = r.frame()
		if r.recipe.Crop != nil && !r.shape.fits(r.recipe, ph) {
			r.shape = shapeOf(r.recipe, ph)
		}
	}
	r.changed()
}

// SetReadOnly shows everything without letting it be changed.
func (r *Room) SetReadOnly(on bool) { r.readOnly = on }

// Photo is the photo shown, 0 where the room is empty.
func (r *Room) Photo() int64 {
	if r.plate == nil {
		return 0
	}
	return r.ph.ID
}

// Tool is the tool in hand.
func (r *Room) Tool() Tool { return r.tool }

// Idle reports whether what is shown is what was asked for.
func (r *Room) Idle() bool { return r.plate == nil || r.plate.idle() }

// Take takes a tool up: what was done with the last one is kept.
func (r *Room) Take(t Tool) {
	r.stage.letGo()
	r.tool, r.before, r.chosen = t, clone(r.recipe), -1
	r.changed()
	r.Focus()
}

// Focus gives the keys to the photo.
func (r *Room) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.stage); c != nil && r.Visible() {
		c.Focus(r.stage)
	}
}

// Spot is where on the canvas a place of what is shown is, in fractions of it,
// for whoever drives the window from outside.
func (r *Room) Spot(x, y float64) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.stage)
	return at.Add(r.stage.place().pos(photo.Point{X: x, Y: y}))
}

// Keys is what takes the room's keys.
func (r *Room) Keys() fyne.Focusable { return r.stage }

// Clear empties the room.
func (r *Room) Clear() {
	r.shut()
	r.ph, r.recipe = project.Photo{}, photo.Recipe{}
	r.stage.clear()
}

func (r *Room) shut() {
	r.stage.drag = nil
	if r.plate != nil {
		r.plate.close()
		r.plate = nil
	}
}

// Keep ends the work on the photo; everything done is kept already.
func (r *Room) Keep() {
	r.stage.letGo()
	r.before = clone(r.recipe)
	if r.OnClose != nil {
		r.OnClose()
	}
}

// Back takes back, one at each call: the drag under way, what was done since
// the tool was taken up, the choice of a redaction; then it leaves the room.
func (r *Room) Back() {
	switch {
	case r.stage.drag != nil:
		r.recipe = r.stage.drag.from
		r.stage.drag = nil
		r.changed()
	case !same(r.recipe, r.before) && !r.readOnly:
		r.recipe, r.chosen = clone(r.before), -1
		r.report(lang.L("Take back photo edits"), "")
	case r.chosen >= 0:
		r.choose(-1)
	default:
		r.Keep()
	}
}

// Turn turns the photo by so many quarters clockwise.
func (r *Room) Turn(quarters int) {
	if r.plate == nil || r.readOnly {
		return
	}
	r.stage.letGo()
	r.recipe = r.recipe.Turned(quarters)
	r.report(lang.L("Turn photo"), "")
}

// Reset leaves the photo as it came.
func (r *Room) Reset() {
	if r.plate == nil || r.readOnly || same(r.recipe, photo.Recipe{}) {
		return
	}
	r.stage.letGo()
	r.recipe, r.chosen, r.shape = photo.Recipe{}, -1, shape{}
	r.report(lang.L("Remove all photo edits"), "")
}

// Compare shows the photo as it came, for as long as it is on.
func (r *Room) Compare(on bool) {
	if r.compare != on && r.plate != nil {
		r.compare = on
		r.changed()
	}
}

// report hands the recipe in. What is not kept is not shown either.
func (r *Room) report(label, fold string) {
	if fold != "" {
		fold = fmt.Sprintf("photo/%d/recipe/%s", r.ph.ID, fold)
	}
	if !same(r.recipe, r.ph.Recipe) {
		if r.OnRecipe != nil && !r.OnRecipe(r.ph.ID, label, fold, clone(r.recipe)) {
			r.recipe = clone(r.ph.Recipe)
		} else {
			r.ph.Recipe = clone(r.recipe)
		}
	}
	r.drawn = r.frame()
	r.changed()
}

// changed shows the recipe as it is now.
func (r *Room) changed() {
	r.chosen = min(r.chosen, len(r.recipe.Redactions)-1)
	r.panel.update()
	r.stage.request()
	r.stage.Refresh()
}

// shown is the recipe that makes the pixels on the stage: the whole photo where
// something is drawn on it, else what readers will see.
func (r *Room) shown() photo.Recipe {
	switch {
	case r.compare:
		return photo.Recipe{}
	case r.tool == Tone:
		return r.recipe
	}
	whole := r.recipe
	whole.Crop = nil
	return whole
}

// frame is the crop, all of the photo where there is none.
func (r *Room) frame() photo.Rect {
	if r.recipe.Crop == nil {
		return photo.All
	}
	return *r.recipe.Crop
}

// typed has the keys that no tool takes.
func (r *Room) typed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		r.Back()
	case fyne.KeyReturn, fyne.KeyEnter:
		r.Keep()
	default:
		if r.OnKey != nil {
			r.OnKey(ev)
		}
	}
}

// TypedKey has the window's keys while nothing in the room has the focus.
func (r *Room) TypedKey(ev *fyne.KeyEvent) { r.stage.TypedKey(ev) }

// CreateRenderer links the room to Fyne.
func (r *Room) CreateRenderer() fyne.WidgetRenderer { return roomRenderer{r} }

func panelWide() float32 { return look.Scaled(344) }

type roomRenderer struct{ r *Room }

func (roomRenderer) Destroy()           {}
func (roomRenderer) MinSize() fyne.Size { return fyne.NewSize(panelWide()+320, 360) }

func (w roomRenderer) Layout(s fyne.Size) {
	wide := panelWide()
	w.r.clip.Resize(fyne.NewSize(s.Width-wide, s.Height))
	w.r.panel.whole.Resize(fyne.NewSize(wide, s.Height))
	if words.RightToLeft() {
		w.r.clip.Move(fyne.NewPos(wide, 0))
		w.r.panel.whole.Move(fyne.NewPos(0, 0))
		return
	}
	w.r.clip.Move(fyne.NewPos(0, 0))
	w.r.panel.whole.Move(fyne.NewPos(s.Width-wide, 0))
}

func (w roomRenderer) Refresh() {
	w.r.stage.Refresh()
	w.r.panel.whole.Refresh()
}

func (w roomRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{w.r.clip, w.r.panel.whole}
}

// clone is a recipe that shares nothing with r.
func clone(r photo.Recipe) photo.Recipe {
	if r.Crop != nil {
		c := *r.Crop
		r.Crop = &c
	}
	if r.Focus != nil {
		f := *r.Focus
		r.Focus = &f
	}
	r.Redactions = append([]photo.Redaction(nil), r.Redactions...)
	return r
}

func same(a, b photo.Recipe) bool {
	if len(a.Redactions) == 0 && len(b.Redactions) == 0 {
		a.Redactions, b.Redactions = nil, nil
	}
	return reflect.DeepEqual(a, b)
}

// devicePixels is how many real pixels a size covers on the object's canvas.
func devicePixels(obj fyne.CanvasObject, size fyne.Size) (w, h int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(obj); c != nil {
		return c.PixelCoordinateForPosition(fyne.NewPos(size.Width, size.Height))
	}
	return int(size.Width), int(size.Height)
}

var (
	_ desktop.Keyable   = (*stage)(nil)
	_ desktop.Mouseable = (*stage)(nil)
	_ fyne.Draggable    = (*stage)(nil)
)
