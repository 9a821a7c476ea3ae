// Package library owns the photo library's room: search, filters with counts
// and the grid of photos with its selection, menu and dragging.
package library

// This file owns Library itself: the head above the grid, the empty states,
// and what other rooms may ask of it.

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/words"
)

// Library is the room. It is used from the UI goroutine; its callbacks say what
// the editor meant and may be nil.
type Library struct {
	widget.BaseWidget

	OnFilter func(project.Filter)                // search or chips changed; answer with SetPhotos
	OnSelect func(ids []int64)                   // the editor changed the selection
	OnOpen   func(id int64)                      // double click, Enter, the menu
	OnTools  func(id int64)                      // the menu
	OnInsert func(ids []int64)                   // into the story
	OnDelete func(ids []int64)                   // from the library
	OnDrag   func(ids []int64, at fyne.Position) // while dragging; at is in the window
	OnDrop   func(ids []int64, at fyne.Position) // let go; at is in the window
	OnImport func()                              // the Import… button
	OnView   func(order Order, tile float32)     // the order or the size changed
	OnPair   func(a, b int64)                    // compare the two selected photos
	OnKey    func(*fyne.KeyEvent) bool           // has the window's own keys first

	loader *photos.Loader
	filter project.Filter
	own    extra
	order  Order
	all    []project.Photo // as given, before the window's own filters
	sorter *look.Select
	size   *widget.Slider
	view   fyne.CanvasObject // the two above
	search *search
	chips  []*chip
	grid   *grid
	empty  *fyne.Container
	none   *fyne.Container
	head   fyne.CanvasObject
	pause  time.Duration // of typing before a search is reported
	typing *time.Timer
	asked  int // of searches, so that an overtaken one is not reported
}

