package inspector

// This file owns the room for captioning at speed: one photo large, its words
// beside it, and everything by keys. Its fields are those of the inspector.

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/words"
)

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }

// Captioning goes through a list of photos and has their words filled in. What
// is typed is reported by the callbacks of Fields.
type Captioning struct {
	widget.BaseWidget

	OnClose func() // Escape, Done

	in     *Inspector
	list   []project.Words
	at     int
	view   *photos.View
	ahead  []func() // cancels of neighbours being loaded
	where  *look.Text
	name   *look.Text
	facts  *look.Text
	still  *look.Text
	marks  *fyne.Container
	marked string
	body   fyne.CanvasObject
	wide   []fyne.CanvasObject // of the story's fields, and of the photo's own
	own    []fyne.CanvasObject
}

// NewCaptioning makes the room without photos.
func NewCaptioning(loader *photos.Loader) *Captioning {
	in := New(loader)
	c := &Captioning{in: in}
	c.ExtendBaseWidget(c)
	p := &photoPanel{in: in}
	p.preview, p.name, p.facts, p.tallied, p.file = newPreview(in), look.Title(""), look.Note(""), look.Note(""), look.Note("")
	p.storySection()
	p.wordsSection()
	p.rightsSection()
	p.aboutSection()
	p.story = look.Column(0, p.caption.body)
	p.readings = newReadings(p)
	for _, f := range []*field{p.caption, p.ownCaption} {
		f.lines = 6
		f.entry.SetMinRowsVisible(6)
	}
	alt, ownCaption, ownAlt := look.Column(0, p.alt.body), look.Column(0, p.ownCaption.body), look.Column(0, p.ownAlt.body)
	c.wide, c.own = []fyne.CanvasObject{p.story, alt}, []fyne.CanvasObject{ownCaption, ownAlt}
	p.body = look.Column(13,
		p.story, ownCaption, p.credit.body, p.byline.body, alt, ownAlt, p.headline.body,
		container.NewGridWithColumns(3, p.city.body, p.state.body, p.country.body), p.keywords.body)
	in.photo = p
	in.panels.Objects = []fyne.CanvasObject{p.body, in.nothing}
	in.OnKey, in.OnShortcut = c.key, c.shortcut

	c.view = photos.NewView(loader, photos.Contain, true)
	c.view.Mat = ""
	c.view.OnLoaded = c.loadAhead
	c.body = c.layout()
	return c
}

func (c *Captioning) layout() fyne.CanvasObject {
	c.where = look.Title("")
	c.name = look.NewText("", look.Ink, look.TextBody)
	c.name.Truncate, c.name.Style.Bold = true, true
	c.facts = look.Small("")
	c.still = look.Small("")
	c.still.Alignment = fyne.TextAlignTrailing
	c.marks = look.Row(6)
	back := newWay(lang.L("‹ Previous"), func() { c.Step(-1) })
	on := newWay(lang.L("Next ›"), func() { c.Step(1) })
	done := newWay(lang.L("Done"), c.close)
	head := look.Inset(8, 16, look.Ends(
		look.Line(14, look.Middle(c.where), look.Middle(c.marks)), look.Line(18, look.Middle(back), look.Middle(on), look.Middle(done)),
		look.Inset(0, 14, look.Middle(c.still))))
	keys := look.Small(lang.L("Tab  next field    Page Down or Ctrl+Enter  next photo    Page Up  previous    Ctrl+J  next with something missing    Esc  done"))
	under := look.Inset(6, 16, container.NewBorder(nil, nil, nil, nil, look.Column(1, c.name, c.facts)))
	photo := container.NewStack(look.Ground(look.Desk), container.New(between{}, look.Gap(0), under, look.Padded(16, c.view)))
	return container.New(between{}, look.Column(0, head, look.Rule()), look.Column(0, look.Rule(), look.Inset(5, 16, keys)),
		container.New(beside{}, photo, look.Rule(), c.in.scroll))
}

// between puts the third thing between the first above and the second below,
// without space of its own.
type between struct{}

func (between) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b, mid := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(a.Width, b.Width, mid.Width), a.Height+b.Height+mid.Height)
}

func (between) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top, foot := o[0].MinSize().Height, o[1].MinSize().Height
	o[0].Resize(fyne.NewSize(s.Width, top))
	o[1].Move(fyne.NewPos(0, s.Height-foot))
	o[1].Resize(fyne.NewSize(s.Width, foot))
	o[2].Move(fyne.NewPos(0, top))
	o[2].Resize(fyne.NewSize(s.Width, s.Height-top-foot))
}

