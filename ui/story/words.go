package story

// This file owns the bodies made of words: text, heading, quote, and the
// divider, which is what stands where words don't.

import (
	"image/color"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"photodesk/project"
	"photodesk/ui/look"
)

// words is a text or a heading.
type words struct {
	r *row
	f *field
}

func newWords(r *row) *words {
	w := &words{r: r}
	report := func(text string) bool {
		b := r.block
		b.Text = text
		if !r.text(b) {
			return false
		}
		r.block.Text = text
		return true
	}
	if r.block.Kind == project.KindHeading {
		w.f = newField(r.c, r, roleHeading, lang.L("Heading"), report)
	} else {
		w.f = newField(r.c, r, roleBody, lang.L("Text"), report)
	}
	w.f.key = r.c.wordKeys(r, w.f)
	w.f.split = func() {
		w.f.flush()
		r.c.insert(r.block.ID, project.KindText)
	}
	r.watch(w.f, 0)
	return w
}

func (w *words) update()                      { w.f.show(w.r.block.Text) }
func (w *words) objects() []fyne.CanvasObject { return []fyne.CanvasObject{w.f.box} }
func (w *words) fields() []*field             { return []*field{w.f} }

func (w *words) arrange(width float32) float32 {
	x, m := frame(width)
	return w.f.place(x, 0, m)
}

// insert reports a wish for a new block.
func (c *Column) insert(after int64, kind project.BlockKind) {
	if c.OnInsert != nil && !c.readOnly {
		c.OnInsert(after, kind)
	}
}

// remove deletes an emptied block and goes on in the one before it.
func (c *Column) remove(id int64) {
	i := c.index(id)
	if i < 0 {
		return
	}
	if i > 0 {
		c.Focus(c.rows[i-1].block.ID)
	} else {
		c.focusField(c.head.standfirst, true)
	}
	call(c.OnDelete, id)
}

// quote is a pull quote with its attribution.
type quote struct {
	r         *row
	bars      [2]*canvas.Rectangle // the rules above and below, or the bar beside it
	text, who *field
}

func newQuote(r *row) *quote {
	q := &quote{r: r, bars: [2]*canvas.Rectangle{canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)}}
	report := func(string) bool {
		b := r.block
		b.Text, b.Attribution = q.text.Text, q.who.Text
		if !r.text(b) {
			return false
		}
		r.block.Text, r.block.Attribution = b.Text, b.Attribution
		return true
	}
	q.text = newField(r.c, r, roleQuote, lang.L("Pull quote"), report)
	q.who = newField(r.c, r, roleWho, lang.L("Who says it"), report)
	q.text.key = onReturn(func() { r.c.focusField(q.who, true) })
	q.who.key = onReturn(func() { q.who.flush(); r.c.insert(r.block.ID, project.KindText) })
	r.watch(q.text, 0)
	r.watch(q.who, 0)
	return q
}

func (q *quote) update() {
	q.text.show(q.r.block.Text)
	q.who.show(q.r.block.Attribution)
}

func (q *quote) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{q.text.box, q.who.box}
	switch c := q.r.c; c.dress.quote {
	case quoteRules:
		q.bars[0].FillColor, q.bars[1].FillColor = c.color(look.Hairline), c.color(look.Hairline)
		out = append(out, q.bars[0], q.bars[1])
	case quoteBar:
		q.bars[0].FillColor = c.linkLine() // the page's accent
		out = append(out, q.bars[0])
	}
	return out
}

func (q *quote) fields() []*field { return []*field{q.text, q.who} }

func (q *quote) arrange(width float32) float32 {
	x, m := frame(width)
	switch q.r.c.dress.quote {
	case quoteRules:
		const pad = 14
		h := pad + q.text.place(x, pad, m)
		h += q.who.place(x, h, m) + pad
		for i, bar := range q.bars {
			bar.Resize(fyne.NewSize(m, 1))
			bar.Move(fyne.NewPos(x, float32(i)*(h-1)))
		}
		return h
	case quoteBar:
		const in = 28
		h := q.text.place(x+in, 4, m-in)
		h += q.who.place(x+in, 4+h, m-in)
		q.bars[0].Move(fyne.NewPos(x, 6))
		q.bars[0].Resize(fyne.NewSize(4, h-4))
		return h + 8
	}
	h := q.text.place(x, 4, m)
	return h + q.who.place(x, 4+h, m) + 8
}

// divider is a pause in the story: dots, or a line.
type divider struct {
	c    *Column
	dots []*canvas.Circle
	line *canvas.Rectangle
}

func newDivider(r *row) *divider {
	d := &divider{c: r.c, line: canvas.NewRectangle(color.Transparent)}
	for range 3 {
		d.dots = append(d.dots, canvas.NewCircle(color.Transparent))
	}
	return d
}

func (d *divider) update()          {}
func (d *divider) fields() []*field { return nil }

func (d *divider) objects() []fyne.CanvasObject {
	if !d.c.dress.dots {
		d.line.FillColor = d.c.color(look.Muted)
		return []fyne.CanvasObject{d.line}
	}
	out := make([]fyne.CanvasObject, len(d.dots))
	for i, dot := range d.dots {
		dot.FillColor = d.c.color(look.Muted)
		out[i] = dot
	}
	return out
}

func (d *divider) arrange(width float32) float32 {
	const tall = 30
	for i, dot := range d.dots {
		dot.Resize(fyne.NewSize(4, 4))
		dot.Move(fyne.NewPos(width/2-22+float32(i)*20, tall/2-2))
	}
	_, m := frame(width)
	long := min(d.c.dress.line, m)
	d.line.Resize(fyne.NewSize(long, 1))
	d.line.Move(fyne.NewPos((width-long)/2, tall/2))
	return tall
}

// kindNames are the editor's words for the block kinds, and their icons.
func kindName(k project.BlockKind) (string, fyne.Resource) {
	switch k {
	case project.KindText:
		return lang.L("Text"), theme.DocumentIcon()
	case project.KindHeading:
		return lang.L("Heading"), theme.ListIcon()
	case project.KindQuote:
		return lang.L("Pull quote"), theme.MailForwardIcon()
	case project.KindPhoto:
		return lang.L("Photo"), theme.MediaPhotoIcon()
	case project.KindGallery:
		return lang.L("Gallery"), theme.GridIcon()
	case project.KindCompare:
		return lang.L("Compare"), theme.ViewRestoreIcon()
	case project.KindDivider:
		return lang.L("Divider"), theme.ContentRemoveIcon()
	case project.KindVote:
		return lang.L("Votes"), theme.ConfirmIcon()
	}
	return string(k), nil
}

// KindName is the editor's word for a block kind.
func KindName(k project.BlockKind) string {
	name, _ := kindName(k)
	return name
}
