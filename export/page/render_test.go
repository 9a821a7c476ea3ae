package page_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"photodesk/export/page"
	"photodesk/project"
)

// The golden pages. UPDATE_GOLDEN=1 writes them anew; read the difference.
func TestGolden(t *testing.T) {
	files := render(t, input())
	for name, f := range render(t, shortWithService()) {
		files["service-"+name] = f
	}
	fragment, err := page.Fragment(input())
	if err != nil {
		t.Fatal(err)
	}
	files["fragment.html"] = page.File{Data: fragment}
	kept := map[string]bool{}
	for _, name := range []string{"index.html", "embed.html", "entry.xml", "oembed.json", "fragment.html", "service-index.html", "service-embed.html"} {
		kept[name] = true
		golden := filepath.Join("testdata", name)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, files[name].Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		// The names of style and script change with their content, the page doesn't.
		if got := unhash(string(files[name].Data)); got != unhash(string(want)) {
			t.Errorf("%s differs from its golden page at:\n%s\nSet UPDATE_GOLDEN=1 if it should.", name, firstDifference(got, unhash(string(want))))
		}
	}
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !kept[e.Name()] {
			t.Errorf("testdata/%s belongs to no test", e.Name())
		}
	}
}

var hashed = regexp.MustCompile(`static/([a-z0-9-]+)\.[0-9a-f]{8}\.([a-z0-9]+)`)

// unhash takes the content hashes out of the names of static files.
func unhash(s string) string {
	return hashed.ReplaceAllString(s, "static/$1.$2")
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			out := "got:  " + g[i]
			if i < len(w) {
				out += "\nwant: " + w[i]
			}
			return out
		}
	}
	return "its end"
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	one, err := page.Render(input())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		two, err := page.Render(input())
		if err != nil {
			t.Fatal(err)
		}
		if len(one) != len(two) {
			t.Fatalf("%d files, then %d", len(one), len(two))
		}
		for i := range one {
			if one[i].Path != two[i].Path || !bytes.Equal(one[i].Data, two[i].Data) {
				t.Errorf("%s differs", one[i].Path)
			}
		}
	}
}

// What a reader downloads before the first photo stays small.
func TestBudget(t *testing.T) {
	fonts := 0
	for path, f := range render(t, input()) {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if _, err := z.Write(f.Data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(path) {
		case ".js":
			if b.Len() > 8<<10 {
				t.Errorf("%s is %d bytes compressed, more than 8 KiB", path, b.Len())
			}
		case ".css":
			if b.Len() > 8<<10 {
				t.Errorf("%s is %d bytes compressed, more than 8 KiB", path, b.Len())
			}
		case ".woff2":
			fonts += len(f.Data)
		}
	}
	if fonts > 60_000 {
		t.Errorf("the fonts are %d bytes, more than 60 kB", fonts)
	}
}

// Words that try to be markup, wherever an editor or a supplier can put them.
func TestHostileWords(t *testing.T) {
	const separator, override = "\u2028", "\u202e"
	for name, evil := range map[string]string{
		"script end":   `</script><script>alert(1)</script>`,
		"comment":      `<!--<script>`,
		"handler":      `<img src=x onerror=alert(1)>`,
		"quotes":       `" onmouseover="alert(1)" x='`,
		"link":         `[x](javascript:alert(1)) [y](https://a.example/"onclick="alert)`,
		"separator":    `a` + separator + `alert(1)//`,
		"override":     override + `live`,
		"control":      "a\x00\x08\x1b\uffff\ufdd0b",
		"invalid":      "a\xff\xfeb",
		"template":     `{{.CSP}}{{define "x"}}`,
		"closing tags": `</style></title></textarea></dialog></details>`,
	} {
		t.Run(name, func(t *testing.T) {
			in := input()
			e := in.Essay
			e.Headline, e.Standfirst, e.Byline, e.Dateline, e.Canonical = evil, evil, evil, evil, evil
			e.UID, in.ProjectUID, in.Version = evil, evil, evil
			for i := range e.Blocks {
				e.Blocks[i].Text, e.Blocks[i].Attribution = evil, evil
				for j := range e.Blocks[i].Placements {
					e.Blocks[i].Placements[j].Caption, e.Blocks[i].Placements[j].Alt = &evil, &evil
				}
			}
			e.Corrections[0].Text = evil
			for id, p := range in.Photos {
				p.CreditLine, p.Byline, p.Copyright, p.SourceType, p.Headline = evil, evil, evil, evil, evil
				in.Photos[id] = p
			}
			for path, f := range render(t, in) {
				if !strings.HasSuffix(path, ".html") {
					continue
				}
				html := string(f.Data)
				for _, bad := range []string{
					"<script>", "<img src=x", "</style>", "</textarea>", "<!--", `="javascript:`, separator, override,
					` onmouseover="`, `onclick="alert`, "\x00", "\x1b", "\uffff", "\ufdd0",
				} {
					if strings.Contains(html, bad) {
						t.Errorf("%s holds %q:\n%s", path, bad, around(html, bad))
					}
				}
				if got, want := strings.Count(html, "<script"), map[string]int{"index.html": 4, "embed.html": 3}[path]; got != want {
					t.Errorf("%s has %d script elements, want %d", path, got, want)
				}
			}
		})
	}
}

func around(s, part string) string {
	i := strings.Index(s, part)
	return s[max(0, i-80):min(len(s), i+80)]
}

func TestPolicyForbidsInline(t *testing.T) {
	for path, f := range render(t, input()) {
		html := string(f.Data)
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		for _, bad := range []string{" style=", "<style", " onclick", " onload", "http://", `type="module"`, "integrity=", "crossorigin"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s holds %q:\n%s", path, bad, around(html, bad))
			}
		}
		if !strings.Contains(html, `default-src &#39;none&#39;`) && !strings.Contains(html, `default-src 'none'`) {
			t.Errorf("%s has no policy", path)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, spoil := range map[string]func(*page.Input){
		"no essay":            func(in *page.Input) { in.Essay = nil },
		"photo not given":     func(in *page.Input) { delete(in.Photos, 2) },
		"path outside":        func(in *page.Input) { in.Card = "../card.jpg" },
		"path with a space":   func(in *page.Input) { in.Card = "photos/a card.jpg" },
		"key that is markup":  func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Key = `"><b>` }) },
		"colour that is more": func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Placeholder = "#fff}body{" }) },
		"no derivatives":      func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Sources = nil }) },
		"empty format":        func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Sources[0].Candidates = nil }) },
		"no size":             func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Height = 0 }) },
	} {
		t.Run(name, func(t *testing.T) {
			in := input()
			spoil(&in)
			if _, err := page.Render(in); !errors.Is(err, page.ErrInput) {
				t.Errorf("got %v, want ErrInput", err)
			}
		})
	}
}

