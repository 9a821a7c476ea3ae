package page

// This file owns the check of a theme against its contract, assets/themes/README.md: what breaks a page for its readers, with
// the file and the line where there is one.

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"photodesk/assets"
	"photodesk/project"
)

// ThemeProblem is one way in which a theme doesn't keep to the contract.
type ThemeProblem struct {
	File    string // of the theme, such as "page.css"
	Line    int    // from 1; 0 where no line is to blame
	Message string
}

func (p ThemeProblem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// CheckTheme gives every problem of a theme, by file and line; none where a page can wear it.
func CheckTheme(t Theme) []ThemeProblem {
	c := themeCheck{theme: t}
	style, err := t.style()
	if err != nil {
		c.add("page.css", 0, "%s", because(err))
	} else {
		c.style(style)
	}
	text, err := t.template()
	if err != nil {
		c.add("page.tmpl", 0, "%s", because(err))
	} else {
		c.template(text)
	}
	slices.SortStableFunc(c.found, func(a, b ThemeProblem) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return slices.Compact(c.found)
}

func because(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "it is missing; a theme is a folder with page.css and, if need be, page.tmpl"
	}
	return err.Error()
}

type themeCheck struct {
	theme Theme
	found []ThemeProblem
}

func (c *themeCheck) add(file string, line int, format string, args ...any) {
	c.found = append(c.found, ThemeProblem{file, line, fmt.Sprintf(format, args...)})
}

// template renders an essay with every kind of block and looks whether all of it is there.
func (c *themeCheck) template(src []byte) {
	const file = "page.tmpl"
	in := exampleEssay()
	in.Theme = c.theme
	files, err := Render(in)
	if err != nil {
		line, message := lineOf(err.Error())
		c.add(file, line, "%s", message)
		return
	}
	at := slices.IndexFunc(files, func(f File) bool { return f.Path == "index.html" })
	doc, err := html.Parse(bytes.NewReader(files[at].Data))
	if err != nil {
		c.add(file, 0, "its page is no HTML: %v", err)
		return
	}
	p := readPage(doc)
	for _, need := range []struct {
		there bool
		say   string
	}{
		{p.lang == "en" && p.dir == "ltr", `the html element lacks lang="{{.Lang}}" and dir="{{.Dir}}"`},
		{p.count["h1"] == 1 && strings.Contains(p.text, in.Essay.Headline), "the headline has to stand in one h1: {{.Headline}}"},
		{strings.Contains(p.text, in.Essay.Standfirst), "the standfirst is missing: {{.Standfirst}}"},
		{strings.Contains(p.text, in.Essay.Byline), "the byline is missing: {{.Byline}}"},
		{p.ids["story"] && p.ids["top"], `elements with id="top" and id="story" are missing; links lead there`},
		{p.links["#story"], `a link to #story, for those who skip the masthead, is missing`},
		{p.links["#top"], `a link to #top is missing`},
		{p.policy && p.title, `the head is missing: {{template "head" .}}`},
		{p.linked, `the structured data are missing: {{template "cards" .}}`},
		{p.ids["words"], `the script's words are missing: {{template "words" .}}`},
		{p.ids["lightbox"], `the lightbox is missing: {{template "lightbox"}}`},
		{p.photos == 6, fmt.Sprintf(`%d of the example's 6 photos are there: {{range .Blocks}}{{template "block" .}}{{end}}`, p.photos)},
		{p.credits >= 6, fmt.Sprintf("%d of 6 photos have their credit below them; no photo leaves without", p.credits)},
		{p.ids["credits"], `the list of credits is missing: {{template "credits" .}}`},
		{p.ids["corrections"], `the corrections are missing: {{template "corrections" .}}`},
		{p.votes == 1, `the vote is missing: {{with .Vote}}{{template "vote" .}}{{end}}`},
	} {
		if !need.there {
			c.add(file, 0, "%s", need.say)
		}
	}
	for _, bad := range p.bad {
		c.add(file, lineWith(src, bad.source), "%s", bad.say)
	}
}

// templateError is how text/template names a place: "template: page.tmpl:12:3: …", twice for some.
var templateError = regexp.MustCompile(`(?:html/)?template:? ?"?:?page\.tmpl"?:(\d+)(?::\d+)?: ?`)

func lineOf(message string) (int, string) {
	m := templateError.FindStringSubmatchIndex(message)
	if m == nil {
		return 0, message
	}
	line, err := strconv.Atoi(message[m[2]:m[3]])
	if err != nil {
		return 0, message
	}
	return line, strings.TrimSpace(message[m[1]:])
}

// lineWith is the first line that holds the words, 0 where none does.
func lineWith(src []byte, words string) int {
	at := bytes.Index(src, []byte(words))
	if at < 0 {
		return 0
	}
	return 1 + bytes.Count(src[:at], []byte("\n"))
}

// madePage is what was found in a page.
type madePage struct {
	lang, dir       string
	text            string
	title, policy   bool
	linked          bool // structured data
	count           map[string]int
	ids, links      map[string]bool
	photos, credits int
	votes           int
	bad             []struct{ source, say string }
}

func readPage(doc *html.Node) *madePage {
	p := &madePage{count: map[string]int{}, ids: map[string]bool{}, links: map[string]bool{}}
	var text strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Type == html.ElementNode {
			p.element(n)
		}
	}
	p.text = text.String()
	return p
}

