package page

// This file owns the page over several essays: a gallery of their cards, and a feed of them.

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"photodesk/assets"
	"photodesk/project"
)

// SiteEssay is one essay as its card shows it.
type SiteEssay struct {
	Path       string // of its page, relative to the site, forward slashes
	Card       string // path of its 1200×630 JPEG, or ""
	Headline   string
	Standfirst string
	Byline     string
	Lang, Dir  string
	Published  time.Time // zero where nobody said
	Modified   time.Time
	Photos     int
	UID        string // names it in the feed
	ProjectUID string
}

// Site is everything that the page over several essays is made of.
type Site struct {
	Title     string
	Lang      string // of the site's own words
	Canonical string // where it will be read, or ""; a feed needs it
	Theme     Theme
	Version   string
	Essays    []SiteEssay // as they are to be shown
}

type siteView struct {
	Title, Lang, Dir, Generator, CSP, Canonical, Icon, Style string
	Essays                                                   []siteCard
}

type siteCard struct {
	SiteEssay
	At     *date // when it came out, or else when it was last changed
	Photos string
}

// Since is when readers could first read the essay, as far as is known.
func (e SiteEssay) Since() time.Time {
	if e.Published.IsZero() {
		return e.Modified
	}
	return e.Published
}

// RenderSite makes index.html, its static files and, where it is known at which address it will be read, feed.xml; sorted by
// path. The same site gives the same bytes. Errors wrap [ErrInput] where the input is at fault.
func RenderSite(s Site) ([]File, error) {
	w, err := wordsFor(s.Lang)
	if err != nil {
		return nil, err
	}
	theme := s.Theme.orDefault()
	var st statics
	css, err := assets.Page.ReadFile("page/site.css")
	if err != nil {
		return nil, fmt.Errorf("read the site's style: %w", err)
	}
	if err := st.look(theme, css); err != nil {
		return nil, err
	}
	v := siteView{
		Title: cmp.Or(line(s.Title), w.text["site"]), Lang: cmp.Or(s.Lang, fallbackLang), Dir: direction(s.Lang), Generator: line("Photodesk " + s.Version),
		CSP: (*service)(nil).csp(""), Canonical: canonicalOf(&project.Essay{Canonical: s.Canonical}), Icon: st.icon, Style: st.style,
	}
	for _, e := range s.Essays {
		for _, p := range []string{e.Path, e.Card} {
			if p == "" {
				continue
			}
			if err := checkPath(p); err != nil {
				return nil, fmt.Errorf("essay %q: %w", e.Headline, err)
			}
		}
		words, err := wordsFor(e.Lang)
		if err != nil {
			return nil, err
		}
		card := siteCard{SiteEssay: e, At: words.date(e.Since())}
		card.Headline, card.Standfirst, card.Byline = cmp.Or(line(e.Headline), words.text["untitled"]), shorten(line(e.Standfirst), 200), line(e.Byline)
		card.Lang, card.Dir = cmp.Or(e.Lang, fallbackLang), cmp.Or(e.Dir, "ltr")
		key := "site.photos"
		if e.Photos == 1 {
			key = "site.photo"
		}
		if card.Photos, err = words.say(key, "n", e.Photos); err != nil {
			return nil, err
		}
		v.Essays = append(v.Essays, card)
	}
	t, err := parseTemplates(theme, w, &view{Lang: v.Lang}, nil)
	if err != nil {
		return nil, err
	}
	var html bytes.Buffer
	if err := t.ExecuteTemplate(&html, "site.tmpl", v); err != nil {
		return nil, fmt.Errorf("render the site: %w", err)
	}
	files := append(st.files, File{Path: "index.html", Data: blankLines.ReplaceAll(html.Bytes(), []byte("\n")), MediaType: "text/html; charset=utf-8"})
	if v.Canonical != "" {
		feed, err := siteFeed(s, v)
		if err != nil {
			return nil, fmt.Errorf("write the feed: %w", err)
		}
		files = append(files, File{Path: "feed.xml", Data: feed, MediaType: "application/atom+xml"})
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// direction is that of a language's script, as far as the page's own words go.
func direction(lang string) string {
	if len(lang) >= 2 && slices.Contains([]string{"ar", "he", "fa", "ur"}, lang[:2]) {
		return "rtl"
	}
	return "ltr"
}

type atomFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string     `xml:"xml:lang,attr"`
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Entries []atom     `xml:"entry"`
}

// siteFeed has an entry of each essay.
func siteFeed(s Site, v siteView) ([]byte, error) {
	f := atomFeed{
		Lang: v.Lang, ID: v.Canonical, Title: v.Title, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: absolute(v.Canonical, "feed.xml")}, {Rel: "alternate", Type: "text/html", Href: v.Canonical}},
	}
	latest := time.Time{}
	for _, e := range s.Essays {
		at := absolute(v.Canonical, e.Path)
		one := &view{
			Lang: cmp.Or(e.Lang, fallbackLang), Headline: line(e.Headline), Description: shorten(line(e.Standfirst), 200), Byline: line(e.Byline), Canonical: at,
		}
		one.PublishedAt, one.ModifiedAt, _ = words{}.dates(e.Published, e.Modified)
		if e.Card != "" {
			one.Card = &card{URL: absolute(v.Canonical, e.Card)}
		}
		entry := entryOf(Input{Essay: &project.Essay{UID: e.UID}, ProjectUID: e.ProjectUID}, one)
		entry.XMLName = xml.Name{}
		f.Entries = append(f.Entries, entry)
		for _, at := range []time.Time{e.Modified, e.Published} {
			if at.After(latest) {
				latest, f.Updated = at, at.Format(time.RFC3339)
			}
		}
	}
	out, err := xml.MarshalIndent(f, "", "  ")
	return append(append([]byte(xml.Header), out...), '\n'), err
}
