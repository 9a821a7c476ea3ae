package ui

// This file owns the shortest session on the real program: from photographs to
// a bundle by keys alone, with the strokes and the seconds that it takes.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photodesk/export"
	"photodesk/project"
)

func TestRealKeysAlone(t *testing.T) {
	s := newE2E(t)
	files := somePhotos(t)
	strokes, began := 0, time.Now()
	press := func(key string) {
		strokes++
		s.key(key)
	}
	opens := func(key, what string) {
		t.Helper()
		strokes++
		s.answered(key, what)
	}
	opens("ctrl+shift+i", "the import's question")
	s.typing(strings.Join(files, "\n"))
	press("ctrl+Return")
	s.until("imported", func(p *project.Project) bool { return photosIn(t, p) == len(files) })
	s.settled()
	press("Escape") // the review of credit lines, where the photos bring some

	opens("ctrl+shift+v", "the paste review")
	s.typing(strings.TrimSpace(wire)) // an editor's is in the clipboard, and stands there already
	press("ctrl+Return")              // at once: the essay is made as soon as the story is recognised
	var slug string
	s.until("an essay", func(p *project.Project) bool {
		e := theEssay(t, p)
		if e != nil {
			slug = e.Slug
		}
		return e != nil && len(e.PhotoIDs()) == 2
	})
	s.settled()
	press("Escape") // the review of credit lines

	opens("ctrl+e", "the export form")
	s.typing("Seen")
	press("Return")
	bundle := filepath.Join(s.home, "Photodesk", "Bundles", slug)
	s.wait("the bundle", func() bool {
		_, err := os.Stat(filepath.Join(bundle, "bundle.json"))
		return err == nil
	})
	t.Logf("%d strokes beside the words, %.1f s", strokes, time.Since(began).Seconds())
	if strokes > 9 {
		t.Errorf("%d strokes from photographs to a bundle", strokes)
	}
	if v, err := export.Verify(bundle); err != nil || !v.OK() {
		t.Errorf("the bundle: %+v, %v", v, err)
	}
	s.settled()
	s.key("Escape") // what was written
	s.settled()
	s.key("ctrl+q")
	s.quit()
}
