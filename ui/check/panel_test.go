package check

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/ui/dialogs"
	"photodesk/ui/look"
)

func shown(t *testing.T) (*Panel, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New())
	p := New()
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(1000, 300))
	p.Set([]dialogs.Problem{
		{Severity: dialogs.Note, Code: "gps", Message: "a.jpg: place"},
		{Severity: dialogs.Warning, Code: "no-alt", Photo: 1, Message: "a.jpg: no alt"},
		{Severity: dialogs.Warning, Code: "no-alt", Photo: 2, Message: "b.jpg: no alt", Reason: "Described in the text", Overruled: 7},
		{Severity: dialogs.Error, Code: "no-credit", Photo: 1, Message: "a.jpg: no credit"},
	})
	return p, w
}

func TestErrorsComeFirstAndEachHasAWay(t *testing.T) {
	p, w := shown(t)
	var to []string
	p.OnGoTo = func(pr dialogs.Problem) { to = append(to, pr.Code) }
	p.FocusOn(w.Canvas())
	key := func(names ...fyne.KeyName) {
		for _, n := range names {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	if got := strings.Join(to, " "); got != "no-credit no-alt gps" {
		t.Errorf("led to %s", got)
	}
	if p.counts.Text != "1 error  ·  1 warning  ·  1 note  ·  1 overruled" {
		t.Errorf("it says %q", p.counts.Text)
	}
	closed := false
	p.OnClose = func() { closed = true }
	key(fyne.KeyEscape)
	if !closed {
		t.Error("Escape does not close it")
	}
}

func TestOnlyWarningsAreOverruled(t *testing.T) {
	p, _ := shown(t)
	var done []string
	p.OnOverrule = func(pr dialogs.Problem) { done = append(done, "overrule "+pr.Message) }
	p.OnTakeBack = func(pr dialogs.Problem) { done = append(done, "take back "+pr.Message) }
	for i := range p.problems {
		p.choose(i)
		p.list.TypedRune('o')
	}
	if got := strings.Join(done, "; "); got != "overrule a.jpg: no alt; take back b.jpg: no alt" {
		t.Errorf("done: %s", got)
	}
	p.SetReadOnly(true)
	p.choose(1)
	p.list.TypedRune('o')
	if len(done) != 2 {
		t.Error("a view was changed")
	}
}

// The list follows the edits, and the chosen problem stays chosen.
func TestTheListFollows(t *testing.T) {
	p, _ := shown(t)
	p.choose(1)
	list := p.problems
	p.Set(append([]dialogs.Problem{{Severity: dialogs.Error, Code: "no-credit", Photo: 3, Message: "c.jpg: no credit"}}, list...))
	if p.problems[p.chosen].Code != "no-alt" {
		t.Errorf("chosen is %+v", p.problems[p.chosen])
	}
	p.Set(nil)
	if p.chosen != -1 || p.clear.Hidden || p.counts.Text != "" {
		t.Errorf("chosen %d, says %q", p.chosen, p.counts.Text)
	}
	p.overrule(p.chosen)
	p.goTo(p.chosen)
}
