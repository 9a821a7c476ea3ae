package story

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// stage is a column in a window, with what it reported.
type stage struct {
	*Column
	win    fyne.Window
	said   []string
	mu     sync.Mutex
	queue  []func() // for the UI goroutine: the test's own
	refuse bool     // what is typed can't be kept
}

func newStage(t *testing.T) *stage {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New())
	s := &stage{}
	loader := photos.NewLoader(nil, s.do)
	t.Cleanup(loader.Close)
	c := New(loader)
	c.Pause = 1 << 40 // tests report by Flush
	say := func(format string, args ...any) { s.said = append(s.said, fmt.Sprintf(format, args...)) }
	c.OnSelectBlock = func(id int64) { say("select %d", id) }
	c.OnSelectPlacement = func(b, pl int64) { say("select %d/%d", b, pl) }
	c.OnText = func(b project.Block) bool { say("text %d %q %q", b.ID, b.Text, b.Attribution); return !s.refuse }
	c.OnHead = func(e project.Essay) bool { say("head %q %q", e.Headline, e.Standfirst); return !s.refuse }
	c.OnCaption = func(pl project.Placement) bool { say("caption %d %q", pl.ID, *pl.Caption); return !s.refuse }
	c.OnInsert = func(after int64, k project.BlockKind) { say("insert %s after %d", k, after) }
	c.OnMove = func(id, after int64) { say("move %d after %d", id, after) }
	c.OnDelete = func(id int64) { say("delete %d", id) }
	c.OnDuplicate = func(id int64) { say("duplicate %d", id) }
	c.OnOpen = func(pl int64) { say("open %d", pl) }
	c.OnChange = func(label string, b project.Block) bool {
		say("%s: %s %q", label, b.Kind, b.Text)
		for i := range s.essay.Blocks {
			if s.essay.Blocks[i].ID == b.ID {
				e := *s.essay
				e.Blocks = append([]project.Block(nil), e.Blocks...)
				e.Blocks[i] = b
				s.SetEssay(&e, s.photos)
				break
			}
		}
		return true
	}
	c.OnSplit = func(id int64, before, after string) { say("split %d %q %q", id, before, after) }
	c.OnJoin = func(id int64) { say("join %d", id) }
	c.OnTogether = func(from, into int64) { say("together %d into %d", from, into) }
	c.OnApart = func(id int64) { say("apart %d", id) }
	c.OnBlocks = func(what Doing, ids []int64) { say("do %d %v", what, ids) }
	c.OnMoves = func(ids []int64, after int64) { say("moves %v after %d", ids, after) }
	c.OnLink = func(label, address string, done func(label, address string)) {
		say("link %q %q", label, address)
		done("words", "https://a.example")
	}
	s.Column = c
	s.win = test.NewTempWindow(t, c)
	s.win.Resize(fyne.NewSize(1000, 700))
	return s
}

func (s *stage) do(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, fn)
}

func (s *stage) next() func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil
	}
	fn := s.queue[0]
	s.queue = s.queue[1:]
	return fn
}

// heard is what was reported since it was last asked.
func (s *stage) heard() string {
	for fn := s.next(); fn != nil; fn = s.next() {
		fn()
	}
	out := strings.Join(s.said, "; ")
	s.said = nil
	return out
}

func (s *stage) want(t *testing.T, what string) {
	t.Helper()
	if got := s.heard(); got != what {
		t.Errorf("reported %q, want %q", got, what)
	}
}

var library = map[int64]project.Photo{
	1: {ID: 1, Name: "a.jpg", Width: 1200, Height: 800, Caption: "A boat.", CreditLine: "Jane Doe/AP"},
	2: {ID: 2, Name: "b.jpg", Width: 800, Height: 1200},
}

// essay has a block of every kind, with the ids 1, 2, …
func essay() *project.Essay {
	e := &project.Essay{ID: 7, Headline: "Storm", Standfirst: "After it"}
	for i, k := range project.Kinds {
		b := project.Block{ID: int64(i + 1), EssayID: 7, Kind: k}
		switch k {
		case project.KindText, project.KindHeading, project.KindQuote:
			b.Text = "words of " + string(k)
		case project.KindPhoto:
			b.Placements = []project.Placement{{ID: 40, BlockID: b.ID, PhotoID: 1, Width: project.WidthWide}}
		case project.KindGallery:
			b.Layout = project.LayoutGrid
			b.Placements = []project.Placement{{ID: 50, BlockID: b.ID, PhotoID: 1}, {ID: 51, BlockID: b.ID, PhotoID: 2}, {ID: 52, BlockID: b.ID, PhotoID: 2}}
		}
		e.Blocks = append(e.Blocks, b)
	}
	return e
}

func (s *stage) words(id int64, field int) *prose { return s.row(id).whole().fields()[field].prose }

// typeInto types into a field as if it had the focus for a while.
func (s *stage) typeInto(p *prose, text string) {
	s.win.Canvas().Focus(p)
	s.said = nil
	test.Type(p, text)
}

