package ui

// This file owns the scripted sessions on the real program for what every
// editor does all day: finding a command, choosing photos, paging through the
// gallery, cancelling what takes too long; and changing the window's language.

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"photodesk/project"
)

// answered presses a key and waits until the screen shows something else. A
// field with a caret never rests, so that this doesn't wait for quiet.
func (s *stageE2E) answered(key, what string) {
	s.t.Helper()
	was := s.screen()
	s.key(key)
	s.wait(what, func() bool { return s.screen() != was })
}

// changed is answered where nothing blinks: it waits for a quiet screen too.
func (s *stageE2E) changed(key, what string) {
	s.t.Helper()
	s.answered(key, what)
	s.settled()
}

// command runs one by the palette. Keys are events in one queue: each finds
// what the one before has opened.
func (s *stageE2E) command(letters string) {
	s.t.Helper()
	s.answered("ctrl+shift+p", "the palette")
	s.typing(letters)
	s.answered("Return", "the command "+letters)
}

// brought imports files by the keyboard.
func (s *stageE2E) brought(files []string) {
	s.t.Helper()
	s.answered("ctrl+shift+i", "the import's question")
	s.typing(strings.Join(files, "\n"))
	s.key("ctrl+Return")
	s.until("imported", func(p *project.Project) bool { return photosIn(s.t, p) == len(files) })
	s.settled()
	s.key("Escape") // the review of credit lines, where the photos bring some
	s.settled()
}

func photosIn(t testing.TB, p *project.Project) int {
	list, err := p.Photos(t.Context(), project.Filter{})
	if err != nil {
		return -1
	}
	return len(list)
}

func headlines(t testing.TB, p *project.Project) string {
	list, err := p.Essays(t.Context())
	if err != nil {
		return ""
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Headline)
	}
	return strings.Join(out, "; ")
}

// TestRealPaletteAndLanguage makes an essay by the palette, turns the window to
// German in the preferences without the mouse, and makes another by a command
// that has only its German name now.
func TestRealPaletteAndLanguage(t *testing.T) {
	s := newE2E(t)
	s.command("new essay")
	s.typing("Harbour")
	s.key("Return")
	s.until("an essay", func(p *project.Project) bool { return headlines(t, p) == "Harbour" })

	s.answered("ctrl+comma", "the preferences")
	s.key("Tab")  // the language
	for range 6 { // the list opens, then: system, English, Español, Français, Deutsch
		s.key("Down")
	}
	s.key("Return")
	s.wait("the choice", func() bool { return s.preference("language") == "de" })
	for range 11 {
		s.key("Tab")
	}
	s.answered("space", "Close")
	s.command("neue reportage")
	s.typing("Hafen")
	s.key("Return")
	s.until("an essay by its German name", func(p *project.Project) bool {
		h, err := p.History(t.Context())
		return err == nil && len(h) > 0 && strings.Contains(headlines(t, p), "Hafen") && h[len(h)-1].Label == "Neue Reportage"
	})
	s.key("ctrl+q")
	s.quit()
}

// preference reads what the program keeps.
func (s *stageE2E) preference(name string) string {
	found, _ := filepath.Glob(filepath.Join(s.home, "config", "fyne", "*", "preferences.json"))
	for _, path := range found {
		b, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		var all map[string]any
		if json.Unmarshal(b, &all) == nil {
			if v, ok := all[name].(string); ok {
				return v
			}
		}
	}
	return ""
}

