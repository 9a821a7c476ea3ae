package inspector

// This file owns the panel of a photo: how the story uses it, its words, its rights.

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/project/wording"
	"photodesk/ui/develop"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/words"
)

type photoPanel struct {
	in     *Inspector
	body   *fyne.Container
	fields []*field

	ph        project.Photo
	placement *project.Placement

	preview *preview
	name    *look.Text
	facts   *look.Paragraph
	tallied *look.Paragraph
	edits   *look.Paragraph // what the photo tools did
	tools   *look.Link

	story    *fyne.Container // the section of the placement
	caption  *field
	captions *origin
	alt      *field
	alts     *origin
	width    *look.Segments
	vote     *widget.Check

	words                 *fyne.Container
	ownCaption, ownAlt    *field
	credit, byline, descr *field
	supplied              *look.Paragraph
	takeBack, takeClean   *look.Link
	pasted                *look.Paragraph
	takePasted            *look.Link
	headline, city, state *field
	country, keywords     *field
	copyright, source     *field
	instructions, usage   *field
	embargo, expires      *field
	sensitive             *widget.Check
	why                   *field
	readings              *readings
	file                  *look.Paragraph
}

func newPhotoPanel(in *Inspector) *photoPanel {
	p := &photoPanel{in: in}
	p.preview = newPreview(in)
	p.name = look.Title("")
	p.name.Truncate = true
	p.facts, p.edits, p.tallied = look.Note(""), look.Note(""), look.Note("")
	p.tools = look.NewLink(lang.L("Photo tools…"), func() {
		if p.in.OnTools != nil {
			p.in.Flush()
			p.in.OnTools(p.ph.ID)
		}
	})
	p.story = p.storySection()
	p.words = p.wordsSection()
	p.readings = newReadings(p)
	p.file = look.Note("")
	p.body = look.Column(10,
		p.preview, look.Column(2, p.name, p.facts, p.edits, p.tallied, container.NewHBox(p.tools)),
		p.story, p.words, p.readings.body, p.rightsSection(), p.aboutSection(),
		section(lang.L("File"), p.file))
	return p
}

// photoField is a field of the photo itself.
func (p *photoPanel) photoField(title, label, fold string, lines, limit int, at func() *string, lint func(string) []string) *field {
	f := p.in.newField(spec{
		title: title, lines: lines, limit: limit, lint: lint,
		write:  set(func(text string) { *at() = text }),
		report: func() func() bool { return p.reportPhoto(label, fold) },
	})
	f.expands = true
	p.fields = append(p.fields, f)
	return f
}

func (p *photoPanel) reportPhoto(label, fold string) func() bool {
	ph := p.ph
	return func() bool {
		return p.in.OnPhoto == nil || p.in.OnPhoto(label, p.fold("photo", ph.ID, fold), ph)
	}
}

func (p *photoPanel) reportPlacement(label, fold string) func() bool {
	if p.placement == nil {
		return func() bool { return true }
	}
	pl := *p.placement
	return func() bool {
		return p.in.OnPlacement == nil || p.in.OnPlacement(label, p.fold("placement", pl.ID, fold), pl)
	}
}

func (p *photoPanel) fold(what string, id int64, field string) string {
	if field == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d:%s", what, id, field)
}

// changePhoto changes the photo at once: a box, a button.
func (p *photoPanel) changePhoto(label string, change func()) {
	p.in.Flush()
	if p.in.readOnly {
		p.fill()
		return
	}
	change()
	p.fill()
	p.reportPhoto(label, "")()
}

func (p *photoPanel) changePlacement(label string, change func()) {
	p.in.Flush()
	if p.placement == nil || p.in.readOnly {
		p.fill()
		return
	}
	change()
	p.fill()
	p.reportPlacement(label, "")()
}

func lints(list []wording.Lint) []string {
	var out []string
	for _, l := range list {
		if l.Code != "empty" { // that it is empty can be seen
			out = append(out, words.Say(l.Pattern, l.Values...))
		}
	}
	return out
}

func lintCaption(text string) []string {
	if text == "" {
		return nil
	}
	return lints(wording.LintCaption(text))
}

func (p *photoPanel) lintAlt(caption func() string) func(string) []string {
	return func(text string) []string {
		if text == "" {
			return nil
		}
		return lints(wording.LintAlt(text, caption()))
	}
}

