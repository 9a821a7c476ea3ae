package library

// This file owns the line between filters and grid: the order, and the size of
// the photos; and what follows from it.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

func (l *Library) makeView() {
	l.order = ByAdded
	var names []string
	for _, o := range orders {
		names = append(names, lang.L(o.name))
	}
	l.sorter = look.NewSelect(names, nil)
	l.sorter.SetSelectedIndex(0)
	l.sorter.OnChanged = func(string) {
		if i := l.sorter.SelectedIndex(); i >= 0 {
			l.setOrder(orders[i].order)
		}
	}
	l.size = widget.NewSlider(smallTile, largeTile)
	l.size.Step = 2
	l.size.SetValue(usualTile)
	l.size.OnChanged = func(v float64) { l.setTile(float32(v)) }
	tile := func(edge float32) fyne.CanvasObject {
		t := look.Ground("")
		t.Stroke, t.Width, t.Radius, t.Min = look.Muted, 1.5, 2, fyne.NewSize(edge*1.3, edge)
		return look.Middle(t)
	}
	l.view = look.Ends(l.sorter, nil, container.NewBorder(nil, nil, look.Inset(0, 5, tile(6)), look.Inset(0, 3, tile(11)), l.size))
}

// SetView takes up an order and a size of the photos, as OnView told them.
func (l *Library) SetView(order Order, tile float32) {
	for i, o := range orders {
		if o.order == order {
			l.order = order
			report := l.sorter.OnChanged
			l.sorter.OnChanged = nil
			l.sorter.SetSelectedIndex(i)
			l.sorter.OnChanged = report
		}
	}
	if tile > 0 {
		l.grid.resize(tile)
		report := l.size.OnChanged
		l.size.OnChanged = nil
		l.size.SetValue(float64(l.grid.tile))
		l.size.OnChanged = report
	}
	l.SetPhotos(l.all)
}

func (l *Library) setOrder(o Order) {
	if l.order == o {
		return
	}
	l.order = o
	l.SetPhotos(l.all)
	l.viewed()
}

func (l *Library) setTile(tile float32) {
	before := l.grid.tile
	if l.grid.resize(tile); l.grid.tile != before {
		l.size.SetValue(float64(l.grid.tile))
		l.viewed()
	}
}

func (l *Library) viewed() {
	if l.OnView != nil {
		l.OnView(l.order, l.grid.tile)
	}
}

// arranged is what is shown of the photos given: filtered and in order.
func (l *Library) arranged() []project.Photo {
	list := l.all
	if l.own != (extra{}) {
		list = nil
		now := today()
		for _, ph := range l.all {
			if l.own.lets(ph, now) {
				list = append(list, ph)
			}
		}
	}
	return l.order.Sort(list)
}

// countOwn counts for the window's own filters; a filter that would leave
// nothing isn't offered. A narrowed library says nothing about the whole.
func (l *Library) countOwn() {
	if l.filter != (project.Filter{}) {
		return
	}
	gone, lost, now := 0, 0, today()
	for i := range l.all {
		if expired(l.all[i], now) {
			gone++
		}
		if l.all[i].Lost {
			lost++
		}
	}
	for i, f := range filters {
		if f.own == nil {
			continue
		}
		n := lost
		if e := (extra{}); f.own(&e) == &e.expired {
			n = gone
		}
		l.chips[i].setCount(n)
		l.chips[i].Hidden = n == 0 && !*f.own(&l.own)
	}
}

// stepChip gives the keys to the next filter that is there.
func (l *Library) stepChip(i, by int) {
	for i += by; i >= 0 && i < len(l.chips); i += by {
		if l.chips[i].Hidden {
			continue
		}
		if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
			c.Focus(l.chips[i])
		}
		return
	}
}

// Pair asks to compare the two selected photos; with any other number it does nothing.
func (l *Library) Pair() {
	if ids := l.Selection(); len(ids) == 2 && l.OnPair != nil {
		l.OnPair(ids[0], ids[1])
	}
}

// Photos lists what is shown, in its order.
func (l *Library) Photos() []project.Photo { return l.grid.list }

// CellAt is where the middle of the i-th photo shown is in the window, and
// whether it is in sight.
func (l *Library) CellAt(i int) (fyne.Position, bool) {
	c := l.grid.cells[i]
	if c == nil {
		return fyne.Position{}, false
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	return at.AddXY(c.Size().Width/2, c.Size().Height/3), true
}
