package ui

// This file owns the list of essays at the top left.

import (
	"fmt"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

type essayList struct {
	onSelect func(id int64)
	onNew    func()
	onDelete func(id int64)

	items   []*essayItem
	list    *fyne.Container
	none    *look.Paragraph
	content fyne.CanvasObject
}

func newEssayList() *essayList {
	l := &essayList{list: container.NewVBox(), none: look.Note(lang.L("No essays yet. Begin one, or paste a story."))}
	add := widget.NewButtonWithIcon(lang.L("New"), theme.ContentAddIcon(), func() {
		if l.onNew != nil {
			l.onNew()
		}
	})
	add.Importance = widget.LowImportance
	head := look.Ends(look.Middle(look.Caps(lang.L("Essays"))), add)
	l.list = look.Column(1)
	l.content = container.NewBorder(look.Inset(2, 12, head), nil, nil, nil,
		container.NewVScroll(look.Inset(0, 8, container.NewVBox(look.Inset(2, 4, l.none), l.list))))
	return l
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
		title = "Untitled"
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
		fyne.NewMenuItem(lang.L("Delete essay…"), func() { it.l.onDelete(it.head.ID) }),
	), cv, ev.AbsolutePosition)
}

func (it *essayItem) MouseIn(*desktop.MouseEvent)    { it.hover = true; it.dress() }
func (it *essayItem) MouseMoved(*desktop.MouseEvent) {}
func (it *essayItem) MouseOut()                      { it.hover = false; it.dress() }

func (it *essayItem) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(it.box)
}
