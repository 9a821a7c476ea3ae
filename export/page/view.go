package page

// This file owns what the templates see of an essay: words, paths and numbers
// that are ready to be escaped, and no rules.

import (
	"net/url"
	"slices"
	"strings"

	"photodesk/project"
)

type view struct {
	Lang, Dir   string
	Headline    string
	Title       string // the headline, as long as a browser's tab shows it
	Standfirst  string
	Description string
	Byline      string
	Dateline    string
	Canonical   string
	Generator   string
	CSP         string
	OEmbed      string // address of the oEmbed answer, or ""
	Subject     string // names the essay in this browser

	Icon, Style, Script string // paths
	Voting              string // path of the votes' script, or ""

	PublishedAt, ModifiedAt *date
	UpdatedAt               *date // ModifiedAt, where it is a later day than PublishedAt
	Card                    *card
	Structured              newsArticle

	Blocks      []block
	Vote        *vote // at the end of the story
	Ruled       bool  // its votes have rules
	Corrections []correction
	Credits     []credit

	Lead   *figure // of the embed
	ReadOn string
}

type card struct{ URL, Alt string }

type correction struct {
	At   date
	Text string
}

// build makes the view; static gives the paths of style, script and icon, votes
// is nil where they stay on the device.
func build(in Input, w words, static statics, votes *service) (*view, error) {
	e := in.Essay
	v := &view{
		Lang:       e.Lang,
		Dir:        e.Dir,
		Headline:   line(e.Headline),
		Standfirst: clean(e.Standfirst),
		Byline:     line(e.Byline),
		Dateline:   line(e.Dateline),
		Generator:  line("Photodesk " + in.Version),
		Icon:       static.icon,
		Style:      static.style,
		Script:     static.script,
		Voting:     static.voting,
	}
	if v.Lang == "" {
		v.Lang = fallbackLang
	}
	if v.Dir != "rtl" {
		v.Dir = "ltr"
	}
	if v.Headline == "" {
		v.Headline = w.text["untitled"]
	}
	v.Canonical = canonicalOf(e)
	v.Title = shorten(v.Headline, maxTitle)
	v.CSP = votes.csp(v.Canonical)
	if v.Canonical != "" {
		v.OEmbed = absolute(v.Canonical, oEmbedName)
	}
	v.Subject = line(in.ProjectUID + "/" + e.UID)
	v.PublishedAt, v.ModifiedAt, v.UpdatedAt = w.dates(in.Published, in.Modified)
	for _, c := range e.Corrections {
		if text := clean(c.Text); text != "" && !c.At.IsZero() {
			v.Corrections = append(v.Corrections, correction{*w.date(c.At), text})
		}
	}

	b := newBuilder(in, w)
	b.service, b.canonical = votes, v.Canonical
	v.Ruled = !in.Essay.VoteRules.None()
	var err error
	if b.rules, err = rulesOf(in, w); err != nil {
		return nil, err
	}
	v.Blocks = b.blocks()
	v.Vote = b.voteAtEnd()
	if b.failed != nil {
		return nil, b.failed
	}
	v.Credits = credits(b.figures)
	v.Description = describe(v.Standfirst, v.Blocks)

	if err := v.addLead(in, b, w); err != nil {
		return nil, err
	}
	v.Structured = structured(in, v, b.figures)
	return v, nil
}

// maxTitle is where search engines cut a title.
const maxTitle = 70

// canonicalOf is the address where the essay will be read, or "".
func canonicalOf(e *project.Essay) string {
	if u, err := url.Parse(e.Canonical); err == nil && strings.HasPrefix(e.Canonical, "http") && project.SafeLink(e.Canonical) {
		return u.String() // what an address can't hold is written as it has to be
	}
	return ""
}

// addLead chooses what stands for the essay elsewhere, on cards and in the
// embed: never a covered photo.
func (v *view) addLead(in Input, b *builder, w words) error {
	key := "embed.read"
	if len(b.figures) < 2 {
		key = "embed.read.one"
	}
	var err error
	if v.ReadOn, err = w.say(key, "n", len(b.figures)); err != nil {
		return err
	}
	i := slices.IndexFunc(b.figures, func(f *figure) bool { return !f.Sensitive })
	if i < 0 {
		return nil
	}
	lead := *b.figures[i]
	lead.Sizes = "(min-width: 668px) 612px, calc(100vw - 28px)"
	v.Lead = &lead
	if in.Card != "" {
		v.Card = &card{URL: absolute(v.Canonical, in.Card), Alt: lead.Alt}
	}
	return nil
}

// describe is the standfirst, or else the first paragraph, in one line short
// enough for a search engine's.
func describe(standfirst string, blocks []block) string {
	if standfirst != "" {
		return shorten(line(standfirst), 200)
	}
	for _, b := range blocks {
		if b.Kind != string(project.KindText) || len(b.Paragraphs) == 0 {
			continue
		}
		var text strings.Builder
		for _, s := range b.Paragraphs[0] {
			text.WriteString(strings.Join(s.Lines, " "))
		}
		return shorten(line(text.String()), 200)
	}
	return ""
}
