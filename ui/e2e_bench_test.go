package ui

// This file owns the figures of the real program as an editor sees them: on the
// screen. Each is taken with a hundred photos and with ten thousand.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"photodesk/project"
)

// region is a part of the window.
type region struct{ x, y, w, h int }

func (s *stageE2E) look(r region) string { return s.seen(s.x+r.x, s.y+r.y, r.w, r.h) }

// soon watches the screen; the figure that it returns is exact to some 3 ms.
func (s *stageE2E) soon(what string, holds func() bool) time.Duration {
	s.t.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > time.Minute {
			s.shoot()
			s.t.Fatalf("no sign of %s\n%s", what, s.stderr)
		}
		time.Sleep(2 * time.Millisecond) // a look without pause would take a core from the program
	}
	return time.Since(began)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkDesk: from the start of the program to its first frame and to the
// library's photos; one step of the wheel, and one key in the headline, until
// they are on the screen, both with what it takes to send an event; the memory
// after the start and after pages of the library went by.
func BenchmarkDesk(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { benchmarkDesk(b, n) })
	}
}

func benchmarkDesk(b *testing.B, n int) {
	s := setE2E(b, func(p *project.Project) {
		if _, err := p.Import(b.Context(), []string{manyPhotos(b, n)}, nil); err != nil {
			b.Fatal(err)
		}
		if err := p.Edit(b.Context(), "Essay", func(tx *project.Tx) error {
			_, err := tx.AddEssay(project.Essay{Slug: "coast", Headline: "Coast at the end of a long winter"})
			return err
		}); err != nil {
			b.Fatal(err)
		}
	})
	plan := s.plan()
	at := fyne.Position{}
	plan.until("the library", func() (ok bool) { at, ok = plan.library.CellAt(0); return ok })
	photos := region{int(at.X) - 30, int(at.Y) + menuBar - 30, 200, 300}
	s.launch() // once, so that files are where a second start finds them
	s.ready()
	first := s.look(photos)
	s.key("ctrl+q")
	s.quit()

	b.Run("start", func(b *testing.B) {
		var frame, library time.Duration
		for b.Loop() {
			dark := s.look(photos)
			s.launch()
			began := time.Now()
			s.soon("the first frame", func() bool { return s.look(photos) != dark })
			frame += time.Since(began)
			s.soon("the photos", func() bool { return s.look(photos) == first })
			library += time.Since(began)
			b.StopTimer()
			s.ready()
			now, _ := resident(b, s.program.Process.Pid)
			b.ReportMetric(float64(now), "MB-rss")
			s.key("ctrl+q")
			s.quit()
			b.StartTimer()
		}
		b.ReportMetric(ms(frame)/float64(b.N), "ms-first-frame")
		b.ReportMetric(ms(library)/float64(b.N), "ms-photos")
		b.ReportMetric(0, "ns/op")
	})

	s.launch()
	s.ready()
	b.Run("scroll", func(b *testing.B) {
		s.must("mousemove", "--window", s.window, fmt.Sprint(int(at.X)), fmt.Sprint(int(at.Y)+menuBar+100))
		s.settled()
		button, total, steps := "5", time.Duration(0), 0
		for b.Loop() {
			for range 10 { // ten steps down, ten back
				was := s.look(photos)
				began := time.Now()
				s.must("click", button)
				s.soon("the step", func() bool { return s.look(photos) != was })
				total += time.Since(began)
				steps++
				s.settled()
			}
			button = map[string]string{"5": "4", "4": "5"}[button]
		}
		b.ReportMetric(ms(total)/float64(steps), "ms-to-screen")
		b.ReportMetric(ms(s.sending()), "ms-sending")
		b.ReportMetric(0, "ns/op")
	})
	b.Run("key", func(b *testing.B) {
		s.clickHeadline(plan)
		s.key("Home")
		// Right of the caret, which blinks: every letter moves what is there.
		head := fyne.CurrentApp().Driver().AbsolutePositionForObject(plan.story)
		words := region{int(head.X + plan.story.Size().Width/2), int(head.Y) + 40 + menuBar, 200, 60}
		total, keys := time.Duration(0), 0
		for b.Loop() {
			for range 5 {
				was := s.look(words)
				began := time.Now()
				s.must("key", "x")
				s.soon("the letter", func() bool { return s.look(words) != was })
				total += time.Since(began)
				keys++
			}
			for range 5 {
				s.key("BackSpace")
			}
			s.until("kept", func(p *project.Project) bool { return strings.HasPrefix(headlines(b, p), "Coast") })
		}
		b.ReportMetric(ms(total)/float64(keys), "ms-to-screen")
		b.ReportMetric(ms(s.sending()), "ms-sending")
		b.ReportMetric(0, "ns/op")
	})
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			s.click(at.AddXY(0, menuBar))
			s.settled()
			for range 40 {
				s.key("Next")
				s.settled()
			}
		}
		now, _ := resident(b, s.program.Process.Pid)
		b.ReportMetric(float64(now), "MB-rss")
		b.ReportMetric(0, "ns/op")
	})
	s.key("ctrl+q")
	s.quit()
}

// sending is what a key that does nothing takes to be sent.
func (s *stageE2E) sending() time.Duration {
	began := time.Now()
	for range 10 {
		s.must("key", "F24")
	}
	return time.Since(began) / 10
}

// BenchmarkDeskImport: from Ctrl+Enter in the import's question to the first of
// twelve photographs of 24 megapixels on the screen.
func BenchmarkDeskImport(b *testing.B) {
	dir := b.TempDir()
	noise := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, 6000, 4000))
	for i := range 12 {
		for k := 0; k < len(img.Pix); k += 4 {
			v := noise.Uint32()
			copy(img.Pix[k:], []byte{200 + uint8(v&31), 90 + uint8(v>>8&31), 20 + uint8(v>>16&31), 255}) // orange
		}
		img.SetRGBA(0, i, color.RGBA{A: 255})
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 92}); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%02d.jpg", i)), buf.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		if i == 0 {
			b.Logf("photographs of %d MB", buf.Len()>>20)
		}
	}
	var first time.Duration
	for b.Loop() {
		b.StopTimer()
		s := newE2E(b)
		s.answered("ctrl+shift+i", "the import's question")
		s.typing(dir)
		b.StartTimer()
		began := time.Now()
		s.must("key", "ctrl+Return")
		s.soon("a photo", func() bool {
			for _, row := range s.pixels(s.x+20, s.y+350, 240, 300) {
				for k := 0; k+3 < len(row); k += 16 {
					if row[k+2] > 180 && row[k] < 80 && row[k+1] > 60 && row[k+1] < 140 {
						return true
					}
				}
			}
			return false
		})
		first += time.Since(began)
		b.StopTimer()
		s.until("imported", func(p *project.Project) bool { return photosIn(b, p) == 12 })
		s.settled()
		s.key("Escape")
		s.settled()
		s.key("ctrl+q")
		s.quit()
		b.StartTimer()
	}
	b.ReportMetric(ms(first)/float64(b.N), "ms-first-photo")
	b.ReportMetric(0, "ns/op")
}
