package story

// This file owns a block's row: outline, handle and menu around its body.

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

// body is what stands in a row: one kind of block.
type body interface {
	// update shows the block as the row has it now.
	update()
	// arrange places the body below y 0 in a row of the width and returns its height.
	arrange(width float32) float32
	objects() []fyne.CanvasObject
	fields() []*field
}

// row is one block on the page, as wide as the page so that the pointer keeps
// it while it goes to the handle.
type row struct {
	widget.BaseWidget
	c     *Column
	block project.Block
	made  body // nil while the row is far from what is seen

	outline  *canvas.Rectangle
	grip     *canvas.Rectangle // ground of handle and menu, which may lie on a photo
	veil     *canvas.Rectangle // over a row that is being dragged
	handle   *handle
	more     *knob
	tall     float32
	stale    bool // its insides need to be arranged again
	guessed  bool // how tall it is
	hover    bool
	selected bool
}

func newRow(c *Column, b project.Block) *row {
	r := &row{c: c, block: b, stale: true}
	r.outline = canvas.NewRectangle(color.Transparent)
	r.outline.StrokeWidth = 1.5
	r.outline.CornerRadius = 4
	r.outline.Hide()
	r.grip = canvas.NewRectangle(color.Transparent)
	r.grip.CornerRadius, r.grip.StrokeWidth = 5, 1
	r.grip.Hide()
	r.veil = canvas.NewRectangle(color.Transparent)
	r.veil.Hide()
	r.handle = newHandle(r)
	r.more = newKnob(theme.MoreHorizontalIcon(), func(at fyne.Position) { r.menu(at) })
	r.handle.Hide()
	r.more.Hide()
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) update(b project.Block) {
	r.block = b
	if r.made == nil {
		r.stale = true
		return
	}
	r.made.update()
}

func (r *row) firstPlacement() int64 {
	if len(r.block.Placements) == 0 || r.block.Kind == project.KindGallery || r.block.Kind == project.KindCompare {
		return 0
	}
	return r.block.Placements[0].ID
}

func (r *row) hasFocus() bool {
	if r.made == nil {
		return false
	}
	cv := r.c.canvas()
	if cv == nil {
		return false
	}
	return r.holds(cv.Focused())
}

// watch lets a field of the row select it, and report when it is left.
func (r *row) watch(f *field, placement int64) {
	f.focused = func(on bool) {
		if !on {
			f.flush()
			return
		}
		r.c.last = f
		r.c.choose(r.block.ID, placement)
	}
}

// text reports the row's block with its words.
func (r *row) text(b project.Block) bool {
	if r.c.OnText == nil {
		return true
	}
	return r.c.OnText(b)
}

func (r *row) arrange(width float32) {
	r.stale, r.guessed = false, r.made == nil
	if r.made == nil {
		r.tall = r.guess(width)
		r.Resize(fyne.NewSize(width, r.tall))
		return
	}
	r.tall = r.made.arrange(width)
	r.Resize(fyne.NewSize(width, r.tall))
	x, w := frame(width)
	left, right := x, x+w
	if b, ok := r.made.(interface{ extent() (left, right float32) }); ok {
		left, right = b.extent()
	}
	const out = 8
	r.outline.Move(fyne.NewPos(max(2, left-out), -2))
	r.outline.Resize(fyne.NewSize(min(width-4, right-left+2*out), r.tall+4))
	r.veil.Resize(fyne.NewSize(width, r.tall))
	// Beside what it moves; on top of it where that reaches the page's edge.
	side := left - out - 26
	if side < 2 {
		side = left + 8
	}
	const knob, pad = 22, 2
	if r.tall < 2*knob+2*pad { // side by side, so that both can be reached in a low row
		r.handle.Move(fyne.NewPos(max(pad, side-knob), pad))
		r.more.Move(fyne.NewPos(max(pad, side-knob)+knob, pad))
		r.grip.Resize(fyne.NewSize(2*knob+2*pad, knob+2*pad))
	} else {
		r.handle.Move(fyne.NewPos(side, pad))
		r.more.Move(fyne.NewPos(side, pad+knob))
		r.grip.Resize(fyne.NewSize(knob+2*pad, 2*knob+2*pad))
	}
	r.grip.Move(r.handle.Position().SubtractXY(pad, pad))
	r.handle.Resize(fyne.NewSize(knob, knob))
	r.more.Resize(fyne.NewSize(knob, knob))
}

func (r *row) setSelected(on bool, placement int64) {
	if on && placement != 0 {
		r.whole() // a slideshow turns to the photo
	}
	if g, ok := r.made.(interface{ mark(placement int64) }); ok {
		if !on {
			placement = 0
		}
		g.mark(placement)
	}
	if r.selected != on {
		r.selected = on
		r.dress()
	}
}

// dress shows outline, handle and menu as the row is hovered or selected.
func (r *row) dress() {
	on := r.hover || r.selected
	r.outline.Hidden = !on
	r.handle.Hidden, r.more.Hidden = !on || r.c.readOnly, !on || r.c.readOnly
	r.grip.Hidden = r.more.Hidden
	r.grip.FillColor, r.grip.StrokeColor = look.Color(look.Sheet), look.Color(look.Hairline)
	canvas.Refresh(r.grip)
	r.outline.StrokeColor = r.c.color(look.Hairline)
	if r.selected {
		r.outline.StrokeColor = r.c.color(look.Accent)
	}
	canvas.Refresh(r.outline)
}

// MouseIn shows what can be done with the block.
func (r *row) MouseIn(*desktop.MouseEvent) {
	r.hover = true
	r.dress()
}

// MouseMoved is part of being hovered.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides it again.
func (r *row) MouseOut() {
	r.hover = false
	r.dress()
}

// Tapped selects the block.
func (r *row) Tapped(*fyne.PointEvent) {
	r.c.unfocus()
	r.c.choose(r.block.ID, r.firstPlacement())
}

// TappedSecondary offers the block's menu.
func (r *row) TappedSecondary(ev *fyne.PointEvent) { r.menu(ev.AbsolutePosition) }

func call(fn func(int64), id int64) {
	if fn != nil {
		fn(id)
	}
}

// index is where the block stands among the rows, or -1.
func (c *Column) index(id int64) int {
	for i, r := range c.rows {
		if r.block.ID == id {
			return i
		}
	}
	return -1
}

// Step reports a move of the block by one place up (-1) or down (1).
func (c *Column) Step(id int64, by int) {
	i := c.index(id)
	to := i + by
	if i < 0 || to < 0 || to >= len(c.rows) || c.OnMove == nil {
		return
	}
	after := int64(0)
	switch {
	case by > 0:
		after = c.rows[to].block.ID
	case to > 0:
		after = c.rows[to-1].block.ID
	}
	c.OnMove(id, after)
}

// CreateRenderer links the row to Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return rowRenderer{r} }

type rowRenderer struct{ r *row }

func (rowRenderer) Destroy()             {}
func (rowRenderer) Layout(fyne.Size)     {}
func (w rowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, w.r.tall) }

func (w rowRenderer) Refresh() {
	w.r.dress()
	canvas.Refresh(w.r)
}

func (w rowRenderer) Objects() []fyne.CanvasObject {
	if w.r.made == nil {
		return nil
	}
	out := append([]fyne.CanvasObject{w.r.outline}, w.r.made.objects()...)
	return append(out, w.r.grip, w.r.handle, w.r.more, w.r.veil)
}
