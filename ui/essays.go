package ui

// This file owns the list of essays at the top left.

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

// essayList is the list. It is one stop of the Tab key: the arrows walk through
// it, Enter opens an essay, F2 goes to its headline, Delete asks to delete it.
type essayList struct {
	widget.BaseWidget
	onSelect func(id int64)
	onNew    func()
	onDelete func(id int64)
	onRename func(id int64)
	onKey    func(*fyne.KeyEvent) bool // has the window's own keys first

	items   []*essayItem
	lead    int64 // where the keys are
	active  bool  // has the keys
	list    *fyne.Container
	scroll  *container.Scroll
	none    *look.Paragraph
	content fyne.CanvasObject
}

func newEssayList() *essayList {
	l := &essayList{none: look.Note(lang.L("No essays yet. Begin one, or paste a story."))}
	l.ExtendBaseWidget(l)
	add := look.NewButtonWithIcon(lang.L("New"), theme.ContentAddIcon(), func() {
		if l.onNew != nil {
			l.onNew()
		}
	})
	add.Importance = widget.LowImportance
	head := look.Ends(look.Middle(look.Caps(lang.L("Essays"))), add)
	l.list = look.Column(1)
	l.scroll = container.NewVScroll(look.Inset(0, 8, container.NewVBox(look.Inset(2, 4, l.none), l)))
	l.content = container.NewBorder(look.Inset(2, 12, head), nil, nil, nil, l.scroll)
	return l
}

// CreateRenderer links the widget to Fyne.
func (l *essayList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.list) }

// FocusGained shows where the keys are.
func (l *essayList) FocusGained() { l.focus(true) }

// FocusLost takes the mark away.
func (l *essayList) FocusLost() { l.focus(false) }

func (l *essayList) focus(on bool) {
	l.active = on
	if on {
		for _, it := range l.items {
			if it.selected {
				l.lead = it.head.ID
			}
		}
	}
	l.dress()
}

func (l *essayList) dress() {
	for _, it := range l.items {
		it.dress()
	}
}

// TypedRune does nothing: the space bar is a key too.
func (l *essayList) TypedRune(rune) {}

// TypedKey walks through the essays and does something with one.
func (l *essayList) TypedKey(ev *fyne.KeyEvent) {
	if l.onKey != nil && l.onKey(ev) || len(l.items) == 0 {
		return
	}
	at := max(slices.IndexFunc(l.items, func(it *essayItem) bool { return it.head.ID == l.lead }), 0)
	do := func(what func(id int64)) {
		if what != nil {
			what(l.items[at].head.ID)
		}
	}
	switch ev.Name {
	case fyne.KeyUp:
		at = max(at-1, 0)
	case fyne.KeyDown:
		at = min(at+1, len(l.items)-1)
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = len(l.items) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		do(l.onSelect)
	case fyne.KeyF2:
		do(l.onRename)
	case fyne.KeyDelete, fyne.KeyBackspace:
		do(l.onDelete)
	default:
		return
	}
	if at < len(l.items) { // a deletion may have been quick
		l.lead = l.items[at].head.ID
		l.reveal(l.items[at])
	}
	l.dress()
}

// reveal scrolls to an essay, where it isn't in sight.
func (l *essayList) reveal(it *essayItem) {
	top := it.Position().Y + l.Position().Y
	high := l.scroll.Size().Height
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.Offset.Y = top
	case top+it.Size().Height > l.scroll.Offset.Y+high:
		l.scroll.Offset.Y = top + it.Size().Height - high
	default:
		return
	}
	l.scroll.Refresh()
}

func (l *essayList) set(heads []project.EssayHead) {
	old := map[int64]*essayItem{}
	for _, it := range l.items {
		old[it.head.ID] = it
	}
	l.items = nil
	l.list.Objects = nil
	for _, h := range heads {
		it := old[h.ID]
		if it == nil {
			it = newEssayItem(l)
		}
		it.set(h)
		l.items = append(l.items, it)
		l.list.Objects = append(l.list.Objects, it)
	}
	l.none.Hidden = len(heads) > 0
	l.content.Refresh()
}

func (l *essayList) choose(id int64) {
	for _, it := range l.items {
		if on := it.head.ID == id; it.selected != on {
			it.selected = on
			it.dress()
		}
	}
}

func (l *essayList) name(id int64) string {
	for _, it := range l.items {
		if it.head.ID == id {
			return it.title.Text
		}
	}
	return ""
}

// essayItem is one essay in the list.
type essayItem struct {
	widget.BaseWidget
	l        *essayList
	head     project.EssayHead
	ground   *look.Area
	title    *look.Text
	note     *look.Text
	box      fyne.CanvasObject
	selected bool
	hover    bool
}

func newEssayItem(l *essayList) *essayItem {
	it := &essayItem{l: l, ground: look.Ground("")}
	it.ground.Radius = 5
	it.title = look.NewText("", look.Ink, 13.5)
	it.title.Face, it.title.Truncate = look.SerifBold, true
	it.note = look.Small("")
	it.box = container.NewStack(it.ground, look.Inset(6, 8, look.Column(1, it.title, it.note)))
	it.ExtendBaseWidget(it)
	return it
}

func (it *essayItem) set(h project.EssayHead) {
	it.head = h
	title := h.Headline
	if title == "" {
		title = lang.L("Untitled")
	}
	it.title.SetText(title)
	it.note.SetText(fmt.Sprintf("%s  ·  %s", h.Slug, photoCount(h.Photos)))
}

func (it *essayItem) dress() {
	switch {
	case it.selected:
		it.ground.Fill = look.AccentSoft
	case it.hover:
		it.ground.Fill = theme.ColorNameHover
	default:
		it.ground.Fill = ""
	}
	it.ground.Stroke, it.ground.Width = "", 0
	if it.l.active && it.head.ID == it.l.lead {
		it.ground.Stroke, it.ground.Width = look.Accent, 2
	}
	it.ground.Refresh()
}

func (it *essayItem) Tapped(*fyne.PointEvent) {
	if it.l.onSelect != nil {
		it.l.onSelect(it.head.ID)
	}
}

func (it *essayItem) TappedSecondary(ev *fyne.PointEvent) {
	it.Tapped(nil)
	cv := fyne.CurrentApp().Driver().CanvasForObject(it)
	if cv == nil || it.l.onDelete == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("New essay…"), it.l.onNew),
		fyne.NewMenuItem(lang.L("Edit headline"), func() { it.l.onRename(it.head.ID) }),
		fyne.NewMenuItem(lang.L("Delete essay…"), func() { it.l.onDelete(it.head.ID) }),
	), cv, ev.AbsolutePosition)
}

func (it *essayItem) MouseIn(*desktop.MouseEvent)    { it.hover = true; it.dress() }
func (it *essayItem) MouseMoved(*desktop.MouseEvent) {}
func (it *essayItem) MouseOut()                      { it.hover = false; it.dress() }

func (it *essayItem) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(it.box)
}
