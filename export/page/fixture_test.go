package page_test

// This file owns what the tests render: a small essay with every kind of block,
// and a bundle of it whose photos are drawn here.

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"photodesk/export/page"
	"photodesk/export/votes"
	"photodesk/project"
)

func text(s string) project.Block { return project.Block{Kind: project.KindText, Text: s} }

func shows(kind project.BlockKind, width project.Width, ids ...int64) project.Block {
	b := project.Block{Kind: kind}
	for _, id := range ids {
		b.Placements = append(b.Placements, project.Placement{PhotoID: id, Width: width})
	}
	return b
}

func gallery(layout project.Layout, ids ...int64) project.Block {
	b := shows(project.KindGallery, project.WidthColumn, ids...)
	b.Layout = layout
	return b
}

// photo is a photo of the given ratio in three widths and two formats.
func photo(id int64, caption, credit string, width, height int) page.Photo {
	key := fmt.Sprintf("%012x", 0xbead00000000+id)
	candidates := func(ext string) (out []page.Candidate) {
		for _, w := range []int{1600, 480, 960} {
			out = append(out, page.Candidate{Path: fmt.Sprintf("photos/%s-%d.%s", key, w, ext), Width: w})
		}
		return out
	}
	return page.Photo{
		Photo: project.Photo{
			ID: id, Name: fmt.Sprintf("photo-%d.jpg", id), Caption: caption, CreditLine: credit,
			Byline: "Jane Doe", Copyright: "© The Agency", Alt: "What is seen in photo " + fmt.Sprint(id),
		},
		Width: width, Height: height, Placeholder: fmt.Sprintf("#%02x5544", 0x30+20*id), Key: key,
		Sources: []page.Source{{MediaType: "image/png", Candidates: candidates("png")}, {MediaType: "image/jpeg", Candidates: candidates("jpg")}},
		Full:    "photos/" + key + "-1600.jpg",
	}
}

// input is the essay of the golden page: every kind of block, a covered photo,
// a photo placed twice, votes on the essay and on a photo.
func input() page.Input {
	wine := photo(4, "A grower pours wine at the harvest fair.", "Jane Doe/AP", 1600, 2400)
	wine.Sensitive = true
	bare := photo(5, "", "", 1600, 1600)
	bare.Alt, bare.Byline, bare.Copyright = "", "", ""
	photos := map[int64]page.Photo{
		1: photo(1, "A nuthatch climbs down an oak in the municipal park.", "Jane Doe/AP", 1600, 1067),
		2: photo(2, "Cables of the new footbridge over the estuary at low tide.\nIt opened on Saturday.", "Jane Doe/AFP via Getty Images", 1600, 1067),
		3: photo(3, "The peaks seen from the pass.", "Jean-Paul al-Doe/AFP via Getty Images", 1600, 2400),
		4: wine,
		5: bare,
	}
	voted := shows(project.KindPhoto, project.WidthColumn, 1)
	voted.Placements[0].Vote = true
	return page.Input{
		Essay: &project.Essay{
			UID: "essay-1", Slug: "winter", Lang: "en", Dir: "ltr", Votes: true,
			Headline:   "A winter along the northern coast comes to its end",
			Standfirst: "Storms closed the ridge for most of the winter.",
			Byline:     "By Jane Doe", Dateline: "Saint-Nazaire",
			Canonical: "https://news.example/2026/winter/",
			Blocks: []project.Block{
				shows(project.KindPhoto, project.WidthWide, 2),
				text("The **first** warm week of *March*.\n\nIt has [brought](https://news.example/a?b=1&c=2) walkers back,\nsnow still lying."),
				voted,
				{Kind: project.KindHeading, Text: "A bridge by Saturday"},
				{Kind: project.KindQuote, Text: "You could hear the ridge at night.", Attribution: "Renée Doe, keeper"},
				gallery(project.LayoutPair, 1, 3),
				shows(project.KindPhoto, project.WidthFull, 2),
				shows(project.KindPhoto, project.WidthColumn, 4),
				{Kind: project.KindDivider},
				{Kind: project.KindVote},
				gallery(project.LayoutGrid, 1, 2, 3, 5),
				shows(project.KindCompare, project.WidthWide, 1, 2),
				gallery(project.LayoutSlideshow, 1, 2, 3),
				{Kind: project.KindVote},
			},
			Corrections: []project.Correction{{At: time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), Text: "An earlier version named the wrong lighthouse."}},
		},
		Photos:     photos,
		ProjectUID: "project-1",
		Card:       "photos/card.jpg",
		Published:  time.Date(2026, 3, 8, 6, 0, 0, 0, time.FixedZone("CET", 3600)),
		Modified:   time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC),
		Version:    "1.0.0",
	}
}

// shortWithService is a short essay whose votes are counted by a service.
func shortWithService() page.Input {
	in := input()
	voted := shows(project.KindPhoto, project.WidthColumn, 1)
	voted.Placements[0].Vote = true
	in.Essay.Blocks = []project.Block{text("Words."), voted, voted}
	in.VotesURL = "https://votes.news.example"
	in.Subject = func(kind, photoKey string) string { return votes.Sign(projectKey, kind, in.Essay.UID, photoKey) }
	return in
}

// projectKey is the key that a project would keep.
var projectKey = ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for the tests"))

// render renders and fails the test where it can't.
func render(t testing.TB, in page.Input) map[string]page.File {
	t.Helper()
	files, err := page.Render(in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]page.File{}
	for _, f := range files {
		out[f.Path] = f
	}
	return out
}

// bundle writes a page and its photos to a folder.
func bundle(t testing.TB, in page.Input) string {
	t.Helper()
	dir := t.TempDir()
	write := func(path string, data []byte) {
		t.Helper()
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range render(t, in) {
		write(f.Path, f.Data)
	}
	for _, p := range in.Photos {
		for _, s := range p.Sources {
			for _, c := range s.Candidates {
				write(c.Path, draw(t, s.MediaType, c.Width, c.Width*p.Height/p.Width, uint8(p.ID)))
			}
		}
	}
	return dir
}

// draw makes a plain photo: one colour, which compresses to nothing.
func draw(t testing.TB, mediaType string, w, h int, shade uint8) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.RGBA{60 * shade, 120, 160, 255}})
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, nil)
	if mediaType == "image/png" {
		b.Reset()
		err = png.Encode(&b, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
