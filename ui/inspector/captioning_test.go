package inspector

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// captioning is the room in a window, over photos whose words the test keeps.
type captioning struct {
	*Captioning
	t      *testing.T
	win    fyne.Window
	kept   map[int64]project.Photo
	placed map[int64]project.Placement
	labels []string
	closed bool
}

func newCaptioning(t *testing.T) *captioning {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New())
	loader := photos.NewLoader(nil, func(func()) {})
	t.Cleanup(loader.Close)
	c := &captioning{Captioning: NewCaptioning(loader), t: t, kept: map[int64]project.Photo{}, placed: map[int64]project.Placement{}}
	f := c.Fields()
	f.OnPhoto = func(label, _ string, ph project.Photo) bool {
		c.kept[ph.ID], c.labels = ph, append(c.labels, label)
		c.again()
		return true
	}
	f.OnPlacement = func(label, _ string, pl project.Placement) bool {
		c.placed[pl.ID], c.labels = pl, append(c.labels, label)
		c.again()
		return true
	}
	f.OnExpand = func(text string, of project.Words, _ bool) wording.Expansion {
		return wording.Expand(text, wording.NewCodes([]wording.Code{{Code: "9", Texts: []string{"Jane Doe (9)"}}}),
			wording.Values{"city": of.Photo.City, "country": ""})
	}
	f.OnUsed = func() (credits, bylines []string) {
		return []string{"Jane Doe/AP", "Jane Doe/Reuters", "Renée Doe/AP"}, []string{"Jane Doe"}
	}
	c.OnClose = func() { c.closed = true }
	c.win = test.NewTempWindow(t, c.Captioning)
	c.win.Resize(fyne.NewSize(1300, 900))
	caption := "In the story."
	c.SetList([]project.Words{
		{Photo: project.Photo{ID: 1, Name: "a.jpg", City: "Brest"}},
		{Photo: project.Photo{ID: 2, Name: "b.jpg", Caption: "Own.", Alt: "A tree", CreditLine: "Jane Doe/AP"}},
		{Photo: project.Photo{ID: 3, Name: "c.jpg", Caption: "Own.", CreditLine: "Jane Doe/AP"}, Placement: &project.Placement{ID: 7, PhotoID: 3, Caption: &caption}},
	}, 0)
	c.FocusCaption()
	return c
}

// again shows what is kept, as the window does after an edit.
func (c *captioning) again() {
	var list []project.Words
	for _, w := range c.List() {
		if ph, ok := c.kept[w.Photo.ID]; ok {
			w.Photo = ph
		}
		if w.Placement != nil {
			if pl, ok := c.placed[w.Placement.ID]; ok {
				w.Placement = &pl
			}
		}
		list = append(list, w)
	}
	c.SetList(list, -1)
}

func (c *captioning) entry() *entry {
	c.t.Helper()
	e, ok := c.win.Canvas().Focused().(*entry)
	if !ok {
		c.t.Fatalf("no field has the caret: %T", c.win.Canvas().Focused())
	}
	return e
}

func (c *captioning) key(name fyne.KeyName) { c.entry().TypedKey(&fyne.KeyEvent{Name: name}) }

func TestCaptioningByKeysAlone(t *testing.T) {
	c := newCaptioning(t)
	test.Type(c.entry(), `\9\ walks in {city}.`)
	c.key(fyne.KeyPageDown)
	if got := c.kept[1].Caption; got != "Jane Doe (9) walks in Brest." {
		t.Errorf("the caption is %q", got)
	}
	if c.At() != 1 || c.where.Text != "2 of 3" || c.entry() != c.in.photo.ownCaption.entry {
		t.Errorf("at %d, %q", c.At(), c.where.Text)
	}
	c.entry().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if c.At() != 2 || c.entry() != c.in.photo.caption.entry || c.entry().Text != "In the story." {
		t.Errorf("at %d in %q", c.At(), c.entry().Text)
	}
	test.Type(c.entry(), " More.")
	c.key(fyne.KeyPageUp)
	if got := *c.placed[7].Caption; got != "In the story. More." || c.At() != 1 {
		t.Errorf("the story says %q", got)
	}
	c.key(fyne.KeyPageDown)
	c.key(fyne.KeyPageDown) // the last one: it stays
	if c.At() != 2 {
		t.Errorf("at %d", c.At())
	}
	c.key(fyne.KeyEscape)
	if !c.closed {
		t.Error("Escape does not close the room")
	}
}

