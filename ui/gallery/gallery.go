// Package gallery owns the gallery preview: an essay's photos one at a time,
// edge to edge on near-black, with caption and credit in the order of the page.
package gallery

// This file owns which frame is shown, and what keys, wheel and finger do.

import (
	"fmt"
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"
	tooltip "github.com/dweymouth/fyne-tooltip/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// Frame is one photo with the words that the page will show.
type Frame struct {
	Photo           project.Photo
	Caption, Credit string
	Sensitive       bool
}

// Gallery shows frames. Keys reach it through TypedKey, since keys without
// modifiers are no shortcuts; the window of Show passes them on.
type Gallery struct {
	widget.BaseWidget

	OnClose      func()          // Escape, the close button
	OnFullscreen func()          // F, the full-screen button
	OnShow       func(index int) // another frame is shown

	loader *photos.Loader
	frames []Frame
	index  int
	open   map[int]bool // sensitive frames that the editor chose to see

	stage   *stage
	strip   *strip
	counter *look.Text
	caption *look.Paragraph
	credit  *look.Paragraph
	whole   fyne.CanvasObject
	room    *room
	ahead   []func() // cancels of neighbours being loaded
	wheel   float32
	turned  time.Time

	mode    *look.Text // what runs: the slideshow and its pace
	play    *tooltip.Button
	bezel   *look.Area // of the phone
	ground  *canvas.Rectangle
	phone   bool
	playing bool
	seconds int           // that a slide stands
	second  time.Duration // how long one is
	clock   *time.Timer
	turn    int
}

// New makes a gallery that begins with one of its frames.
func New(loader *photos.Loader, frames []Frame, start int) *Gallery {
	g := &Gallery{loader: loader, frames: frames, index: -1, open: map[int]bool{}, seconds: usualSlide, second: time.Second}
	g.counter = look.NewText("", look.Muted, look.TextBody)
	g.caption = look.Prose("", look.Ink, look.TextReading, look.SerifRegular)
	g.credit = look.Note("")
	g.stage = newStage(g)
	g.strip = newStrip(g)
	button := func(icon fyne.Resource, says string, do func()) *tooltip.Button {
		b := tooltip.NewButtonWithIcon("", onDark(icon), do)
		b.Importance = widget.LowImportance
		b.SetToolTip(says)
		return b
	}
	g.mode = look.NewText("", look.Muted, look.TextSmall)
	g.bezel = look.Ground("")
	g.bezel.Stroke, g.bezel.Width, g.bezel.Radius = look.Muted, 2, 30
	g.ground = canvas.NewRectangle(nearBlack)
	g.play = button(theme.MediaPlayIcon(), lang.L("Slideshow (S); + and − change its pace"), g.Play)
	phone := button(theme.ComputerIcon(), lang.L("As on a phone (P)"), g.Phone)
	full := button(theme.ViewFullScreenIcon(), lang.L("Full screen (F11)"), func() { g.fullscreen() })
	shut := button(theme.CancelIcon(), lang.L("Close (Esc)"), func() { g.close() })
	g.room = &room{g: g, buttons: container.NewHBox(g.play, phone, full, shut)}
	g.whole = container.NewThemeOverride(container.New(g.room,
		g.ground, g.stage, g.bezel, g.mode, g.counter, g.room.buttons, g.caption, g.credit, g.strip), look.Fixed(theme.VariantDark))
	g.ExtendBaseWidget(g)
	g.stage.view.OnLoaded = g.loadAhead
	g.Go(start)
	return g
}

// onDark is an icon in the colour of words on a photo, whatever the window's variant.
func onDark(icon fyne.Resource) fyne.Resource { return theme.NewColoredResource(icon, look.OnPhoto) }

// Index is the frame shown, counted from 0; -1 where there is none.
func (g *Gallery) Index() int { return g.index }

// Len is how many frames there are.
func (g *Gallery) Len() int { return len(g.frames) }

// Go shows a frame; outside of the frames it goes to the nearest.
func (g *Gallery) Go(i int) {
	if len(g.frames) == 0 {
		g.counter.SetText(lang.L("No photos"))
		return
	}
	i = min(max(i, 0), len(g.frames)-1)
	if i == g.index {
		return
	}
	g.index = i
	for _, cancel := range g.ahead {
		cancel()
	}
	g.ahead = nil
	f := g.frames[i]
	g.counter.SetText(fmt.Sprintf(lang.L("%d of %d"), i+1, len(g.frames)))
	g.caption.SetText(strings.TrimSpace(f.Caption))
	g.credit.SetText(strings.TrimSpace(f.Credit))
	if f.Credit == "" {
		g.credit.SetText(lang.L("No credit"))
		g.credit.SetColor(look.Warning)
	} else {
		g.credit.SetColor(look.Muted)
	}
	g.stage.show(f, f.Sensitive && !g.open[i])
	g.strip.mark(i)
	g.Refresh()
	if g.playing {
		g.tick()
	}
	if g.stage.view.Loaded() {
		g.loadAhead()
	}
	if g.OnShow != nil {
		g.OnShow(i)
	}
}

// Next and Previous go one frame on or back; at the ends they stay.
func (g *Gallery) Next() { g.Go(g.index + 1) }

// Previous goes one frame back.
func (g *Gallery) Previous() { g.Go(g.index - 1) }

// Uncover shows the sensitive photo of this frame.
func (g *Gallery) Uncover() {
	if g.index >= 0 && !g.open[g.index] {
		g.open[g.index] = true
		g.stage.show(g.frames[g.index], false)
	}
}

// loadAhead has the neighbours made while the editor looks at this one, the
// next one first.
func (g *Gallery) loadAhead() {
	w, h := g.stage.view.Pixels()
	if w < 2 || h < 2 || len(g.ahead) > 0 {
		return
	}
	for _, i := range []int{g.index + 2, g.index - 1, g.index + 1} { // the newest is made first
		if i >= 0 && i < len(g.frames) {
			g.ahead = append(g.ahead, g.loader.Preview(g.frames[i].Photo, w, h, func(*image.RGBA, error) {}))
		}
	}
}

// TypedKey hears the keys of the window.
func (g *Gallery) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyRight, fyne.KeyDown, fyne.KeySpace, fyne.KeyPageDown:
		g.Next()
	case fyne.KeyLeft, fyne.KeyUp, fyne.KeyBackspace, fyne.KeyPageUp:
		g.Previous()
	case fyne.KeyHome:
		g.Go(0)
	case fyne.KeyEnd:
		g.Go(len(g.frames) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.Uncover()
	case fyne.KeyF, fyne.KeyF11:
		g.fullscreen()
	case fyne.KeyS, fyne.KeyF5:
		g.Play()
	case fyne.KeyPlus, fyne.KeyEqual:
		g.Slower(1)
	case fyne.KeyMinus:
		g.Slower(-1)
	case fyne.KeyP:
		g.Phone()
	case fyne.KeyEscape:
		g.close()
	}
}

