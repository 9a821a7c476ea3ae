package ui

// This file owns the tests, in the real program, of the page as it reads: a
// click into set words, captions with variables, several blocks dragged far, a
// photo at 100 %.

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/develop"
)

const harbour = "The **storm** came *late*, as [the harbour master](https://harbour.example/log/2025/03/03) wrote"

// withMarks makes the storm's first text one with marks.
func withMarks(t *testing.T) func(p *project.Project) {
	fill := storm(t)
	return func(p *project.Project) {
		fill(p)
		if err := p.Edit(t.Context(), "Prepare", func(tx *project.Tx) error {
			b := theEssay(t, p).Blocks[0]
			b.Text = harbour
			return tx.UpdateBlock(b)
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRealPageIsEditedWhereItIsClicked(t *testing.T) {
	s := newE2E(t, withMarks(t))
	plan := s.plan()
	at, ok := plan.story.WordAt(1, "wrote")
	if !ok {
		t.Fatal("the text is not set")
	}
	s.click(at.AddXY(0, menuBar))
	s.typing("XX")
	text := func(p *project.Project) string { return theEssay(t, p).Blocks[0].Text }
	s.until("typed into the word", func(p *project.Project) bool {
		now := text(p)
		i := strings.Index(now, "XX")
		return i > len(harbour)-len("wrote") && i < len(harbour) && strings.ReplaceAll(now, "XX", "") == harbour
	})

	// A caption's variable is written out when the caption is left.
	s.key("Escape")
	for range 2 {
		s.key("Down")
	}
	s.key("Return")
	s.typing(" Photo: {credit}")
	s.key("Escape")
	s.until("written out", func(p *project.Project) bool {
		pl := theEssay(t, p).Blocks[2].Placements[0]
		return pl.Caption != nil && strings.HasSuffix(*pl.Caption, "March 3, 2025. Photo: Jane Doe/AP")
	})
	s.key("ctrl+q")
	s.quit()
}

func TestRealSeveralBlocksAreDraggedFar(t *testing.T) {
	const many = 40
	s := newE2E(t, func(p *project.Project) {
		if err := p.Edit(t.Context(), "Prepare", func(tx *project.Tx) error {
			essay, err := tx.AddEssay(project.Essay{Slug: "long", Headline: "Long"})
			if err != nil {
				return err
			}
			var blocks []project.Block
			for i := range many {
				blocks = append(blocks, project.Block{Kind: project.KindText, Text: fmt.Sprintf("%d: %s", i+1, strings.Repeat("words of a long story ", 6))})
			}
			_, err = tx.AddBlocks(essay, 0, blocks)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
	plan := s.plan()
	ids := blockIDs(plan.shown)
	s.key("Down")
	s.key("shift+Down")
	s.settled()
	from := plan.handle(ids[0])
	to := fyne.NewPos(from.X+120, windowH-64) // near the column's lower edge
	s.must("mousemove", "--window", s.window, fmt.Sprint(int(from.X)), fmt.Sprint(int(from.Y)), "mousedown", "1", "sleep", "0.05")
	for i := range 8 {
		f := float32(i+1) / 8
		s.must("mousemove", "--window", s.window, fmt.Sprint(int(from.X+(to.X-from.X)*f)), fmt.Sprint(int(from.Y+(to.Y-from.Y)*f)), "sleep", "0.03")
	}
	s.settled() // the page has come to its end
	s.shoot()
	s.must("mouseup", "1")
	s.until("both moved together, beyond what was in sight", func(p *project.Project) bool {
		now := blockIDs(theEssay(t, p))
		i := slices.Index(now, ids[0])
		return i > 20 && i+1 < len(now) && now[i+1] == ids[1]
	})
	s.key("ctrl+z")
	s.until("undone in one step", func(p *project.Project) bool { return slices.Equal(blockIDs(theEssay(t, p)), ids) })
	s.key("ctrl+q")
	s.quit()
}

func TestRealPhotoAtFullSize(t *testing.T) {
	s := newE2E(t, storm(t))
	plan := s.plan()
	for range 3 { // to the first photo
		s.key("Down")
	}
	s.key("F6")
	s.settled()
	// The pointer is nowhere on the photo: its middle is looked at.
	s.must("mousemove", "--window", s.window, fmt.Sprint(windowW-60), fmt.Sprint(windowH/2))
	s.key("r")
	s.settled()
	s.changed("z", "the photo at 100 %")
	plan.openTools(1, develop.Redact)
	plan.tools.Zoom()
	spot := func(x, y float64) fyne.Position { return plan.tools.Spot(x/1200, y/800).AddXY(0, menuBar) }
	s.drag(spot(290, 190), spot(430, 330))
	var r photo.Recipe
	s.until("redacted", func(p *project.Project) bool { r = recipeOf(t, p, 1); return len(r.Redactions) == 1 })
	d := r.Redactions[0]
	for i, v := range []float64{d.X * 1200, d.Y * 800, d.W * 1200, d.H * 800} {
		// As large as it was drawn on the screen, to a pixel or two.
		if want, off := []float64{290, 190, 140, 140}[i], []float64{4, 4, 2, 2}[i]; math.Abs(v-want) > off {
			t.Errorf("drawn at %.1f, %.1f, %.1f × %.1f pixels", d.X*1200, d.Y*800, d.W*1200, d.H*800)
			break
		}
	}
	s.settled()
	s.shoot()
	s.key("ctrl+Left") // moved by the keyboard, and nothing done by that
	s.key("z")
	s.settled()
	s.key("Return")
	s.until("nothing else done", func(p *project.Project) bool {
		h, err := p.History(t.Context())
		return err == nil && h[len(h)-1].Label == "Redact photo"
	})
	s.key("ctrl+q")
	s.quit()
}
