package dialogs

// This file owns the paste review: what was pasted, what was recognised in it,
// and what the editor wants otherwise. Nothing changes until Make essay.

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/words"
)

// pasteReview is the review on screen.
type pasteReview struct {
	win    fyne.Window
	match  func(text string) (project.Pasted, error)
	all    []project.Photo
	loader *photos.Loader
	sheet  *sheet

	text   *textEntry
	shown  *fyne.Container
	create *look.Button
	status *look.Text

	story   project.Pasted
	wishes  map[string]wish // by the caption's raw line, so that they outlive more typing
	turn    int
	eager   bool // the essay is made as soon as the story is recognised
	pause   time.Duration
	timer   *time.Timer
	working func(work func(), then func()) // off the UI goroutine and back
}

// wish is what the editor wants otherwise than recognised.
type wish struct {
	photo *int64
	raw   bool
}

// Paste shows the review. match recognises a text (project.Project.Match); it is
// called beside the UI goroutine. all are the library's photos, for choosing
// another one. text is what the review begins with. ok gets the story as the editor left it.
func Paste(win fyne.Window, match func(text string) (project.Pasted, error), all []project.Photo, loader *photos.Loader, text string, ok func(project.Pasted)) {
	r := newPaste(win, match, all, loader, ok)
	win.Canvas().Focus(r.text)
	if text != "" {
		r.text.SetText(text)
		r.text.TypedShortcut(&fyne.ShortcutSelectAll{}) // the next stroke replaces it
		r.recognise()
	}
}

func newPaste(win fyne.Window, match func(text string) (project.Pasted, error), all []project.Photo, loader *photos.Loader, ok func(project.Pasted)) *pasteReview {
	r := &pasteReview{win: win, match: match, all: all, loader: loader, wishes: map[string]wish{}, pause: 300 * time.Millisecond}
	r.working = func(work, then func()) {
		go func() {
			work()
			loader.Do(then)
		}()
	}
	r.text = newTextEntry(func() { r.sheet.close() }, r.make)
	r.text.Wrapping = fyne.TextWrapWord
	r.text.SetPlaceHolder(lang.L("Paste the story here: headline, paragraphs, then a line for each caption with its credit."))
	r.text.OnChanged = func(string) { r.typed() }
	r.shown = look.Column(12)
	r.status = look.Small("")
	r.create = primary(lang.L("Make essay"), func() {
		r.sheet.close()
		ok(r.story)
	})
	left := container.NewBorder(look.Inset(0, 0, look.Caps(lang.L("Text"))), nil, nil, nil, look.Inset(6, 0, r.text))
	right := container.NewBorder(container.NewBorder(nil, nil, look.Caps(lang.L("Recognised")), nil, look.Inset(0, 10, r.status)),
		nil, nil, nil, look.Inset(6, 0, panel(r.shown)))
	split := container.New(columns{share: 0.42, space: 18}, left, right)
	r.sheet = newSheet(win, lang.L("Paste story"), lang.L("Nothing changes until the essay is made: Ctrl+Enter."), split,
		look.NewButton(lang.L("Cancel"), func() { r.sheet.close() }), r.create)
	r.render(nil)
	r.sheet.show(fyne.NewSize(1080, 720))
	return r
}

// make makes the essay, as soon as what was pasted last is recognised.
func (r *pasteReview) make() {
	r.eager = true
	r.recognise()
}

// typed recognises when the typing pauses; pasting is one stroke.
func (r *pasteReview) typed() {
	r.turn++
	turn := r.turn
	if r.timer != nil {
		r.timer.Stop()
	}
	r.timer = time.AfterFunc(r.pause, func() {
		r.loader.Do(func() {
			if turn == r.turn {
				r.recognise()
			}
		})
	})
}

func (r *pasteReview) recognise() {
	r.turn++
	turn, text := r.turn, r.text.Text
	var story project.Pasted
	var err error
	r.working(func() {
		if strings.TrimSpace(text) != "" {
			story, err = r.match(text)
		}
	}, func() {
		if turn != r.turn {
			return
		}
		r.story = story
		for i := range r.story.Captions {
			r.grant(i)
		}
		r.render(err)
	})
}

// grant puts the editor's wishes into a caption.
func (r *pasteReview) grant(i int) {
	c := &r.story.Captions[i]
	w := r.wishes[c.Raw]
	if w.raw {
		c.Credit.Line = strings.TrimSpace(c.Credit.Raw)
	}
	id := c.PhotoID
	if w.photo != nil {
		id = *w.photo
	}
	c.Pair(r.photo(id))
}

func (r *pasteReview) photo(id int64) project.Photo {
	for _, ph := range r.all {
		if ph.ID == id && id != 0 {
			return ph
		}
	}
	return project.Photo{}
}

// choose gives a caption another photo.
func (r *pasteReview) choose(i int, ph project.Photo) {
	raw := r.story.Captions[i].Raw
	w := r.wishes[raw]
	w.photo = &ph.ID
	r.wishes[raw] = w
	r.story.Captions[i].Pair(ph)
	r.render(nil)
}

