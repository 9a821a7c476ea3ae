package inspector

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/photos"
)

// queue is the UI goroutine of a test.
type queue chan func()

func newRoom(t *testing.T) (*Inspector, fyne.Window, queue) {
	t.Helper()
	test.NewTempApp(t)
	q := make(queue, 100)
	loader := photos.NewLoader(nil, func(fn func()) { q <- fn })
	t.Cleanup(loader.Close)
	in := New(loader)
	in.pause = time.Hour // the tests flush, but for the one about the pause
	w := test.NewTempWindow(t, in)
	w.Resize(fyne.NewSize(320, 900))
	return in, w, q
}

func samplePhoto() project.Photo {
	return project.Photo{
		ID: 7, Name: "bridge.jpg", Width: 300, Height: 200, Caption: "A bridge.",
		Byline: "Jane Doe", Credit: "AFP/Getty Images", CreditLine: "Jane Doe/AFP via Getty Images",
	}
}

type told struct{ label, fold, caption string }

func TestTypingIsReportedOnceItPauses(t *testing.T) {
	in, w, _ := newRoom(t)
	var got []told
	in.OnPhoto = func(label, fold string, ph project.Photo) bool {
		got = append(got, told{label, fold, ph.Caption})
		return true
	}
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	w.Canvas().Focus(in.photo.ownCaption.entry)
	in.photo.ownCaption.entry.SetText("")
	test.Type(in.photo.ownCaption.entry, "A footbridge.")
	if len(got) != 0 || !in.Pending() {
		t.Fatalf("told %v before a pause", got)
	}
	in.Flush()
	in.Flush()
	if want := []told{{"Edit the photo’s caption", "photo:7:caption", "A footbridge."}}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestThePauseReports(t *testing.T) {
	in, _, q := newRoom(t)
	in.pause = time.Millisecond
	done := false
	in.OnPhoto = func(string, string, project.Photo) bool { done = true; return true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	in.photo.byline.entry.SetText("John Doe")
	late := time.After(10 * time.Second)
	for !done {
		select {
		case fn := <-q:
			fn()
		case <-late:
			t.Fatal("nothing was reported")
		}
	}
}

func TestLeavingAFieldReports(t *testing.T) {
	in, w, _ := newRoom(t)
	n := 0
	in.OnPhoto = func(string, string, project.Photo) bool { n++; return true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	w.Canvas().Focus(in.photo.byline.entry)
	test.Type(in.photo.byline.entry, "x")
	w.Canvas().Unfocus()
	if n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestTheModelNeverTakesTheCaretOrEchoes(t *testing.T) {
	in, w, _ := newRoom(t)
	n := 0
	in.OnPhoto = func(string, string, project.Photo) bool { n++; return true }
	ph := samplePhoto()
	in.ShowPhoto(ph, nil, nil, nil)
	e := in.photo.byline.entry
	w.Canvas().Focus(e)
	e.CursorColumn = 4
	in.ShowPhoto(ph, nil, nil, nil)
	if e.CursorColumn != 4 || w.Canvas().Focused() != fyne.Focusable(e) || n != 0 {
		t.Errorf("caret at %d, told %d times", e.CursorColumn, n)
	}
	// What was typed and not reported stays when something else of the photo changes.
	test.Type(e, "X")
	ph.City = "Saint-Nazaire"
	in.ShowPhoto(ph, nil, nil, nil)
	if e.Text != "JaneX Doe" || in.photo.city.entry.Text != "Saint-Nazaire" {
		t.Errorf("byline %q, city %q", e.Text, in.photo.city.entry.Text)
	}
	var got project.Photo
	in.OnPhoto = func(_, _ string, ph project.Photo) bool { got = ph; return true }
	in.Flush()
	if got.Byline != "JaneX Doe" || got.City != "Saint-Nazaire" {
		t.Errorf("told byline %q, city %q", got.Byline, got.City)
	}
	// Undo shows the older value without reporting it.
	in.OnPhoto = func(string, string, project.Photo) bool { t.Error("echoed"); return true }
	in.ShowPhoto(ph, nil, nil, nil)
	in.Flush()
	if e.Text != "Jane Doe" {
		t.Errorf("after undo %q", e.Text)
	}
}

func TestAnotherSubjectFlushesToTheRightOne(t *testing.T) {
	in, _, _ := newRoom(t)
	var got project.Photo
	in.OnPhoto = func(_, _ string, ph project.Photo) bool { got = ph; return true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	in.photo.byline.entry.SetText("John Doe")
	in.ShowPhoto(project.Photo{ID: 8}, nil, nil, nil)
	if got.ID != 7 || got.Byline != "John Doe" || in.photo.byline.entry.Text != "" {
		t.Errorf("told %d %q; shows %q", got.ID, got.Byline, in.photo.byline.entry.Text)
	}
}

func TestPlacementHasItsOwnWords(t *testing.T) {
	in, _, _ := newRoom(t)
	pl := project.Placement{ID: 3, PhotoID: 7, Width: project.WidthColumn}
	var got project.Placement
	in.OnPlacement = func(_, _ string, p project.Placement) bool { got = p; return true }
	in.ShowPhoto(samplePhoto(), &pl, nil, nil)
	if in.photo.caption.entry.Text != "A bridge." || !in.photo.captions.back.Hidden {
		t.Error("it does not show the photo’s own caption")
	}
	in.photo.caption.entry.SetText("The bridge at dawn.")
	in.Flush()
	if got.Caption == nil || *got.Caption != "The bridge at dawn." || got.Alt != nil {
		t.Fatalf("told %+v", got)
	}
	if pl.Caption != nil {
		t.Error("the caller’s value was changed")
	}
	in.photo.captions.back.Tapped(nil)
	if got.Caption != nil || in.photo.caption.entry.Text != "A bridge." {
		t.Errorf("told %+v, shows %q", got, in.photo.caption.entry.Text)
	}
	test.Tap(in.photo.width.Buttons[2])
	if got.Width != project.WidthFull {
		t.Errorf("width %q", got.Width)
	}
}

func TestCreditIsTakenBackAndCleaned(t *testing.T) {
	in, _, _ := newRoom(t)
	var got project.Photo
	in.OnPhoto = func(_, _ string, ph project.Photo) bool { got = ph; return true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	in.photo.takeBack.Tapped(nil)
	if got.CreditLine != "Jane Doe/AFP/Getty Images" {
		t.Errorf("as supplied %q", got.CreditLine)
	}
	in.photo.takeClean.Tapped(nil)
	if got.CreditLine != "Jane Doe/AFP via Getty Images" {
		t.Errorf("as cleaned %q", got.CreditLine)
	}
}

func TestReadingsThatDisagree(t *testing.T) {
	in, _, _ := newRoom(t)
	found := []photo.Reading{
		{Field: "caption", Origin: photo.OriginXMP, Value: "A bridge."},
		{Field: "caption", Origin: photo.OriginIIM, Value: "Another bridge."},
		{Field: "city", Origin: photo.OriginXMP, Value: "Nantes"},
	}
	in.ShowPhoto(samplePhoto(), nil, found, []string{"caption"})
	if in.photo.readings.body.Hidden || len(in.photo.readings.rows.Objects) != 1 {
		t.Error("the readings are not shown")
	}
	in.ShowPhoto(samplePhoto(), nil, found, nil)
	if !in.photo.readings.body.Hidden {
		t.Error("readings that agree are shown")
	}
}

func TestWhatIsNotValidIsNotReported(t *testing.T) {
	in, _, _ := newRoom(t)
	in.OnPhoto = func(string, string, project.Photo) bool { t.Error("told of a day that is none"); return true }
	in.OnEssay = func(string, string, project.Essay) bool { t.Error("told of a slug that is none"); return true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	in.photo.embargo.entry.SetText("next week")
	in.Flush()
	if in.photo.embargo.remarks.Hidden {
		t.Error("nothing is said about the day")
	}
	in.ShowEssay(&project.Essay{ID: 1, Slug: "coast", Dir: "ltr"})
	in.essay.slug.entry.SetText("Not A Slug")
	in.Flush()
	if in.essay.slug.remarks.Hidden {
		t.Error("nothing is said about the slug")
	}
}

func TestLanguageBringsItsDirection(t *testing.T) {
	in, _, _ := newRoom(t)
	var got project.Essay
	in.OnEssay = func(_, _ string, e project.Essay) bool { got = e; return true }
	in.SetThemes([]Theme{{"", "Broadsheet"}, {"night", "Night"}})
	in.ShowEssay(&project.Essay{ID: 1, Slug: "coast", Lang: "en", Dir: "ltr"})
	in.essay.lang.SetSelected("Arabic")
	if got.Lang != "ar" || got.Dir != "rtl" {
		t.Errorf("language %q, direction %q", got.Lang, got.Dir)
	}
	in.essay.theme.SetSelected("Night")
	if got.Theme != "night" {
		t.Errorf("theme %q", got.Theme)
	}
}

func TestBlock(t *testing.T) {
	in, _, _ := newRoom(t)
	var got project.Block
	in.OnBlock = func(_, _ string, b project.Block) bool { got = b; return true }
	in.ShowBlock(&project.Block{ID: 5, Kind: project.KindGallery, Layout: project.LayoutGrid})
	test.Tap(in.block.layout.Buttons[2])
	if got.Layout != project.LayoutSlideshow {
		t.Errorf("layout %q", got.Layout)
	}
	in.ShowBlock(&project.Block{ID: 6, Kind: project.KindQuote})
	in.block.attribution.entry.SetText("Jane Doe")
	in.ShowNothing()
	if got.ID != 6 || got.Attribution != "Jane Doe" {
		t.Errorf("told %+v", got)
	}
}

func TestWhatIsNotKeptWaitsAndIsReportedAgain(t *testing.T) {
	in, _, _ := newRoom(t)
	keeps, pending := false, 0
	var got []project.Photo
	in.OnPending = func() { pending++ }
	in.OnPhoto = func(_, _ string, ph project.Photo) bool {
		if keeps {
			got = append(got, ph)
		}
		return keeps
	}
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	in.photo.byline.entry.SetText("John Doe")
	if pending != 1 || !in.Pending() {
		t.Errorf("told %d times that something waits", pending)
	}
	in.Flush()
	in.ShowPhoto(samplePhoto(), nil, nil, nil) // as the project has it
	if in.photo.byline.entry.Text != "John Doe" || !in.Pending() {
		t.Errorf("what was not kept is gone: %q", in.photo.byline.entry.Text)
	}
	in.ShowPhoto(project.Photo{ID: 8}, nil, nil, nil)
	if !in.Pending() {
		t.Error("it is forgotten with its photo")
	}
	keeps = true
	in.Flush()
	if len(got) != 1 || got[0].ID != 7 || got[0].Byline != "John Doe" || in.Pending() {
		t.Errorf("kept %+v", got)
	}
}

func TestAReadOnlyRoomIsReadNotEdited(t *testing.T) {
	in, w, _ := newRoom(t)
	in.OnPhoto = func(string, string, project.Photo) bool { t.Error("edited"); return true }
	in.OnPlacement = func(string, string, project.Placement) bool { t.Error("edited"); return true }
	in.SetReadOnly(true)
	in.ShowPhoto(samplePhoto(), &project.Placement{ID: 3, PhotoID: 7, Width: project.WidthColumn}, nil, nil)
	e := in.photo.byline.entry
	w.Canvas().Focus(e)
	test.Type(e, "x")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	test.Tap(in.photo.width.Buttons[2])
	in.photo.sensitive.SetChecked(true)
	in.Flush()
	if e.Text != "Jane Doe" || in.photo.width.Value() != string(project.WidthColumn) || in.photo.sensitive.Checked {
		t.Errorf("shows %q, %q, %v", e.Text, in.photo.width.Value(), in.photo.sensitive.Checked)
	}
}

func TestTheWindowHasItsKeysInFields(t *testing.T) {
	in, w, _ := newRoom(t)
	var heard []fyne.KeyName
	in.OnKey = func(ev *fyne.KeyEvent) bool {
		heard = append(heard, ev.Name)
		return ev.Name == fyne.KeyF5
	}
	redone := false
	in.OnRedo = func() { redone = true }
	in.ShowPhoto(samplePhoto(), nil, nil, nil)
	e := in.photo.byline.entry
	w.Canvas().Focus(e)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	e.TypedShortcut(&fyne.ShortcutRedo{})
	if !slices.Equal(heard, []fyne.KeyName{fyne.KeyF5, fyne.KeyDelete}) || e.Text != "ane Doe" || !redone {
		t.Errorf("heard %v, text %q, redone %v", heard, e.Text, redone)
	}
}
