package story

// This file owns the bodies of several photos: galleries in their layouts, and
// compare.

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/ui/look"
)

type gallery struct {
	r       *row
	figures []*figure
	empty   *hint
	title   *look.Text
	labels  [2]*look.Text // before and after
	shown   int           // of a slideshow
}

func newGallery(r *row) *gallery {
	g := &gallery{r: r, title: look.Caps(""), empty: newHint(r.c, lang.L("Drag photos here from the library"))}
	g.title.Theme = paper{r.c}
	g.labels = [2]*look.Text{r.c.text(lang.L("Before"), look.Muted, sizeSmall), r.c.text(lang.L("After"), look.Muted, sizeSmall)}
	if r.block.Kind == project.KindCompare {
		g.empty = newHint(r.c, lang.L("Drag two photos here: before and after"))
	}
	return g
}

// LayoutName is the editor's word for a gallery's layout.
func LayoutName(l project.Layout) string {
	switch l {
	case project.LayoutPair:
		return lang.L("Pair")
	case project.LayoutSlideshow:
		return lang.L("Slideshow")
	}
	return lang.L("Grid")
}

func (g *gallery) update() {
	old := map[int64]*figure{}
	for _, f := range g.figures {
		old[f.pl.ID] = f
	}
	b := g.r.block
	g.figures = g.figures[:0:0]
	for _, pl := range b.Placements {
		f := old[pl.ID]
		if f == nil {
			f = newFigure(g.r, pl, b.Layout == project.LayoutSlideshow || b.Kind == project.KindCompare)
		}
		f.update(pl)
		g.figures = append(g.figures, f)
	}
	title := lang.L("Gallery") + " · " + LayoutName(b.Layout)
	if b.Kind == project.KindCompare {
		title = lang.L("Compare")
	} else if n := len(g.figures); n > 0 {
		title += " · " + lang.N("{{.PluralCount}} photos", n)
	}
	g.title.SetText(strings.ToUpper(title))
	g.shown = min(g.shown, max(0, len(g.figures)-1))
	g.r.stale = true
}

func (g *gallery) slides() bool {
	return g.r.block.Kind == project.KindGallery && g.r.block.Layout == project.LayoutSlideshow
}

func (g *gallery) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{g.title}
	if len(g.figures) == 0 {
		return append(out, g.empty)
	}
	for _, f := range g.figures {
		out = append(out, f.objects()...)
	}
	if g.r.block.Kind == project.KindCompare {
		out = append(out, g.labels[0], g.labels[1])
	}
	return out
}

func (g *gallery) fields() []*field {
	var out []*field
	for i, f := range g.figures {
		if !g.slides() || i == g.shown {
			out = append(out, f.caption)
		}
	}
	return out
}

// mark shows which of the photos is selected; a slideshow turns to it.
func (g *gallery) mark(placement int64) {
	for i, f := range g.figures {
		on := f.pl.ID == placement
		f.mark(on)
		if on && g.slides() && i != g.shown {
			g.figures[g.shown].caption.flush()
			g.shown = i
			g.r.c.grown(g.r)
		}
	}
}

func (g *gallery) arrange(width float32) float32 {
	x, m := frame(width)
	g.title.Move(fyne.NewPos(x, 0))
	g.title.Resize(fyne.NewSize(m, g.title.MinSize().Height))
	y := g.title.MinSize().Height + 6
	n := len(g.figures)
	switch {
	case n == 0:
		return y + g.empty.place(x, y, m)
	case g.slides():
		return g.slideshow(x, y, m)
	case g.r.block.Kind == project.KindCompare:
		y = g.grid(x, y, m, 2, true)
		w := (m - gutter) / 2
		for i, l := range g.labels {
			l.Move(fyne.NewPos(x+float32(i)*(w+gutter), y))
			l.Resize(fyne.NewSize(w, l.MinSize().Height))
		}
		return y + g.labels[0].MinSize().Height + 4
	case g.r.block.Layout == project.LayoutPair, n == 2, n == 4:
		return g.grid(x, y, m, 2, true)
	}
	return g.grid(x, y, m, 3, false)
}

// grid places the figures in so many columns; photos of one line share a height.
func (g *gallery) grid(x, y, m float32, cols int, whole bool) float32 {
	w := (m - gutter*float32(cols-1)) / float32(cols)
	for i := 0; i < len(g.figures); i += cols {
		line := g.figures[i:min(i+cols, len(g.figures))]
		h := w * 2 / 3
		if whole {
			h = 0
			for _, f := range line {
				h = max(h, min(w*f.aspect, w*1.25))
			}
		}
		tall := float32(0)
		for j, f := range line {
			fx := x + float32(j)*(w+gutter)
			f.reveal(true)
			f.photo(fx, y, w, h)
			tall = max(tall, f.words(fx, y+h+4, w))
		}
		y += h + 4 + tall + gutter
	}
	return y - gutter + 4
}

// slideshow places the photo shown, its words, and a strip of all.
func (g *gallery) slideshow(x, y, m float32) float32 {
	const strip = 54
	f := g.figures[g.shown]
	y += f.photo(x, y, m, min(m*f.aspect, m*0.75)) + 8
	step := min((m+6)/float32(len(g.figures)), strip*1.5+6)
	top := y
	if len(g.figures) > 1 {
		y += strip + 6
	}
	at := x
	for i, o := range g.figures {
		o.reveal(i == g.shown)
		if i != g.shown {
			o.photo(at, top, step-6, strip)
			at += step
		}
	}
	return y + f.words(x, y, m) + 4
}

// reveal shows the figure's words, or its photo alone.
func (f *figure) reveal(words bool) {
	f.caption.box.Hidden = !words
	f.credit.Hidden = !words
	f.vote.Hidden = !words || !f.pl.Vote
}

// wear shows everything as the page's theme has it.
func (g *gallery) wear() {
	for _, f := range g.figures {
		f.wear()
	}
	for _, t := range []fyne.CanvasObject{g.title, g.labels[0], g.labels[1], g.empty} {
		t.Refresh()
	}
}