func (p *photoPanel) storySection() *fyne.Container {
	p.caption = p.in.newField(spec{
		title: lang.L("Caption"), lines: 4, limit: 500, lint: lintCaption, hint: lang.L("No caption in this story"),
		write: set(func(text string) {
			if p.placement != nil {
				p.placement.Caption = &text
				p.captions.show(true, p.ph.Caption)
			}
		}),
		report: func() func() bool { return p.reportPlacement(lang.L("Edit caption"), "caption") },
	})
	p.captions = newOrigin(lang.L("Use the photo’s own caption"), func() {
		p.changePlacement(lang.L("Use the photo’s own caption"), func() { p.placement.Caption = nil })
	})
	p.caption.extra.Add(p.captions.body)
	p.alt = p.in.newField(spec{
		title: lang.L("Alt text"), lines: 3, limit: 250, hint: lang.L("What a reader who can’t see the photo should know"),
		lint: p.lintAlt(func() string { return p.caption.entry.Text }),
		write: set(func(text string) {
			if p.placement != nil {
				p.placement.Alt = &text
				p.alts.show(true, p.ph.Alt)
			}
		}),
		report: func() func() bool { return p.reportPlacement(lang.L("Edit alt text"), "alt") },
	})
	p.alts = newOrigin(lang.L("Use the photo’s own alt text"), func() {
		p.changePlacement(lang.L("Use the photo’s own alt text"), func() { p.placement.Alt = nil })
	})
	p.alt.extra.Add(p.alts.body)
	p.caption.expands, p.alt.expands = true, true
	p.fields = append(p.fields, p.caption, p.alt)
	p.width = newChoice(
		[]string{string(project.WidthColumn), string(project.WidthWide), string(project.WidthFull)},
		[]string{lang.L("Column"), lang.L("Wide"), lang.L("Full")},
		func(v string) {
			p.changePlacement(lang.L("Change width"), func() { p.placement.Width = project.Width(v) })
		})
	p.vote = widget.NewCheck(lang.L("Readers vote on this photo"), func(on bool) {
		p.changePlacement(lang.L("Change the photo’s vote"), func() { p.placement.Vote = on })
	})
	return section(lang.L("In this story"), p.caption.body, p.alt.body,
		look.Column(3, look.NewText(lang.L("Width"), look.Muted, look.TextSmall), p.width.Body), p.vote)
}

func (p *photoPanel) wordsSection() *fyne.Container {
	p.ownCaption = p.photoField(lang.L("Caption"), lang.L("Edit the photo’s caption"), "caption", 4, 500, func() *string { return &p.ph.Caption }, lintCaption)
	p.credit = p.photoField(lang.L("Credit line"), lang.L("Edit credit"), "credit", 1, 0, func() *string { return &p.ph.CreditLine }, nil)
	p.credit.lint = func(text string) []string {
		if strings.TrimSpace(text) == "" {
			return []string{lang.L("No photo leaves without a credit.")}
		}
		return nil
	}
	p.supplied, p.pasted = look.Note(""), look.Note("")
	p.takeBack = look.NewLink(lang.L("Use as supplied"), func() {
		p.changePhoto(lang.L("Take back credit"), func() { p.ph.CreditLine = suppliedCredit(p.ph).Raw })
	})
	p.takeClean = look.NewLink(lang.L("Use as cleaned"), func() {
		p.changePhoto(lang.L("Clean credit"), func() { p.ph.CreditLine = suppliedCredit(p.ph).Line })
	})
	p.takePasted = look.NewLink(lang.L("Use as pasted"), func() {
		p.changePhoto(lang.L("Use pasted credit"), func() { p.ph.CreditLine = pastedCredit(p.placement) })
	})
	p.credit.extra.Add(p.supplied)
	p.credit.extra.Add(p.pasted)
	p.credit.extra.Add(look.Choices(3, p.takeBack, p.takeClean, p.takePasted))
	p.byline = p.photoField(lang.L("Byline"), lang.L("Edit byline"), "byline", 1, 0, func() *string { return &p.ph.Byline }, nil)
	p.credit.remember(func() []string { credits, _ := p.in.used(); return credits })
	p.byline.remember(func() []string { _, bylines := p.in.used(); return bylines })
	p.ownAlt = p.photoField(lang.L("Alt text"), lang.L("Edit the photo’s alt text"), "alt", 3, 250, func() *string { return &p.ph.Alt },
		p.lintAlt(func() string { return p.ownCaption.entry.Text }))
	p.descr = p.photoField(lang.L("Extended description"), lang.L("Edit description"), "description", 2, 1000, func() *string { return &p.ph.Description }, nil)
	return section(lang.L("The photo’s own words"), p.ownCaption.body, p.credit.body, p.byline.body, p.ownAlt.body, p.descr.body)
}

