package export

import (
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"photodesk/export/page/browsertest"
	"photodesk/project"
)

// A folder of bundles becomes a site: newest first, covered photos on no card, valid and accessible, nobody's files replaced.
func TestIndexOfSeveralEssays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, first := newEssay(t, 2)
	exportTo(t, p, first, filepath.Join(dir, "storm"))
	var second int64
	must(t, p.Edit(t.Context(), "Another", func(tx *project.Tx) error {
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.Sensitive = true
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		if second, err = tx.AddEssay(project.Essay{Slug: "cover", Headline: "شتاء <b>الساحل</b>", Standfirst: "One & two.", Lang: "ar", Dir: "rtl", Byline: "Jane Doe"}); err != nil {
			return err
		}
		_, err = tx.AddBlock(second, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: 1}}})
		return err
	}))
	exportTo(t, p, second, filepath.Join(dir, "cover"))
	must(t, os.MkdirAll(filepath.Join(dir, "drafts"), 0o755))
	must(t, os.MkdirAll(filepath.Join(dir, "torn"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "torn", ManifestName), []byte(`{`), 0o644))

	o := SiteOptions{Title: "Photo essays", Lang: "en", Canonical: "https://news.example/photo/"}
	rep, err := Index(dir, o)
	must(t, err)
	if rep.Essays != 2 || len(rep.Skipped) != 1 || rep.Skipped["torn"] == "" {
		t.Errorf("report: %+v", rep)
	}
	html := read(t, filepath.Join(dir, "index.html"))
	for _, want := range []string{`href="storm/index.html"`, `href="cover/index.html"`, "شتاء &lt;b&gt;", `dir="rtl"`, `src="storm/photos/card-`, "2 photos"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(html, `src="cover/`) {
		t.Error("a covered photo stands on a card")
	}
	if strings.Index(html, "cover/index.html") > strings.Index(html, "storm/index.html") {
		t.Error("the newest essay is not first")
	}
	var feed struct {
		Entries []struct {
			ID    string `xml:"id"`
			Links []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	must(t, xml.Unmarshal([]byte(read(t, filepath.Join(dir, "feed.xml"))), &feed))
	if len(feed.Entries) != 2 || feed.Entries[0].ID == feed.Entries[1].ID || feed.Entries[0].Links[0].Href != "https://news.example/photo/cover/index.html" {
		t.Errorf("feed: %+v", feed)
	}
	browsertest.Valid(t, filepath.Join(dir, "index.html"))
	tab := browsertest.Open(t, 390, 844)
	for _, dark := range []bool{false, true} {
		tab.Scheme(dark)
		tab.Visit(browsertest.Address(t, dir))
		tab.Accessible("site")
	}
	if got := browsertest.Ask[bool](tab, `document.documentElement.scrollWidth <= innerWidth && [...document.images].every((i) => i.naturalWidth > 0)`); !got {
		t.Error("the site is wider than a phone, or lacks a photo")
	}

	// Again: the same bytes; with less in it, less.
	before := read(t, filepath.Join(dir, "index.html"))
	_, err = Index(dir, o)
	must(t, err)
	if read(t, filepath.Join(dir, "index.html")) != before {
		t.Error("the same folder gives another page")
	}
	must(t, os.RemoveAll(filepath.Join(dir, "cover")))
	rep, err = Index(dir, SiteOptions{})
	must(t, err)
	if rep.Essays != 1 || strings.Contains(read(t, filepath.Join(dir, "index.html")), "cover/") {
		t.Errorf("an essay that is gone is still shown: %+v", rep)
	}
	styles, err := filepath.Glob(filepath.Join(dir, "static", "page.*.css"))
	must(t, err)
	if len(styles) != 1 {
		t.Errorf("styles of before are left: %v", styles)
	}
}

func TestIndexReplacesNobodysFiles(t *testing.T) {
	dir := t.TempDir()
	p, essay := newEssay(t, 1)
	exportTo(t, p, essay, filepath.Join(dir, "storm"))
	must(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644))
	if _, err := Index(dir, SiteOptions{}); !errors.Is(err, ErrForeign) || read(t, filepath.Join(dir, "index.html")) != "mine" {
		t.Errorf("err %v", err)
	}
	if _, err := Index(t.TempDir(), SiteOptions{}); err == nil || !strings.Contains(err.Error(), "no bundle") {
		t.Errorf("an empty folder: %v", err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	must(t, err)
	return string(data)
}
