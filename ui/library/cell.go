package library

// This file owns one cell of the grid, and the ghost that follows the mouse.

import (
	"fmt"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// mostFlags is how many badges a photo can have at once.
const mostFlags = 5

// cell shows a photo, its name and what is missing. It hears nothing itself.
type cell struct {
	widget.BaseWidget
	view   *photos.View
	ring   *look.Area
	name   *look.Text
	foot   *look.Area
	used   *tag
	flags  []*tag
	photo  project.Photo
	filled bool
	chosen bool
	lead   bool
}

func newCell(loader *photos.Loader) *cell {
	c := &cell{
		view: photos.NewView(loader, photos.Contain, false), ring: look.Ground(""), foot: look.Ground(""),
		name: look.Small(""), used: newTag(),
	}
	c.view.Radius = 2
	c.ring.Width, c.ring.Radius = 2, 4
	c.foot.Radius = 3
	c.name.Alignment = fyne.TextAlignCenter
	for range mostFlags {
		c.flags = append(c.flags, newTag())
	}
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

func (c *cell) set(ph project.Photo, chosen bool) {
	same := c.filled && sameFace(c.photo, ph)
	c.photo, c.filled = ph, true
	c.view.SetPhoto(ph)
	if same && c.chosen == chosen {
		return
	}
	c.chosen = chosen
	c.name.Text = ph.Name
	words := lacks(ph)
	for i, f := range c.flags {
		if i < len(words) {
			f.set(words[i].text, words[i].ground)
		} else {
			f.set("", "")
		}
	}
	if ph.Uses > 0 {
		c.used.set(fmt.Sprintf("%d×", ph.Uses), look.PhotoBadge)
	} else {
		c.used.set("", "")
	}
	c.paint()
	c.Refresh()
}

// sameFace reports whether the cell would look the same.
func sameFace(a, b project.Photo) bool {
	return a.ID == b.ID && a.Name == b.Name && a.Uses == b.Uses && a.Sensitive == b.Sensitive && a.Lost == b.Lost &&
		a.Expires == b.Expires && (a.Caption == "") == (b.Caption == "") && (a.CreditLine == "") == (b.CreditLine == "") && (a.Alt == "") == (b.Alt == "")
}

type lack struct {
	text   string
	ground fyne.ThemeColorName
}

// lacks is what an editor should see of a photo before it is used.
func lacks(ph project.Photo) []lack {
	var out []lack
	if ph.Lost {
		out = append(out, lack{lang.L("Original lost"), look.Error})
	}
	if expired(ph, today()) {
		out = append(out, lack{lang.L("Expired"), look.Error})
	}
	if ph.Sensitive {
		out = append(out, lack{lang.L("Sensitive"), look.PhotoBadge})
	}
	switch {
	case ph.CreditLine == "" && ph.Caption == "":
		out = append(out, lack{lang.L("No words"), look.Warning})
	case ph.CreditLine == "":
		out = append(out, lack{lang.L("No credit"), look.Warning})
	case ph.Caption == "":
		out = append(out, lack{lang.L("No caption"), look.Warning})
	}
	if ph.Alt == "" && (ph.CreditLine != "" || ph.Caption != "") {
		out = append(out, lack{lang.L("No alt"), look.PhotoBadge})
	}
	return out
}

func (c *cell) clear() {
	c.view.Clear()
	c.filled, c.chosen, c.lead = false, false, false
}

func (c *cell) choose(chosen, lead bool) {
	if c.chosen != chosen || c.lead != lead {
		c.chosen, c.lead = chosen, lead
		c.paint()
		c.Refresh()
	}
}

func (c *cell) paint() {
	c.ring.Stroke, c.foot.Fill, c.name.Color = "", "", look.Muted
	if c.lead {
		c.ring.Stroke = look.Muted
	}
	if c.chosen {
		c.ring.Stroke, c.foot.Fill, c.name.Color = look.Accent, look.Accent, look.OnAccent
	}
}

func (c *cell) CreateRenderer() fyne.WidgetRenderer { return &cellRenderer{c} }

type cellRenderer struct{ c *cell }

func (r *cellRenderer) Layout(size fyne.Size) {
	c := r.c
	photo := fyne.NewSize(size.Width, size.Height-footHigh())
	c.view.Move(fyne.NewPos(3, 3))
	c.view.Resize(photo.Subtract(fyne.NewSize(6, 6)))
	c.ring.Resize(photo)
	name := min(fyne.MeasureText(c.name.Text, look.Scaled(look.TextSmall), c.name.Style).Width+12, size.Width)
	high := footHigh() - 3
	c.foot.Move(fyne.NewPos((size.Width-name)/2, size.Height-high))
	c.foot.Resize(fyne.NewSize(name, high))
	c.name.Move(fyne.NewPos((size.Width-name)/2+5, size.Height-high))
	c.name.Resize(fyne.NewSize(name-10, high))
	used := c.used.MinSize()
	c.used.Move(fyne.NewPos(size.Width-used.Width-7, 7))
	c.used.Resize(used)
	x, y := float32(7), photo.Height-7
	for _, f := range c.flags {
		if f.Hidden {
			continue
		}
		m := f.MinSize()
		if x > 7 && x+m.Width > size.Width-7 { // no room beside: on top
			x, y = 7, y-m.Height-2
		}
		f.Move(fyne.NewPos(x, y-m.Height))
		f.Resize(m)
		x += m.Width + 3
	}
}

func (r *cellRenderer) MinSize() fyne.Size { return fyne.NewSize(40, 40) }

func (r *cellRenderer) Refresh() {
	r.Layout(r.c.Size())
	for _, o := range []fyne.CanvasObject{r.c.ring, r.c.foot, r.c.name, r.c.used} {
		o.Refresh()
	}
	for _, f := range r.c.flags {
		f.Refresh()
	}
}

func (r *cellRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.c.view, r.c.ring, r.c.foot, r.c.name, r.c.used}
	for _, f := range r.c.flags {
		out = append(out, f)
	}
	return out
}

func (r *cellRenderer) Destroy() {}

// tag is a badge whose word changes as cells are used again.
type tag struct {
	widget.BaseWidget
	ground *look.Area
	word   *look.Text
}

func newTag() *tag {
	t := &tag{ground: look.Ground(look.PhotoBadge), word: look.NewText("", look.OnPhoto, look.TextCaps)}
	t.ground.Radius = 3
	t.word.Style.Bold = true
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

func (t *tag) set(text string, ground fyne.ThemeColorName) {
	t.Hidden = text == ""
	t.word.Text, t.ground.Fill = text, ground
	t.word.Color = look.OnPhoto
	if ground == look.Warning {
		t.word.Color = look.OnWarning
	}
}

func (t *tag) CreateRenderer() fyne.WidgetRenderer {
	return &tagRenderer{t}
}

type tagRenderer struct{ t *tag }

func (r *tagRenderer) MinSize() fyne.Size {
	if r.t.Hidden {
		return fyne.Size{}
	}
	return r.t.word.MinSize().Add(fyne.NewSize(8, 1))
}

func (r *tagRenderer) Layout(size fyne.Size) {
	r.t.ground.Resize(size)
	r.t.word.Move(fyne.NewPos(4, 0))
	r.t.word.Resize(fyne.NewSize(size.Width-8, size.Height))
}

func (r *tagRenderer) Refresh() {
	r.Layout(r.t.Size())
	r.t.ground.Refresh()
	r.t.word.Refresh()
}

func (r *tagRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.ground, r.t.word} }
func (r *tagRenderer) Destroy()                     {}

// ghost follows the mouse over the whole window.
type ghost struct {
	canvas fyne.Canvas
	layer  *fyne.Container
	body   *fyne.Container
}

func newGhost(g *grid, ids []int64) *ghost {
	gh := &ghost{canvas: fyne.CurrentApp().Driver().CanvasForObject(g)}
	view := photos.NewView(g.lib.loader, photos.Cover, false)
	view.Radius = 3
	if i := g.index(g.mouse.downID); i >= 0 {
		view.SetPhoto(g.list[i])
	}
	frame := look.Ground(look.Sheet)
	frame.Radius, frame.Stroke, frame.Width = 5, look.Accent, 2
	gh.body = container.NewStack(frame, look.Padded(4, view))
	if len(ids) > 1 {
		count := container.NewHBox(look.Badge(fmt.Sprint(len(ids)), look.Accent))
		gh.body.Add(container.NewVBox(look.Padded(7, count)))
	}
	gh.body.Resize(fyne.NewSize(108, 78))
	gh.layer = container.NewWithoutLayout(gh.body)
	if gh.canvas != nil {
		gh.layer.Resize(gh.canvas.Size())
		gh.canvas.Overlays().Add(gh.layer)
	}
	return gh
}

func (gh *ghost) move(at fyne.Position) {
	gh.body.Move(at.AddXY(12, 10))
}

func (gh *ghost) close() {
	if gh.canvas != nil {
		gh.canvas.Overlays().Remove(gh.layer)
	}
}
