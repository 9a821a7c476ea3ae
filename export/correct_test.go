package export

// This file owns the proof that whole bundles are correct, in every theme, whatever an essay holds: three essays (the sample, a
// real story where there is one beside the repository, and one whose every word is an attack).

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photodesk/assets"
	"photodesk/export/page/browsertest"
	"photodesk/project"
)

// essays are those that every theme has to carry.
var essays = map[string]func(*testing.T) (*project.Project, int64){
	"sample": sampleEssay, "story": sharedEssay, "hostile": hostileEssay,
}

func newProject(t *testing.T) *project.Project {
	t.Helper()
	p, err := project.Create(t.Context(), filepath.Join(t.TempDir(), "desk.photodesk"))
	must(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func sampleEssay(t *testing.T) (*project.Project, int64) {
	p := newProject(t)
	folder, err := fs.Sub(assets.Sample, "sample")
	must(t, err)
	essay, err := p.AddFromFolder(t.Context(), folder, "sample.json")
	must(t, err)
	return p, essay
}

// sharedEssay is a real story with real photographs, where the repository has some beside it; 0 where it hasn't.
func sharedEssay(t *testing.T) (*project.Project, int64) {
	text, err := os.ReadFile("../../shared/story.txt")
	if err != nil {
		return nil, 0
	}
	p := newProject(t)
	_, err = p.Import(t.Context(), []string{"../../shared/photos"}, nil)
	must(t, err)
	story, err := p.Match(t.Context(), string(text))
	must(t, err)
	essay, err := p.Paste(t.Context(), story, "story")
	must(t, err)
	return p, essay
}

// attacks are words that would run a script, load something or break out of where they stand, if they were ever taken for more
// than words. Each sets window.pwned where it succeeds.
var attacks = []string{
	`<script>window.pwned=1</script>`,
	`"><img src=x onerror="window.pwned=2">`,
	`'><svg onload=window.pwned=3>`,
	`</script><script>window.pwned=4</script>`,
	`</title><script>window.pwned=5</script>`,
	`</style><script>window.pwned=6</script>`,
	`--><script>window.pwned=7</script><!--`,
	`]]><script>window.pwned=8</script>`,
	`[a link](javascript:window.pwned=9) [another](data:text/html,<script>window.pwned=9</script>)`,
	"[a\tlink](java\nscript:window.pwned=10)",
	`{{.}} {{template "head" .}} ${window.pwned=11}`,
	`**bold <b onmouseover=window.pwned=12>*mixed** markup*`,
	"\u202egnp.exe\u202c \u0000\u0007\u2028\ufeff\ufffe",
	`&lt;script&gt;window.pwned=13&lt;/script&gt; &#60;script>`,
	`\u003cscript\u003ewindow.pwned=14\u003c/script\u003e`,
	`<iframe srcdoc="<script>parent.pwned=15</script>"></iframe><base href="https://evil.example/">`,
	`<meta http-equiv=refresh content="0;url=https://evil.example/">`,
	`" autofocus onfocus="window.pwned=16`,
	`url(https://evil.example/x) ; } body { background: url(https://evil.example/y)`,
	strings.Repeat("Donaudampfschifffahrt", 40),
	"مرحبا <script>window.pwned=17</script> שלום",
	"🏳️‍🌈🧑🏾‍🚒 \u0301\u0301\u0301\u0301",
}

// hostileEssay says an attack wherever an essay can say anything.
func hostileEssay(t *testing.T) (*project.Project, int64) {
	p := newProject(t)
	photos := t.TempDir()
	for i := range attacks {
		// File names reach no page, but they reach everything on the way to it.
		writePhoto(t, filepath.Join(photos, fmt.Sprintf(`%02d "><img src=x onerror=alert(1)> ..`+"\u202e"+`.jpg`, i)), 700, 500, i)
	}
	rep, err := p.Import(t.Context(), []string{photos}, nil)
	must(t, err)
	if len(rep.Failed) > 0 {
		t.Fatalf("not imported: %+v", rep.Failed)
	}
	all := strings.Join(attacks, "\n\n")
	var essay int64
	must(t, p.Edit(t.Context(), "Attack", func(tx *project.Tx) error {
		var err error
		essay, err = tx.AddEssay(project.Essay{
			Slug: "hostile", Headline: attacks[0] + attacks[1] + attacks[4], Standfirst: all, Byline: attacks[17], Dateline: attacks[12],
			Lang: "en", Dir: "ltr", Votes: true, Canonical: `https://news.example/"><script>window.pwned=18</script>/`,
		})
		if err != nil {
			return err
		}
		last := int64(0)
		add := func(b project.Block) {
			if err == nil {
				last, err = tx.AddBlock(essay, last, b)
			}
		}
		add(project.Block{Kind: project.KindText, Text: all})
		for i, words := range attacks {
			ph, err := tx.Photo(rep.Imported[i].ID)
			if err != nil {
				return err
			}
			ph.Caption, ph.Alt, ph.CreditLine, ph.Copyright, ph.Headline = words, words+" ", words, words, words
			ph.Byline, ph.UsageTerms, ph.Description, ph.SourceType = words, words, words, words
			ph.Sensitive, ph.SensitiveWhy = i%5 == 4, words
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
			kind := project.Block{Kind: project.KindPhoto}
			if i%7 == 6 {
				kind = project.Block{Kind: project.KindGallery, Layout: project.LayoutSlideshow}
			}
			kind.Placements = []project.Placement{{PhotoID: ph.ID, Vote: i%6 == 0, Width: []project.Width{project.WidthColumn, project.WidthWide, project.WidthFull}[i%3]}}
			add(kind)
			add(project.Block{Kind: project.KindHeading, Text: words})
			add(project.Block{Kind: project.KindQuote, Text: words, Attribution: words})
		}
		return err
	}))
	must(t, p.Edit(t.Context(), "Correct", func(tx *project.Tx) error {
		_, err := tx.AddCorrection(essay, time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), attacks[3])
		return err
	}))
	return p, essay
}

// expectOf counts what a page has to show of an essay.
func expectOf(t *testing.T, p *project.Project, essay int64) (want browsertest.Expect) {
	t.Helper()
	e, err := p.Essay(t.Context(), essay)
	must(t, err)
	photos, err := p.PhotosOf(t.Context(), essay)
	must(t, err)
	if e.Votes {
		want.Votes++
	}
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			want.Photos++
			if pl.Vote {
				want.Votes++
			}
			if photos[pl.PhotoID].Sensitive {
				want.Covered++
			}
		}
	}
	return want
}