// TestRealLibrarySelection chooses with the mouse, with Shift and with Ctrl, and
// deletes just those.
func TestRealLibrarySelection(t *testing.T) {
	s := newE2E(t)
	dir := t.TempDir()
	var files []string
	for i := range 6 {
		files = append(files, photograph(t, dir, fmt.Sprintf("p%d.jpg", i+1), uint8(30*i+40)))
	}
	s.brought(files)
	s.command("new essay") // without one the twin of the window has nothing to show
	s.typing("Coast")
	s.key("Return")
	s.until("an essay", func(p *project.Project) bool { return headlines(t, p) == "Coast" })
	plan := s.plan()
	cell := func(i int) fyne.Position {
		at, ok := plan.library.CellAt(i)
		if !ok {
			t.Fatalf("photo %d is not in sight", i)
		}
		return at.AddXY(0, menuBar)
	}
	s.click(cell(1)) // p2
	s.settled()
	s.must("keydown", "shift")
	s.click(cell(4)) // to p5
	s.must("keyup", "shift")
	s.settled()
	s.must("keydown", "ctrl")
	s.click(cell(2)) // without p3
	s.must("keyup", "ctrl")
	s.settled()
	s.key("Delete")
	s.until("deleted", func(p *project.Project) bool {
		list, err := p.Photos(t.Context(), project.Filter{})
		var names []string
		for _, ph := range list {
			names = append(names, ph.Name)
		}
		return err == nil && strings.Join(names, " ") == "p1.jpg p3.jpg p6.jpg"
	})
	s.key("ctrl+z")
	s.until("undone", func(p *project.Project) bool { return photosIn(t, p) == 6 })
	s.key("ctrl+q")
	s.quit()
}

// TestRealGallery pages forward and back by keys, goes to full screen and out of
// it, and closes.
func TestRealGallery(t *testing.T) {
	s := newE2E(t)
	files := somePhotos(t)
	s.brought(files)
	s.command("new essay")
	s.typing("Coast")
	s.key("Return")
	s.until("an essay", func(p *project.Project) bool { return headlines(t, p) == "Coast" })
	plan := s.plan()
	at, ok := plan.library.CellAt(0)
	if !ok {
		t.Fatal("no photo in sight")
	}
	s.click(at.AddXY(0, menuBar))
	s.settled()
	s.changed("ctrl+a", "every photo chosen")
	s.command("insert gallery")
	s.until("a gallery", func(p *project.Project) bool {
		e := theEssay(t, p)
		return e != nil && len(e.Blocks) == 1 && len(e.Blocks[0].Placements) == len(files)
	})
	s.settled()

	s.changed("F5", "the gallery")
	s.wait("its window", func() bool {
		id, err := s.xdotool("search", "--onlyvisible", "--name", "^Coast$")
		return err == nil && id != ""
	})
	s.settled()
	first := s.screen()
	s.changed("Right", "the second photo")
	second := s.screen()
	s.changed("Left", "the first again")
	if s.screen() != first {
		t.Error("back is not where it began")
	}
	s.changed("End", "the last photo")
	if s.screen() == second {
		t.Error("End stopped at the second photo")
	}
	s.changed("F11", "full screen")
	s.changed("Escape", "no full screen")
	s.key("Escape")
	s.wait("the gallery to close", func() bool {
		id, err := s.xdotool("search", "--onlyvisible", "--name", "^Coast$")
		return err != nil || id == ""
	})
	s.must("windowactivate", "--sync", s.window)
	s.key("ctrl+q")
	s.quit()
}

// TestRealCancel cancels an import in the middle: what came in stays, and the
// window answers at once.
func TestRealCancel(t *testing.T) {
	s := newE2E(t)
	dir := t.TempDir()
	const many = 600
	for i := range many {
		photograph(t, dir, fmt.Sprintf("p%03d.jpg", i), uint8(i%250))
		if i >= 250 { // the same tone again is the same photo: another file of it is not
			tail(t, filepath.Join(dir, fmt.Sprintf("p%03d.jpg", i)), i)
		}
	}
	s.answered("ctrl+shift+i", "the import's question")
	s.typing(dir)
	s.key("ctrl+Return")
	s.until("some photos", func(p *project.Project) bool { return photosIn(t, p) > 0 })
	s.key("ctrl+period")
	s.command("new essay") // which waits for nothing
	s.typing("Meanwhile")
	s.key("Return")
	came := 0
	s.until("an essay, and the import at its end", func(p *project.Project) bool {
		before := came
		came = photosIn(t, p)
		return headlines(t, p) == "Meanwhile" && came == before
	})
	if came == 0 || came >= many {
		t.Errorf("%d of %d photos came in", came, many)
	}
	s.key("ctrl+q")
	s.quit()
}

// tail makes a file differ behind its picture.
func tail(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(f, n); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
