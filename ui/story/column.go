// Package story owns the story column: the essay as it will read, edited in
// place. It knows blocks and photos as values and reports through callbacks
// what the editor meant; it changes no project.
//
//	SetEssay ── diff by block id ── rows (a body each) and gaps ── reflow ── page in a scroll
//	typing ── field, after a pause ── OnText, OnHead, OnCaption
package story

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// TypingPause is how long typing rests before it is reported.
const TypingPause = 400 * time.Millisecond

// Column is the story column. Its callbacks run on the UI goroutine. Those for
// typed words return whether the words were kept; what was not is reported again.
type Column struct {
	widget.BaseWidget

	OnSelectBlock     func(id int64) // 0: the essay itself
	OnSelectPlacement func(block, placement int64)
	OnText            func(b project.Block) bool
	OnHead            func(e project.Essay) bool // headline and standfirst
	OnCaption         func(pl project.Placement) bool
	OnInsert          func(after int64, kind project.BlockKind)
	OnMove            func(id, after int64)
	OnDelete          func(id int64)
	OnDuplicate       func(id int64)
	OnOpen            func(placement int64)
	OnTools           func(photo int64)
	// OnChange is a block made another kind, layout or dress, as one step; it
	// reports whether that was kept.
	OnChange   func(label string, b project.Block) bool
	OnWidth    func(pl project.Placement)
	OnSplit    func(id int64, before, after string) // at the caret
	OnJoin     func(id int64)                       // with the block before it
	OnTogether func(from, into int64)               // the photos of one block join another's
	OnApart    func(id int64)
	OnBlocks   func(what Doing, ids []int64)
	OnMoves    func(ids []int64, after int64) // several at once
	// OnLink asks for a link's words and address.
	OnLink func(label, address string, done func(label, address string))
	// OnExpand writes out codes and variables in a caption; it reports whether
	// there were any.
	OnExpand  func(pl project.Placement, text string) (string, bool)
	OnMany    func()                    // more than one block is chosen, or no longer, or others
	OnPending func()                    // what Pending reports may have changed
	OnRedo    func()                    // Ctrl+Y typed into a field
	OnKey     func(*fyne.KeyEvent) bool // function keys typed into a field

	// Pause is how long typing rests before it is reported.
	Pause time.Duration

	loader *photos.Loader
	dress  *dress // of the essay's page theme
	essay  *project.Essay
	photos map[int64]project.Photo

	head   *head
	rows   []*row
	gaps   []*gap // gaps[i] stands before rows[i]; the last one ends the essay
	foot   *votes
	page   *page
	scroll *container.Scroll
	ground *container.ThemeOverride
	layer  *layer

	selected  int64 // block
	placement int64
	also      map[int64]bool // blocks chosen beside the selected one
	many      []int64        // told of last: blocks chosen together
	putting   bool           // a block is put beside those chosen
	anchor    int64          // where a choice of several began
	last      *field         // had the caret last
	width     float32        // the page was last laid out for
	busy      bool           // laying out, or taking an essay
	readOnly  bool
	drag      *dragging
}

// New makes an empty column.
func New(loader *photos.Loader) *Column {
	c := &Column{Pause: TypingPause, loader: loader, dress: dressOf("")}
	c.head = newHead(c)
	c.foot = newVotes(c, lang.L("Votes on the essay"))
	c.foot.Hide()
	c.page = newPage(c)
	c.scroll = container.NewVScroll(c.page)
	c.scroll.OnScrolled = func(fyne.Position) { c.sighted() }
	c.ground = container.NewThemeOverride(look.Ground(look.Sheet), paper{c})
	c.layer = newLayer()
	c.ExtendBaseWidget(c)
	c.setShown()
	return c
}

// SetReadOnly shows the story without letting it be edited.
func (c *Column) SetReadOnly(on bool) {
	c.readOnly = on
	for _, f := range c.fields() {
		f.locked = on
	}
}

// Essay is the id of the essay shown, or 0.
func (c *Column) Essay() int64 {
	if c.essay == nil {
		return 0
	}
	return c.essay.ID
}

// Selected is the selected block and placement, 0 where there is none.
func (c *Column) Selected() (block, placement int64) { return c.selected, c.placement }

// SetEssay shows an essay as the project has it now. Rows are kept by their
// block's id, with focus and caret; only what differs is touched. Nil shows
// no essay.
func (c *Column) SetEssay(e *project.Essay, photos map[int64]project.Photo) {
	if c.Essay() != 0 && (e == nil || e.ID != c.essay.ID) {
		c.Flush()
		c.unfocus()
		c.rows, c.selected, c.placement, c.also, c.last = nil, 0, 0, nil, nil
		c.scroll.Offset = fyne.Position{}
	}
	c.busy = true
	c.essay, c.photos = e, photos
	old := map[int64]*row{}
	for _, r := range c.rows {
		old[r.block.ID] = r
	}
	var rows []*row
	if e != nil {
		c.wear(dressOf(e.Theme))
		c.head.update(e)
		for _, b := range e.Blocks {
			r := old[b.ID]
			if r == nil || r.block.Kind != b.Kind {
				r = newRow(c, b)
			} else {
				r.update(b)
			}
			rows = append(rows, r)
		}
	}
	c.rows = rows
	c.fitGaps()
	if c.row(c.selected) == nil {
		c.selected, c.placement = 0, 0
	}
	c.setShown()
	c.busy = false
	c.showSelection()
	c.reflow()
	c.tellMany()
}

