package ui

// This file owns the tests, in the real program, of what is done to several
// things at once: blocks changed together, photos dropped together and compared,
// captions out to a table and in again, the whole project packed; and of the
// window's look.

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
)

// control is the middle of the button or check box with these words in the real window.
func (w twin) control(words string) fyne.Position {
	w.t.Helper()
	for _, o := range test.LaidOutObjects(w.win.Canvas().Content()) {
		switch c := o.(type) {
		case *widget.Button:
			if c.Text != words {
				continue
			}
		case *widget.Check:
			if c.Text != words {
				continue
			}
		default:
			continue
		}
		if o.Visible() && !o.Size().IsZero() {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
			return at.AddXY(min(o.Size().Width/2, 60), o.Size().Height/2+menuBar)
		}
	}
	w.t.Fatalf("nothing says %q", words)
	return fyne.Position{}
}

// steps are the labels of what was done.
func steps(t *testing.T, p *project.Project) string {
	h, err := p.History(t.Context())
	if err != nil {
		return ""
	}
	var out []string
	for _, s := range h {
		out = append(out, s.Label)
	}
	return strings.Join(out, "; ")
}

func TestRealSeveralBlocks(t *testing.T) {
	s := newE2E(t, storm(t))
	plan := s.plan()
	ids := blockIDs(plan.shown)

	// One photo dropped on the other: together, and then compared.
	from, ok := plan.library.CellAt(1)
	if !ok {
		t.Fatal("the second photo is not in sight")
	}
	onto := plan.handle(ids[2]).AddXY(220, 120)
	s.drag(from.AddXY(0, menuBar), onto)
	s.until("together", func(p *project.Project) bool {
		b := theEssay(t, p).Blocks
		return len(b) == 4 && b[2].Kind == project.KindGallery && len(b[2].Placements) == 2
	})
	s.settled()
	s.must("mousemove", "--window", s.window, strconv.Itoa(int(onto.X)), strconv.Itoa(int(onto.Y)), "click", "3")
	s.settled()
	for range 6 { // Show in gallery preview, Photo tools, Grid, Pair, Slideshow, Compare
		s.key("Down")
	}
	s.key("Return")
	s.until("compared", func(p *project.Project) bool {
		b := theEssay(t, p).Blocks
		return len(b) == 4 && b[2].Kind == project.KindCompare
	})
	s.settled()

	// Two blocks by the keyboard; their panel comes, and its controls work.
	s.changed("shift+Down", "two blocks chosen")
	s.shoot()
	plan = s.plan()
	plan.setFocus(focus{block: ids[3]})
	plan.story.Choose(ids[2:])
	s.click(plan.control("Readers vote on each of these photos"))
	s.until("votes on all three", func(p *project.Project) bool {
		b := theEssay(t, p).Blocks
		return b[2].Placements[0].Vote && b[2].Placements[1].Vote && b[3].Placements[0].Vote
	})
	s.click(plan.control("Duplicate"))
	s.until("both duplicated", func(p *project.Project) bool { return len(theEssay(t, p).Blocks) == 6 })
	s.key("ctrl+z")
	s.until("undone in one step", func(p *project.Project) bool { return len(theEssay(t, p).Blocks) == 4 })
	s.key("ctrl+q")
	s.quit()
}

func TestRealLibraryCompare(t *testing.T) {
	s := newE2E(t, storm(t))
	at, ok := s.plan().library.CellAt(0)
	if !ok {
		t.Fatal("no photo in sight")
	}
	s.click(at.AddXY(0, menuBar))
	s.settled()
	s.changed("ctrl+a", "both photos chosen")
	s.command("compare two")
	s.wait("both side by side", func() bool {
		id, err := s.xdotool("search", "--onlyvisible", "--name", "^face.jpg")
		return err == nil && id != ""
	})
	s.settled()
	s.shoot()
	s.key("Escape")
	s.wait("no comparison", func() bool {
		id, err := s.xdotool("search", "--onlyvisible", "--name", "^face.jpg")
		return err != nil || id == ""
	})
	s.must("windowactivate", "--sync", s.window)
	s.key("ctrl+q")
	s.quit()
}

// TestRealCaptionTable sends captions out, as a spreadsheet's user changes them, and takes them in.
func TestRealCaptionTable(t *testing.T) {
	s := newE2E(t, storm(t))
	table := filepath.Join(t.TempDir(), "captions.csv")
	s.command("export captions")
	s.key("ctrl+a")
	s.typing(table)
	s.key("Return")
	var out []byte
	s.wait("the table", func() bool {
		var err error
		out, err = os.ReadFile(table)
		return err == nil
	})
	const was, now = "A face at the quay", "Two faces at the quay"
	if strings.Count(string(out), was) != 2 {
		t.Fatalf("the table holds\n%s", out)
	}
	if err := os.WriteFile(table, []byte(strings.Replace(string(out), was, now, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.settled()
	s.command("import captions")
	s.key("ctrl+a")
	s.typing(table)
	s.key("Return")
	s.settled() // what would change
	s.shoot()
	s.key("Return")
	s.until("one caption changed", func(p *project.Project) bool {
		n := 0
		list, err := p.Photos(t.Context(), project.Filter{})
		for _, ph := range list {
			if strings.HasPrefix(ph.Caption, now) {
				n++
			}
		}
		return err == nil && n == 1 && strings.HasSuffix(steps(t, p), "Import captions")
	})
	s.key("ctrl+q")
	s.quit()
}

// TestRealPack packs the project while it is open; what came out is the same day.
func TestRealPack(t *testing.T) {
	s := newE2E(t, storm(t))
	dir := t.TempDir()
	pack := filepath.Join(dir, "sent"+project.PackExtension)
	s.command("pack for")
	s.key("ctrl+a")
	s.typing(pack)
	s.key("Return")
	s.wait("the pack", func() bool { _, err := os.Stat(pack); return err == nil })
	got := filepath.Join(dir, "got"+project.Extension)
	if err := project.Unpack(t.Context(), pack, got, nil); err != nil {
		t.Fatal(err)
	}
	p, err := project.Open(t.Context(), got, project.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if lost, err := p.VerifyOriginals(t.Context(), nil); err != nil || len(lost) > 0 || photosIn(t, p) != 2 || headlines(t, p) != "Storm" {
		t.Errorf("%d photos, %d lost, essays %q (%v)", photosIn(t, p), len(lost), headlines(t, p), err)
	}
	s.settled()
	s.key("ctrl+q")
	s.quit()
}

// brightness is the mean of the screen, from 0 to 1.
func (s *stageE2E) brightness() float64 {
	cmd := exec.Command("import", "-window", "root", "-colorspace", "gray", "-format", "%[fx:mean]", "info:-")
	cmd.Env = s.env
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatal(err)
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func TestRealLook(t *testing.T) {
	s := newE2E(t, storm(t))
	light := s.brightness()
	s.command("dark")
	s.settled()
	s.shoot()
	if dark := s.brightness(); dark > light/2 {
		t.Errorf("dark is %.2f bright, light is %.2f", dark, light)
	}
	s.command("high contrast")
	s.settled()
	s.command("larger")
	s.settled()
	s.command("light")
	s.settled()
	if again := s.brightness(); again < light*0.8 {
		t.Errorf("light again is %.2f bright, was %.2f", again, light)
	}
	s.key("ctrl+q")
	s.quit()
}
