package gallery

// This file owns the slideshow's clock and the phone: what the gallery does
// beside showing one frame after the other.

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// The times that a slide may stand, in seconds.
const (
	leastSlide, usualSlide, mostSlide = 2, 5, 20
)

// A phone of the usual shape, in device independent pixels.
const (
	phoneWide, phoneHigh = 390, 780
	phoneWords           = 0.42 // of its height, for caption and credit
)

func itoa(n int) string { return strconv.Itoa(n) }

// Play starts the slideshow, or holds it.
func (g *Gallery) Play() {
	g.playing = !g.playing
	if g.playing && g.index == len(g.frames)-1 {
		g.Go(0)
	}
	g.tick()
	g.sayMode()
}

// Playing reports whether the slideshow runs.
func (g *Gallery) Playing() bool { return g.playing }

// Slower gives each slide more or less time.
func (g *Gallery) Slower(by int) {
	g.seconds = min(max(g.seconds+by, leastSlide), mostSlide)
	g.tick()
	g.sayMode()
}

// tick waits for the time of the present slide; any other slide begins anew.
func (g *Gallery) tick() {
	if g.clock != nil {
		g.clock.Stop()
		g.clock = nil
	}
	g.turn++
	if !g.playing {
		return
	}
	turn := g.turn
	g.clock = time.AfterFunc(time.Duration(g.seconds)*g.second, func() {
		g.loader.Do(func() {
			if turn == g.turn {
				g.slide()
			}
		})
	})
}

// slide goes on; after the last one the show is over.
func (g *Gallery) slide() {
	if g.index >= len(g.frames)-1 {
		g.Play()
		return
	}
	g.Next()
}

// Phone shows the frame as a phone has it, or edge to edge again.
func (g *Gallery) Phone() {
	g.phone = !g.phone
	g.room.again()
	g.Refresh()
	g.sayMode()
}

func (g *Gallery) sayMode() {
	words := ""
	if g.playing {
		words = fmt.Sprintf(lang.L("Slideshow, %d s"), g.seconds)
	}
	g.mode.SetText(words)
	g.play.SetIcon(onDark(theme.MediaPlayIcon()))
	if g.playing {
		g.play.SetIcon(onDark(theme.MediaPauseIcon()))
	}
	g.room.again()
}

// asPhone lays the frame out in a phone's shape in the middle of the space.
func (r *room) asPhone(space fyne.Size) {
	g := r.g
	scale := min((space.Height-24)/phoneHigh, (space.Width-24)/phoneWide, 1)
	wide, high := phoneWide*scale, phoneHigh*scale
	left, top := (space.Width-wide)/2, (space.Height-high)/2
	g.bezel.Move(fyne.NewPos(left-7, top-7))
	g.bezel.Resize(fyne.NewSize(wide+14, high+14))

	const side = 14
	photo := high * (1 - phoneWords)
	if g.index >= 0 {
		if ph := g.frames[g.index].Photo; ph.Width > 0 && ph.Height > 0 {
			photo = min(wide*float32(ph.Height)/float32(ph.Width), photo)
		}
	}
	g.stage.Move(fyne.NewPos(left, top+30*scale))
	g.stage.Resize(fyne.NewSize(wide, photo))
	y := top + 30*scale + photo + 10
	caption, credit := g.caption.HeightFor(wide-2*side), g.credit.HeightFor(wide-2*side)
	g.caption.Move(fyne.NewPos(left+side, y))
	g.caption.Resize(fyne.NewSize(wide-2*side, caption))
	g.credit.Move(fyne.NewPos(left+side, y+caption+4))
	g.credit.Resize(fyne.NewSize(wide-2*side, credit))
}
