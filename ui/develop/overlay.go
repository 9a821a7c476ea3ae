package develop

// This file owns what is drawn on the stage: the photo, what a crop leaves out,
// frames, handles, the focal point. Lines are light on dark, so that they are
// seen on any photo.

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"photodesk/project/photo"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

var (
	lineLight = color.NRGBA{R: 255, G: 255, B: 255, A: 235}
	lineDark  = color.NRGBA{A: 150}
	lineFaint = color.NRGBA{R: 255, G: 255, B: 255, A: 95}
	leftOut   = color.NRGBA{R: 12, G: 12, B: 13, A: 168}
	leftSoft  = color.NRGBA{R: 12, G: 12, B: 13, A: 100}
)

const handleSize = 10

type stageRenderer struct {
	s       *stage
	ground  *look.Area
	img     *canvas.Image
	ring    *canvas.Rectangle
	words   *look.Text
	badge   *look.Area
	note    *look.Text
	lines   []*canvas.Line
	squares []*canvas.Rectangle
	discs   []*canvas.Circle
	objects []fyne.CanvasObject
}

// CreateRenderer links the stage to Fyne.
func (s *stage) CreateRenderer() fyne.WidgetRenderer {
	r := &stageRenderer{
		s: s, ground: look.Ground(look.Desk), img: canvas.NewImageFromImage(nil), ring: canvas.NewRectangle(color.Transparent),
		words: look.NewText("", look.Muted, look.TextBody), badge: look.Ground(look.PhotoBadge), note: look.NewText("", look.OnPhoto, look.TextSmall),
	}
	r.img.ScaleMode, r.img.FillMode = canvas.ImageScaleFastest, canvas.ImageFillStretch
	r.ring.StrokeWidth = 2
	r.badge.Radius = 4
	r.words.Alignment = fyne.TextAlignCenter
	s.renderer = r
	r.draw()
	return r
}

func (r *stageRenderer) Destroy()                     {}
func (r *stageRenderer) MinSize() fyne.Size           { return fyne.NewSize(240, 240) }
func (r *stageRenderer) Layout(fyne.Size)             { r.draw() }
func (r *stageRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *stageRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.s)
}

// draw lays out everything that is to be seen now.
func (r *stageRenderer) draw() {
	s := r.s
	size := s.Size()
	var lines, squares, discs int
	r.objects = r.objects[:0]
	r.ground.Resize(size)
	r.objects = append(r.objects, r.ground)
	p := s.place()
	steady := r.photo(p)

	line := func(a, b fyne.Position, c color.Color, w float32) {
		if lines == len(r.lines) {
			r.lines = append(r.lines, canvas.NewLine(c))
		}
		l := r.lines[lines]
		lines++
		l.Position1, l.Position2, l.StrokeColor, l.StrokeWidth = a, b, c, w
		r.objects = append(r.objects, l)
	}
	square := func(at fyne.Position, sz fyne.Size, fill, stroke color.Color, w float32) {
		if sz.Width <= 0 || sz.Height <= 0 {
			return
		}
		if squares == len(r.squares) {
			r.squares = append(r.squares, canvas.NewRectangle(fill))
		}
		q := r.squares[squares]
		squares++
		q.FillColor, q.StrokeColor, q.StrokeWidth = fill, stroke, w
		q.Move(at)
		q.Resize(sz)
		r.objects = append(r.objects, q)
	}
	disc := func(at fyne.Position, d float32, fill, stroke color.Color, w float32) {
		if discs == len(r.discs) {
			r.discs = append(r.discs, canvas.NewCircle(fill))
		}
		q := r.discs[discs]
		discs++
		q.FillColor, q.StrokeColor, q.StrokeWidth = fill, stroke, w
		q.Move(at.SubtractXY(d/2, d/2))
		q.Resize(fyne.NewSize(d, d))
		r.objects = append(r.objects, q)
	}
	outline := func(rect photo.Rect, shown func(photo.Point) photo.Point, strong bool) {
		var c [4]fyne.Position
		for i, k := range knobs[:4] {
			c[i] = p.pos(shown(on(rect, k.x, k.y)))
		}
		light := color.Color(lineLight)
		if !strong {
			light = lineFaint
		}
		for i := range c {
			line(c[i], c[(i+1)%4], lineDark, 3)
		}
		for i := range c {
			line(c[i], c[(i+1)%4], light, 1.2)
		}
	}

	if steady && !s.r.compare && s.r.tool != Tone {
		r.leftOut(p, square)
		if s.r.tool == Crop {
			r.grid(p, line)
		}
		straight := func(at photo.Point) photo.Point { return at }
		if s.r.tool == Crop || s.r.recipe.Crop != nil {
			outline(s.r.frame(), straight, s.r.tool == Crop)
		}
		if s.r.tool == Redact {
			for i, d := range s.r.recipe.Redactions {
				outline(d.Rect, s.r.placed, i == s.r.chosen)
			}
		}
		if rect, shown, ok := s.area(); ok && !s.r.readOnly {
			for _, k := range knobs {
				at := p.pos(shown(on(rect, k.x, k.y))).SubtractXY(handleSize/2, handleSize/2)
				square(at, fyne.NewSquareSize(handleSize), lineLight, color.NRGBA{A: 190}, 1)
			}
		}
		if s.r.tool == Focus {
			at := p.pos(s.r.focal())
			disc(at, 34, color.Transparent, lineDark, 4)
			disc(at, 32, color.Transparent, lineLight, 2)
			disc(at, 7, lineLight, lineDark, 1)
		}
	}
	r.say(p)
	if s.focused {
		r.ring.StrokeColor = look.Color(look.Accent)
		r.ring.Resize(size.SubtractWidthHeight(4, 4))
		r.ring.Move(fyne.NewPos(2, 2))
		r.objects = append(r.objects, r.ring)
	}
}

