package library

// This file owns the selection: clicks, keys, the menu and dragging.

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const doubleClick = 400 * time.Millisecond

// mouse is what is remembered from one press to the next.
type mouse struct {
	downID   int64
	at       time.Time
	opens    bool // the second press of a double click
	narrow   bool // a press on a chosen photo: narrows to it unless a drag follows
	dragging bool
	last     fyne.Position
}

// The selection as others set and read it.

func (g *grid) choose(ids []int64) {
	clear(g.chosen)
	for _, id := range ids {
		if g.index(id) >= 0 {
			g.chosen[id] = true
			g.anchor, g.lead = id, id
		}
	}
	g.mark()
}

func (g *grid) selection() []int64 {
	out := make([]int64, 0, len(g.chosen))
	for _, ph := range g.list {
		if g.chosen[ph.ID] {
			out = append(out, ph.ID)
		}
	}
	return out
}

func (g *grid) selectAll() {
	for _, ph := range g.list {
		g.chosen[ph.ID] = true
	}
	g.changed()
}

func (g *grid) changed() {
	g.mark()
	g.report()
}

func (g *grid) report() {
	if g.lib.OnSelect != nil {
		g.lib.OnSelect(g.selection())
	}
}

func (g *grid) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() != fyne.Focusable(g) {
		c.Focus(g)
	}
}

// click applies one press with its modifiers.
func (g *grid) click(i int, mod fyne.KeyModifier) {
	id := g.list[i].ID
	g.lead = id
	switch {
	case mod&fyne.KeyModifierShift != 0:
		g.extend(i, mod&fyne.KeyModifierShortcutDefault != 0)
	case mod&fyne.KeyModifierShortcutDefault != 0:
		if g.chosen[id] {
			delete(g.chosen, id)
		} else {
			g.chosen[id] = true
		}
		g.anchor = id
	case g.chosen[id] && len(g.chosen) > 1:
		g.mouse.narrow = true
		return
	default:
		if g.chosen[id] && len(g.chosen) == 1 {
			g.mark()
			return
		}
		clear(g.chosen)
		g.chosen[id] = true
		g.anchor = id
	}
	g.changed()
}

// extend chooses from the anchor to i, adding to the selection or replacing it.
func (g *grid) extend(i int, add bool) {
	a := g.index(g.anchor)
	if a < 0 {
		a, g.anchor = i, g.list[i].ID
	}
	if !add {
		clear(g.chosen)
	}
	for k := min(a, i); k <= max(a, i); k++ {
		g.chosen[g.list[k].ID] = true
	}
}

// MouseDown chooses; the choice shows at once, before the button is let go.
func (g *grid) MouseDown(ev *desktop.MouseEvent) {
	g.focus()
	i := g.at(ev.Position)
	g.mouse.narrow, g.mouse.opens = false, false
	if i < 0 {
		g.mouse.downID = 0
		if ev.Button == desktop.MouseButtonPrimary && ev.Modifier == 0 && len(g.chosen) > 0 {
			clear(g.chosen)
			g.changed()
		}
		return
	}
	id := g.list[i].ID
	if ev.Button != desktop.MouseButtonPrimary {
		if !g.chosen[id] {
			g.click(i, 0)
		}
		return
	}
	now := time.Now()
	g.mouse.opens = ev.Modifier == 0 && id == g.mouse.downID && now.Sub(g.mouse.at) < doubleClick
	g.mouse.downID, g.mouse.at = id, now
	g.click(i, ev.Modifier)
}

// MouseUp ends a click.
func (g *grid) MouseUp(ev *desktop.MouseEvent) {
	if ev.Button != desktop.MouseButtonPrimary || g.mouse.dragging {
		return
	}
	id := g.mouse.downID
	if g.mouse.narrow && g.index(id) >= 0 {
		clear(g.chosen)
		g.chosen[id] = true
		g.anchor = id
		g.changed()
	}
	g.mouse.narrow = false
	if g.mouse.opens {
		g.mouse.opens, g.mouse.at = false, time.Time{}
		g.open(id)
	}
}

// Tapped is heard so that Fyne gives the grid its clicks; MouseDown did the work.
func (g *grid) Tapped(*fyne.PointEvent) {}

// TappedSecondary opens the menu.
func (g *grid) TappedSecondary(ev *fyne.PointEvent) {
	i := g.at(ev.Position)
	if i < 0 {
		return
	}
	if id := g.list[i].ID; !g.chosen[id] {
		g.click(i, 0)
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		widget.ShowPopUpMenuAtPosition(g.menu(g.list[i].ID), c, ev.AbsolutePosition)
	}
}