func (p *madePage) element(n *html.Node) {
	attr := map[string]string{}
	for _, a := range n.Attr {
		attr[a.Key] = a.Val
	}
	p.count[n.Data]++
	p.ids[attr["id"]] = true
	blame := func(source, format string, args ...any) {
		p.bad = append(p.bad, struct{ source, say string }{source, fmt.Sprintf(format, args...)})
	}
	switch n.Data {
	case "html":
		p.lang, p.dir = attr["lang"], attr["dir"]
	case "title":
		p.title = n.FirstChild != nil
	case "meta":
		p.policy = p.policy || strings.EqualFold(attr["http-equiv"], "Content-Security-Policy")
	case "a":
		p.links[attr["href"]] = true
	case "figure":
		if _, ok := attr["data-photo"]; ok {
			p.photos++
			for below := range n.Descendants() {
				if below.Data == "small" && below.FirstChild != nil && strings.Contains(below.FirstChild.Data, exampleCredit) {
					p.credits++
					break
				}
			}
		}
	case "form":
		if _, ok := attr["data-vote"]; ok {
			p.votes++
		}
	case "style":
		blame("<style", "a style element is refused by the page's policy; its rules belong in page.css")
	case "script":
		switch attr["type"] {
		case "application/ld+json":
			p.linked = true
		case "application/json":
		default:
			if attr["src"] == "" {
				blame("<script", "an inline script is refused by the page's policy")
			}
		}
	}
	for name := range attr {
		if name == "style" || strings.HasPrefix(name, "on") {
			blame(name+"=", "the attribute %s is refused by the page's policy", name)
		}
	}
	for _, name := range []string{"src", "srcset", "data", "poster"} {
		p.own(attr[name], blame)
	}
	if n.Data == "link" && attr["rel"] != "canonical" && attr["rel"] != "alternate" {
		p.own(attr["href"], blame)
	}
}

// own takes addresses within the bundle alone.
func (p *madePage) own(address string, blame func(source, format string, args ...any)) {
	if address != "" && !strings.HasPrefix(address, "static/") && !strings.HasPrefix(address, "photos/") {
		blame(address, "%s is not in the bundle; a page asks nothing of elsewhere", address)
	}
}

const exampleCredit = "Jane Doe/Example Agency"

// exampleEssay has every kind of block, with photos that nobody made.
func exampleEssay() Input {
	photos := map[int64]Photo{}
	for id := range int64(6) {
		key := fmt.Sprintf("%012x", id+1)
		name := "photos/" + key + ".jpg"
		photos[id+1] = Photo{
			Photo: project.Photo{ID: id + 1, Name: key, Caption: "A caption of the example.", CreditLine: exampleCredit, Alt: "An example", Sensitive: id == 5},
			Width: 1600, Height: 1067, Key: key, Full: name,
			Sources: []Source{{"image/jpeg", []Candidate{{name, 1600}}}},
		}
	}
	block := func(kind project.BlockKind, layout project.Layout, ids ...int64) project.Block {
		b := project.Block{Kind: kind, Layout: layout, Text: "Words of the example.", Attribution: "Jane Doe"}
		for _, id := range ids {
			b.Placements = append(b.Placements, project.Placement{PhotoID: id, Width: project.WidthWide})
		}
		return b
	}
	return Input{
		Essay: &project.Essay{
			UID: "example", Slug: "example", Lang: "en", Dir: "ltr", Votes: true,
			Headline: "The headline of the example", Standfirst: "The standfirst of the example.", Byline: "By Jane Example", Dateline: "Porto",
			Blocks: []project.Block{
				block(project.KindPhoto, "", 1), block(project.KindText, ""), block(project.KindHeading, ""), block(project.KindQuote, ""),
				block(project.KindGallery, project.LayoutGrid, 2), block(project.KindGallery, project.LayoutSlideshow, 3),
				block(project.KindCompare, "", 4, 5), block(project.KindDivider, ""), block(project.KindPhoto, "", 6),
			},
			Corrections: []project.Correction{{At: time.Unix(1e9, 0).UTC(), Text: "A correction of the example."}},
		},
		Photos: photos, ProjectUID: "example", Version: "check",
	}
}

// ThemeFiles are what a new theme begins with: the files of one of Photodesk's own, and the contract.
func ThemeFiles(from Theme) (map[string][]byte, error) {
	out := map[string][]byte{}
	var err error
	if out["page.css"], err = from.style(); err != nil {
		return nil, err
	}
	if out["page.tmpl"], err = from.template(); err != nil {
		return nil, err
	}
	if out["README.md"], err = assets.Themes.ReadFile("themes/README.md"); err != nil {
		return nil, fmt.Errorf("read the contract of themes: %w", err)
	}
	return out, nil
}
