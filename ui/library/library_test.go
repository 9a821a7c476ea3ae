package library

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
)

func newRoom(t *testing.T, photos int) (*Library, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	l := New(nil)
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 700))
	var list []project.Photo
	for i := range photos {
		list = append(list, project.Photo{ID: int64(i + 1), Name: fmt.Sprintf("p%d.jpg", i+1), Caption: "A caption.", CreditLine: "Jane Doe/AP"})
	}
	l.SetPhotos(list)
	return l, w
}

// press clicks the i-th photo.
func press(l *Library, i int, mod fyne.KeyModifier) {
	pos, size := l.grid.place(i)
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod}
	ev.Position = pos.AddXY(size.Width/2, size.Height/2)
	l.grid.MouseDown(ev)
	l.grid.MouseUp(ev)
}

func TestSelection(t *testing.T) {
	ctrl, shift := fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	type click struct {
		i   int
		mod fyne.KeyModifier
	}
	for _, c := range []struct {
		name   string
		clicks []click
		want   []int64
	}{
		{"one", []click{{2, 0}}, []int64{3}},
		{"another", []click{{2, 0}, {4, 0}}, []int64{5}},
		{"add", []click{{4, 0}, {2, ctrl}}, []int64{3, 5}},
		{"take away", []click{{4, 0}, {2, ctrl}, {4, ctrl}}, []int64{3}},
		{"range", []click{{1, 0}, {3, shift}}, []int64{2, 3, 4}},
		{"range back from the same anchor", []click{{3, 0}, {5, shift}, {2, shift}}, []int64{3, 4}},
		{"range added", []click{{0, 0}, {3, ctrl}, {4, shift | ctrl}}, []int64{1, 4, 5}},
		{"narrowed to one of several", []click{{1, 0}, {3, shift}, {2, 0}}, []int64{3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, _ := newRoom(t, 8)
			var told []int64
			l.OnSelect = func(ids []int64) { told = ids }
			for _, k := range c.clicks {
				press(l, k.i, k.mod)
				l.grid.mouse.at = time.Time{}
			}
			if !slices.Equal(l.Selection(), c.want) || !slices.Equal(told, c.want) {
				t.Errorf("selection %v, told %v, want %v", l.Selection(), told, c.want)
			}
		})
	}
}

func TestDoubleClickOpens(t *testing.T) {
	l, _ := newRoom(t, 4)
	opened := int64(0)
	l.OnOpen = func(id int64) { opened = id }
	press(l, 1, 0)
	if opened != 0 {
		t.Error("one click opened")
	}
	press(l, 1, 0)
	if opened != 2 {
		t.Errorf("opened %d", opened)
	}
}

func TestOnlyWhatIsInSightExists(t *testing.T) {
	l, w := newRoom(t, 10_000)
	if n := len(l.grid.cells); n == 0 || n > 30 {
		t.Fatalf("%d cells", n)
	}
	l.Reveal(9_000)
	if l.grid.cells[8_999] == nil || len(l.grid.cells)+len(l.grid.spare) > 40 {
		t.Errorf("%d cells and %d spare", len(l.grid.cells), len(l.grid.spare))
	}
	w.Resize(fyne.NewSize(500, 700))
	l.SetPhotos(l.grid.list[:3])
	if len(l.grid.cells) != 3 || l.grid.scroll.Offset.Y != 0 {
		t.Errorf("%d cells at offset %v", len(l.grid.cells), l.grid.scroll.Offset.Y)
	}
}

func TestSelectionOutlivesWhatIsShownAgain(t *testing.T) {
	l, _ := newRoom(t, 6)
	l.Select(2, 5)
	told := 0
	l.OnSelect = func([]int64) { told++ }
	l.SetPhotos(l.grid.list)
	if told != 0 || !slices.Equal(l.Selection(), []int64{2, 5}) {
		t.Errorf("selection %v, told %d times", l.Selection(), told)
	}
	l.SetPhotos(l.grid.list[3:])
	if told != 1 || !slices.Equal(l.Selection(), []int64{5}) {
		t.Errorf("selection %v, told %d times", l.Selection(), told)
	}
}

