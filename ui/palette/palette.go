// Package palette owns the command palette: every command of the menu, found by
// a few letters of its name.
package palette

// This file owns what is shown, and the keys.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// Command is one command with where it is in the menu and its keys.
type Command struct {
	Menu, Name, Keys string
	Disabled         bool
	Run              func()
}

// ID names the command from one time to the next.
func (c Command) ID() string { return c.Menu + "/" + c.Name }

// Palette is the field and the list under it.
type Palette struct {
	entry    *entry
	list     *widget.List
	none     *look.Paragraph
	pop      *widget.PopUp
	commands []Command
	recent   []string
	shown    []Command
	at       int
	ran      func(Command)
}

const wide, high = 560, 400

// Show opens the palette over a window. run is given the chosen command after
// the palette has gone, so that the command finds the window as it was.
func Show(win fyne.Window, commands []Command, recent []string, run func(Command)) *Palette {
	p := &Palette{commands: commands, recent: recent, ran: run}
	p.entry = newEntry(p)
	p.list = widget.NewList(func() int { return len(p.shown) }, func() fyne.CanvasObject { return newRow() }, p.fill)
	p.list.HideSeparators = true
	p.list.OnSelected = func(i widget.ListItemID) {
		if i != p.at { // a click: keys go through the field
			p.at = i
			p.run()
		}
	}
	p.none = look.Note(lang.L("No command is called that."))
	p.none.Centre()
	body := container.NewBorder(p.entry, nil, nil, nil, look.Inset(6, 0, container.NewStack(p.list, look.Inset(20, 0, p.none))))
	p.pop = widget.NewPopUp(look.Padded(10, body), win.Canvas())
	size := win.Canvas().Size()
	width := min(wide, size.Width-40)
	p.pop.Resize(fyne.NewSize(width, min(high, size.Height-80)))
	p.pop.ShowAtPosition(fyne.NewPos((size.Width-width)/2, min(90, size.Height/8)))
	p.search("")
	win.Canvas().Focus(p.entry)
	return p
}

func (p *Palette) search(query string) {
	p.shown = Rank(query, p.commands, p.recent)
	p.none.Hidden = len(p.shown) > 0
	p.list.Refresh()
	p.none.Refresh()
	p.at = -1
	p.move(1)
	p.list.ScrollToTop()
}

// move goes up or down, and stays at the ends.
func (p *Palette) move(by int) {
	if len(p.shown) == 0 {
		return
	}
	p.at = min(max(p.at+by, 0), len(p.shown)-1)
	p.list.Select(p.at)
	p.list.ScrollTo(p.at)
}

func (p *Palette) run() {
	if p.at < 0 || p.at >= len(p.shown) || p.shown[p.at].Disabled {
		return
	}
	c := p.shown[p.at]
	p.pop.Hide()
	p.ran(c)
}

func (p *Palette) fill(i widget.ListItemID, o fyne.CanvasObject) {
	c, r := p.shown[i], o.(*row)
	r.name.Color, r.name.Text = look.Ink, c.Name
	if c.Disabled {
		r.name.Color = look.Muted
	}
	r.menu.Text, r.keys.Text = c.Menu, c.Keys
	r.Refresh()
}

// row is one line: name, menu, keys.
type row struct {
	widget.BaseWidget
	name, menu, keys *look.Text
	body             fyne.CanvasObject
}

func newRow() *row {
	r := &row{name: look.NewText("", look.Ink, look.TextBody), menu: look.NewText("", look.Muted, look.TextSmall), keys: look.NewText("", look.Muted, look.TextSmall)}
	r.name.Truncate = true
	first, last := container.NewHBox(), container.NewHBox(look.Middle(r.menu), look.Wide(14), look.Middle(r.keys))
	if look.Leading() == fyne.TextAlignTrailing {
		first, last = container.NewHBox(look.Middle(r.keys), look.Wide(14), look.Middle(r.menu)), first
	}
	r.body = look.Inset(5, 10, container.NewBorder(nil, nil, first, last, r.name))
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// Refresh shows other words, which may be of another width.
func (r *row) Refresh() {
	r.body.Refresh()
	r.BaseWidget.Refresh()
}

// entry is the field; it keeps the keys while the list follows.
type entry struct {
	widget.Entry
	p *Palette
}

func newEntry(p *Palette) *entry {
	e := &entry{p: p}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(lang.L("Which command?"))
	e.OnChanged = p.search
	return e
}

// TypedKey moves in the list, runs and closes.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		e.p.move(1)
	case fyne.KeyUp:
		e.p.move(-1)
	case fyne.KeyPageDown:
		e.p.move(8)
	case fyne.KeyPageUp:
		e.p.move(-8)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.p.run()
	case fyne.KeyEscape:
		e.p.pop.Hide()
	default:
		e.Entry.TypedKey(ev)
	}
}

// AcceptsTab keeps the Tab key: there is nowhere else to go.
func (e *entry) AcceptsTab() bool { return true }