func (p *photoPanel) rightsSection() *fyne.Container {
	p.copyright = p.photoField(lang.L("Copyright"), lang.L("Edit copyright"), "copyright", 1, 0, func() *string { return &p.ph.Copyright }, nil)
	p.source = p.photoField(lang.L("Source"), lang.L("Edit source"), "source", 1, 0, func() *string { return &p.ph.Source }, nil)
	p.instructions = p.photoField(lang.L("Instructions"), lang.L("Edit instructions"), "instructions", 2, 0, func() *string { return &p.ph.Instruction }, nil)
	p.usage = p.photoField(lang.L("Usage terms"), lang.L("Edit usage terms"), "usage", 1, 0, func() *string { return &p.ph.UsageTerms }, nil)
	p.embargo = p.dateField(lang.L("Not before"), lang.L("Edit embargo"), "embargo", func() *string { return &p.ph.Embargo })
	p.expires = p.dateField(lang.L("Not from"), lang.L("Edit expiry"), "expires", func() *string { return &p.ph.Expires })
	p.sensitive = widget.NewCheck(lang.L("Sensitive: covered until the reader chooses"), func(on bool) {
		label := lang.L("Mark sensitive")
		if !on {
			label = lang.L("Unmark sensitive")
		}
		p.changePhoto(label, func() { p.ph.Sensitive = on })
	})
	p.why = p.photoField(lang.L("Reason on the cover"), lang.L("Edit the cover’s reason"), "why", 2, 120, func() *string { return &p.ph.SensitiveWhy }, nil)
	p.why.entry.SetPlaceHolder(lang.L("Some readers may find this distressing."))
	return section(lang.L("Rights"), p.sensitive, p.why.body, p.copyright.body, p.source.body, p.usage.body, p.instructions.body,
		container.NewGridWithColumns(2, p.embargo.body, p.expires.body))
}

// dateField takes a day as YYYY-MM-DD, or nothing.
func (p *photoPanel) dateField(title, label, fold string, at func() *string) *field {
	f := p.photoField(title, label, fold, 1, 0, at, nil)
	f.expands = false
	f.entry.SetPlaceHolder("YYYY-MM-DD")
	f.write = func(text string) string {
		text = strings.TrimSpace(text)
		if _, err := time.Parse(time.DateOnly, text); err != nil && text != "" {
			return lang.L("Write the day as 2027-03-31.")
		}
		*at() = text
		return ""
	}
	return f
}

func (p *photoPanel) aboutSection() *fyne.Container {
	p.headline = p.photoField(lang.L("Headline"), lang.L("Edit the photo’s headline"), "headline", 1, 0, func() *string { return &p.ph.Headline }, nil)
	p.city = p.photoField(lang.L("City"), lang.L("Edit place"), "city", 1, 0, func() *string { return &p.ph.City }, nil)
	p.state = p.photoField(lang.L("State"), lang.L("Edit place"), "state", 1, 0, func() *string { return &p.ph.State }, nil)
	p.country = p.photoField(lang.L("Country"), lang.L("Edit place"), "country", 1, 0, func() *string { return &p.ph.Country }, nil)
	p.keywords = p.in.newField(spec{
		title: lang.L("Keywords"), hint: "harbour, storm", lines: 2,
		write:  set(func(text string) { p.ph.Keywords = splitKeywords(text) }),
		report: func() func() bool { return p.reportPhoto(lang.L("Edit keywords"), "keywords") },
	})
	p.keywords.expands = true
	p.fields = append(p.fields, p.keywords)
	return section(lang.L("About"), p.headline.body, p.city.body,
		container.NewGridWithColumns(2, p.state.body, p.country.body), p.keywords.body)
}

func splitKeywords(text string) []string {
	var out []string
	for word := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ","), ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// suppliedCredit is the credit line as it follows from the supplier's fields.
func suppliedCredit(ph project.Photo) wording.Credit { return wording.CreditLine(ph.Byline, ph.Credit) }

// pastedCredit is the credit at the end of the caption line that was pasted, as it stood.
func pastedCredit(pl *project.Placement) string {
	if pl == nil || pl.Pasted == "" {
		return ""
	}
	_, credit, ok := wording.SplitCaption(pl.Pasted)
	if !ok {
		return ""
	}
	return strings.TrimSpace(credit.Raw)
}

func (p *photoPanel) show(ph project.Photo, pl *project.Placement, found []photo.Reading, disagree []string) {
	p.ph, p.placement = ph, nil
	if pl != nil {
		own := *pl
		p.placement = &own
	}
	p.fill()
	p.readings.show(found, disagree)
}