func TestEveryKindIsShown(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	y := float32(0)
	for _, r := range s.rows {
		if r.tall < 20 || r.Position().Y <= y {
			t.Errorf("%s stands at %v, %v tall, after %v", r.block.Kind, r.Position().Y, r.tall, y)
		}
		y = r.Position().Y
	}
	if got := s.words(4, 0).Text; got != "A boat." {
		t.Errorf("the caption says %q, want the photo's own", got)
	}
	if got := s.row(4).whole().(*single).f.credit.Text; got != "JANE DOE/AP" {
		t.Errorf("the credit says %q", got)
	}
	if got := s.row(5).whole().(*gallery).figures[1].credit.Text; got != "No credit" {
		t.Errorf("a photo without credit says %q", got)
	}
	s.want(t, "")
}

func TestWidths(t *testing.T) {
	s := newStage(t)
	e := essay()
	var got []string
	for _, w := range []project.Width{project.WidthColumn, project.WidthWide, project.WidthFull} {
		e.Blocks[3].Placements = []project.Placement{{ID: 40, BlockID: 4, PhotoID: 1, Width: w}}
		s.SetEssay(e, library)
		got = append(got, fmt.Sprint(s.row(4).whole().(*single).f.view.Size().Width))
	}
	if want := []string{"680", "843.2", fmt.Sprint(s.Size().Width)}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("widths %v, want %v", got, want)
	}
}

func TestTypingIsReportedOnceAndStays(t *testing.T) {
	s := newStage(t)
	e := essay()
	s.SetEssay(e, library)
	p := s.words(1, 0)
	s.win.Canvas().Focus(p)
	s.want(t, "select 1")
	test.Type(p, "New ")
	s.want(t, "")
	if !s.Pending() {
		t.Error("typing is not pending")
	}
	s.Flush()
	s.want(t, `text 1 "New words of text" ""`)
	s.Flush()
	s.want(t, "")

	// The model's echo moves no caret, takes no focus and reports nothing.
	e2 := essay()
	e2.Blocks[0].Text = "New words of text"
	s.SetEssay(e2, library)
	if p.CursorColumn != 4 || s.win.Canvas().Focused() != fyne.Focusable(p) || s.words(1, 0) != p {
		t.Errorf("caret at %d, focus on %T", p.CursorColumn, s.win.Canvas().Focused())
	}
	s.want(t, "")
}

func TestModelDoesNotOverwriteWhatIsBeingTyped(t *testing.T) {
	s := newStage(t)
	e := essay()
	s.SetEssay(e, library)
	p := s.words(1, 0)
	s.typeInto(p, "X")
	e2 := essay()
	e2.Blocks[0].Text = "from elsewhere"
	s.SetEssay(e2, library)
	if p.Text != "Xwords of text" {
		t.Errorf("what was typed is %q", p.Text)
	}
	s.Flush()
	s.want(t, `text 1 "Xwords of text" ""`)
	s.SetEssay(e2, library)
	if p.Text != "from elsewhere" {
		t.Errorf("the model's text is not shown: %q", p.Text)
	}
	s.want(t, "")
}

func TestWhatIsNotKeptIsReportedAgain(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.refuse = true
	s.typeInto(s.words(4, 0), "Low. ")
	s.Flush()
	s.want(t, `caption 40 "Low. A boat."`)
	s.SetEssay(essay(), library)
	s.refuse = false
	s.Flush()
	s.want(t, `caption 40 "Low. A boat."`)
	if s.Pending() {
		t.Error("still pending after it was kept")
	}
}

func TestLeavingAFieldReports(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.win.Canvas().Focus(s.head.headline.prose)
	test.Type(s.head.headline.prose, "The ")
	s.win.Canvas().Focus(s.words(3, 1))
	s.want(t, `head "The Storm" "After it"; select 3`)
	test.Type(s.words(3, 1), "Who")
	s.win.Canvas().Unfocus()
	s.want(t, `text 3 "words of quote" "Who"`)
}

func TestOnlyChangedRowsAreTouched(t *testing.T) {
	s := newStage(t)
	e := essay()
	s.SetEssay(e, library)
	before := append([]*row(nil), s.rows...)
	e2 := essay()
	e2.Blocks = append(e2.Blocks[3:], e2.Blocks[0], e2.Blocks[2]) // 2 went, the rest moved
	s.SetEssay(e2, library)
	for _, r := range s.rows {
		if r != before[r.block.ID-1] {
			t.Errorf("the row of block %d was made again", r.block.ID)
		}
	}
	if s.row(2) != nil {
		t.Error("block 2 is still there")
	}
	if len(s.gaps) != len(s.rows)+1 || s.gaps[len(s.gaps)-1].after != 3 {
		t.Errorf("%d gaps for %d rows", len(s.gaps), len(s.rows))
	}
}

func TestAnotherEssayReportsWhatTheLastOneWaitsFor(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.typeInto(s.words(2, 0), "A ")
	other := &project.Essay{ID: 8, Headline: "Other"}
	s.SetEssay(other, nil)
	s.want(t, `text 2 "A words of heading" ""`)
	if s.head.headline.Text != "Other" || len(s.rows) != 0 {
		t.Errorf("shown: %q with %d rows", s.head.headline.Text, len(s.rows))
	}
	s.SetEssay(nil, nil)
	if !s.page.Hidden {
		t.Error("a page without an essay is shown")
	}
}

