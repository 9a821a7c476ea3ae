package dialogs

import (
	"cmp"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

func newWindow(t *testing.T) (fyne.Window, *photos.Loader) {
	t.Helper()
	test.NewTempApp(t)
	loader := photos.NewLoader(nil, func(func()) {})
	t.Cleanup(loader.Close)
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(1200, 800))
	return w, loader
}

func sheets(w fyne.Window) int { return len(w.Canvas().Overlays().List()) }

// match recognises what the test says, paired with the library in order.
func match(text string) (project.Pasted, error) {
	story := wording.ParseStory(text)
	out := project.Pasted{Headline: story.Headline, Paragraphs: story.Paragraphs}
	for i, c := range story.Captions {
		out.Captions = append(out.Captions, project.PastedCaption{Caption: c, PhotoID: int64(i + 1)})
	}
	return out, nil
}

const story = `Storm over the coast

The first storm of the year closed the ridge and the path below it on Saturday, and walkers turned back.

Waves break on the shore. Jane Doe/AP)

The sun rises behind the summit. John Doe/AFP/Getty Images
`

func TestPasteReview(t *testing.T) {
	w, loader := newWindow(t)
	all := []project.Photo{{ID: 1, Name: "shore.jpg"}, {ID: 2, Name: "hilltop.jpg", CreditLine: "Renée Doe/Reuters"}}
	var made *project.Pasted
	r := newPaste(w, match, all, loader, func(p project.Pasted) { made = &p })
	r.working = func(work, then func()) { work(); then() }
	if !r.create.Disabled() {
		t.Error("an essay can be made of nothing")
	}
	r.text.SetText(story)
	r.recognise()
	if len(r.story.Captions) != 2 || r.create.Disabled() {
		t.Fatalf("recognised %d captions", len(r.story.Captions))
	}
	if got := r.story.Captions[1].PhotoCredit; got != "Renée Doe/Reuters" {
		t.Errorf("the photo’s own credit %q", got)
	}
	cleaned := r.story.Captions[0].Credit.Line
	r.takeRaw(0, true, cleaned)
	r.choose(1, project.Photo{})
	r.text.Append("\n")
	r.recognise() // more typing keeps what the editor wants
	test.Tap(r.create)
	if made == nil || sheets(w) != 0 {
		t.Fatal("no essay was made")
	}
	if c := made.Captions[0]; c.Credit.Line != strings.TrimSpace(c.Credit.Raw) || c.Credit.Line == cleaned {
		t.Errorf("credit %q, raw %q", c.Credit.Line, c.Credit.Raw)
	}
	if made.Captions[1].PhotoID != 0 {
		t.Error("the caption kept its photo")
	}
}

func TestExportIsHeldUntilNothingStandsInTheWay(t *testing.T) {
	warning, err := Problem{Severity: Warning, Message: "No alt."}, Problem{Severity: Error, Message: "No credit."}
	for _, c := range []struct {
		name     string
		settings ExportSettings
		problems []Problem
		overrule bool
		want     bool
	}{
		{"ready", ExportSettings{Dir: "/tmp/coast"}, nil, false, true},
		{"no folder", ExportSettings{}, nil, false, false},
		{"not a whole path", ExportSettings{Dir: "coast"}, nil, false, false},
		{"an error", ExportSettings{Dir: "/tmp/coast"}, []Problem{err}, true, false},
		{"a warning", ExportSettings{Dir: "/tmp/coast"}, []Problem{warning}, false, false},
		{"a warning overruled", ExportSettings{Dir: "/tmp/coast"}, []Problem{warning}, true, true},
		{"not an address", ExportSettings{Dir: "/tmp/coast", VotesURL: "votes"}, nil, false, false},
		{"an address", ExportSettings{Dir: "/tmp/coast", VotesURL: "https://votes.example.org"}, nil, false, true},
		{"other photo files", ExportSettings{Dir: "/tmp/coast", AVIF: true, FixedQuality: true, Metadata: "none"}, nil, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := newWindow(t)
			var got *ExportSettings
			x := newExport(w, ExportForm{
				Settings: c.settings, Problems: c.problems, Themes: []Theme{{"", "Broadsheet"}},
				OK: func(s ExportSettings) { got = &s },
			})
			if c.overrule {
				x.reason.SetText("No time")
			}
			test.Tap(x.export)
			if (got != nil) != c.want {
				t.Fatalf("exported: %v, want %v; it says %q", got != nil, c.want, x.remark.Text())
			}
			want := c.settings
			want.Reason = x.reason.Text
			want.Metadata = cmp.Or(want.Metadata, "credit")
			if got != nil && *got != want {
				t.Errorf("settings %+v, want %+v", *got, want)
			}
		})
	}
}