func (c *Column) setShown() {
	c.page.Hidden = c.essay == nil
	c.foot.Hidden = c.essay == nil || !c.essay.Votes || c.has(project.KindVote)
}

func (c *Column) has(k project.BlockKind) bool {
	for _, r := range c.rows {
		if r.block.Kind == k {
			return true
		}
	}
	return false
}

// fitGaps keeps one gap before each row and one at the end.
func (c *Column) fitGaps() {
	for len(c.gaps) < len(c.rows)+1 {
		c.gaps = append(c.gaps, newGap(c))
	}
	c.gaps = c.gaps[:len(c.rows)+1]
	after := int64(0)
	for i, g := range c.gaps {
		if i > 0 {
			after = c.rows[i-1].block.ID
		}
		g.set(after, i == len(c.gaps)-1, len(c.rows) == 0)
	}
}

func (c *Column) row(id int64) *row {
	for _, r := range c.rows {
		if r.block.ID == id {
			return r
		}
	}
	return nil
}

func (c *Column) fields() []*field {
	out := c.head.fields()
	for _, r := range c.rows {
		if r.made != nil {
			out = append(out, r.made.fields()...)
		}
	}
	return out
}

// Flush reports everything typed that has not been reported yet.
func (c *Column) Flush() {
	for _, f := range c.fields() {
		f.flush()
	}
}

// Pending reports whether something typed has still to be kept.
func (c *Column) Pending() bool {
	for _, f := range c.fields() {
		if f.dirty && !f.reporting && f.Text != f.model {
			return true
		}
	}
	return false
}

func (c *Column) pendingChanged() {
	if c.OnPending != nil {
		c.OnPending()
	}
}

// later runs fn on the UI goroutine after what runs now.
func (c *Column) later(fn func()) { c.loader.Do(fn) }

// Select selects a block, and a placement in it, without reporting; 0 selects the essay.
func (c *Column) Select(block, placement int64) {
	if c.selected == block && c.placement == placement && len(c.also) == 0 {
		return
	}
	c.selected, c.placement = block, placement
	c.also, c.anchor = nil, block
	c.showSelection()
	c.tellMany()
}

// InsertionPoint is the block behind which something new goes: the selected
// one, or the last.
func (c *Column) InsertionPoint() int64 {
	if c.selected != 0 {
		return c.selected
	}
	if n := len(c.rows); n > 0 {
		return c.rows[n-1].block.ID
	}
	return 0
}

// choose is a selection by the editor: it is reported.
func (c *Column) choose(block, placement int64) {
	if c.selected == block && c.placement == placement {
		c.Select(block, placement)
		return
	}
	c.Select(block, placement)
	switch {
	case placement != 0 && c.OnSelectPlacement != nil:
		c.OnSelectPlacement(block, placement)
	case placement == 0 && c.OnSelectBlock != nil:
		c.OnSelectBlock(block)
	}
}

func (c *Column) showSelection() {
	for _, r := range c.rows {
		r.setSelected(r.block.ID == c.selected || c.also[r.block.ID], c.placement)
	}
}

// Focus puts the caret into the block's text, at its end, and shows it; a
// block without text is selected.
func (c *Column) Focus(id int64) {
	r := c.row(id)
	if r == nil {
		return
	}
	c.Reveal(id)
	fs := r.whole().fields()
	if len(fs) == 0 || r.block.Kind == project.KindPhoto || r.block.Kind == project.KindGallery || r.block.Kind == project.KindCompare {
		c.unfocus()
		c.choose(id, r.firstPlacement())
		return
	}
	c.focusField(fs[0], true)
}

// FocusHeadline puts the caret into the headline.
func (c *Column) FocusHeadline() { c.focusField(c.head.headline, true) }

func (c *Column) focusField(f *field, end bool) {
	if end {
		f.CursorRow, f.CursorColumn = 1<<20, 1<<20 // truncated to the last place
	}
	if cv := c.canvas(); cv != nil {
		cv.Focus(f.prose)
	}
}

func (c *Column) unfocus() {
	cv := c.canvas()
	if cv == nil {
		return
	}
	if p, ok := cv.Focused().(*prose); ok && p != nil {
		cv.Unfocus()
	}
}

func (c *Column) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(c)
}

// CreateRenderer links the column to Fyne.
func (c *Column) CreateRenderer() fyne.WidgetRenderer {
	return &columnRenderer{c, []fyne.CanvasObject{c.ground, c.scroll, c.layer}}
}

type columnRenderer struct {
	c       *Column
	objects []fyne.CanvasObject
}

func (r *columnRenderer) Destroy()                     {}
func (r *columnRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *columnRenderer) MinSize() fyne.Size           { return fyne.NewSize(320, 200) }

func (r *columnRenderer) Layout(size fyne.Size) {
	r.c.ground.Resize(size)
	r.c.layer.Resize(size)
	r.c.scroll.Resize(size)
	r.c.reflow()
}

// Refresh is asked for when the theme changes: words may take other room.
func (r *columnRenderer) Refresh() {
	r.c.width = 0
	r.c.reflow()
	canvas.Refresh(r.c.ground)
}
