package gallery

// This file owns comparing two photos: side by side, zoomed and moved together.

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"photodesk/ui/look"
	"photodesk/ui/photos"
)

// Pair shows two photos with one zoom. Keys reach it through TypedKey.
type Pair struct {
	widget.BaseWidget
	OnClose func()

	zoom  float32 // 1 shows the photos whole
	x, y  float32 // what stands in the middle, in parts of the photo
	sides [2]*side
	note  *look.Text
	body  fyne.CanvasObject
}

const (
	mostZoom = 8
	pairEdge = 3600 // pixels of the longer edge that a zoom has at most
)

// NewPair makes the comparison of two frames.
func NewPair(loader *photos.Loader, a, b Frame) *Pair {
	p := &Pair{zoom: 1, x: 0.5, y: 0.5}
	p.sides = [2]*side{newSide(p, loader, a), newSide(p, loader, b)}
	p.note = look.NewText("", look.Muted, look.TextSmall)
	p.note.Alignment = fyne.TextAlignCenter
	sides := container.NewGridWithColumns(2, p.sides[0].whole(), p.sides[1].whole())
	p.body = container.NewThemeOverride(container.NewStack(canvas.NewRectangle(nearBlack),
		container.NewBorder(nil, look.Inset(6, 0, p.note), nil, nil, sides)), look.Fixed(theme.VariantDark))
	p.ExtendBaseWidget(p)
	p.say()
	return p
}

func (p *Pair) say() {
	p.note.SetText(percent(p.zoom) + "   ·   " + lang.L("Wheel or + and − zoom, dragging or arrows move, 0 shows all"))
}

func percent(z float32) string { return itoa(int(z*100+0.5)) + " %" }

// Zoom is how much larger than whole the photos are shown.
func (p *Pair) Zoom() float32 { return p.zoom }

// zoomBy zooms both around their middle.
func (p *Pair) zoomBy(f float32) {
	p.zoom = min(max(p.zoom*f, 1), mostZoom)
	p.moveBy(0, 0)
}

// moveBy moves both by parts of a photo, as far as there is something to see.
func (p *Pair) moveBy(dx, dy float32) {
	half := 0.5 / p.zoom
	p.x = min(max(p.x+dx, half), 1-half)
	p.y = min(max(p.y+dy, half), 1-half)
	p.say()
	for _, s := range p.sides {
		s.draw()
	}
}

// TypedKey zooms, moves and closes.
func (p *Pair) TypedKey(ev *fyne.KeyEvent) {
	step := 0.2 / p.zoom
	switch ev.Name {
	case fyne.KeyPlus, fyne.KeyEqual:
		p.zoomBy(1.5)
	case fyne.KeyMinus:
		p.zoomBy(1 / 1.5)
	case fyne.Key0:
		p.zoomBy(0)
	case fyne.KeyLeft:
		p.moveBy(-step, 0)
	case fyne.KeyRight:
		p.moveBy(step, 0)
	case fyne.KeyUp:
		p.moveBy(0, -step)
	case fyne.KeyDown:
		p.moveBy(0, step)
	case fyne.KeyEscape:
		if p.OnClose != nil {
			p.OnClose()
		}
	}
}

// CreateRenderer links the widget to Fyne.
func (p *Pair) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return widget.NewSimpleRenderer(p.body)
}

// side is one of the two.
type side struct {
	widget.BaseWidget
	p      *Pair
	loader *photos.Loader
	frame  Frame
	view   *photos.View // whole
	near   *canvas.Image
	large  *image.RGBA // as many pixels as a zoom may need
	asked  bool
	cancel func()
}

