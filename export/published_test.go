package export

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"photodesk/project"
)

func publishedAt(t *testing.T, p *project.Project, essay int64, at time.Time) {
	t.Helper()
	must(t, p.Edit(t.Context(), "Change publication time", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Canonical, e.Published = "https://news.example/winter/", at
		return tx.UpdateEssay(e)
	}))
}

// When an essay came out is what its editor says, in every file that tells it; where nobody said, no file does.
func TestPublicationTimeIsWhatTheEditorSays(t *testing.T) {
	p, essay := sampleEssay(t)
	// The evening of the 7th in New York is the 8th in Greenwich: readers are told the day there.
	at := time.Date(2026, 3, 7, 22, 30, 0, 0, time.FixedZone("", -5*3600))
	const iso = "2026-03-07T22:30:00-05:00"
	told := map[string][]string{
		"index.html": {`"datePublished":"` + iso + `"`, `<meta property="article:published_time" content="` + iso + `">`, `<time datetime="` + iso + `"`, "7 March 2026"},
		"entry.xml":  {"<published>" + iso + "</published>"},
		"story.json": {`"published": "` + iso + `"`},
	}
	for _, said := range []bool{true, false} {
		if !said {
			at = time.Time{}
		}
		publishedAt(t, p, essay, at)
		dir := t.TempDir()
		first, again := filepath.Join(dir, "first"), filepath.Join(dir, "again")
		exportTo(t, p, essay, first)
		exportTo(t, p, essay, again)
		for name, all := range told {
			text := read(t, filepath.Join(first, name))
			if text != read(t, filepath.Join(again, name)) {
				t.Errorf("%s differs from one export to the next", name)
			}
			for _, want := range all {
				if strings.Contains(text, want) != said {
					t.Errorf("%s has %s: %v, want %v", name, want, !said, said)
				}
			}
		}
		e, err := p.Essay(t.Context(), essay)
		must(t, err)
		if !e.Published.Equal(at) {
			t.Errorf("an export made it come out at %v", e.Published)
		}
		if _, err := Index(dir, SiteOptions{Canonical: "https://news.example/"}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(read(t, filepath.Join(dir, "feed.xml")), "<published>"+iso+"</published>"); got != said {
			t.Errorf("the feed says when it came out: %v", got)
		}
		if got := strings.Contains(read(t, filepath.Join(dir, "index.html")), iso); got != said {
			t.Errorf("its card says when it came out: %v", got)
		}
	}
}

// An essay that was finished before it comes out was not changed for its readers.
func TestPublicationAhead(t *testing.T) {
	p, essay := sampleEssay(t)
	noted := func() bool {
		problems, err := Check(t.Context(), p, essay)
		must(t, err)
		return slices.ContainsFunc(problems, func(pr Problem) bool { return pr.Code == "published-ahead" && pr.Severity == SeverityNote })
	}
	publishedAt(t, p, essay, time.Now().AddDate(0, 0, -1).Truncate(time.Second))
	if noted() {
		t.Error("yesterday lies ahead")
	}
	ahead := time.Now().AddDate(0, 0, 3).UTC().Truncate(time.Second)
	publishedAt(t, p, essay, ahead)
	if !noted() {
		t.Error("Check doesn't note that the time lies ahead")
	}
	out := filepath.Join(t.TempDir(), "bundle")
	exportTo(t, p, essay, out)
	html := read(t, filepath.Join(out, "index.html"))
	for _, not := range []string{"dateModified", "article:modified_time"} {
		if strings.Contains(html, not) {
			t.Errorf("the page has %s before it comes out", not)
		}
	}
	if entry := read(t, filepath.Join(out, "entry.xml")); !strings.Contains(entry, "<updated>"+ahead.Format(time.RFC3339)+"</updated>") {
		t.Errorf("the entry was changed before it comes out:\n%s", entry)
	}
}