func TestTextGrowsAndMovesWhatFollows(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	tall, below := s.row(1).tall, s.row(2).Position().Y
	s.words(1, 0).SetText(strings.Repeat("more words than one line can hold ", 20))
	if got := s.row(1).tall; got < 3*tall {
		t.Errorf("the row is %v tall, before %v", got, tall)
	}
	if moved, grown := s.row(2).Position().Y-below, s.row(1).tall-tall; moved != grown {
		t.Errorf("the next row moved by %v, the text grew by %v", moved, grown)
	}
}

func TestKeys(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.words(2, 0).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.want(t, `split 2 "" "words of heading"`)
	s.words(1, 0).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	s.want(t, "insert text after 1")

	p := s.words(1, 0)
	p.CursorColumn = 5
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.want(t, `split 1 "words" " of text"`)
	p.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if p.Text != "words\n of text" {
		t.Errorf("Shift+Enter makes %q", p.Text)
	}
	s.Flush()
	s.want(t, `text 1 "words\n of text" ""`)
	head := s.words(2, 0)
	head.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	s.want(t, "join 2")
	head.CursorColumn = 3
	head.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	head.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	s.Flush()
	s.want(t, `text 2 "wos of heading" ""`)

	e := essay()
	e.Blocks[0].Text = ""
	s.SetEssay(e, library)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	s.want(t, "delete 1")

	s.head.headline.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.win.Canvas().Focused() != fyne.Focusable(s.head.standfirst.prose) {
		t.Error("Enter does not lead from the headline to the standfirst")
	}
}

func TestReadOnly(t *testing.T) {
	s := newStage(t)
	s.SetReadOnly(true)
	s.SetEssay(essay(), library)
	p := s.words(1, 0)
	s.typeInto(p, "no")
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	p.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	s.insert(0, project.KindText)
	s.dragTo(s.rows[0], fyne.NewPos(10, 10))
	if p.Text != "words of text" || s.drag != nil {
		t.Errorf("a read-only text became %q", p.Text)
	}
	if _, _, ok := s.DropAt(fyne.NewPos(500, 300)); ok {
		t.Error("photos can be dropped into a read-only story")
	}
	s.want(t, "")
}

func TestFarRowsAreNotDrawn(t *testing.T) {
	s := newStage(t)
	e := &project.Essay{ID: 9}
	for i := range 120 {
		e.Blocks = append(e.Blocks, project.Block{ID: int64(i + 1), EssayID: 9, Kind: project.KindText, Text: strings.Repeat("a text ", 60)})
	}
	s.SetEssay(e, nil)
	shown := func() (n int) {
		for _, r := range s.rows {
			if r.Visible() {
				n++
			}
		}
		return n
	}
	if n := shown(); n == 0 || n > 30 {
		t.Errorf("%d of 120 rows are drawn", n)
	}
	s.Reveal(120)
	if !s.row(120).Visible() || s.row(1).Visible() {
		t.Error("after scrolling to the end other rows are drawn")
	}
}

// A long essay has widgets and pixels for what is near, and what is seen stays
// in place while rows above it are made.
func TestLongStorySleepsOutOfSight(t *testing.T) {
	s := newStage(t)
	e, lib := long(500)
	s.SetEssay(e, lib)
	awake := func() (n int) {
		for _, r := range s.rows {
			if r.made != nil {
				n++
			}
		}
		return n
	}
	if n := awake(); n == 0 || n > 20 {
		t.Errorf("%d of 500 rows are made", n)
	}
	s.Reveal(500)
	r := s.row(500)
	if y := r.Position().Y - s.scroll.Offset.Y; r.made == nil || y < 0 || y+r.tall > s.Size().Height {
		t.Errorf("the last block stands at %v of %v", y, s.Size().Height)
	}
	for s.scroll.Offset.Y > 1000 { // back up, over rows not made yet
		seen := s.rows[0]
		for _, r := range s.rows {
			if r.Position().Y > s.scroll.Offset.Y+100 {
				seen = r
				break
			}
		}
		before := seen.Position().Y - s.scroll.Offset.Y
		from := s.scroll.Offset.Y
		s.scrollTo(from - 400)
		if moved := seen.Position().Y - s.scroll.Offset.Y - before; moved < 399 || moved > 401 {
			t.Fatalf("at %v a step of 400 moved what is seen by %v", from, moved)
		}
	}
	if n := awake(); n > mostAwake+20 {
		t.Errorf("%d rows are awake after a walk through all of it", n)
	}
	// What is typed in a row that then goes out of sight is not lost.
	s.Reveal(1)
	s.typeInto(s.words(1, 0), "X")
	s.win.Canvas().Unfocus()
	s.heard()
	s.refuse = true
	s.typeInto(s.words(1, 0), "Y")
	s.win.Canvas().Unfocus()
	s.refuse = false
	s.Reveal(500)
	s.heard()
	s.Flush()
	if got := s.heard(); !strings.Contains(got, `text 1 "XY`) {
		t.Errorf("what was typed out of sight: %q", got)
	}
}
