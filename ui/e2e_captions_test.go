package ui

// This file owns the tests of captioning, the credits review and the check in the
// real program.

import (
	"path/filepath"
	"strings"
	"testing"

	"photodesk/export"
	"photodesk/project"
)

// imported brings three photos in and closes the review that may follow.
func (s *stageE2E) imported() {
	s.t.Helper()
	files := somePhotos(s.t)
	s.key("ctrl+shift+i")
	s.typing(strings.Join(files, "\n"))
	s.key("ctrl+Return")
	s.until("imported", func(p *project.Project) bool {
		photos, err := p.Photos(s.t.Context(), project.Filter{})
		return err == nil && len(photos) == len(files)
	})
	s.settled()
	s.key("Escape")
	s.settled()
}

// pasted makes an essay of a story.
func (s *stageE2E) pasted(story string) {
	s.t.Helper()
	s.key("ctrl+shift+v")
	s.typing(story)
	looks := 0
	s.until("pasted", func(p *project.Project) bool {
		if theEssay(s.t, p) != nil {
			return true
		}
		if looks++; looks%20 == 10 {
			s.clickIn(1080, 720, 1080-70, 720-36)
		}
		return false
	})
	s.settled()
}

func TestRealCaptioning(t *testing.T) {
	s := newE2E(t)
	s.imported()

	// A code, kept in the project. The command is found by its name.
	s.key("ctrl+shift+p")
	s.typing("Code replacements")
	s.key("Return")
	s.typing("9")
	s.key("Tab")
	s.typing("Jane Doe (9)")
	s.key("ctrl+Return")
	s.until("a code", func(p *project.Project) bool {
		codes, err := p.Codes(t.Context())
		return err == nil && len(codes) == 1 && codes[0].Texts[0] == "Jane Doe (9)"
	})

	// Two photos without the pointer: caption, Tab, credit, the next one.
	s.key("ctrl+shift+c")
	for i, credit := range []string{"Jane Doe/AP", "John Doe/Reuters"} {
		s.key("ctrl+a")
		s.typing(`\9\ in {name}, again.`)
		s.key("Tab")
		s.key("ctrl+a")
		s.typing(credit)
		s.key("shift+Tab") // back to the caption, where the next photo is to begin
		if i == 0 {
			s.key("Next")
		}
	}
	s.key("Escape")
	words := func(p *project.Project, i int) string {
		photos, err := p.Photos(t.Context(), project.Filter{})
		if err != nil || i >= len(photos) {
			return ""
		}
		ph := photos[i]
		return strings.TrimSuffix(ph.Name, filepath.Ext(ph.Name)) + ": " + ph.Caption + " " + ph.CreditLine
	}
	s.until("captioned", func(p *project.Project) bool {
		return strings.HasPrefix(words(p, 0), "bridge: Jane Doe (9) in bridge, again. Jane Doe/AP") &&
			strings.HasPrefix(words(p, 1), "dandelions: Jane Doe (9) in dandelions, again. John Doe/Reuters")
	})
	s.settled()
	s.key("ctrl+z")
	s.until("the last field undone", func(p *project.Project) bool {
		return !strings.HasSuffix(words(p, 1), "again. John Doe/Reuters")
	})
	s.key("ctrl+q")
	s.quit()
}

func TestRealCreditsReview(t *testing.T) {
	s := newE2E(t)
	s.imported()
	s.pasted("A winter along the coast comes to its end\n\nThe first warm week of March has brought walkers back to the coast path.\n\n" +
		"A nuthatch climbs down an oak in the municipal park. Jane Doe/AP)\n")
	line := func(p *project.Project) string {
		ids := theEssay(t, p).PhotoIDs()
		if len(ids) == 0 {
			return ""
		}
		ph, err := p.Photo(t.Context(), ids[0])
		if err != nil {
			return ""
		}
		return ph.CreditLine
	}
	s.until("cleaned", func(p *project.Project) bool { return line(p) == "Jane Doe/AP" })

	// The review came by itself: one line, taken back.
	s.clickIn(820, 580, 735, 161)
	s.settled()
	s.clickIn(820, 580, 774, 543)
	s.until("taken back", func(p *project.Project) bool { return line(p) == "Jane Doe/AP)" })
	s.settled()

	// It is there to be cleaned again, by hand or by undo.
	s.key("ctrl+z")
	s.until("cleaned again", func(p *project.Project) bool { return line(p) == "Jane Doe/AP" })
	s.key("ctrl+q")
	s.quit()
}

func TestRealCheckWithAnOverruledWarning(t *testing.T) {
	s := newE2E(t)
	s.imported()
	s.pasted(wire)
	s.key("Escape")
	s.settled()
	overruled := func(p *project.Project) []project.Overruled {
		list, err := p.Overruled(t.Context(), theEssay(t, p).ID)
		if err != nil {
			return nil
		}
		return list
	}
	s.key("F7")
	s.settled()
	s.key("o") // the first: there is no error
	s.typing("Described in the text")
	s.key("Return")
	s.until("overruled", func(p *project.Project) bool {
		list := overruled(p)
		return len(list) == 1 && list[0].Reason == "Described in the text"
	})
	s.key("ctrl+z")
	s.until("undone", func(p *project.Project) bool { return len(overruled(p)) == 0 })
	s.key("ctrl+shift+z")
	s.until("redone", func(p *project.Project) bool { return len(overruled(p)) == 1 })
	s.settled()
	s.key("ctrl+q")
	s.quit()

	p, err := project.Open(t.Context(), s.path, project.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	problems, err := export.Check(t.Context(), p, theEssay(t, p).ID)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, pr := range problems {
		if pr.Overruled != nil {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d warnings are overruled in %+v", n, problems)
	}
	bundle := filepath.Join(t.TempDir(), "bundle")
	if _, err := export.Export(t.Context(), p, theEssay(t, p).ID, export.Options{Out: bundle, Cache: t.TempDir()}, nil); err != nil {
		t.Fatal(err)
	}
	m, err := export.ReadManifest(bundle)
	if err != nil || len(m.Overruled) != 1 || m.Overruled[0].Reason != "Described in the text" {
		t.Errorf("the bundle says %+v (%v)", m, err)
	}
}
