package story

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
)

// middle is the middle of a row on the canvas, once it is in sight.
func (s *stage) middle(id int64) fyne.Position {
	s.Reveal(id)
	r := s.row(id)
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(r).AddXY(r.Size().Width/2, r.tall/2)
}

func TestDragMovesABlock(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to int64
		below    float32 // where on the row it is let go, from its middle
		want     string
	}{
		{"behind the next", 1, 2, 8, "move 1 after 2"},
		{"to the top", 3, 1, -6, "move 3 after 0"},
		{"onto itself", 2, 2, 0, ""},
		{"before the next, where it is", 1, 2, -6, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			s.SetEssay(essay(), library)
			h := s.row(c.from).handle
			at := s.middle(c.to).AddXY(0, c.below)
			h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
			if !s.layer.ghost.Visible() || !s.layer.line.Visible() || !s.row(c.from).veil.Visible() {
				t.Error("no ghost, no line, or the row is not faded")
			}
			h.DragEnd()
			if s.layer.ghost.Visible() || s.layer.line.Visible() || s.row(c.from).veil.Visible() {
				t.Error("the drag left something on the page")
			}
			s.want(t, c.want)
		})
	}
}

func TestDragScrollsNearTheEdge(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	bottom := s.origin().AddXY(400, s.Size().Height-4)
	s.row(1).handle.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: bottom}})
	if s.drag.stop == nil {
		t.Fatal("nothing scrolls")
	}
	s.row(1).handle.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: bottom.SubtractXY(0, 300)}})
	if s.drag.stop != nil {
		t.Error("it scrolls on away from the edge")
	}
	s.row(1).handle.DragEnd()
}

func TestDropAt(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	for _, c := range []struct {
		name        string
		at          fyne.Position
		after, into int64
		ok          bool
	}{
		{"upper half of a text", s.middle(2).SubtractXY(0, 6), 1, 0, true},
		{"lower half of a text", s.middle(2).AddXY(0, 6), 2, 0, true},
		{"beside the column", s.origin().SubtractXY(5, 0), 0, 0, false},
	} {
		after, into, ok := s.DropAt(c.at)
		if after != c.after || into != c.into || ok != c.ok {
			t.Errorf("%s: after %d, into %d, %v; want %d, %d, %v", c.name, after, into, ok, c.after, c.into, c.ok)
		}
	}
	if _, into, _ := s.DropAt(s.middle(5)); into != 5 {
		t.Errorf("onto a gallery: into %d, want 5", into)
	}
	s.ShowDropLine(s.middle(5))
	if !s.layer.into.Visible() || s.layer.line.Visible() {
		t.Error("a drop into a gallery is not shown as one")
	}
	if _, into, _ := s.DropAt(s.middle(6)); into != 6 {
		t.Errorf("onto an empty compare: into %d, want 6", into)
	}
	if after, into, _ := s.DropAt(s.middle(4).AddXY(0, 30)); into != 4 {
		t.Errorf("onto a photo: after %d, into %d, want into it, for a pair", after, into)
	}
	s.HideDropLine()
	if s.layer.into.Visible() {
		t.Error("the drop is still shown")
	}
}

func TestStepAndMenuMove(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.Step(3, -1)
	s.want(t, "move 3 after 1")
	s.Step(2, -1)
	s.want(t, "move 2 after 0")
	s.Step(3, 1)
	s.want(t, "move 3 after 4")
	s.Step(1, -1)
	s.Step(int64(len(project.Kinds)), 1)
	s.want(t, "")
}

func TestSelection(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	test.Tap(s.row(7))
	s.want(t, "select 7")
	if !s.row(7).outline.Visible() {
		t.Error("the selected block has no outline")
	}
	f := s.row(5).whole().(*gallery).figures[1]
	f.pad.Tapped(nil)
	s.want(t, "select 5/51")
	if !f.ring.Visible() || s.row(7).outline.Visible() {
		t.Error("the selection is not shown on the photo")
	}
	f.pad.Tapped(nil)
	s.want(t, "open 51")
	s.Select(1, 0)
	s.want(t, "")
	if b, pl := s.Selected(); b != 1 || pl != 0 {
		t.Errorf("selected %d/%d", b, pl)
	}
	s.page.Tapped(nil)
	s.want(t, "select 0")
}

func TestHover(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	r := s.row(2)
	r.MouseIn(&desktop.MouseEvent{})
	if !r.handle.Visible() || !r.more.Visible() {
		t.Error("a hovered block shows no handle or no menu")
	}
	r.MouseOut()
	if r.handle.Visible() {
		t.Error("the handle stays")
	}
	g := s.gaps[2]
	if g.shown() {
		t.Error("an inserter shows by itself")
	}
	g.MouseIn(nil)
	if !g.shown() {
		t.Error("a hovered gap shows no inserter")
	}
	items := g.items()
	if len(items) != len(project.Kinds) {
		t.Fatalf("the inserter offers %d kinds, want %d", len(items), len(project.Kinds))
	}
	items[0].Action()
	s.want(t, "insert text after 2")
}

func TestSlideshowTurnsToWhatIsSelected(t *testing.T) {
	s := newStage(t)
	e := essay()
	e.Blocks[4].Layout = project.LayoutSlideshow
	s.SetEssay(e, library)
	g := s.row(5).whole().(*gallery)
	if len(g.fields()) != 1 || g.figures[1].caption.box.Visible() {
		t.Error("a slideshow shows more than one caption")
	}
	g.figures[2].pad.Tapped(nil)
	if g.shown != 2 || !g.figures[2].caption.box.Visible() || g.figures[0].caption.box.Visible() {
		t.Errorf("it shows %d", g.shown)
	}
	s.want(t, "select 5/52")
}
