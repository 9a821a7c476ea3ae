package story

// This file owns the benchmarks of a long story: what a keystroke, a step of
// the wheel and an edit's echo cost at 100 and at 500 blocks.

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// long is an essay of so many blocks, every third a photo.
func long(n int) (*project.Essay, map[int64]project.Photo) {
	e := &project.Essay{ID: 7, Headline: "Long"}
	lib := map[int64]project.Photo{}
	for i := range n {
		id := int64(i + 1)
		b := project.Block{ID: id, EssayID: 7, Kind: project.KindText, Text: strings.Repeat("words of a long story ", 14)}
		if i%3 == 2 {
			lib[id] = project.Photo{ID: id, Name: "a.jpg", Width: 1200, Height: 800, Caption: "A boat leaves the harbour.", CreditLine: "Jane Doe/AP"}
			b = project.Block{ID: id, EssayID: 7, Kind: project.KindPhoto, Placements: []project.Placement{{ID: id, BlockID: id, PhotoID: id}}}
		}
		e.Blocks = append(e.Blocks, b)
	}
	return e, lib
}

func BenchmarkStory(b *testing.B) {
	for _, n := range []int{100, 500} {
		app := test.NewTempApp(b)
		app.Settings().SetTheme(look.New())
		loader := photos.NewLoader(nil, func(func()) {})
		c := New(loader)
		c.Pause = 1 << 40
		win := test.NewTempWindow(b, c)
		win.Resize(fyne.NewSize(1000, 900))
		e, lib := long(n)
		b.Run(fmt.Sprintf("open/%d", n), func(b *testing.B) {
			for b.Loop() {
				c.SetEssay(nil, nil)
				c.SetEssay(e, lib)
			}
		})
		b.Run(fmt.Sprintf("keystroke/%d", n), func(b *testing.B) {
			p := c.row(4).whole().fields()[0]
			win.Canvas().Focus(p.prose)
			i := 0
			for b.Loop() {
				if i++; i%20 == 0 {
					p.SetText(e.Blocks[3].Text)
				}
				p.TypedRune('x')
			}
			win.Canvas().Unfocus()
		})
		b.Run(fmt.Sprintf("scroll/%d", n), func(b *testing.B) {
			y, by := float32(0), float32(120)
			for b.Loop() {
				if y += by; y > c.page.h-1000 || y < 0 {
					by = -by
				}
				c.scrollTo(y)
			}
		})
		b.Run(fmt.Sprintf("echo/%d", n), func(b *testing.B) {
			for b.Loop() {
				c.SetEssay(e, lib)
			}
		})
		loader.Close()
	}
}
