package inspector

// This file owns the panel of an essay's head.

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"photodesk/ui/words"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
)

type essayPanel struct {
	in     *Inspector
	body   *fyne.Container
	fields []*field
	e      project.Essay

	headline, standfirst *field
	byline, dateline     *field
	slug, canonical      *field
	published            *field
	status               *look.Segments
	lang, theme          *widget.Select
	direction            *look.Paragraph
	votes                *widget.Check
	opens, closes        *field
	upvotesOnly, hidden  *widget.Check
	signIn               *widget.Check
	tallied              *look.Paragraph
	themes               []Theme
	filling              bool
	corrections          *fyne.Container
	correction           *entry
	shown                string // the corrections that are built
}

func newEssayPanel(in *Inspector) *essayPanel {
	p := &essayPanel{in: in, themes: []Theme{{"", lang.L("Default")}}}
	text := func(title, label, fold, hint string, lines, limit int, at func() *string) *field {
		return p.add(spec{
			title: title, hint: hint, lines: lines, limit: limit,
			write:  set(func(text string) { *at() = text }),
			report: func() func() bool { return p.report(label, fold) },
		})
	}
	p.headline = text(lang.L("Headline"), lang.L("Edit headline"), "headline", "", 2, 90, func() *string { return &p.e.Headline })
	p.standfirst = text(lang.L("Standfirst"), lang.L("Edit standfirst"), "standfirst", lang.L("A sentence or two beneath the headline"), 3, 240, func() *string { return &p.e.Standfirst })
	p.byline = text(lang.L("Byline"), lang.L("Edit byline"), "byline", "Jane Doe", 1, 0, func() *string { return &p.e.Byline })
	p.dateline = text(lang.L("Dateline"), lang.L("Edit dateline"), "dateline", "Saint-Nazaire", 1, 0, func() *string { return &p.e.Dateline })
	p.slug = p.add(spec{title: lang.L("Slug"), hint: "northern-coast", write: p.writeSlug, report: func() func() bool { return p.report(lang.L("Edit slug"), "slug") }})
	p.slug.extra.Add(look.Note(lang.L("Names the exported folder.")))
	p.canonical = p.add(spec{
		title: lang.L("Canonical address"), hint: "https://…", write: p.writeCanonical,
		report: func() func() bool { return p.report(lang.L("Edit canonical address"), "canonical") },
	})
	p.addPublished()
	p.status = newChoice([]string{string(project.StatusDraft), string(project.StatusReady)}, []string{lang.L("Draft"), lang.L("Ready")},
		func(v string) { p.change(lang.L("Change status"), func() { p.e.Status = project.Status(v) }) })
	p.direction = look.Note("")
	p.lang = widget.NewSelect(nil, p.chooseLang)
	p.theme = widget.NewSelect(nil, p.chooseTheme)
	p.votes = widget.NewCheck(lang.L("Readers vote on the essay"), func(on bool) {
		p.change(lang.L("Change votes"), func() { p.e.Votes = on })
	})
	p.addRules()
	p.tallied = look.Note("")
	p.corrections = look.Column(8)
	p.correction = newEntry(in, 2, func() {})
	p.correction.SetPlaceHolder(lang.L("What was wrong, and what is right"))
	add := widget.NewButtonWithIcon(lang.L("Add correction"), theme.ContentAddIcon(), p.addCorrection)

	p.body = look.Column(10, look.Title(lang.L("Essay")),
		p.headline.body, p.standfirst.body,
		container.NewGridWithColumns(2, p.byline.body, p.dateline.body),
		section(lang.L("Page"), labelled(lang.L("Status"), p.status.Body), labelled(lang.L("Theme"), p.theme),
			labelled(lang.L("Language"), p.lang, p.direction), p.slug.body, p.canonical.body, p.published.body),
		section(lang.L("Votes"), p.votes, p.tallied, container.NewGridWithColumns(2, p.opens.body, p.closes.body),
			look.Note(fmt.Sprintf(lang.L("Times are in %s, the zone of this machine."), zoneName())),
			look.Column(0, p.upvotesOnly, p.hidden, p.signIn),
			look.Note(lang.L("Results stay hidden and votes closed on a device, too; signing in takes a vote service."))),
		section(lang.L("Corrections"), p.corrections, p.correction, container.NewHBox(add)))
	p.setThemes(p.themes)
	return p
}

// FocusAddress puts the caret into the essay's canonical address.
func (in *Inspector) FocusAddress() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(in); c != nil && in.essay.body.Visible() {
		c.Focus(in.essay.canonical.entry)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(in.essay.canonical.body).Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(in.panels).Y
		in.scroll.ScrollToOffset(fyne.NewPos(0, max(0, at-in.scroll.Size().Height/2)))
	}
}

func labelled(title string, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(3, append([]fyne.CanvasObject{look.NewText(title, look.Muted, look.TextSmall)}, objects...)...)
}

func (p *essayPanel) add(s spec) *field {
	f := p.in.newField(s)
	p.fields = append(p.fields, f)
	return f
}

func (p *essayPanel) report(label, fold string) func() bool {
	if fold != "" {
		fold = fmt.Sprintf("essay:%d:%s", p.e.ID, fold)
	}
	e := p.e
	return func() bool { return p.in.OnEssay == nil || p.in.OnEssay(label, fold, e) }
}