func TestDragOutCarriesTheSelection(t *testing.T) {
	l, w := newRoom(t, 6)
	l.Select(1, 3)
	pos, _ := l.grid.place(2)
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	ev.Position = pos.AddXY(20, 20)
	var dropped []int64
	var at fyne.Position
	l.OnDrop = func(ids []int64, p fyne.Position) { dropped, at = ids, p }
	l.grid.MouseDown(ev)
	drag := &fyne.DragEvent{}
	drag.AbsolutePosition = fyne.NewPos(600, 300)
	l.grid.Dragged(drag)
	if len(w.Canvas().Overlays().List()) != 1 {
		t.Error("no ghost")
	}
	l.grid.MouseUp(ev)
	l.grid.DragEnd()
	if !slices.Equal(dropped, []int64{1, 3}) || at != drag.AbsolutePosition {
		t.Errorf("dropped %v at %v", dropped, at)
	}
	if len(w.Canvas().Overlays().List()) != 0 || !slices.Equal(l.Selection(), []int64{1, 3}) {
		t.Error("the ghost stayed, or the selection went")
	}
}

func TestFilters(t *testing.T) {
	l, _ := newRoom(t, 2)
	l.pause = 0
	var got project.Filter
	l.OnFilter = func(f project.Filter) { got = f }
	test.Tap(l.chips[1])
	test.Tap(l.chips[3])
	l.search.SetText("bridge")
	if want := (project.Filter{Search: "bridge", Unused: true, NoCredit: true}); got != want {
		t.Errorf("filter %+v, want %+v", got, want)
	}
	test.Tap(l.chips[0])
	if want := (project.Filter{Search: "bridge"}); got != want || !l.chips[0].is || l.chips[1].is {
		t.Errorf("filter %+v after All", got)
	}
	l.SetPhotos(nil)
	if l.none.Hidden || !l.empty.Hidden {
		t.Error("it should say that no photo matches")
	}
	l.showAll()
	l.SetPhotos(nil)
	if !l.none.Hidden || l.empty.Hidden || got != (project.Filter{}) {
		t.Error("it should say how to bring photos in")
	}
}

func TestKeys(t *testing.T) {
	l, _ := newRoom(t, 9)
	columns, _ := l.grid.measure()
	key := func(k fyne.KeyName) { l.grid.TypedKey(&fyne.KeyEvent{Name: k}) }
	key(fyne.KeyRight)
	key(fyne.KeyRight)
	key(fyne.KeyDown)
	if want := []int64{int64(2 + columns)}; !slices.Equal(l.Selection(), want) {
		t.Errorf("selection %v, want %v", l.Selection(), want)
	}
	var gone []int64
	l.OnDelete = func(ids []int64) { gone = ids }
	key(fyne.KeyEnd)
	key(fyne.KeyDelete)
	if !slices.Equal(gone, []int64{9}) {
		t.Errorf("delete %v", gone)
	}
}

func BenchmarkScrollStep(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			test.NewTempApp(b)
			l := New(nil)
			w := test.NewTempWindow(b, l)
			w.Resize(fyne.NewSize(300, 900))
			list := make([]project.Photo, n)
			for i := range list {
				list[i] = project.Photo{ID: int64(i + 1), Name: fmt.Sprintf("p%d.jpg", i+1)}
			}
			l.SetPhotos(list)
			high := l.grid.MinSize().Height - 900
			step := float32(0)
			for b.Loop() {
				step += 120
				if step > high {
					step = 0
				}
				l.grid.scroll.ScrollToOffset(fyne.NewPos(0, step))
			}
		})
	}
}

// Cells in another order at each look would have the window drawn in every frame.
func TestCellsKeepTheirOrder(t *testing.T) {
	l, _ := newRoom(t, 40)
	r := &gridRenderer{l.grid}
	first := r.Objects()
	if len(first) < 4 {
		t.Fatalf("%d cells are shown", len(first))
	}
	for range 20 {
		if !slices.Equal(r.Objects(), first) {
			t.Fatal("the order changes from one look to the next")
		}
	}
}