// fill shows the working copy.
func (p *photoPanel) fill() {
	ph, pl := p.ph, p.placement
	p.preview.view.SetPhoto(ph)
	p.name.SetText(ph.Name)
	p.facts.SetText(factsLine(ph))
	p.tallied.SetText(p.in.tallied(ph.SHA256))
	p.tallied.Hidden = p.tallied.Text() == ""
	if p.edits != nil { // the captioning room has words only
		p.edits.SetText(develop.Summary(ph.Recipe))
		p.edits.Hidden = p.edits.Text() == ""
	}
	p.story.Hidden = pl == nil
	if pl != nil {
		p.caption.load(pl.CaptionOf(ph))
		p.captions.show(pl.Caption != nil, ph.Caption)
		p.alt.load(pl.AltOf(ph))
		p.alts.show(pl.Alt != nil, ph.Alt)
		p.width.Set(string(pl.Width))
		look.Tick(p.vote, pl.Vote)
	}
	p.ownCaption.load(ph.Caption)
	p.credit.load(ph.CreditLine)
	p.byline.load(ph.Byline)
	p.ownAlt.load(ph.Alt)
	p.descr.load(ph.Description)
	p.headline.load(ph.Headline)
	p.city.load(ph.City)
	p.state.load(ph.State)
	p.country.load(ph.Country)
	if !sameWords(splitKeywords(p.keywords.entry.Text), ph.Keywords) || p.in.pending == p.keywords {
		p.keywords.load(strings.Join(ph.Keywords, ", "))
	}
	p.copyright.load(ph.Copyright)
	p.source.load(ph.Source)
	p.instructions.load(ph.Instruction)
	p.usage.load(ph.UsageTerms)
	p.embargo.load(ph.Embargo)
	p.expires.load(ph.Expires)
	look.Tick(p.sensitive, ph.Sensitive)
	p.why.load(ph.SensitiveWhy)
	if ph.Sensitive {
		p.why.body.Show()
	} else {
		p.why.body.Hide()
	}
	p.fillCredit()
	p.file.SetText(fileFacts(ph))
	p.body.Refresh()
}

func sameWords(a, b []string) bool { return strings.Join(a, "\x00") == strings.Join(b, "\x00") }

// fillCredit shows the supplier's own fields, and the ways back to them.
func (p *photoPanel) fillCredit() {
	raw, line := suppliedCredit(p.ph), strings.TrimSpace(p.ph.CreditLine)
	var parts []string
	if p.ph.Byline != "" {
		parts = append(parts, fmt.Sprintf(lang.L("byline “%s”"), p.ph.Byline))
	}
	if p.ph.Credit != "" {
		parts = append(parts, fmt.Sprintf(lang.L("credit “%s”"), p.ph.Credit))
	}
	p.supplied.Hidden = len(parts) == 0
	p.supplied.SetText(fmt.Sprintf(lang.L("As supplied: %s."), strings.Join(parts, ", ")))
	rawLine := strings.TrimSpace(raw.Raw)
	p.takeBack.Hidden = rawLine == "" || rawLine == line
	p.takeClean.Hidden = raw.Line == "" || !raw.Changed || raw.Line == line
	pasted := pastedCredit(p.placement)
	p.pasted.Hidden = pasted == "" || pasted == rawLine || pasted == line
	p.pasted.SetText(fmt.Sprintf(lang.L("As pasted: “%s”."), pasted))
	p.takePasted.Hidden = pasted == "" || pasted == line || pasted == rawLine
	p.credit.extra.Refresh()
}

// origin tells whether a story's words are its own, and offers the photo's.
type origin struct {
	body *fyne.Container
	note *look.Paragraph
	back *look.Link
}

func newOrigin(use string, back func()) *origin {
	o := &origin{note: look.Note(""), back: look.NewLink(use, back)}
	o.body = look.Column(2, o.note, container.NewHBox(o.back))
	return o
}

func (o *origin) show(own bool, ofPhoto string) {
	words := lang.L("The photo’s own; typing here changes this story only.")
	switch {
	case own && ofPhoto == "":
		words = lang.L("This story only.")
	case own:
		words = fmt.Sprintf(lang.L("This story only. The photo’s own: “%s”"), ofPhoto)
	case ofPhoto == "":
		words = ""
	}
	o.note.SetText(words)
	o.note.Hidden = words == ""
	o.back.Hidden = !own
	o.body.Refresh()
}

// preview is the photo at the top of the panel.
type preview struct {
	widget.BaseWidget
	in   *Inspector
	view *photos.View
}

func newPreview(in *Inspector) *preview {
	p := &preview{in: in, view: photos.NewView(in.loader, photos.Contain, false)}
	p.view.Radius = 3
	p.view.SetMinSize(fyne.NewSize(120, 176))
	p.ExtendBaseWidget(p)
	return p
}

func (p *preview) Tapped(*fyne.PointEvent) {
	if p.in.OnOpenPhoto != nil {
		p.in.OnOpenPhoto(p.in.photo.ph.ID)
	}
}

func (p *preview) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.view) }
