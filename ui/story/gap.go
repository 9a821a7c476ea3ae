package story

// This file owns the space between blocks: the inserter that appears there.

import (
	"image/color"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

type gap struct {
	widget.BaseWidget
	c     *Column
	after int64
	last  bool // the one that ends the essay, always to be seen
	bare  bool // of an essay without blocks
	hover bool

	line  *canvas.Rectangle
	disc  *canvas.Circle
	plus  *widget.Icon
	words *look.Text
}

func newGap(c *Column) *gap {
	g := &gap{c: c, line: canvas.NewRectangle(color.Transparent), disc: canvas.NewCircle(color.Transparent)}
	g.plus = widget.NewIcon(theme.NewPrimaryThemedResource(theme.ContentAddIcon()))
	g.words = c.text("", look.Muted, sizeLabel)
	g.disc.StrokeWidth = 1
	g.ExtendBaseWidget(g)
	return g
}

func (g *gap) set(after int64, last, bare bool) {
	g.after = after
	if g.last != last || g.bare != bare {
		g.last, g.bare = last, bare
		g.words.SetText(lang.L("Add to the story"))
		if bare {
			g.words.SetText(lang.L("Add text or a photo, paste a story, or drag photos here"))
		}
		g.Refresh()
	}
}

func (g *gap) tall() float32 {
	if g.last {
		return 64
	}
	return gapHeight
}

func (g *gap) shown() bool { return (g.hover || g.last) && !g.c.readOnly }

func (g *gap) MouseIn(*desktop.MouseEvent)    { g.hover = true; g.Refresh() }
func (g *gap) MouseMoved(*desktop.MouseEvent) {}
func (g *gap) MouseOut()                      { g.hover = false; g.Refresh() }

// Tapped offers every kind of block.
func (g *gap) Tapped(ev *fyne.PointEvent) {
	cv := g.c.canvas()
	if cv == nil || g.c.readOnly {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", g.items()...), cv, ev.AbsolutePosition)
}

func (g *gap) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, k := range project.Kinds {
		name, icon := kindName(k)
		it := fyne.NewMenuItem(name, func() { g.c.insert(g.after, k) })
		it.Icon = icon
		items = append(items, it)
	}
	return items
}

func (g *gap) CreateRenderer() fyne.WidgetRenderer { return gapRenderer{g} }

type gapRenderer struct{ g *gap }

func (gapRenderer) Destroy()           {}
func (gapRenderer) MinSize() fyne.Size { return fyne.NewSize(0, gapHeight) }

func (r gapRenderer) Layout(s fyne.Size) {
	g := r.g
	x, m := frame(s.Width)
	mid := s.Height / 2
	left := s.Width / 2
	if g.last {
		left = x + 10
	}
	g.line.Resize(fyne.NewSize(m, 1))
	g.line.Move(fyne.NewPos(x, mid))
	g.disc.Resize(fyne.NewSize(20, 20))
	g.disc.Move(fyne.NewPos(left-10, mid-10))
	g.plus.Resize(fyne.NewSize(14, 14))
	g.plus.Move(fyne.NewPos(left-7, mid-7))
	w := g.words.MinSize()
	g.words.Move(fyne.NewPos(left+20, mid-w.Height/2))
	g.words.Resize(w)
}

func (r gapRenderer) Refresh() {
	g := r.g
	g.line.FillColor = g.c.color(look.Accent)
	g.disc.FillColor = g.c.color(look.Sheet)
	g.disc.StrokeColor = g.c.color(look.Accent)
	if g.last && !g.hover {
		g.disc.StrokeColor = g.c.color(look.Hairline)
	}
	r.Layout(g.Size())
	canvas.Refresh(g)
}

func (r gapRenderer) Objects() []fyne.CanvasObject {
	g := r.g
	if !g.shown() {
		return nil
	}
	if g.last {
		return []fyne.CanvasObject{g.disc, g.plus, g.words}
	}
	return []fyne.CanvasObject{g.line, g.disc, g.plus}
}
