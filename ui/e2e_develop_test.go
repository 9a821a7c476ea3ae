package ui

// This file owns the tests of the photo tools and of story editing in the real
// program: drawn with the pointer, typed on the keyboard, judged by the project
// file and by the pixels of the bundle.

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/develop"
)

// faces writes a grey photo of 1200 × 800 with a red face at 300, 200 to 420, 320.
func faces(t *testing.T, dir, name string) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for y := range 800 {
		for x := range 1200 {
			c := color.RGBA{R: 150, G: 150, B: 150, A: 255}
			if x >= 300 && x < 420 && y >= 200 && y < 320 {
				c = color.RGBA{R: 220, G: 20, B: 20, A: 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// storm prepares an essay of two texts and two photos that can be exported.
func storm(t *testing.T) func(p *project.Project) {
	return func(p *project.Project) {
		dir := t.TempDir()
		paths := []string{faces(t, dir, "face.jpg"), photograph(t, dir, "sea.jpg", 90)}
		if _, err := p.Import(t.Context(), paths, nil); err != nil {
			t.Fatal(err)
		}
		err := p.Edit(t.Context(), "Prepare", func(tx *project.Tx) error {
			essay, err := tx.AddEssay(project.Essay{Slug: "storm", Headline: "Storm", Byline: "Jane Doe"})
			if err != nil {
				return err
			}
			blocks := []project.Block{{Kind: project.KindText, Text: "The storm came late"}, {Kind: project.KindText, Text: "It left early"}}
			for id := int64(1); id <= 2; id++ {
				ph, err := tx.Photo(id)
				if err != nil {
					return err
				}
				ph.CreditLine, ph.Caption, ph.Alt = "Jane Doe/AP", "A face at the quay in Saint-Nazaire on Monday, March 3, 2025.", "A red square"
				if err := tx.UpdatePhoto(ph); err != nil {
					return err
				}
				blocks = append(blocks, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: id}}})
			}
			_, err = tx.AddBlocks(essay, 0, blocks)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func recipeOf(t *testing.T, p *project.Project, id int64) photo.Recipe {
	ph, err := p.Photo(t.Context(), id)
	if err != nil {
		return photo.Recipe{}
	}
	return ph.Recipe
}

func TestRealPhotoTools(t *testing.T) {
	s := newE2E(t, storm(t))
	// Built before there is a twin, which has a cache of its own.
	ctl := filepath.Join(s.home, "photodeskctl")
	if out, err := exec.Command("go", "build", "-o", ctl, "photodesk/cmd/photodeskctl").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	plan := s.plan()
	for range 3 { // to the first photo
		s.key("Down")
	}
	s.key("F6")
	s.settled()
	plan.openTools(1, develop.Redact)
	spot := func(x, y float64) fyne.Position { return plan.tools.Spot(x/1200, y/800).AddXY(0, menuBar) }
	pull := func(x0, y0, x1, y1 float64) { s.drag(spot(x0, y0), spot(x1, y1)) }

	s.key("r")
	pull(290, 190, 430, 330)
	var r photo.Recipe
	s.until("redacted", func(p *project.Project) bool { r = recipeOf(t, p, 1); return len(r.Redactions) == 1 })
	for i, v := range []float64{r.Redactions[0].X * 1200, r.Redactions[0].Y * 800, r.Redactions[0].W * 1200, r.Redactions[0].H * 800} {
		if want := []float64{290, 190, 140, 140}[i]; math.Abs(v-want) > 4 {
			t.Errorf("drawn at %+v", r.Redactions[0].Rect)
		}
	}
	s.settled()

	// For as long as the space bar is down the photo is seen as it came.
	after := s.screen()
	s.must("keydown", "space")
	s.wait("the photo as it came", func() bool { return s.screen() != after })
	s.must("keyup", "space")
	s.wait("the photo as it is now", func() bool { return s.screen() == after })

	s.key("c")
	pull(200, 100, 800, 500)
	s.until("cropped", func(p *project.Project) bool { r = recipeOf(t, p, 1); return r.Crop != nil })
	drawn := r.Crop.X
	s.key("Right")
	s.until("nudged", func(p *project.Project) bool { r = recipeOf(t, p, 1); return r.Crop.X > drawn })
	s.key("ctrl+z")
	s.until("the nudge undone", func(p *project.Project) bool { r = recipeOf(t, p, 1); return r.Crop.X == drawn })
	s.key("Escape") // takes back what was done with this tool
	s.until("the crop taken back", func(p *project.Project) bool { return recipeOf(t, p, 1).Crop == nil })
	s.key("ctrl+z")
	s.until("and brought again", func(p *project.Project) bool { return recipeOf(t, p, 1).Crop != nil })
	s.settled()
	s.key("Return")
	s.settled()
	s.key("ctrl+q")
	s.quit()

	// The other program exports it: the face is in none of the files.
	bundle := filepath.Join(s.home, "bundle")
	if out, err := exec.Command(ctl, "export", s.path, "--essay", "storm", "--out", bundle).CombinedOutput(); err != nil {
		t.Fatalf("export: %v\n%s", err, out)
	}
	files, _ := filepath.Glob(filepath.Join(bundle, "photos", "*.jpg"))
	cropped := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		img, err := photo.Decode(data, nil, photo.DecodeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+4 <= len(img.Pix); i += 4 {
			if img.Pix[i] > 170 && img.Pix[i+1] < 70 && img.Pix[i+2] < 70 {
				t.Fatalf("%s shows the face", filepath.Base(name))
			}
		}
		if b := img.Bounds(); math.Abs(float64(b.Dx())/float64(b.Dy())-r.Crop.W*1200/(r.Crop.H*800)) < 0.02 && img.NRGBAAt(0, 0).R > 120 {
			cropped++
		}
	}
	if cropped == 0 {
		t.Errorf("none of %d files has the crop's shape", len(files))
	}
	p, err := project.Open(t.Context(), s.path, project.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	h, err := p.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, step := range h {
		labels = append(labels, step.Label)
	}
	if got := strings.Join(labels, "; "); !strings.Contains(got, "Redact photo; Crop photo") {
		t.Errorf("the history says %q", got)
	}
}

func TestRealStory(t *testing.T) {
	s := newE2E(t, storm(t))
	var e *project.Essay
	is := func(what string, holds func(e *project.Essay) bool) {
		t.Helper()
		s.until(what, func(p *project.Project) bool { e = theEssay(t, p); return e != nil && holds(e) })
	}
	shape := func(e *project.Essay) string {
		var out []string
		for _, b := range e.Blocks {
			out = append(out, string(b.Kind))
		}
		return strings.Join(out, " ")
	}

	// Typing, a new block by Enter, joined again by Backspace.
	s.key("Down")
	s.key("Return")
	s.typing(" and")
	s.key("Return")
	s.typing("stayed")
	is("split", func(e *project.Essay) bool {
		return len(e.Blocks) == 5 && e.Blocks[0].Text == "The storm came late and" && e.Blocks[1].Text == "stayed"
	})
	s.key("Home")
	s.typing(" ")
	s.key("Home")
	s.key("BackSpace")
	is("joined", func(e *project.Essay) bool {
		return len(e.Blocks) == 4 && e.Blocks[0].Text == "The storm came late and stayed"
	})

	// The last word bold, and a link.
	s.key("End")
	s.key("ctrl+b")
	is("bold", func(e *project.Essay) bool { return e.Blocks[0].Text == "The storm came late and **stayed**" })
	s.key("Home")
	s.key("ctrl+k")
	s.typing("Now:")
	s.key("Tab")
	s.typing("example.org/storm")
	s.key("Return")
	is("linked", func(e *project.Essay) bool {
		return strings.HasPrefix(e.Blocks[0].Text, "[Now:](https://example.org/storm)")
	})

	// Two blocks by keys alone: copied, pasted, taken back in one step.
	s.key("Escape")
	s.key("shift+Down")
	s.key("ctrl+c")
	s.key("ctrl+v")
	is("pasted", func(e *project.Essay) bool { return shape(e) == "text text text text photo photo" })
	s.key("ctrl+z")
	is("undone", func(e *project.Essay) bool { return shape(e) == "text text photo photo" })

	// One photo on the other: the lower half of the first is still on the screen
	// when the page has been scrolled to the second.
	s.settled()
	ids := blockIDs(e)
	plan := s.plan()
	s.key("Escape")
	for range 4 { // from nothing to the last block, which shows it
		s.key("Down")
	}
	s.settled()
	plan.story.Top()
	plan.story.Reveal(ids[3])
	from := plan.handle(ids[3])
	s.drag(from, plan.handle(ids[2]).AddXY(300, plan.story.RowHeight(ids[2])/2))
	is("put together", func(e *project.Essay) bool {
		return shape(e) == "text text gallery" && e.Blocks[2].Layout == project.LayoutPair
	})
	s.key("ctrl+q")
	s.quit()
}