// takeRaw keeps the credit as it was pasted, or cleans it again.
func (r *pasteReview) takeRaw(i int, raw bool, cleaned string) {
	c := &r.story.Captions[i]
	w := r.wishes[c.Raw]
	w.raw = raw
	r.wishes[c.Raw] = w
	c.Credit.Line = cleaned
	if raw {
		c.Credit.Line = strings.TrimSpace(c.Credit.Raw)
	}
	c.Pair(r.photo(c.PhotoID))
	r.render(nil)
}

// render shows what was recognised.
func (r *pasteReview) render(err error) {
	defer func() { r.eager = false }()
	s := r.story
	r.shown.Objects = nil
	r.create.Disable()
	switch {
	case err != nil:
		r.status.SetText("")
		r.shown.Add(look.NewParagraph(fmt.Sprintf(lang.L("The story can’t be read: %s"), words.Error(err)), look.Error, theme.SizeNameText))
	case s.Headline == "" && len(s.Paragraphs) == 0 && len(s.Captions) == 0:
		r.status.SetText("")
		r.shown.Add(look.Note(lang.L("What is recognised will stand here: headline, paragraphs, and each caption beside its photo.")))
	default:
		r.create.Enable()
		if r.eager {
			r.create.OnTapped()
			return
		}
		found := fmt.Sprintf("%s, %s", lang.N("{{.PluralCount}} paragraphs", len(s.Paragraphs)), lang.N("{{.PluralCount}} captions", len(s.Captions)))
		if s.Lang != "" {
			found += "  ·  " + words.Tongue(s.Lang)
		}
		r.status.SetText(found)
		r.fill()
	}
	r.shown.Refresh()
}

func (r *pasteReview) fill() {
	s := r.story
	headline := look.Prose(s.Headline, look.Ink, 20, look.SerifDisplay)
	if s.Headline == "" {
		headline = look.NewParagraph(lang.L("No headline was recognised."), look.Warning, theme.SizeNameText)
	}
	r.shown.Add(headline)
	for _, text := range s.Paragraphs {
		r.shown.Add(look.NewParagraph(text, look.Ink, theme.SizeNameText))
	}
	if len(s.Captions) == 0 {
		return
	}
	r.shown.Add(look.Caps(lang.L("Captions")))
	for i := range s.Captions {
		r.shown.Add(look.Rule())
		r.shown.Add(r.row(i))
	}
}

// row is one caption: its photo, its words, its credit beside the raw one.
func (r *pasteReview) row(i int) fyne.CanvasObject {
	c := r.story.Captions[i]
	ph := r.photo(c.PhotoID)
	view := photos.NewView(r.loader, photos.Cover, false)
	view.Radius = 2
	view.SetMinSize(fyne.NewSize(116, 80))
	name := ph.Name
	if ph.ID == 0 {
		name = lang.L("No photo")
	} else {
		view.SetPhoto(ph)
	}
	var change *look.Button
	change = look.NewButtonWithIcon(short(name, 16), theme.MenuDropDownIcon(), func() {
		pick(change, r.win, r.all, r.loader, func(other project.Photo) { r.choose(i, other) })
	})
	change.IconPlacement, change.Alignment = widget.ButtonIconTrailingText, widget.ButtonAlignLeading
	change.Importance = widget.LowImportance

	words := look.Column(4, look.NewParagraph(c.Text, look.Ink, theme.SizeNameText))
	r.creditLines(words, i)
	if ph.ID == 0 {
		words.Add(look.NewParagraph(lang.L("Stays in the story as text."), look.Warning, theme.SizeNameCaptionText))
	}
	return container.NewBorder(nil, nil, container.NewVBox(container.New(columns{wide: 122}, look.Column(2, view, change))), nil, look.Inset(0, 12, words))
}

func (r *pasteReview) creditLines(words *fyne.Container, i int) {
	c := r.story.Captions[i]
	raw := strings.TrimSpace(c.Credit.Raw)
	if c.Credit.Line == "" && raw == "" {
		words.Add(look.NewParagraph(lang.L("No credit was recognised."), look.Warning, theme.SizeNameCaptionText))
		return
	}
	line := look.NewText(c.Credit.Line, look.Ink, look.TextBody)
	line.Style.Bold, line.Truncate = true, true
	words.Add(line)
	taken := r.wishes[c.Raw].raw
	if c.Credit.Changed || taken {
		words.Add(look.Note(fmt.Sprintf(lang.L("As pasted: %s"), raw)))
		cleaned := c.Credit.Line
		if taken {
			cleaned = wording.ParseCredit(c.Credit.Raw).Line
		}
		toggle := look.NewCheck(lang.L("Use the line as pasted"), nil)
		toggle.Checked = taken
		toggle.OnChanged = func(on bool) { r.takeRaw(i, on, cleaned) }
		words.Add(toggle)
	}
	if !c.Credit.Sure {
		words.Add(look.NewParagraph(lang.L("This credit was not understood; please look."), look.Warning, theme.SizeNameCaptionText))
	}
	if c.PhotoCredit != "" {
		words.Add(look.Note(fmt.Sprintf(lang.L("The photo’s own credit is kept: %s"), c.PhotoCredit)))
	}
}

func short(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}
