package export

// This file owns the proof of what a page is on paper: black on white in every theme and scheme, every photo whole and with its
// words, covers closed, and nothing to press.

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photodesk/export/page/browsertest"
	"photodesk/project"
)

// printEssay has what paper has to change: an opening photo, a link, a grid, a slideshow, a comparison, a cover, photos of every
// width and shape, votes and a correction.
func printEssay(t *testing.T) (*project.Project, int64) {
	p := newProject(t)
	photos := t.TempDir()
	shapes := [][2]int{{900, 600}, {600, 900}, {1200, 500}, {700, 700}}
	for i := range 16 {
		s := shapes[i%len(shapes)]
		writePhoto(t, filepath.Join(photos, fmt.Sprintf("%02d.jpg", i)), s[0], s[1], i)
	}
	rep, err := p.Import(t.Context(), []string{photos}, nil)
	must(t, err)
	var essay int64
	must(t, p.Edit(t.Context(), "Print", func(tx *project.Tx) error {
		var err error
		essay, err = tx.AddEssay(project.Essay{
			Slug: "paper", Headline: "A headline for paper", Standfirst: "A standfirst for paper.", Byline: "Jane Writer", Dateline: "Reykjavík",
			Lang: "en", Dir: "ltr", Votes: true,
		})
		last, next := int64(0), 0
		add := func(b project.Block, photos int) {
			for range photos {
				b.Placements = append(b.Placements, project.Placement{
					PhotoID: rep.Imported[next].ID, Vote: next%3 == 0,
					Width: []project.Width{project.WidthFull, project.WidthColumn, project.WidthWide}[next%3],
				})
				next++
			}
			if err == nil {
				last, err = tx.AddBlock(essay, last, b)
			}
		}
		add(project.Block{Kind: project.KindPhoto}, 1)
		add(project.Block{Kind: project.KindText, Text: strings.Repeat("The sea was calm, says [the log](https://news.example/log). ", 30)}, 0)
		add(project.Block{Kind: project.KindPhoto}, 1)
		add(project.Block{Kind: project.KindGallery, Layout: project.LayoutGrid}, 5)
		add(project.Block{Kind: project.KindHeading, Text: "What came after"}, 0)
		add(project.Block{Kind: project.KindGallery, Layout: project.LayoutSlideshow}, 5)
		add(project.Block{Kind: project.KindCompare}, 2)
		add(project.Block{Kind: project.KindPhoto}, 1)
		add(project.Block{Kind: project.KindPhoto}, 1)
		for i, im := range rep.Imported {
			ph, e := tx.Photo(im.ID)
			if e != nil {
				return e
			}
			ph.Caption, ph.CreditLine, ph.Alt = fmt.Sprintf("Caption of photo %02d.", i), fmt.Sprintf("Photographer %02d/AP", i), "Waves"
			ph.Sensitive, ph.SensitiveWhy = i == 14, "Shows an injury"
			if e := tx.UpdatePhoto(ph); e != nil {
				return e
			}
		}
		return err
	}))
	must(t, p.Edit(t.Context(), "Correct", func(tx *project.Tx) error {
		_, err := tx.AddCorrection(essay, time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), "The harbour was named wrongly.")
		return err
	}))
	return p, essay
}

func TestPrintedPage(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(*testing.T) (*project.Project, int64){
		"paper": printEssay, "sample": sampleEssay, "story": sharedEssay,
	} {
		p, essay := make(t)
		if p == nil {
			t.Logf("no shared folder beside the repository: %s is left out", name)
			continue
		}
		renewed(t, p, essay)
		e, err := p.Essay(t.Context(), essay)
		must(t, err)
		photos, err := p.PhotosOf(t.Context(), essay)
		must(t, err)
		cache, schemes := t.TempDir(), 1
		if name == "paper" {
			schemes = 2
		}
		for _, theme := range Themes()[:3] {
			dir := filepath.Join(t.TempDir(), "bundle")
			_, err := Export(t.Context(), p, essay, Options{Out: dir, Theme: theme, Cache: cache, FixedQuality: true}, nil)
			must(t, err)
			// The scheme of the window and the backgrounds are what could darken the paper.
			for _, dark := range []bool{true, false}[:schemes] {
				t.Run(fmt.Sprintf("%s/%s/dark %v", name, theme, dark), func(t *testing.T) {
					tab := browsertest.Open(t, 1280, 900)
					tab.Scheme(dark)
					tab.Visit(browsertest.Address(t, dir))
					file := filepath.Join(t.ArtifactDir(), "page.pdf")
					must(t, os.WriteFile(file, tab.PDF(dark), 0o644))
					saysOnPaper(t, file, e, photos)
					whiteOnPaper(t, file)
					wholeOnPaper(t, file, e, photos)
				})
			}
		}
	}
}