// Scrolled turns the pages, one a notch: a touch pad's many small steps add up.
func (g *Gallery) Scrolled(ev *fyne.ScrollEvent) {
	now := time.Now()
	if now.Sub(g.turned) > 250*time.Millisecond {
		g.wheel = 0
	}
	g.turned = now
	step := ev.Scrolled.DY
	if abs(ev.Scrolled.DX) > abs(step) {
		step = ev.Scrolled.DX
	}
	g.wheel += step
	const notch = 10 // of a mouse wheel
	switch {
	case g.wheel <= -notch:
		g.wheel = 0
		g.Next()
	case g.wheel >= notch:
		g.wheel = 0
		g.Previous()
	}
}

func abs(v float32) float32 { return max(v, -v) }

func (g *Gallery) close() {
	if g.playing {
		g.Play()
	}
	if g.OnClose != nil {
		g.OnClose()
	}
}

func (g *Gallery) fullscreen() {
	if g.OnFullscreen != nil {
		g.OnFullscreen()
	}
}

// CreateRenderer links the widget to Fyne.
func (g *Gallery) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return &galleryRenderer{g}
}

// galleryRenderer lays the room out again on each refresh, since a caption's
// height decides how much is left for the photo.
type galleryRenderer struct{ g *Gallery }

func (r *galleryRenderer) Layout(size fyne.Size) { r.g.whole.Resize(size) }
func (r *galleryRenderer) MinSize() fyne.Size    { return fyne.NewSize(480, 360) }
func (r *galleryRenderer) Refresh()              { r.g.room.again() }
func (r *galleryRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.g.whole}
}

func (r *galleryRenderer) Destroy() {
	r.g.playing = false
	r.g.tick()
	for _, cancel := range r.g.ahead {
		cancel()
	}
}

// Show opens a window with the gallery. Escape leaves full screen first, then
// closes the window.
func Show(app fyne.App, loader *photos.Loader, title string, frames []Frame, start int) fyne.Window {
	w := app.NewWindow(title)
	g := New(loader, frames, start)
	g.OnClose = func() {
		if w.FullScreen() {
			w.SetFullScreen(false)
			return
		}
		w.Close()
	}
	g.OnFullscreen = func() { w.SetFullScreen(!w.FullScreen()) }
	w.SetPadded(false)
	w.SetContent(fynetooltip.AddWindowToolTipLayer(g, w.Canvas()))
	w.SetOnClosed(func() { fynetooltip.DestroyWindowToolTipLayer(w.Canvas()) })
	w.Canvas().SetOnTypedKey(g.TypedKey)
	w.Resize(fyne.NewSize(1180, 820))
	w.Show()
	return w
}
