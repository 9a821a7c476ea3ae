package story

// This file owns dragging: blocks by their handle, with ghost, drop line and
// scrolling near the edges, and the places where photos dragged in may land.

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

const (
	edge      = 56 // how near to the scroll's edge a drag scrolls
	edgeStep  = 14
	edgeEvery = 30 * time.Millisecond
)

// layer lies over the scroll without layout and without taking events.
type layer struct {
	widget.BaseWidget
	line  *canvas.Rectangle // where a drop would land
	into  *canvas.Rectangle // the block that a drop would join
	ghost *canvas.Rectangle
	label *look.Text
}

func newLayer() *layer {
	l := &layer{
		line: canvas.NewRectangle(color.Transparent), into: canvas.NewRectangle(color.Transparent),
		ghost: canvas.NewRectangle(color.Transparent), label: look.NewText("", look.Muted, sizeLabel),
	}
	l.label.Truncate = true
	l.line.CornerRadius = 1.5
	l.into.StrokeWidth, l.into.CornerRadius = 3, 6
	l.ghost.StrokeWidth, l.ghost.CornerRadius = 1, 6
	for _, o := range l.objects() {
		o.Hide()
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *layer) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.into, l.line, l.ghost, l.label}
}

func (l *layer) CreateRenderer() fyne.WidgetRenderer { return layerRenderer{l} }

type layerRenderer struct{ l *layer }

func (layerRenderer) Destroy()                       {}
func (layerRenderer) Layout(fyne.Size)               {}
func (layerRenderer) MinSize() fyne.Size             { return fyne.Size{} }
func (r layerRenderer) Refresh()                     { canvas.Refresh(r.l) }
func (r layerRenderer) Objects() []fyne.CanvasObject { return r.l.objects() }

// dragging is a block on its way.
type dragging struct {
	row  *row
	at   fyne.Position // of the pointer, on the canvas
	stop chan struct{} // ends the scrolling near an edge
}

// dragTo moves a dragged block with the pointer.
func (c *Column) dragTo(r *row, at fyne.Position) {
	if c.readOnly {
		return
	}
	if c.drag == nil {
		c.unfocus()
		c.drag = &dragging{row: r}
		name := KindName(r.block.Kind)
		if words := r.summary(); words != "" {
			name += " · " + words
		}
		if n := len(c.Chosen()); n > 1 && c.also[r.block.ID] {
			name = lang.N("{{.PluralCount}} blocks", n)
		}
		c.layer.label.SetText(name)
		r.veil.FillColor = fade(c.color(look.Sheet))
		r.veil.Show()
	}
	c.drag.at = at
	p := at.Subtract(c.origin())
	c.ghostAt(p)
	c.aim(p.Y)
	c.scrollNearEdge(p.Y)
}

// aim shows where the dragged block would go: between blocks, or to the photos of one.
func (c *Column) aim(y float32) {
	onto := c.ontoAt(c.drag.row, y)
	c.HideDropLine()
	if onto == nil {
		c.lineAt(c.slotAt(y))
		return
	}
	c.boxAround(onto)
}

// fade is a colour that lets what lies under it shine through.
func fade(col color.Color) color.Color {
	r, g, b, _ := col.RGBA()
	return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xb0}
}

func (c *Column) ghostAt(p fyne.Position) {
	l := c.layer
	l.ghost.FillColor, l.ghost.StrokeColor = look.Color(look.AccentSoft), look.Color(look.Accent)
	const w, h = 280, 34
	l.ghost.Resize(fyne.NewSize(w, h))
	l.ghost.Move(p.AddXY(14, -h/2))
	m := l.label.MinSize()
	l.label.Resize(fyne.NewSize(w-24, m.Height))
	l.label.Move(p.AddXY(26, -m.Height/2))
	l.ghost.Show()
	l.label.Show()
	l.Refresh()
}

// dragEnd reports where the block was dropped.
func (c *Column) dragEnd() {
	d := c.drag
	if d == nil {
		return
	}
	c.drag = nil
	c.stopScroll(d)
	d.row.veil.Hide()
	c.layer.ghost.Hide()
	c.layer.label.Hide()
	c.HideDropLine()
	y := d.at.Subtract(c.origin()).Y
	if onto := c.ontoAt(d.row, y); onto != nil {
		c.OnTogether(d.row.block.ID, onto.block.ID)
		return
	}
	i := c.slotAt(y)
	if many := c.Chosen(); len(many) > 1 && c.also[d.row.block.ID] && c.OnMoves != nil {
		if after := c.gaps[i].after; !slices.Contains(many, after) {
			c.OnMoves(many, after)
		}
		return
	}
	from := c.index(d.row.block.ID)
	if from < 0 || i == from || i == from+1 || c.OnMove == nil {
		return
	}
	c.OnMove(d.row.block.ID, c.gaps[i].after)
}