// saysOnPaper proves that all words are there, the headline first and the credits last, and none of what is only for pressing.
func saysOnPaper(t *testing.T, file string, e *project.Essay, photos map[int64]project.Photo) {
	t.Helper()
	text := strings.Join(strings.Fields(reads(t, "pdftotext", file, "-")), " ")
	lower := strings.ToLower(text)
	has := func(words string) {
		// A line's end parts words anywhere, also at a hyphen.
		squeeze := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), "") }
		if !strings.Contains(squeeze(lower), squeeze(words)) {
			t.Errorf("the paper doesn't say %q", words)
		}
	}
	has(e.Headline)
	has(e.Byline)
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			ph := photos[pl.PhotoID]
			if pl.Caption != nil {
				ph.Caption = *pl.Caption
			}
			has(ph.Caption)
			has(ph.CreditLine)
			if ph.Sensitive {
				has(ph.SensitiveWhy)
			}
		}
	}
	for _, never := range []string{"upvote", "downvote", "points", "skip to", "show photo", "back to top", "1 of "} {
		if strings.Contains(lower, never) {
			t.Errorf("the paper says %q", never)
		}
	}
	if e.Slug != "paper" {
		return
	}
	at := -1
	for _, words := range []string{"A headline for paper", "Jane Writer", "Caption of photo 00.", "https://news.example/log", "Caption of photo 15.", "The harbour was named wrongly.", "Photographs"} {
		i := strings.LastIndex(lower, strings.ToLower(words))
		if i <= at {
			t.Errorf("%q doesn't stand where it has to: %q", words, text)
		}
		at = i
	}
}

// whiteOnPaper proves that the ground of every page is white, and that something stands on it.
func whiteOnPaper(t *testing.T, file string) {
	t.Helper()
	for i, img := range pagesOf(t, file, 30) {
		b, margin, dark := img.Bounds(), 8, false
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				r, g, bl, _ := img.At(x, y).RGBA()
				edge := x < b.Min.X+margin || x >= b.Max.X-margin || y < b.Min.Y+margin || y >= b.Max.Y-margin
				if edge && min(r, g, bl) < 0xffff {
					t.Fatalf("page %d isn't white at %d, %d", i+1, x, y)
				}
				dark = dark || min(r, g, bl) < 0x8000
			}
		}
		if !dark {
			t.Errorf("page %d is empty", i+1)
		}
	}
}

func pagesOf(t *testing.T, file string, dpi int) []image.Image {
	t.Helper()
	dir := t.TempDir()
	reads(t, "pdftoppm", "-r", fmt.Sprint(dpi), "-png", file, filepath.Join(dir, "page"))
	names, err := filepath.Glob(filepath.Join(dir, "*.png"))
	must(t, err)
	var out []image.Image
	for _, name := range names {
		f, err := os.Open(name)
		must(t, err)
		img, err := png.Decode(f)
		must(t, err)
		must(t, f.Close())
		out = append(out, img)
	}
	if len(out) == 0 {
		t.Fatalf("%s has no pages", file)
	}
	return out
}

// wholeOnPaper proves that every photo that isn't covered is drawn once, whole, within one page, and beside its words: a photo
// parted by a page's end would be drawn on both pages, out of the bounds of each.
func wholeOnPaper(t *testing.T, file string, e *project.Essay, photos map[int64]project.Photo) {
	t.Helper()
	want := 0
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			if !photos[pl.PhotoID].Sensitive {
				want++
			}
		}
	}
	var doc struct {
		Pages []struct {
			Number int     `xml:"number,attr"`
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Images []struct {
				Top    float64 `xml:"top,attr"`
				Left   float64 `xml:"left,attr"`
				Width  float64 `xml:"width,attr"`
				Height float64 `xml:"height,attr"`
			} `xml:"image"`
		} `xml:"page"`
	}
	out := filepath.Join(t.TempDir(), "page.xml")
	reads(t, "pdftohtml", "-xml", "-q", "-zoom", "1", file, out)
	data, err := os.ReadFile(out)
	must(t, err)
	must(t, xml.Unmarshal(data, &doc))
	got := 0
	for _, p := range doc.Pages {
		for _, i := range p.Images {
			got++
			if i.Top < 30 || i.Left < 30 || i.Top+i.Height > p.Height-30 || i.Left+i.Width > p.Width-30 {
				t.Errorf("a photo leaves page %d: %+v", p.Number, i)
			}
			if i.Width < 60 || i.Height < 60 {
				t.Errorf("a photo on page %d is %v by %v points", p.Number, i.Width, i.Height)
			}
		}
	}
	if got != want {
		t.Errorf("%d photos are drawn on paper, not %d", got, want)
	}
}