// renewed lets every photo be shown: what its licence says is another test's business.
func renewed(t *testing.T, p *project.Project, essay int64) {
	t.Helper()
	photos, err := p.PhotosOf(t.Context(), essay)
	must(t, err)
	must(t, p.Edit(t.Context(), "Renew", func(tx *project.Tx) error {
		for _, ph := range photos {
			ph.Embargo, ph.Expires = "", ""
			if ph.CreditLine == "" {
				ph.CreditLine = "Jane Doe/AP"
			}
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Every theme carries every essay: valid, accessible at a phone's and a desktop's width, in light and dark, with the lightbox
// open and closed, within the budget, and behaving as promised.
func TestEveryThemeCarriesEveryEssay(t *testing.T) {
	t.Parallel()
	var pages []string
	dir := t.TempDir() // the pages outlive the themes' tests
	t.Run("themes", func(t *testing.T) {
		for name, make := range essays {
			p, essay := make(t)
			if p == nil {
				t.Logf("no shared folder beside the repository: %s is left out", name)
				continue
			}
			renewed(t, p, essay)
			want := expectOf(t, p, essay)
			for _, theme := range Themes()[:3] {
				out := filepath.Join(dir, name+"-"+theme)
				_, err := Export(t.Context(), p, essay, Options{Out: out, Theme: theme, Cache: t.TempDir(), FixedQuality: true}, nil)
				must(t, err)
				pages = append(pages, filepath.Join(out, "index.html"), filepath.Join(out, "embed.html"))
				budget(t, out)
				t.Run(name+"/"+theme, func(t *testing.T) {
					t.Parallel()
					// Behaviour doesn't hang on the words: one theme proves it for the hostile ones.
					if name != "hostile" || theme == Themes()[0] {
						browsertest.Check(t, out, want)
					}
					accessible(t, out)
				})
			}
		}
	})
	browsertest.Valid(t, pages...)
}

func accessible(t *testing.T, bundle string) {
	t.Helper()
	for _, size := range [][2]int64{{390, 844}, {1440, 900}} {
		tab := browsertest.Open(t, size[0], size[1])
		for _, dark := range []bool{false, true} {
			if dark != (size[0] > 600) && strings.HasPrefix(filepath.Base(bundle), "hostile") {
				continue // words have no scheme
			}
			at := fmt.Sprintf("%s at %d px, dark %v", filepath.Base(bundle), size[0], dark)
			tab.Scheme(dark)
			tab.Visit(browsertest.Address(t, bundle))
			tab.Accessible(at)
			tab.Do(`location.hash = document.querySelector("figure[data-photo]").id`)
			tab.Wait(`document.querySelector("dialog").open`)
			tab.Accessible(at + ", lightbox open")
			tab.Visit(strings.Replace(browsertest.Address(t, bundle), "index.html", "embed.html", 1))
			tab.Accessible(at + ", embed")
		}
	}
}

// What a page may weigh beside its photos, in bytes; gzip is what a server sends.
func budget(t *testing.T, bundle string) {
	t.Helper()
	for pattern, limit := range map[string]int{"static/*.js": 8 << 10, "static/page.*.css": 8 << 10, "static/*.woff2": 64 << 10} {
		files, err := filepath.Glob(filepath.Join(bundle, filepath.FromSlash(pattern)))
		must(t, err)
		if len(files) == 0 {
			t.Errorf("%s has no %s", bundle, pattern)
		}
		sum := 0
		for _, name := range files {
			data, err := os.ReadFile(name)
			must(t, err)
			if path.Ext(pattern) == ".woff2" {
				sum += len(data)
				continue
			}
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			_, err = w.Write(data)
			must(t, err)
			must(t, w.Close())
			sum += b.Len()
		}
		if sum > limit {
			t.Errorf("%s: %s weigh %d bytes; the budget is %d", filepath.Base(bundle), pattern, sum, limit)
		}
	}
}

// No word of an essay ever runs: in the page, with its lightbox open at every photo, in the embed, in plain HTML and in a feed.
func TestHostileWordsNeverRun(t *testing.T) {
	t.Parallel()
	p, essay := hostileEssay(t)
	out := filepath.Join(t.TempDir(), "bundle")
	_, err := Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir(), FixedQuality: true, Zip: true}, nil)
	must(t, err)
	html, err := HTML(t.Context(), p, essay, Options{Cache: t.TempDir(), FixedQuality: true}, nil)
	must(t, err)
	code, err := EmbedCode(t.Context(), p, essay)
	must(t, err)
	// Pages of others have no policy: these words have to be harmless by themselves.
	for name, body := range map[string]string{"cms.html": html, "around.html": code} {
		must(t, os.WriteFile(filepath.Join(out, name), []byte(`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A page</title><body>`+body), 0o644))
	}
	server := httptest.NewServer(http.FileServer(http.Dir(out)))
	t.Cleanup(server.Close)
	for _, name := range []string{"index.html", "embed.html", "cms.html", "around.html", "entry.xml"} {
		tab := browsertest.Open(t, 1440, 900)
		tab.Visit(server.URL + "/" + name)
		if name == "index.html" {
			for range len(attacks) {
				tab.Do(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
			}
			ids := browsertest.Ask[[]string](tab, `[...document.querySelectorAll("figure[data-photo]")].map((f) => f.id)`)
			for _, id := range ids {
				tab.Do(`location.hash = "` + id + `"`)
				tab.Wait(`document.querySelector("dialog").open`)
			}
			tab.Do(`document.querySelectorAll("button, [onmouseover]").forEach((b) => b.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})))`)
		}
		if got := browsertest.Ask[string](tab, `String(window.pwned)`); got != "undefined" {
			t.Errorf("%s: attack %s ran", name, got)
		}
		if n := browsertest.Ask[int](tab, `document.querySelectorAll("[onerror], [onload], [onfocus], [onmouseover], base, iframe[srcdoc], meta[http-equiv=refresh], a[href^='javascript:'], a[href^='data:']").length`); n != 0 {
			t.Errorf("%s: %d elements that nobody wrote", name, n)
		}
		for _, r := range tab.Requests() {
			if strings.Contains(r, "evil.example") {
				t.Errorf("%s asked for %s", name, r)
			}
		}
	}
	within(t, out)
}

// within proves that a bundle's zip holds nothing that would be unpacked beside it.
func within(t *testing.T, bundle string) {
	t.Helper()
	z, err := zip.OpenReader(bundle + ".zip")
	must(t, err)
	defer z.Close()
	if len(z.File) == 0 {
		t.Error("the zip is empty")
	}
	for _, f := range z.File {
		if !fs.ValidPath(f.Name) || strings.ContainsAny(f.Name, `\:`) || !strings.HasPrefix(f.Name, "hostile/") || !f.Mode().IsRegular() {
			t.Errorf("the zip holds %q, mode %v", f.Name, f.Mode())
		}
	}
}