// New makes an empty library.
func New(loader *photos.Loader) *Library {
	l := &Library{loader: loader, pause: 150 * time.Millisecond}
	l.ExtendBaseWidget(l)

	l.search = newSearch(l)
	l.search.SetPlaceHolder(lang.L("Search photos"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = l.typed
	l.search.OnSubmitted = func(string) { l.report() }

	for i, f := range filters {
		c := newChip(lang.L(f.label))
		c.onTap = func() { l.toggle(f) }
		c.onStep = func(by int) { l.stepChip(i, by) }
		c.Hidden = f.own != nil // until there is one
		l.chips = append(l.chips, c)
	}
	l.makeView()
	l.markChips()

	add := look.NewButtonWithIcon(lang.L("Import…"), theme.ContentAddIcon(), func() { l.importPhotos() })
	add.Importance = widget.LowImportance
	l.head = look.Ends(look.Middle(look.Caps(lang.L("Library"))), add)

	l.grid = newGrid(l)
	l.empty, l.none = l.emptyStates()
	l.SetPhotos(nil)
	return l
}

func (l *Library) emptyStates() (empty, none *fyne.Container) {
	bring := look.NewButtonWithIcon(lang.L("Import…"), theme.ContentAddIcon(), func() { l.importPhotos() })
	bring.Importance = widget.HighImportance
	words := look.Note(lang.L("Drop photographs or a folder on the window, or import them. Captions and credits come along."))
	words.Centre()
	title := look.Title(lang.L("No photos yet"))
	title.Alignment = fyne.TextAlignCenter
	empty = look.Column(8, title, words, container.NewCenter(bring))

	all := look.NewButton(lang.L("Show all"), func() { l.showAll() })
	nothing := look.Note(lang.L("No photo matches."))
	nothing.Centre()
	none = look.Column(8, nothing, container.NewCenter(all))
	return empty, none
}

func (l *Library) importPhotos() {
	if l.OnImport != nil {
		l.OnImport()
	}
}

// SetPhotos shows these photos, in their order. Of the selection stays what is
// still shown; the scroll position stays.
func (l *Library) SetPhotos(list []project.Photo) {
	l.all = list
	l.countOwn()
	list = l.arranged()
	l.grid.set(list)
	l.empty.Hidden = len(list) > 0 || l.filter != project.Filter{} || l.own != extra{}
	l.none.Hidden = len(list) > 0 || !l.empty.Hidden
	if len(list) == 0 {
		l.grid.scroll.Hide()
	} else {
		l.grid.scroll.Show()
	}
	l.Refresh()
}

// SetCounts shows how many photos each filter would leave.
func (l *Library) SetCounts(c project.Counts) {
	for i, f := range filters {
		if f.count != nil {
			l.chips[i].setCount(f.count(c))
		}
	}
	l.Refresh()
}

// Select changes the selection without reporting it, and scrolls to its first photo.
func (l *Library) Select(ids ...int64) {
	l.grid.choose(ids)
	if len(ids) > 0 {
		l.Reveal(ids[0])
	}
}

// Selection lists the chosen photos in the library's order.
func (l *Library) Selection() []int64 { return l.grid.selection() }

// SelectAll chooses every photo shown, and reports it.
func (l *Library) SelectAll() { l.grid.selectAll() }

// Reveal scrolls to a photo, where it isn't in sight.
func (l *Library) Reveal(id int64) {
	if i := l.grid.index(id); i >= 0 {
		l.grid.reveal(i)
	}
}

// Filter is the filter in force.
func (l *Library) Filter() project.Filter { return l.filter }

// FocusSearch puts the caret into the search field and selects what is in it.
func (l *Library) FocusSearch() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l.search); c != nil {
		c.Focus(l.search)
		l.search.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusGrid gives the keys to the grid.
func (l *Library) FocusGrid() { l.grid.focus() }

// typed waits for the end of a word before the library is asked.
func (l *Library) typed(string) {
	l.asked++
	turn := l.asked
	if l.typing != nil {
		l.typing.Stop()
	}
	if l.pause <= 0 || l.loader == nil {
		l.report()
		return
	}
	l.typing = time.AfterFunc(l.pause, func() {
		l.loader.Do(func() {
			if turn == l.asked {
				l.report()
			}
		})
	})
}

func (l *Library) report() {
	l.asked++
	if l.search.Text == l.filter.Search {
		return
	}
	l.filter.Search = l.search.Text
	l.filtered()
}

func (l *Library) filtered() {
	l.markChips()
	if l.OnFilter != nil {
		l.OnFilter(l.filter)
	}
}

func (l *Library) toggle(f filter) {
	l.filter.Search = l.search.Text
	f.toggle(&l.filter, &l.own)
	l.filtered()
}

func (l *Library) showAll() {
	l.search.SetText("")
	l.asked++
	l.filter, l.own = project.Filter{}, extra{}
	l.filtered()
}

func (l *Library) markChips() {
	for i, f := range filters {
		l.chips[i].setOn(f.on(l.filter, l.own))
	}
}

// CreateRenderer links the widget to Fyne.
func (l *Library) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &renderer{l}
}

type renderer struct{ l *Library }

const margin = 12

// Layout stands the head on the grid; the chips flow into as many rows as the
// width asks for.
func (r *renderer) Layout(size fyne.Size) {
	l := r.l
	width := size.Width - 2*margin
	y := float32(8)
	put := func(o fyne.CanvasObject, high float32) {
		o.Move(fyne.NewPos(margin, y))
		o.Resize(fyne.NewSize(width, high))
		y += high
	}
	put(l.head, l.head.MinSize().Height)
	y += 4
	put(l.search, l.search.MinSize().Height)
	y += 8
	x, row := float32(0), float32(0)
	for _, c := range l.chips {
		if c.Hidden {
			continue
		}
		m := c.MinSize()
		if x > 0 && x+m.Width > width {
			x, y = 0, y+row+5
		}
		left := x
		if words.RightToLeft() {
			left = width - x - m.Width
		}
		c.Move(fyne.NewPos(margin+left, y))
		c.Resize(m)
		x, row = x+m.Width+5, m.Height
	}
	y += row + 8
	put(l.view, l.view.MinSize().Height)
	y += 8
	l.grid.scroll.Move(fyne.NewPos(0, y))
	l.grid.scroll.Resize(fyne.NewSize(size.Width, max(size.Height-y, 0)))
	for _, o := range []fyne.CanvasObject{l.empty, l.none} {
		o.Resize(fyne.NewSize(max(width-24, 0), o.MinSize().Height))
		high := o.MinSize().Height
		o.Move(fyne.NewPos(margin+12, y+max((size.Height-y-high)*0.38, 0)))
	}
}

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(200, 260) }

func (r *renderer) Refresh() {
	r.Layout(r.l.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *renderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.l.head, r.l.search}
	for _, c := range r.l.chips {
		out = append(out, c)
	}
	return append(out, r.l.view, r.l.grid.scroll, r.l.empty, r.l.none)
}

func (r *renderer) Destroy() {}

// search is the entry that lets the window have its keys.
type search struct {
	widget.Entry
	l *Library
}

func newSearch(l *Library) *search {
	s := &search{l: l}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey leaves the window its own keys.
func (s *search) TypedKey(ev *fyne.KeyEvent) {
	if !s.l.took(ev) {
		s.Entry.TypedKey(ev)
	}
}

func (l *Library) took(ev *fyne.KeyEvent) bool { return l.OnKey != nil && l.OnKey(ev) }