// buttons finds the buttons of the topmost sheet by their text.
func buttons(w fyne.Window, text string) []*look.Button {
	var out []*look.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *look.Button:
			if o.Text == text {
				out = append(out, o)
			}
		case *container.Scroll:
			walk(o.Content)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case *widget.PopUp:
			walk(o.Content)
		}
	}
	for _, o := range w.Canvas().Overlays().List() {
		walk(o)
	}
	return out
}

func TestEscapeCloses(t *testing.T) {
	w, _ := newWindow(t)
	heard := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	ImportReport(w, project.ImportReport{Failed: []project.Failure{{Name: "empty.jpg", Err: errors.New("is empty")}}}, nil)
	if sheets(w) != 1 {
		t.Fatal("no sheet")
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if sheets(w) != 0 || heard != 1 {
		t.Errorf("%d sheets; the window heard %d keys", sheets(w), heard)
	}
}

func TestReturnAnswersASheet(t *testing.T) {
	w, _ := newWindow(t)
	applied := 0
	table := project.CaptionTable{Rows: 1, Changes: []project.WordChange{{PhotoID: 1, Name: "a.jpg", Field: project.FieldCaption, After: "Waves"}}}
	enter := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	CaptionTable(w, "captions.csv", table, func(c []project.WordChange) { applied += len(c) })
	enter()
	if applied != 1 || sheets(w) != 0 {
		t.Errorf("%d changes, %d sheets", applied, sheets(w))
	}
	CaptionTable(w, "captions.csv", project.CaptionTable{}, func([]project.WordChange) { applied++ })
	enter() // there is nothing to change
	if applied != 1 || sheets(w) != 1 {
		t.Errorf("%d changes, %d sheets", applied, sheets(w))
	}
}

func TestShortcutsAndPicking(t *testing.T) {
	w, _ := newWindow(t)
	Shortcuts(w, []ShortcutGroup{{"Edit", []Shortcut{{"Ctrl+Z", "Undo"}}}})
	test.Tap(buttons(w, "Close")[0])
	if sheets(w) != 0 {
		t.Error("it stays open")
	}
	all := []project.Photo{{ID: 1, Name: "shore.jpg", Caption: "Waves break"}, {ID: 2, Name: "wine.jpg"}}
	if got := matching(all, "WAVES shore"); len(got) != 1 || got[0].ID != 1 {
		t.Errorf("found %v", got)
	}
}

// The sheet of votes ranks photos as the project does, asks the service that stands in its field, and keeps what it showed
// where the service gives nothing.
func TestVotesSheet(t *testing.T) {
	w, loader := newWindow(t)
	at := time.Date(2026, 3, 9, 10, 0, 0, 0, time.Local)
	known := []project.Tally{
		{Up: 5, Down: 2, Service: "https://votes.example", At: at}, {Photo: "b", Up: 4, At: at}, {Photo: "gone", Up: 3, At: at}, {Photo: "a", Down: 1, At: at},
	}
	asked := ""
	form := VotesForm{
		Service: "https://votes.example", Loader: loader, Photos: map[string]project.Photo{"a": {ID: 1, Name: "a.jpg"}, "b": {ID: 2, Name: "b.jpg", Caption: "Waves."}},
		Refresh: func(s string) { asked = s }, Save: func() {},
	}
	v := Votes(w, form, nil)
	if !v.save.Disabled() || len(v.rows.Objects) != 1 {
		t.Error("an essay that nobody asked about offers a table")
	}
	v.service.SetText("https://other.example")
	test.Tap(v.ask)
	if asked != "https://other.example" || !v.ask.Disabled() {
		t.Errorf("asked %q, and again it could be pressed: %v", asked, !v.ask.Disabled())
	}
	v.Show(known, nil)
	if v.save.Disabled() || v.ask.Disabled() || len(v.rows.Objects) != 4 { // essay, rule, two photos
		t.Errorf("%d rows", len(v.rows.Objects))
	}
	v.Show(nil, errors.New("the vote service gives no tallies: busy"))
	if len(v.rows.Objects) != 4 || !strings.Contains(v.said.Text(), "busy") {
		t.Errorf("after a failure: %d rows, %q", len(v.rows.Objects), v.said.Text())
	}
	test.Tap(v.save)
	if v.Open() || sheets(w) != 0 {
		t.Error("the sheet stays over the question where to save")
	}
}