// beside gives the words a readable width and the photo the rest.
type beside struct{}

func (beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(700, 320) }

func (beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	fields := min(max(s.Width*0.36, look.Scaled(340)), look.Scaled(560))
	photo := s.Width - fields - 1
	at := [3]float32{0, photo, photo + 1}
	if words.RightToLeft() {
		at = [3]float32{fields + 1, fields, 0}
	}
	for i, wide := range []float32{photo, 1, fields} {
		o[i].Move(fyne.NewPos(at[i], 0))
		o[i].Resize(fyne.NewSize(wide, s.Height))
	}
}

// Fields are the room's fields: their callbacks, Flush, Pending, SetReadOnly.
func (c *Captioning) Fields() *Inspector { return c.in }

// SetList gives the room its photos and shows one of them; the photo shown stays
// when at is negative and the list still has it.
func (c *Captioning) SetList(list []project.Words, at int) {
	if at < 0 {
		at = c.find(list)
	}
	c.list = list
	c.at = min(max(at, 0), len(list)-1)
	c.show()
}

// find is where the photo shown is in another list.
func (c *Captioning) find(list []project.Words) int {
	if c.at < 0 || c.at >= len(c.list) {
		return 0
	}
	now := c.list[c.at]
	for i, w := range list {
		if w.Photo.ID == now.Photo.ID && (w.Placement == nil) == (now.Placement == nil) && (w.Placement == nil || w.Placement.ID == now.Placement.ID) {
			return i
		}
	}
	return c.at
}

// List is what the room goes through.
func (c *Captioning) List() []project.Words { return c.list }

// Current is the photo shown; ok is false where there is none.
func (c *Captioning) Current() (w project.Words, ok bool) {
	if c.at < 0 || c.at >= len(c.list) {
		return w, false
	}
	return c.list[c.at], true
}

// At is the place of the photo shown, from 0.
func (c *Captioning) At() int { return c.at }

func (c *Captioning) show() {
	w, ok := c.Current()
	if !ok {
		c.in.ShowNothing()
		c.view.Clear()
		c.where.SetText("")
		return
	}
	for _, o := range c.wide {
		reveal(o, w.Placement != nil)
	}
	for _, o := range c.own {
		reveal(o, w.Placement == nil)
	}
	c.in.ShowPhoto(w.Photo, w.Placement, nil, nil)
	c.view.SetPhoto(w.Photo)
	c.where.SetText(fmt.Sprintf(lang.L("%d of %d"), c.at+1, len(c.list)))
	c.name.SetText(w.Photo.Name)
	c.facts.SetText(factsLine(w.Photo))
	c.mark(w)
	c.body.Refresh()
	if c.view.Loaded() {
		c.loadAhead()
	}
}

