package library

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
)

func (l *Library) names() string {
	var out []string
	for _, ph := range l.grid.list {
		out = append(out, ph.Name)
	}
	return strings.Join(out, " ")
}

func TestOrder(t *testing.T) {
	l, _ := newRoom(t, 0)
	l.SetPhotos([]project.Photo{
		{ID: 1, Name: "b10.jpg", TakenAt: "2027-03-02T10:00:00", CreditLine: "Zoe Doe/AP"},
		{ID: 2, Name: "b9.jpg", TakenAt: "2027-03-01T10:00:00", CreditLine: "Ann Doe/AP"},
		{ID: 3, Name: "A1.jpg"},
	})
	for _, c := range []struct {
		order Order
		want  string
	}{
		{ByName, "A1.jpg b9.jpg b10.jpg"},
		{ByTaken, "b9.jpg b10.jpg A1.jpg"},
		{ByCredit, "A1.jpg b9.jpg b10.jpg"},
		{ByAdded, "b10.jpg b9.jpg A1.jpg"},
	} {
		var told Order
		l.OnView = func(o Order, _ float32) { told = o }
		for i, o := range orders {
			if o.order == c.order {
				l.sorter.SetSelectedIndex(i)
			}
		}
		if got := l.names(); got != c.want || told != c.order {
			t.Errorf("%s: %s, told %q", c.order, got, told)
		}
	}
}

func TestSizes(t *testing.T) {
	l, _ := newRoom(t, 40)
	usual, _ := l.grid.measure()
	l.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyMinus})
	l.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyMinus})
	if small, _ := l.grid.measure(); small <= usual || l.size.Value != smallTile {
		t.Errorf("%d columns after %d, the slider at %v", small, usual, l.size.Value)
	}
	l.Select(30)
	l.size.SetValue(largeTile)
	if large, _ := l.grid.measure(); large != 1 || l.grid.cells[29] == nil {
		t.Errorf("%d columns; the selected photo is in sight: %v", large, l.grid.cells[29] != nil)
	}
	l.SetView(ByName, 150)
	if l.grid.tile != 150 || l.order != ByName || l.sorter.Selected != "Name" {
		t.Errorf("tile %v, order %s, %q", l.grid.tile, l.order, l.sorter.Selected)
	}
}

func TestTheWindowsOwnFilters(t *testing.T) {
	l, _ := newRoom(t, 0)
	list := []project.Photo{{ID: 1, Name: "a"}, {ID: 2, Name: "b", Expires: "2020-01-01"}, {ID: 3, Name: "c", Lost: true}, {ID: 4, Name: "d", Expires: "2999-01-01"}}
	l.OnFilter = func(project.Filter) { l.SetPhotos(list) }
	if !l.chips[6].Hidden || !l.chips[7].Hidden {
		t.Error("filters that leave nothing are offered")
	}
	l.SetPhotos(list)
	if l.chips[6].Hidden || l.chips[6].count.Text != "1" || l.chips[7].count.Text != "1" {
		t.Errorf("counts %q and %q", l.chips[6].count.Text, l.chips[7].count.Text)
	}
	test.Tap(l.chips[6])
	if l.names() != "b" || !l.chips[6].is || l.chips[0].is {
		t.Errorf("expired: %s", l.names())
	}
	test.Tap(l.chips[6])
	test.Tap(l.chips[7])
	if l.names() != "c" {
		t.Errorf("missing: %s", l.names())
	}
	test.Tap(l.chips[0])
	if l.names() != "a b c d" {
		t.Errorf("all: %s", l.names())
	}
}

func TestFiltersByKeys(t *testing.T) {
	l, w := newRoom(t, 3)
	w.Canvas().Focus(l.chips[0])
	key := func(k fyne.KeyName) { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	key(fyne.KeyRight)
	key(fyne.KeySpace)
	if !l.chips[1].is || l.chips[1].ground.Width < 2 || l.chips[0].ground.Width > 1 {
		t.Error("the keys did not press the second filter, or it doesn't show that it has them")
	}
	key(fyne.KeyEnd)
	key(fyne.KeyRight)
	key(fyne.KeyLeft)
	key(fyne.KeyReturn)
	if l.chips[1].is {
		t.Error("Enter did not take the filter off")
	}
}

func TestBadges(t *testing.T) {
	for _, c := range []struct {
		photo project.Photo
		want  string
	}{
		{project.Photo{}, "No words"},
		{project.Photo{Caption: "A boat."}, "No credit, No alt"},
		{project.Photo{CreditLine: "Jane Doe/AP", Alt: "A boat"}, "No caption"},
		{project.Photo{Caption: "A boat.", CreditLine: "Jane Doe/AP", Alt: "A boat"}, ""},
		{
			project.Photo{Caption: "A boat.", CreditLine: "Jane Doe/AP", Lost: true, Sensitive: true, Expires: "2020-01-01"},
			"Original lost, Expired, Sensitive, No alt",
		},
	} {
		var got []string
		for _, l := range lacks(c.photo) {
			got = append(got, l.text)
		}
		if strings.Join(got, ", ") != c.want || len(got) > mostFlags {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPair(t *testing.T) {
	l, _ := newRoom(t, 4)
	var pair []int64
	l.OnPair = func(a, b int64) { pair = []int64{a, b} }
	l.Select(1)
	l.Pair()
	if pair != nil {
		t.Error("one photo was compared")
	}
	l.Select(2, 4)
	l.Pair()
	if !slices.Equal(pair, []int64{2, 4}) {
		t.Errorf("compare %v", pair)
	}
}

func BenchmarkSetPhotos(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			test.NewTempApp(b)
			l := New(nil)
			w := test.NewTempWindow(b, l)
			w.Resize(fyne.NewSize(300, 900))
			l.order = ByName
			list := make([]project.Photo, n)
			for i := range list {
				list[i] = project.Photo{ID: int64(i + 1), Name: fmt.Sprintf("p%d.jpg", n-i)}
			}
			for b.Loop() {
				l.SetPhotos(list)
			}
		})
	}
}