func TestCaptioningSaysWhatIsMissing(t *testing.T) {
	c := newCaptioning(t)
	if got := strings.Join(Missing(c.List()[0]), ", "); got != "No caption, No credit, No alt text" {
		t.Errorf("missing: %s", got)
	}
	if c.still.Text != "2 photos miss something" {
		t.Errorf("it says %q", c.still.Text)
	}
	if !c.NextMissing() || c.At() != 2 || !c.NextMissing() || c.At() != 0 {
		t.Errorf("at %d", c.At())
	}
}

// Tab goes through the fields in the order in which a caption is written, and
// meets nothing else.
func TestTabOrderOfCaptioning(t *testing.T) {
	c := newCaptioning(t)
	p := c.in.photo
	want := []*field{p.ownCaption, p.credit, p.byline, p.ownAlt, p.headline, p.city, p.state, p.country, p.keywords}
	for i, f := range want {
		if c.entry() != f.entry {
			t.Fatalf("stop %d is another field", i)
		}
		c.win.Canvas().FocusNext()
	}
	if c.entry() != p.ownCaption.entry {
		t.Error("after the last field comes no first one")
	}
}

func TestUnknownIsFlaggedAndLeft(t *testing.T) {
	c := newCaptioning(t)
	test.Type(c.entry(), `\99\ in {country}, {citty}.`)
	if got := c.in.photo.ownCaption.remarks.Text(); !strings.Contains(got, `\99\ {citty}`) || !strings.Contains(got, "no words for {country}") {
		t.Errorf("it remarks %q", got)
	}
	c.win.Canvas().FocusNext()
	if got := c.kept[1].Caption; got != `\99\ in {country}, {citty}.` {
		t.Errorf("the caption is %q", got)
	}
}

// A supplier's caption that happens to hold a code is left alone until somebody
// types into it or asks for it.
func TestWhatWasNotTypedIsExpandedOnDemandOnly(t *testing.T) {
	c := newCaptioning(t)
	c.SetList([]project.Words{{Photo: project.Photo{ID: 4, Caption: "=9= scores."}}}, 0)
	c.FocusCaption()
	c.win.Canvas().FocusNext()
	if len(c.labels) != 0 {
		t.Errorf("edited: %v", c.labels)
	}
	c.FocusCaption()
	if !c.Fields().ExpandFocused(c.win.Canvas().Focused()) || c.kept[4].Caption != "Jane Doe (9) scores." {
		t.Errorf("the caption is %q", c.kept[4].Caption)
	}
}

func TestCreditsAreCompletedByWhatWasUsed(t *testing.T) {
	c := newCaptioning(t)
	below := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(c.in.photo.byline.entry).Y }
	was := below()
	c.win.Canvas().FocusNext() // the credit line
	test.Type(c.entry(), "jane")
	offered := func() string {
		var out []string
		for _, o := range c.in.offered.rows {
			if c.in.offered.Visible() && o.Visible() {
				out = append(out, map[bool]string{true: "> "}[o.on]+o.word.Text)
			}
		}
		return strings.Join(out, "; ")
	}
	if got := offered(); got != "Jane Doe/AP; Jane Doe/Reuters" {
		t.Errorf("offered: %s", got)
	}
	if below() != was {
		t.Errorf("the field below moved by %v", below()-was)
	}
	d := fyne.CurrentApp().Driver()
	if at, e := d.AbsolutePositionForObject(c.in.offered), c.in.photo.credit.entry; at != d.AbsolutePositionForObject(e).AddXY(0, e.Size().Height+1) {
		t.Errorf("the offers are at %v, the field at %v", at, d.AbsolutePositionForObject(e))
	}
	c.key(fyne.KeyDown)
	c.key(fyne.KeyDown)
	if got := c.entry().Text; got != "Jane Doe/Reuters" || offered() != "Jane Doe/AP; > Jane Doe/Reuters" {
		t.Errorf("the second offer is %q of %s", got, offered())
	}
	c.key(fyne.KeyUp)
	c.key(fyne.KeyUp)
	if got := c.entry().Text; got != "jane" {
		t.Errorf("back is %q", got)
	}
	c.key(fyne.KeyDown)
	c.win.Canvas().FocusNext()
	if got := c.kept[1].CreditLine; got != "Jane Doe/AP" || c.in.offered.of == c.in.photo.credit.past {
		t.Errorf("the credit is %q", got)
	}

	// A press takes one too.
	c.win.Canvas().FocusPrevious()
	c.entry().SetText("reu")
	c.in.offered.rows[0].MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	if got := c.entry().Text; got != "Jane Doe/Reuters" || c.in.offered.Visible() {
		t.Errorf("a press took %q", got)
	}
	c.win.Canvas().Unfocus()
	if got := c.kept[1].CreditLine; got != "Jane Doe/Reuters" {
		t.Errorf("and kept %q", got)
	}
}