func reveal(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Missing names what a photo's words still miss.
func Missing(w project.Words) []string {
	var out []string
	for _, f := range []struct {
		field project.Field
		words string
	}{
		{project.FieldCaption, lang.L("No caption")}, {project.FieldCredit, lang.L("No credit")}, {project.FieldAlt, lang.L("No alt text")},
	} {
		if strings.TrimSpace(w.Get(f.field)) == "" {
			out = append(out, f.words)
		}
	}
	return out
}

func (c *Captioning) mark(w project.Words) {
	missing := Missing(w)
	rest := 0
	for _, other := range c.list {
		if len(Missing(other)) > 0 {
			rest++
		}
	}
	switch rest {
	case 0:
		c.still.SetText(lang.L("Nothing is missing"))
	case 1:
		c.still.SetText(lang.L("1 photo misses something"))
	default:
		c.still.SetText(fmt.Sprintf(lang.L("%d photos miss something"), rest))
	}
	if key := strings.Join(missing, "\n"); key != c.marked || len(c.marks.Objects) == 0 {
		c.marked = key
		c.marks.Objects = nil
		for _, m := range missing {
			c.marks.Objects = append(c.marks.Objects, look.Badge(m, look.Warning))
		}
		if len(missing) == 0 {
			c.marks.Objects = append(c.marks.Objects, look.Badge(lang.L("Complete"), look.AccentSoft))
		}
		c.marks.Refresh()
	}
}

// Step goes some photos on or back; the caret stays in its field.
func (c *Captioning) Step(by int) { c.Go(c.at + by) }

// Go shows a photo; outside of the list it stays where it is.
func (c *Captioning) Go(at int) {
	if at < 0 || at >= len(c.list) || at == c.at {
		c.leaveFocused()
		return
	}
	c.leaveFocused()
	c.at = at
	for _, cancel := range c.ahead {
		cancel()
	}
	c.ahead = nil
	c.show()
	if e, ok := c.focused(); ok { // of a field that this photo has no use for
		if !e.Visible() || (e == c.in.photo.caption.entry || e == c.in.photo.ownCaption.entry) {
			c.FocusCaption()
		}
		toEnd(e)
	} else {
		c.FocusCaption()
	}
}

// NextMissing shows the next photo that misses something, from the beginning
// again after the last; it reports whether there is one.
func (c *Captioning) NextMissing() bool {
	c.leaveFocused()
	for i := 1; i <= len(c.list); i++ {
		if at := (c.at + i) % len(c.list); len(Missing(c.list[at])) > 0 {
			c.Go(at)
			return true
		}
	}
	return false
}

// leaveFocused ends the typing in the field with the caret, which stays there.
func (c *Captioning) leaveFocused() {
	if e, ok := c.focused(); ok {
		for _, f := range c.in.fields() {
			if f.entry == e {
				f.leave()
			}
		}
	}
	c.in.Flush()
}

func (c *Captioning) focused() (*entry, bool) {
	canvas := canvasOf(c)
	if canvas == nil {
		return nil, false
	}
	e, ok := canvas.Focused().(*entry)
	return e, ok && e.in == c.in
}

// FocusCaption puts the caret behind the caption.
func (c *Captioning) FocusCaption() {
	if canvas := canvasOf(c); canvas != nil {
		c.FocusCaptionOn(canvas)
	}
}

// FocusCaptionOn is FocusCaption for a room that was not drawn yet: it doesn't
// know then which canvas it is on.
func (c *Captioning) FocusCaptionOn(canvas fyne.Canvas) {
	e := c.in.photo.ownCaption.entry
	if c.in.photo.placement != nil {
		e = c.in.photo.caption.entry
	}
	// The canvas looks for what is to have the keys only in widgets that were
	// drawn, or asked for their size.
	c.MinSize()
	c.in.scroll.MinSize()
	canvas.Focus(e)
	toEnd(e)
}

// TypedKey has the keys of the room when no field has the caret.
func (c *Captioning) TypedKey(ev *fyne.KeyEvent) { c.key(ev) }

// Keys makes other the one who has the keys that the room itself has no use for.
func (c *Captioning) Keys(other func(*fyne.KeyEvent) bool) {
	c.in.OnKey = func(ev *fyne.KeyEvent) bool { return c.key(ev) || other(ev) }
}

func (c *Captioning) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyPageDown:
		c.Step(1)
	case fyne.KeyPageUp:
		c.Step(-1)
	case fyne.KeyEscape:
		c.close()
	default:
		return false
	}
	return true
}

// shortcut is Ctrl+Enter for the next photo, with Shift for the one before.
func (c *Captioning) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok || k.Key() != fyne.KeyReturn && k.Key() != fyne.KeyEnter || k.Mod()&fyne.KeyModifierShortcutDefault == 0 {
		return false
	}
	if k.Mod()&fyne.KeyModifierShift != 0 {
		c.Step(-1)
	} else {
		c.Step(1)
	}
	return true
}

func (c *Captioning) close() {
	c.leaveFocused()
	if c.OnClose != nil {
		c.OnClose()
	}
}

// loadAhead has the neighbours made while the editor writes.
func (c *Captioning) loadAhead() {
	w, h := c.view.Pixels()
	if w < 2 || h < 2 || len(c.ahead) > 0 {
		return
	}
	for _, i := range []int{c.at - 1, c.at + 1} { // the newest is made first
		if i >= 0 && i < len(c.list) {
			c.ahead = append(c.ahead, c.in.loader.Preview(c.list[i].Photo, w, h, func(*image.RGBA, error) {}))
		}
	}
}

// CreateRenderer links the widget to Fyne.
func (c *Captioning) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.body) }

// way is a command to click on. Unlike a link it takes no stop from the Tab key:
// the same is done by keys.
type way struct {
	widget.BaseWidget
	tapped func()
	word   *look.Text
}

func newWay(text string, tapped func()) *way {
	w := &way{tapped: tapped, word: look.NewText(text, look.Accent, look.TextBody)}
	w.ExtendBaseWidget(w)
	return w
}

func (w *way) Tapped(*fyne.PointEvent) { w.tapped() }

func (w *way) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.word) }