// change changes the essay at once: a box, a choice.
func (p *essayPanel) change(label string, change func()) {
	if p.filling {
		return
	}
	p.in.Flush()
	if p.in.readOnly {
		p.fill()
		return
	}
	change()
	p.fill()
	p.report(label, "")()
}

func (p *essayPanel) writeSlug(text string) string {
	if err := project.ValidSlug(text); err != nil {
		var slug *project.SlugError
		if !errors.As(err, &slug) {
			return words.Error(err)
		}
		return upper(words.Say(slug.Pattern, slug.Values...)) + "."
	}
	p.e.Slug = text
	return ""
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (p *essayPanel) writeCanonical(text string) string {
	text = strings.TrimSpace(text)
	if u, err := url.Parse(text); text != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return lang.L("Write the whole address, beginning with https://.")
	}
	p.e.Canonical = text
	return ""
}

func (p *essayPanel) setThemes(themes []Theme) {
	p.themes = slices.Clone(themes)
	p.fill()
}

func (p *essayPanel) chooseTheme(title string) {
	for _, t := range p.themes {
		if t.Title == title {
			p.change(lang.L("Change theme"), func() { p.e.Theme = t.Name })
			return
		}
	}
}

func (p *essayPanel) chooseLang(name string) {
	tag := name
	for _, l := range words.Tongues {
		if lang.L(l.Name) == name {
			tag = l.Tag
		}
	}
	p.change(lang.L("Change language"), func() {
		p.e.Lang = tag
		p.e.Dir = wording.Direction(tag)
	})
}

func (p *essayPanel) show(e project.Essay) {
	p.e = e
	p.fill()
}

func (p *essayPanel) fill() {
	p.filling = true
	defer func() { p.filling = false }()
	e := p.e
	p.headline.load(e.Headline)
	p.standfirst.load(e.Standfirst)
	p.byline.load(e.Byline)
	p.dateline.load(e.Dateline)
	p.slug.load(e.Slug)
	p.canonical.load(e.Canonical)
	p.published.load(moment(e.Published))
	p.status.Set(string(e.Status))
	look.Tick(p.votes, e.Votes)
	p.fillRules()
	p.tallied.SetText(p.in.tallied(""))
	p.tallied.Hidden = p.tallied.Text() == ""
	p.fillTheme()
	p.fillLang()
	p.fillCorrections()
}

func (p *essayPanel) fillTheme() {
	titles, chosen := []string{}, ""
	for _, t := range p.themes {
		titles = append(titles, t.Title)
		if t.Name == p.e.Theme {
			chosen = t.Title
		}
	}
	if chosen == "" && p.e.Theme == "" && len(titles) > 0 {
		chosen = titles[0] // the first is the default
	} else if chosen == "" { // a theme that this Photodesk doesn't have
		chosen = p.e.Theme
	}
	offer(p.theme, titles, chosen)
}

func (p *essayPanel) fillLang() {
	names, chosen := []string{}, p.e.Lang
	for _, l := range words.Tongues {
		names = append(names, lang.L(l.Name))
		if l.Tag == p.e.Lang {
			chosen = lang.L(l.Name)
		}
	}
	if chosen != "" && !slices.Contains(names, chosen) {
		names = append(names, chosen)
	}
	offer(p.lang, names, chosen)
	p.direction.SetText(lang.L("Read from left to right."))
	if p.e.Dir == "rtl" {
		p.direction.SetText(lang.L("Read from right to left."))
	}
}

// offer sets a select without telling anybody.
func offer(s *widget.Select, options []string, chosen string) {
	if s.Selected == chosen && slices.Equal(s.Options, options) {
		return
	}
	s.Options, s.Selected = options, chosen
	s.Refresh()
}

func (p *essayPanel) fillCorrections() {
	key := fmt.Sprint(p.e.ID, p.e.Corrections)
	if key == p.shown {
		return
	}
	p.shown = key
	p.corrections.Objects = nil
	for _, c := range p.e.Corrections {
		away := widget.NewButtonWithIcon("", theme.CancelIcon(), func() {
			p.in.Flush()
			if p.in.OnCorrection != nil && !p.in.readOnly {
				p.in.OnCorrection(project.Correction{ID: c.ID, EssayID: c.EssayID, At: c.At})
			}
		})
		away.Importance = widget.LowImportance
		words := look.Column(1, look.NewText(words.Day(c.At), look.Muted, look.TextSmall),
			look.NewParagraph(c.Text, look.Ink, theme.SizeNameText))
		p.corrections.Add(container.NewBorder(nil, nil, nil, container.NewVBox(away), words))
	}
	if len(p.e.Corrections) == 0 {
		p.corrections.Add(look.Note(lang.L("None. They stand dated at the essay’s end.")))
	}
	p.corrections.Refresh()
}

func (p *essayPanel) addCorrection() {
	text := strings.TrimSpace(p.correction.Text)
	if text == "" || p.in.readOnly {
		return
	}
	p.in.Flush()
	p.correction.SetText("")
	if p.in.OnCorrection != nil {
		p.in.OnCorrection(project.Correction{EssayID: p.e.ID, Text: text})
	}
}