func (g *grid) menu(id int64) *fyne.Menu {
	ids := g.selection()
	insert := fyne.NewMenuItem(lang.N("Insert {{.PluralCount}} photos into story", len(ids)), func() { g.insert(ids) })
	open := fyne.NewMenuItem(lang.L("Open in gallery"), func() { g.open(id) })
	tools := fyne.NewMenuItem(lang.L("Photo tools…"), func() {
		if g.lib.OnTools != nil && g.index(id) >= 0 {
			g.lib.OnTools(id)
		}
	})
	del := fyne.NewMenuItem(lang.N("Delete {{.PluralCount}} photos from library", len(ids)), func() { g.remove(ids) })
	pair := fyne.NewMenuItem(lang.L("Compare the two"), g.lib.Pair)
	pair.Disabled = len(ids) != 2
	all := fyne.NewMenuItem(lang.L("Select all"), g.selectAll)
	return fyne.NewMenu("", insert, open, tools, pair, fyne.NewMenuItemSeparator(), all, fyne.NewMenuItemSeparator(), del)
}

func (g *grid) open(id int64) {
	if g.lib.OnOpen != nil && g.index(id) >= 0 {
		g.lib.OnOpen(id)
	}
}

func (g *grid) insert(ids []int64) {
	if g.lib.OnInsert != nil && len(ids) > 0 {
		g.lib.OnInsert(ids)
	}
}

func (g *grid) remove(ids []int64) {
	if g.lib.OnDelete != nil && len(ids) > 0 {
		g.lib.OnDelete(ids)
	}
}

// Dragged carries the selection out of the library. The photos were chosen by
// the press, so a cell that scrolls away underneath changes nothing.
func (g *grid) Dragged(ev *fyne.DragEvent) {
	if g.mouse.downID == 0 || g.index(g.mouse.downID) < 0 {
		return
	}
	ids := g.selection()
	if len(ids) == 0 {
		return
	}
	if !g.mouse.dragging {
		g.mouse.dragging, g.mouse.narrow, g.mouse.opens = true, false, false
		g.ghost = newGhost(g, ids)
	}
	g.mouse.last = ev.AbsolutePosition
	g.ghost.move(ev.AbsolutePosition)
	if g.lib.OnDrag != nil {
		g.lib.OnDrag(ids, ev.AbsolutePosition)
	}
}

// DragEnd lets go.
func (g *grid) DragEnd() {
	if !g.mouse.dragging {
		return
	}
	g.mouse.dragging = false
	g.ghost.close()
	g.ghost = nil
	if g.lib.OnDrop != nil {
		g.lib.OnDrop(g.selection(), g.mouse.last)
	}
}

// FocusGained and FocusLost show where the keys are.
func (g *grid) FocusGained() { g.active = true; g.mark() }

// FocusLost takes the mark away.
func (g *grid) FocusLost() { g.active = false; g.mark() }

// TypedRune does nothing: letters are for entries.
func (g *grid) TypedRune(rune) {}

// TypedKey moves through the grid.
func (g *grid) TypedKey(ev *fyne.KeyEvent) {
	if g.lib.took(ev) {
		return
	}
	columns, size := g.measure()
	page := max(int(g.scroll.Size().Height/(size.Height+gap)), 1) * columns
	switch ev.Name {
	case fyne.KeyLeft:
		g.step(-1)
	case fyne.KeyRight:
		g.step(1)
	case fyne.KeyUp:
		g.step(-columns)
	case fyne.KeyDown:
		g.step(columns)
	case fyne.KeyPageUp:
		g.step(-page)
	case fyne.KeyPageDown:
		g.step(page)
	case fyne.KeyHome:
		g.step(-len(g.list))
	case fyne.KeyEnd:
		g.step(len(g.list))
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(g.lead)
	case fyne.KeySpace: // as a click with Ctrl: several without a mouse
		if i := g.index(g.lead); i >= 0 && ctrlHeld() {
			g.click(i, fyne.KeyModifierShortcutDefault)
		} else {
			g.open(g.lead)
		}
	case fyne.KeyPlus, fyne.KeyEqual:
		g.lib.setTile(g.tile + tileStep)
	case fyne.KeyMinus:
		g.lib.setTile(g.tile - tileStep)
	case fyne.KeyDelete, fyne.KeyBackspace:
		g.remove(g.selection())
	case fyne.KeyEscape:
		if len(g.chosen) > 0 {
			clear(g.chosen)
			g.changed()
		}
	}
}

// TypedShortcut chooses everything.
func (g *grid) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutSelectAll); ok {
		g.selectAll()
	}
}

func (g *grid) step(by int) {
	if len(g.list) == 0 {
		return
	}
	i := g.index(g.lead)
	switch {
	case i < 0:
		i = 0
	case i+by < 0 || i+by >= len(g.list):
		if by == -1 || by == 1 {
			return
		}
		i = min(max(i+by, 0), len(g.list)-1)
	default:
		i += by
	}
	g.lead = g.list[i].ID
	switch {
	case shiftHeld():
		g.extend(i, false)
	case ctrlHeld(): // only the mark moves
		g.mark()
		g.reveal(i)
		return
	default:
		clear(g.chosen)
		g.chosen[g.lead] = true
		g.anchor = g.lead
	}
	g.changed()
	g.reveal(i)
}

func shiftHeld() bool { return held(fyne.KeyModifierShift) }
func ctrlHeld() bool  { return held(fyne.KeyModifierShortcutDefault) }

// held asks the desktop; a phone or a test has no such keys.
func held(m fyne.KeyModifier) bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&m != 0
}