// photo places the pixels there are, and reports whether they have the shape
// of what is shown: those of a turn may still be on their way.
func (r *stageRenderer) photo(p place) bool {
	img := r.s.img
	if img == nil || p.size.Width <= 0 {
		return false
	}
	if r.img.Image != image.Image(img) {
		r.img.Image = img
		r.img.Refresh()
	}
	of := r.s.of
	at := p.pos(photo.Point{X: of.X, Y: of.Y})
	size := fyne.NewSize(float32(of.W)*p.size.Width, float32(of.H)*p.size.Height)
	is, want := float32(img.Rect.Dx())/float32(img.Rect.Dy()), size.Width/size.Height
	steady := abs(is-want) < 0.02*want
	if !steady {
		room := r.s.Size().SubtractWidthHeight(2*margin, 2*margin)
		w := min(room.Width, room.Height*is)
		size = fyne.NewSize(w, w/is)
		at = fyne.NewPos((r.s.Size().Width-size.Width)/2, (r.s.Size().Height-size.Height)/2)
	}
	r.img.Move(at)
	r.img.Resize(size)
	r.objects = append(r.objects, r.img)
	return steady
}

// leftOut darkens what the crop leaves out.
func (r *stageRenderer) leftOut(p place, square func(fyne.Position, fyne.Size, color.Color, color.Color, float32)) {
	if r.s.r.recipe.Crop == nil {
		return
	}
	shade := color.Color(leftSoft)
	if r.s.r.tool == Crop {
		shade = leftOut
	}
	f := r.s.r.frame()
	// On whole pixels: between areas that end on parts of one a seam would show.
	a, b := whole(p.pos(photo.Point{X: f.X, Y: f.Y})), whole(p.pos(photo.Point{X: f.X + f.W, Y: f.Y + f.H}))
	end := p.at.Add(p.size)
	none := color.Color(color.Transparent)
	square(p.at, fyne.NewSize(p.size.Width, a.Y-p.at.Y), shade, none, 0)
	square(fyne.NewPos(p.at.X, b.Y), fyne.NewSize(p.size.Width, end.Y-b.Y), shade, none, 0)
	square(fyne.NewPos(p.at.X, a.Y), fyne.NewSize(a.X-p.at.X, b.Y-a.Y), shade, none, 0)
	square(fyne.NewPos(b.X, a.Y), fyne.NewSize(end.X-b.X, b.Y-a.Y), shade, none, 0)
}

func whole(at fyne.Position) fyne.Position {
	return fyne.NewPos(float32(math.Round(float64(at.X))), float32(math.Round(float64(at.Y))))
}

// grid is the thirds while a crop is drawn, and a finer one for a horizon.
func (r *stageRenderer) grid(p place, line func(a, b fyne.Position, c color.Color, w float32)) {
	parts := 0
	switch {
	case r.s.level:
		parts = 8
	case r.s.drag != nil || r.s.r.recipe.Crop != nil:
		parts = 3
	}
	f := r.s.r.frame()
	for i := 1; i < parts; i++ {
		at := float64(i) / float64(parts)
		line(p.pos(on(f, at, 0)), p.pos(on(f, at, 1)), lineFaint, 1)
		line(p.pos(on(f, 0, at)), p.pos(on(f, 1, at)), lineFaint, 1)
	}
}

// say puts the few words there are onto the stage.
func (r *stageRenderer) say(p place) {
	s := r.s
	size := s.Size()
	words := ""
	switch {
	case s.r.plate == nil:
	case s.trouble != nil:
		words = photos.Trouble(s.trouble)
		r.words.Color = look.Warning
	case s.img == nil:
		words = lang.L("Loading…")
		r.words.Color = look.Muted
	}
	if words != "" {
		r.words.Text = words
		r.words.Resize(fyne.NewSize(size.Width, 24))
		r.words.Move(fyne.NewPos(0, size.Height/2-12))
		r.words.Refresh()
		r.objects = append(r.objects, r.words)
	}
	note := ""
	switch {
	case s.img == nil:
	case s.r.compare:
		note = lang.L("Before: as the photo came")
	case s.r.ph.Sensitive:
		note = lang.L("Sensitive: covered for readers")
	}
	if note != "" {
		r.note.Text = note
		m := r.note.MinSize()
		at := fyne.NewPos(max(p.at.X, 0), max(p.at.Y, 0)).AddXY(10, 10)
		r.badge.Move(at)
		r.badge.Resize(m.AddWidthHeight(16, 8))
		r.note.Move(at.AddXY(8, 4))
		r.note.Resize(m)
		r.note.Refresh()
		r.objects = append(r.objects, r.badge, r.note)
	}
}