// scrollNearEdge scrolls for as long as a drag rests near the top or bottom.
func (c *Column) scrollNearEdge(y float32) {
	d := c.drag
	by := float32(0)
	switch {
	case y < edge:
		by = -edgeStep
	case y > c.Size().Height-edge:
		by = edgeStep
	}
	if by == 0 {
		c.stopScroll(d)
		return
	}
	if d.stop != nil {
		return
	}
	stop := make(chan struct{})
	d.stop = stop
	go func() {
		t := time.NewTicker(edgeEvery)
		defer t.Stop()
		for {
			select {
			case <-stop:
				return
			case <-t.C:
				c.later(func() {
					if c.drag != d || d.stop != stop {
						return
					}
					c.scrollTo(c.scroll.Offset.Y + by)
					c.aim(d.at.Subtract(c.origin()).Y)
				})
			}
		}
	}()
}

func (c *Column) stopScroll(d *dragging) {
	if d.stop != nil {
		close(d.stop)
		d.stop = nil
	}
}

func (c *Column) origin() fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
}

// slotAt is the gap nearest to a height in the column.
func (c *Column) slotAt(y float32) int {
	y += c.scroll.Offset.Y
	for i, r := range c.rows {
		if y < r.Position().Y+r.tall/2 {
			return i
		}
	}
	return len(c.rows)
}

func (c *Column) lineAt(slot int) {
	g := c.gaps[slot]
	x, w := frame(c.Size().Width)
	l := c.layer.line
	l.FillColor = c.color(look.Accent)
	l.Resize(fyne.NewSize(w, 3))
	l.Move(fyne.NewPos(x, g.Position().Y+gapHeight/2-1.5-c.scroll.Offset.Y))
	l.Show()
	c.layer.Refresh()
}

// DropAt says where photos dropped at a place on the canvas would go: behind
// the block after (0: first), or into a block that takes more photos. ok is
// false outside the story.
func (c *Column) DropAt(pos fyne.Position) (after, into int64, ok bool) {
	p := pos.Subtract(c.origin())
	s := c.Size()
	if c.essay == nil || c.readOnly || !c.Visible() || p.X < 0 || p.Y < 0 || p.X >= s.Width || p.Y >= s.Height {
		return 0, 0, false
	}
	y := p.Y + c.scroll.Offset.Y
	for _, r := range c.rows {
		top, rim := r.Position().Y, min(r.tall/4, 40)
		if y > top+rim && y < top+r.tall-rim && r.takesPhotos() {
			return 0, r.block.ID, true
		}
	}
	return c.gaps[c.slotAt(p.Y)].after, 0, true
}

// HandleAt is where on the canvas the middle of a block's handle is, for
// whoever drives the window from outside.
func (c *Column) HandleAt(id int64) (fyne.Position, bool) {
	r := c.row(id)
	if r == nil {
		return fyne.Position{}, false
	}
	at := c.origin().Add(r.Position()).Add(r.handle.Position()).SubtractXY(0, c.scroll.Offset.Y)
	return at.AddXY(r.handle.Size().Width/2, r.handle.Size().Height/2), true
}

// RowHeight is how tall a block stands on the page, 0 where it isn't there.
func (c *Column) RowHeight(id int64) float32 {
	if r := c.row(id); r != nil {
		return r.tall
	}
	return 0
}

// takesPhotos reports whether photos can join the block.
func (r *row) takesPhotos() bool {
	switch r.block.Kind {
	case project.KindGallery:
		return true
	case project.KindCompare:
		return len(r.block.Placements) < 2
	case project.KindPhoto: // two make a pair
		return true
	}
	return false
}

// ShowDropLine shows where photos dropped at the place would go.
func (c *Column) ShowDropLine(pos fyne.Position) {
	after, into, ok := c.DropAt(pos)
	c.HideDropLine()
	switch {
	case !ok:
	case into != 0:
		c.boxAround(c.row(into))
	case after == 0:
		c.lineAt(0)
	default:
		c.lineAt(c.index(after) + 1)
	}
}

// boxAround shows that a drop joins the block.
func (c *Column) boxAround(r *row) {
	x, w := frame(c.Size().Width)
	box := c.layer.into
	box.StrokeColor = c.color(look.Accent)
	box.Move(fyne.NewPos(x-8, r.Position().Y-4-c.scroll.Offset.Y))
	box.Resize(fyne.NewSize(w+16, r.tall+8))
	box.Show()
	c.layer.Refresh()
}

// HideDropLine hides it again.
func (c *Column) HideDropLine() {
	c.layer.line.Hide()
	c.layer.into.Hide()
	c.layer.Refresh()
}

// summary is the beginning of a block's words.
func (r *row) summary() string {
	text := r.block.Text
	if len(r.block.Placements) > 0 {
		pl := r.block.Placements[0]
		ph := r.c.photos[pl.PhotoID]
		if text = pl.CaptionOf(ph); text == "" {
			text = ph.Name
		}
	}
	return project.Plain(text)
}
