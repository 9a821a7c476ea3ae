package library

// This file owns the grid: only the cells in sight exist, and one widget hears
// the mouse and the keys for all of them, so that a scroll step costs a row.

import (
	"maps"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

const (
	gap = 8
)

// footHigh is the height of the file name under a photo.
func footHigh() float32 { return float32(math.Ceil(float64(look.Scaled(20)))) }

type grid struct {
	widget.BaseWidget
	lib    *Library
	scroll *container.Scroll

	list   []project.Photo
	chosen map[int64]bool
	anchor int64 // where a range begins
	lead   int64 // where the keys are
	cells  map[int]*cell
	spare  []*cell
	mouse  mouse
	ghost  *ghost
	active bool    // has the keys
	tile   float32 // a photo's least width
}

func newGrid(lib *Library) *grid {
	g := &grid{lib: lib, chosen: map[int64]bool{}, cells: map[int]*cell{}, tile: usualTile}
	g.ExtendBaseWidget(g)
	g.scroll = container.NewVScroll(g)
	g.scroll.OnScrolled = func(fyne.Position) { g.show() }
	return g
}

// set changes the photos. Cells keep their photo where it stands at the same place.
func (g *grid) set(list []project.Photo) {
	g.list = list
	there := make(map[int64]bool, len(list))
	for _, ph := range list {
		there[ph.ID] = true
	}
	before := len(g.chosen)
	for id := range g.chosen {
		if !there[id] {
			delete(g.chosen, id)
		}
	}
	for i, c := range g.cells {
		if i >= len(list) {
			g.retire(i, c)
		} else {
			c.set(list[i], g.chosen[list[i].ID])
		}
	}
	g.scroll.Refresh()
	top := max(g.MinSize().Height-g.scroll.Size().Height, 0)
	if g.scroll.Offset.Y > top {
		g.scroll.Offset.Y = top
		g.scroll.Refresh()
	}
	g.show()
	if before != len(g.chosen) {
		g.report()
	}
}

func (g *grid) index(id int64) int {
	return slices.IndexFunc(g.list, func(ph project.Photo) bool { return ph.ID == id })
}

// measure is how the width is divided: columns, and a cell's size.
func (g *grid) measure() (columns int, cell fyne.Size) {
	width := g.scroll.Size().Width - 2*margin
	columns = max(int((width+gap)/(g.tile+gap)), 1)
	tile := float32(math.Floor(float64(width-gap*float32(columns-1)) / float64(columns)))
	tile = max(tile, 40)
	return columns, fyne.NewSize(tile, float32(math.Round(float64(tile)*0.72))+footHigh())
}

// place is where a photo's cell stands.
func (g *grid) place(i int) (fyne.Position, fyne.Size) {
	columns, size := g.measure()
	col := i % columns
	if words.RightToLeft() {
		col = columns - 1 - col
	}
	return fyne.NewPos(margin+float32(col)*(size.Width+gap), float32(i/columns)*(size.Height+gap)), size
}

// at is the photo under a position of the grid, or -1.
func (g *grid) at(pos fyne.Position) int {
	columns, size := g.measure()
	x, y := pos.X-margin, pos.Y
	if x < 0 || y < 0 {
		return -1
	}
	col, row := int(x/(size.Width+gap)), int(y/(size.Height+gap))
	if col >= columns || x-float32(col)*(size.Width+gap) > size.Width || y-float32(row)*(size.Height+gap) > size.Height {
		return -1
	}
	if words.RightToLeft() {
		col = columns - 1 - col
	}
	if i := row*columns + col; i < len(g.list) {
		return i
	}
	return -1
}

// inSight is the range of photos on screen, with a row to spare on each side.
func (g *grid) inSight() (from, to int) {
	columns, size := g.measure()
	step := size.Height + gap
	from = max(int(g.scroll.Offset.Y/step)-1, 0) * columns
	to = (int((g.scroll.Offset.Y+g.scroll.Size().Height)/step) + 2) * columns
	return min(from, len(g.list)), min(to, len(g.list))
}

// show gives each photo in sight a cell and takes the cells of the others back.
func (g *grid) show() {
	if g.scroll.Size().Width < smallTile/2 {
		return
	}
	from, to := g.inSight()
	changed := false
	for i, c := range g.cells {
		if i < from || i >= to {
			g.retire(i, c)
			changed = true
		}
	}
	for i := from; i < to; i++ {
		c := g.cells[i]
		if c == nil {
			changed = true
			if n := len(g.spare); n > 0 {
				c, g.spare = g.spare[n-1], g.spare[:n-1]
			} else {
				c = newCell(g.lib.loader)
			}
			g.cells[i] = c
		}
		pos, size := g.place(i)
		c.Move(pos)
		if c.Size() != size {
			c.Resize(size)
		}
		c.set(g.list[i], g.chosen[g.list[i].ID])
	}
	if changed {
		g.Refresh()
	}
}

func (g *grid) retire(i int, c *cell) {
	c.clear()
	delete(g.cells, i)
	g.spare = append(g.spare, c)
}

// resize gives the tiles another size; what the keys are on stays in sight.
func (g *grid) resize(tile float32) {
	tile = min(max(tile, smallTile), largeTile)
	if tile == g.tile {
		return
	}
	at := g.index(g.lead)
	if at < 0 {
		at, _ = g.inSight()
	}
	g.tile = tile
	g.scroll.Refresh()
	g.show()
	if at < len(g.list) {
		g.reveal(at)
	}
	g.Refresh()
}

// mark shows the selection on the cells in sight.
func (g *grid) mark() {
	for i, c := range g.cells {
		c.choose(g.chosen[g.list[i].ID], g.active && g.list[i].ID == g.lead)
	}
}

func (g *grid) reveal(i int) {
	pos, size := g.place(i)
	high := g.scroll.Size().Height
	switch {
	case high <= 0:
		return
	case pos.Y < g.scroll.Offset.Y:
		g.scroll.Offset.Y = pos.Y
	case pos.Y+size.Height > g.scroll.Offset.Y+high:
		g.scroll.Offset.Y = pos.Y + size.Height - high
	default:
		return
	}
	g.scroll.Refresh()
	g.show()
}

func (g *grid) CreateRenderer() fyne.WidgetRenderer { return &gridRenderer{g} }

type gridRenderer struct{ g *grid }

func (r *gridRenderer) MinSize() fyne.Size {
	columns, size := r.g.measure()
	rows := (len(r.g.list) + columns - 1) / columns
	return fyne.NewSize(40, float32(rows)*(size.Height+gap)+4)
}

func (r *gridRenderer) Layout(fyne.Size) { r.g.show() }
func (r *gridRenderer) Destroy()         {}

// Refresh draws; show decides what there is.
func (r *gridRenderer) Refresh() { canvas.Refresh(r.g) }

// Objects come in an order that stays: another one each time would have Fyne lay
// the grid out and draw the window anew in every frame.
func (r *gridRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(r.g.cells))
	for _, i := range slices.Sorted(maps.Keys(r.g.cells)) {
		out = append(out, r.g.cells[i])
	}
	return out
}
