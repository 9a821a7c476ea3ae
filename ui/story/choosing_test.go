package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"photodesk/project"
)

func (s *stage) chosen() string { return strings.Trim(fmt.Sprint(s.Chosen()), "[]") }

func TestSeveralBlocksAreChosen(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	press := func(id int64, mod fyne.KeyModifier) {
		h := s.row(id).handle
		h.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod})
		h.MouseUp(nil)
		h.Tapped(&fyne.PointEvent{})
	}
	key := func(k fyne.KeyName, shift bool) { s.TypedKey(&fyne.KeyEvent{Name: k}, shift) }
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"a click", func() { press(2, 0) }, "2"},
		{"Shift takes all between", func() { press(4, fyne.KeyModifierShift) }, "2 3 4"},
		{"and less again", func() { press(3, fyne.KeyModifierShift) }, "2 3"},
		{"Ctrl takes one more", func() { press(6, fyne.KeyModifierControl) }, "2 3 6"},
		{"and gives one back", func() { press(2, fyne.KeyModifierControl) }, "3 6"},
		{"a click takes one alone", func() { press(2, 0) }, "2"},
		{"Down", func() { key(fyne.KeyDown, false) }, "3"},
		{"Shift and Down", func() { key(fyne.KeyDown, true); key(fyne.KeyDown, true) }, "3 4 5"},
		{"Shift and Up", func() { key(fyne.KeyUp, true) }, "3 4"},
		{"Up", func() { key(fyne.KeyUp, false) }, "3"},
		{"Escape", func() { key(fyne.KeyEscape, false) }, ""},
	} {
		c.do()
		if got := s.chosen(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	s.Choose([]int64{2, 3})
	for _, id := range []int64{2, 3} {
		if !s.row(id).outline.Visible() {
			t.Errorf("block %d is not shown as chosen", id)
		}
	}
	s.heard()
	items := s.row(3).offers(0)
	i := slices.IndexFunc(items, func(it *fyne.MenuItem) bool { return it.Label == "Duplicate" })
	items[i].Action()
	s.want(t, fmt.Sprintf("do %d [2 3]", Duplicate))

	// All of them go with one that is dragged.
	at := s.middle(1).SubtractXY(0, 6)
	s.row(3).handle.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
	s.row(3).handle.DragEnd()
	s.want(t, "moves [2 3] after 0")
	key(fyne.KeyReturn, false)
	if s.win.Canvas().Focused() != fyne.Focusable(s.words(3, 0)) {
		t.Error("Enter does not go into the words")
	}
	s.words(3, 0).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.win.Canvas().Focused() != nil || s.chosen() != "3" {
		t.Error("Escape does not go from the words to the block")
	}
}

func TestPhotosAreDroppedTogether(t *testing.T) {
	s := newStage(t)
	e := essay()
	e.Blocks = append(e.Blocks, project.Block{ID: 20, EssayID: 7, Kind: project.KindPhoto, Placements: []project.Placement{{ID: 60, BlockID: 20, PhotoID: 2}}})
	s.SetEssay(e, library)
	for _, c := range []struct {
		onto int64
		want string
	}{{4, "together 20 into 4"}, {5, "together 20 into 5"}, {1, "move 20 after 1"}} {
		at := s.middle(c.onto).AddXY(0, 7)
		s.row(20).handle.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
		if onto := c.onto > 1; s.layer.into.Visible() != onto || s.layer.line.Visible() == onto {
			t.Errorf("onto %d: box %v, line %v", c.onto, s.layer.into.Visible(), s.layer.line.Visible())
		}
		s.row(20).handle.DragEnd()
		s.want(t, c.want)
	}
}

func TestMenuSaysWhatABlockCanBe(t *testing.T) {
	s := newStage(t)
	e := essay()
	e.Blocks[4].Placements = e.Blocks[4].Placements[:2]
	s.SetEssay(e, library)
	offer := func(id int64) string {
		s.Select(id, 0)
		var out []string
		for _, it := range s.row(id).offers(0) {
			switch {
			case it.IsSeparator:
			case it.Checked:
				out = append(out, "["+it.Label+"]")
			default:
				out = append(out, it.Label)
			}
		}
		return strings.Join(out, " ")
	}
	const rest = " Cut Copy Paste behind Move up Move down Duplicate Delete"
	for id, want := range map[int64]string{
		2: "Text [Heading] Pull quote",
		4: "Show in gallery preview Photo tools… Column [Wide] Full",
		5: "Show in gallery preview Photo tools… [Grid] Pair Slideshow Compare Take apart",
	} {
		if got := offer(id); got != want+rest {
			t.Errorf("block %d: %s", id, got)
		}
	}
	s.heard()
	for _, it := range s.row(5).offers(0) {
		if it.Label == "Compare" || it.Label == "Take apart" {
			it.Action()
		}
	}
	s.want(t, `Make compare: compare ""; apart 5`)
}

func TestBoldItalicAndLink(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	p := s.words(1, 0)
	s.win.Canvas().Focus(p)
	p.CursorColumn = 2
	s.heard()
	s.Mark(project.MarkBold)
	s.want(t, `Bold: text "**words** of text"`)
	if p.Text != "**words** of text" || p.CursorColumn != 7 || s.win.Canvas().Focused() != fyne.Focusable(p) {
		t.Errorf("%q with the caret at %d", p.Text, p.CursorColumn)
	}
	s.Mark(project.MarkItalic)
	s.Mark(project.MarkBold)
	s.want(t, `Italic: text "***words*** of text"; Bold: text "*words* of text"`)
	p.CursorColumn = len(p.Text)
	s.Link()
	s.want(t, `link "" ""; Link: text "*words* of text[words](https://a.example)"`)
	s.win.Canvas().Unfocus() // as a menu does
	s.Link()
	s.want(t, `link "words" "https://a.example"`) // the same again changes nothing
	s.win.Canvas().Focus(s.words(2, 0))
	if s.Writing() {
		t.Error("a heading takes marks")
	}
}