func newSide(p *Pair, loader *photos.Loader, f Frame) *side {
	s := &side{p: p, loader: loader, frame: f, view: photos.NewView(loader, photos.Contain, true), near: canvas.NewImageFromImage(nil)}
	s.view.Mat = ""
	s.view.SetPhoto(f.Photo)
	s.near.ScaleMode, s.near.FillMode = canvas.ImageScaleFastest, canvas.ImageFillStretch
	s.near.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// whole is the photo with its name, caption and credit under it.
func (s *side) whole() fyne.CanvasObject {
	name := look.NewText(s.frame.Photo.Name, look.Ink, look.TextBody)
	caption, credit := look.Small(s.frame.Caption), look.Small(s.frame.Credit)
	name.Alignment, caption.Alignment, credit.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter, fyne.TextAlignCenter
	name.Truncate = true
	if s.frame.Credit == "" {
		credit.Text, credit.Color = lang.L("No credit"), look.Warning
	}
	return container.NewBorder(nil, look.Inset(4, 14, look.Column(1, name, caption, credit)), nil, nil, look.Inset(0, 3, s))
}

// draw shows the part that the zoom asks for; the pixels are made behind the
// window the first time they are wanted.
func (s *side) draw() {
	near := s.p.zoom > 1
	if near && !s.asked {
		s.asked = true
		s.cancel = s.loader.Preview(s.frame.Photo, pairEdge, pairEdge, func(img *image.RGBA, err error) {
			if err == nil {
				s.large = img
				s.draw()
			}
		})
	}
	size := s.Size()
	if !near || s.large == nil || size.Width < 2 {
		s.near.Hide()
		s.view.Show()
		return
	}
	// The frame of the whole photo grows with the zoom until it fills the side.
	iw, ih := float32(s.large.Rect.Dx()), float32(s.large.Rect.Dy())
	fit := min(size.Width/iw, size.Height/ih) * s.p.zoom
	w, h := min(iw*fit, size.Width), min(ih*fit, size.Height)
	part := fyne.NewSize(w/fit, h/fit) // of the pixels
	at := fyne.NewPos(min(max(s.p.x*iw-part.Width/2, 0), iw-part.Width), min(max(s.p.y*ih-part.Height/2, 0), ih-part.Height))
	out := image.NewRGBA(image.Rect(0, 0, max(int(w), 1), max(int(h), 1)))
	from := image.Rect(int(at.X), int(at.Y), int(at.X+part.Width), int(at.Y+part.Height)).Add(s.large.Rect.Min)
	draw.ApproxBiLinear.Scale(out, out.Rect, s.large, from, draw.Src, nil)
	s.near.Image = out
	s.near.Move(fyne.NewPos((size.Width-w)/2, (size.Height-h)/2))
	s.near.Resize(fyne.NewSize(w, h))
	s.view.Hide()
	s.near.Show()
	s.near.Refresh()
}

// Scrolled zooms.
func (s *side) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DY > 0 {
		s.p.zoomBy(1.2)
	} else if ev.Scrolled.DY < 0 {
		s.p.zoomBy(1 / 1.2)
	}
}

// Dragged moves both.
func (s *side) Dragged(ev *fyne.DragEvent) {
	size := s.Size()
	s.p.moveBy(-ev.Dragged.DX/(size.Width*s.p.zoom), -ev.Dragged.DY/(size.Height*s.p.zoom))
}

// DragEnd has nothing to end.
func (s *side) DragEnd() {}

// DoubleTapped zooms in, or shows all again.
func (s *side) DoubleTapped(*fyne.PointEvent) {
	if s.p.zoom > 1 {
		s.p.zoomBy(0)
	} else {
		s.p.zoomBy(3)
	}
}

func (s *side) CreateRenderer() fyne.WidgetRenderer { return &sideRenderer{s} }

type sideRenderer struct{ s *side }

func (r *sideRenderer) Layout(size fyne.Size) {
	r.s.view.Resize(size)
	r.s.draw()
}
func (r *sideRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 200) }
func (r *sideRenderer) Refresh()           { r.s.draw() }
func (r *sideRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.view, r.s.near}
}

func (r *sideRenderer) Destroy() {
	if r.s.cancel != nil {
		r.s.cancel()
	}
}

// ShowPair opens a window with two photos to compare.
func ShowPair(app fyne.App, loader *photos.Loader, a, b Frame) fyne.Window {
	w := app.NewWindow(a.Photo.Name + " – " + b.Photo.Name)
	p := NewPair(loader, a, b)
	p.OnClose = w.Close
	w.SetPadded(false)
	w.SetContent(p)
	w.Canvas().SetOnTypedKey(p.TypedKey)
	w.Resize(fyne.NewSize(1280, 780))
	w.Show()
	return w
}
