package palette

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

var some = []Command{
	{Menu: "File", Name: "Import…", Keys: "Ctrl+I"},
	{Menu: "File", Name: "Export…", Keys: "Ctrl+E"},
	{Menu: "File", Name: "Preview in browser", Keys: "Ctrl+B"},
	{Menu: "File", Name: "Pack for sending…"},
	{Menu: "Essay", Name: "Paste story…", Keys: "Ctrl+Shift+V"},
	{Menu: "Essay", Name: "Delete block", Disabled: true},
	{Menu: "Affichage", Name: "Aperçu de la galerie"},
}

func TestRank(t *testing.T) {
	for _, c := range []struct {
		query  string
		recent []string
		want   string
	}{
		{"exp", nil, "Export…"},
		{"pib", nil, "Preview in browser"},
		{"story", nil, "Paste story…"},
		{"pack", nil, "Pack for sending…"},
		{"apercu", nil, "Aperçu de la galerie"},
		{"file imp", nil, "Import…"},
		{"p", []string{"File/Pack for sending…"}, "Pack for sending…"},
		{"", []string{"File/Export…", "File/Import…"}, "Export…"},
		{"delete", nil, "Delete block"},
	} {
		got := Rank(c.query, some, c.recent)
		if len(got) == 0 || got[0].Name != c.want {
			t.Errorf("%q: %v, want %s first", c.query, got, c.want)
		}
	}
	if got := Rank("zzz", some, nil); len(got) != 0 {
		t.Errorf("zzz: %v", got)
	}
	if got := Rank("", some, nil); len(got) != len(some) || !got[len(got)-1].Disabled {
		t.Errorf("without a query: %v", got)
	}
}

func TestKeys(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	var ran []string
	p := Show(w, some, nil, func(c Command) {
		if w.Canvas().Overlays().Top() != nil {
			t.Error("the palette is there while its command runs")
		}
		ran = append(ran, c.Name)
	})
	if w.Canvas().Focused() != fyne.Focusable(p.entry) {
		t.Fatal("the field has no caret")
	}
	test.Type(p.entry, "port")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(ran) != 1 || ran[0] != "Export…" {
		t.Errorf("ran %v", ran)
	}
	p = Show(w, some, nil, func(c Command) { ran = append(ran, c.Name) })
	test.Type(p.entry, "delete")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(ran) != 1 {
		t.Error("a command ran that can't be chosen")
	}
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape did not close it")
	}
}