func spoilPhoto(in *page.Input, change func(*page.Photo)) {
	p := in.Photos[1]
	change(&p)
	in.Photos[1] = p
}

func TestStructuredData(t *testing.T) {
	in := input()
	in.Essay.Headline = strings.Repeat("A very long headline ", 20)
	html := string(render(t, in)["index.html"].Data)
	_, data, ok := strings.Cut(html, `<script type="application/ld+json">`)
	data, _, ok2 := strings.Cut(data, "</script>")
	if !ok || !ok2 {
		t.Fatal("the page has no structured data")
	}
	var got struct {
		Type                   string `json:"@type"`
		Headline               string
		DatePublished          string
		DateModified           string
		Author                 struct{ Name string }
		Image, AssociatedMedia []struct {
			Type                                    string `json:"@type"`
			ContentURL, CreditText, CopyrightNotice string
			Caption                                 string
			Creator                                 struct{ Name string }
			Width, Height                           int
		}
		Correction []struct{ Text, DatePublished string }
	}
	if err := json.Unmarshal([]byte(data), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "NewsArticle" || got.Author.Name != "Jane Doe" {
		t.Errorf("%s by %s", got.Type, got.Author.Name)
	}
	if n := len([]rune(got.Headline)); n > 110 {
		t.Errorf("the headline has %d characters", n)
	}
	if got.DatePublished != "2026-03-08T06:00:00+01:00" || got.DateModified != "2026-03-09T10:00:00Z" {
		t.Errorf("dates %s and %s", got.DatePublished, got.DateModified)
	}
	if len(got.Image) != 4 || len(got.AssociatedMedia) != 1 || len(got.Correction) != 1 {
		t.Fatalf("%d photos, %d covered, %d corrections", len(got.Image), len(got.AssociatedMedia), len(got.Correction))
	}
	first := got.Image[0]
	if first.ContentURL != "https://news.example/2026/winter/"+in.Photos[2].Full || first.CreditText != "Jane Doe/AFP via Getty Images" ||
		first.Creator.Name != "Jane Doe" || first.CopyrightNotice != "© The Agency" || first.Width != 1600 || first.Height != 1067 {
		t.Errorf("%+v", first)
	}
}

func TestCardIsNeverACoveredPhoto(t *testing.T) {
	in := input()
	for id, p := range in.Photos {
		p.Sensitive = true
		in.Photos[id] = p
	}
	files := render(t, in)
	if html := string(files["index.html"].Data); strings.Contains(html, "og:image") || strings.Contains(html, "card.jpg") {
		t.Error("the page has a card although every photo is covered")
	}
	if html := string(files["embed.html"].Data); strings.Contains(html, "<img") {
		t.Error("the embed shows a covered photo")
	}
	if id, ok := page.CardPhoto(in.Essay, func(id int64) bool { return id != 3 }); id != 3 || !ok {
		t.Errorf("CardPhoto is %d, %v; want 3", id, ok)
	}
}

func TestWhereTheVotesStand(t *testing.T) {
	words := text("Words.")
	place := project.Block{Kind: project.KindVote}
	for name, c := range map[string]struct {
		votes  bool
		blocks []project.Block
		before string // what the widget stands before
		want   int
	}{
		"none asked for":   {false, []project.Block{words}, "", 0},
		"at the end":       {true, []project.Block{words}, "</div>", 1},
		"at a place":       {true, []project.Block{place, words}, "Words.", 1},
		"by a place alone": {false, []project.Block{place, words}, "Words.", 1},
		"two places":       {true, []project.Block{place, words, place}, "Words.", 1},
	} {
		t.Run(name, func(t *testing.T) {
			in := input()
			in.Essay.Votes, in.Essay.Blocks = c.votes, c.blocks
			html := string(render(t, in)["index.html"].Data)
			if got := strings.Count(html, "data-vote="); got != c.want {
				t.Fatalf("%d widgets, want %d", got, c.want)
			}
			if i := strings.Index(html, "data-vote="); c.want > 0 && !strings.Contains(html[i:], c.before) {
				t.Errorf("the widget stands after %q", c.before)
			}
			if embed := string(render(t, in)["embed.html"].Data); strings.Count(embed, "data-vote=") != c.want {
				t.Error("the embed differs")
			}
		})
	}
}

func TestWords(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*page.Input)
		has    []string
		hasNot []string
	}{
		"an essay in a language without words keeps them English, and says so": {
			func(in *page.Input) { in.Essay.Lang, in.Essay.Dir = "he-IL", "rtl" },
			[]string{`<html lang="he-IL" dir="rtl">`, `<a class="skip" href="#story" lang="en" dir="ltr">`},
			nil,
		},
		"a region needs no words of its own": {
			func(in *page.Input) { in.Essay.Lang = "en-GB" },
			[]string{`<a class="skip" href="#story">`},
			nil,
		},
		"a language that is a path": {
			func(in *page.Input) { in.Essay.Lang = "../../page/en" },
			[]string{"To top"},
			nil,
		},
		"no headline": {
			func(in *page.Input) { in.Essay.Headline = " " },
			[]string{`<h1 class="headline">Untitled essay</h1>`},
			nil,
		},
		"no alt text falls back to the caption, then to a word": {
			func(in *page.Input) { spoilPhoto(in, func(p *page.Photo) { p.Alt = "" }) },
			[]string{`alt="A nuthatch climbs down an oak in the municipal park."`, `alt="Photograph"`},
			[]string{`alt=""`},
		},
		"no canonical address leaves the card relative": {
			func(in *page.Input) { in.Essay.Canonical = "" },
			[]string{`property="og:image" content="photos/card.jpg"`},
			[]string{"canonical", "og:url"},
		},
		"a canonical address that is none": {
			func(in *page.Input) { in.Essay.Canonical = "mailto:desk@news.example" },
			nil,
			[]string{"canonical"},
		},
		"no dates": {
			func(in *page.Input) { in.Published, in.Modified = time.Time{}, time.Time{} },
			nil,
			[]string{"2026-03-08", "published_time", "Updated"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := input()
			c.change(&in)
			html := string(render(t, in)["index.html"].Data)
			for _, s := range c.has {
				if !strings.Contains(html, s) {
					t.Errorf("the page lacks %q", s)
				}
			}
			for _, s := range c.hasNot {
				if strings.Contains(html, s) {
					t.Errorf("the page holds %q:\n%s", s, around(html, s))
				}
			}
		})
	}
}

func TestThemes(t *testing.T) {
	themes := page.BuiltIn()
	if len(themes) != 3 || themes[0].Name != "broadsheet" {
		t.Fatalf("themes are %q", themes)
	}
	for _, theme := range themes {
		in := input()
		in.Theme = theme
		for _, need := range []string{"<article", "<h1", `id="lightbox"`, `id="words"`, "data-photo", "data-vote"} {
			if !strings.Contains(string(render(t, in)["index.html"].Data), need) {
				t.Errorf("theme %s lacks %s", theme.Name, need)
			}
		}
	}
}
