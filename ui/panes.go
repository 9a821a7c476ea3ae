package ui

// This file owns the panes: two rooms beside or above each other with a
// hairline between them that can be dragged. Unlike Fyne's split, one of the
// two keeps its size when the window changes, and the line is a line.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

const grab = 8 // how thick the line is to the pointer

// panes holds a kept and a free room; the kept one has a size of its own.
type panes struct {
	widget.BaseWidget
	kept, free fyne.CanvasObject
	first      bool // the kept room comes first
	below      bool // the second room stands below the first
	least      float32
	size       float32 // of the kept room, as the editor set it, at a text size of 100 %
	line       *divider
}

func newPanes(kept, free fyne.CanvasObject, first, below bool, size, least float32) *panes {
	p := &panes{kept: kept, free: free, first: first, below: below, size: size, least: least}
	p.line = newDivider(p)
	p.ExtendBaseWidget(p)
	return p
}

// along is the part of a size that the two rooms share.
func (p *panes) along(s fyne.Size) float32 {
	if p.below {
		return s.Height
	}
	return s.Width
}

// shown is the size the kept room has in so much space.
func (p *panes) shown(total float32) float32 {
	most := total - p.along(p.free.MinSize())
	return max(p.scaled(p.least), p.along(p.kept.MinSize()), min(p.scaled(p.size), most))
}

// scaled is a width as its words need it: larger words, wider rooms.
func (p *panes) scaled(size float32) float32 {
	if p.below {
		return size
	}
	return look.Scaled(size)
}

func (p *panes) CreateRenderer() fyne.WidgetRenderer { return panesRenderer{p} }

type panesRenderer struct{ p *panes }

func (panesRenderer) Destroy() {}

func (r panesRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.kept, r.p.free, r.p.line}
}

func (r panesRenderer) MinSize() fyne.Size {
	k, f := r.p.kept.MinSize(), r.p.free.MinSize()
	if r.p.below {
		return fyne.NewSize(max(k.Width, f.Width), max(k.Height, r.p.least)+f.Height)
	}
	return fyne.NewSize(max(k.Width, r.p.scaled(r.p.least))+f.Width, max(k.Height, f.Height))
}

func (r panesRenderer) Layout(s fyne.Size) {
	p := r.p
	total := p.along(s)
	kept := p.shown(total)
	put := func(o fyne.CanvasObject, at, size float32) {
		if p.below {
			o.Move(fyne.NewPos(0, at))
			o.Resize(fyne.NewSize(s.Width, size))
			return
		}
		o.Move(fyne.NewPos(at, 0))
		o.Resize(fyne.NewSize(size, s.Height))
	}
	edge := kept
	if p.first {
		put(p.kept, 0, kept)
		put(p.free, kept, total-kept)
	} else {
		edge = total - kept
		put(p.free, 0, edge)
		put(p.kept, edge, kept)
	}
	put(p.line, edge-grab/2, grab)
}

func (r panesRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.line.Refresh()
}

// divider is the line between two rooms.
type divider struct {
	widget.BaseWidget
	p    *panes
	rule *look.Area
}

func newDivider(p *panes) *divider {
	d := &divider{p: p, rule: look.Ground(look.Hairline)}
	d.ExtendBaseWidget(d)
	return d
}

func (d *divider) Cursor() desktop.Cursor {
	if d.p.below {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

func (d *divider) Dragged(ev *fyne.DragEvent) {
	by := ev.Dragged.DX
	if d.p.below {
		by = ev.Dragged.DY
	}
	if !d.p.first {
		by = -by
	}
	total := d.p.along(d.p.Size())
	size := max(d.p.scaled(d.p.least), min(d.p.shown(total)+by, total-d.p.along(d.p.free.MinSize())))
	d.p.size = size / d.p.scaled(1)
	d.p.Refresh()
}

func (d *divider) DragEnd()                       {}
func (d *divider) MouseIn(*desktop.MouseEvent)    { d.dress(look.Accent) }
func (d *divider) MouseMoved(*desktop.MouseEvent) {}
func (d *divider) MouseOut()                      { d.dress(look.Hairline) }

func (d *divider) dress(name fyne.ThemeColorName) {
	d.rule.Fill = name
	d.rule.Refresh()
}

func (d *divider) CreateRenderer() fyne.WidgetRenderer { return dividerRenderer{d} }

type dividerRenderer struct{ d *divider }

func (dividerRenderer) Destroy()           {}
func (dividerRenderer) MinSize() fyne.Size { return fyne.NewSize(grab, grab) }
func (r dividerRenderer) Refresh()         { r.d.rule.Refresh() }

func (r dividerRenderer) Layout(s fyne.Size) {
	thin := theme.SeparatorThicknessSize()
	if r.d.p.below {
		r.d.rule.Move(fyne.NewPos(0, grab/2))
		r.d.rule.Resize(fyne.NewSize(s.Width, thin))
		return
	}
	r.d.rule.Move(fyne.NewPos(grab/2, 0))
	r.d.rule.Resize(fyne.NewSize(thin, s.Height))
}

func (r dividerRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.d.rule} }
