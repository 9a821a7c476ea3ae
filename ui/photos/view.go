package photos

// This file owns View, the widget that shows one photo.

import (
	"image"
	"image/draw"
	"math"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
)

// Fill says how a photo meets the space of a View.
type Fill int

// The ways to fill a View.
const (
	Contain Fill = iota // the whole photo, space left beside it
	Cover               // the whole space, the photo cut around its focal point
)

// View shows one photo at exact device pixels: a tone while it loads, a few
// plain words when it can't be shown. It is used from the UI goroutine.
type View struct {
	widget.BaseWidget
	// Mat is the tone behind the photo; "" leaves what is behind the view.
	Mat fyne.ThemeColorName
	// Radius rounds the photo's corners. Set it before the view is shown.
	Radius float32
	// OnLoaded is told when the pixels for the present size are shown.
	OnLoaded func()

	loader  *Loader
	fill    Fill
	large   bool
	min     fyne.Size
	covered bool

	ph       project.Photo
	shown    bool // a photo was given
	w, h     int  // the device pixels last asked for
	sharp    bool // img has them
	img      *image.RGBA
	cut      *image.RGBA // of img, where it is cut
	cutFrom  *image.RGBA
	cutW     int
	cutH     int
	trouble  string
	cancels  []func()
	turn     int // of requests, so that a late answer is not taken for this photo's
	renderer *viewRenderer
}

// NewView makes an empty view. A large one loads from the original, after the
// library's small view; a small one has the small view only.
func NewView(loader *Loader, fill Fill, large bool) *View {
	v := &View{loader: loader, fill: fill, large: large, Mat: look.Mat}
	v.ExtendBaseWidget(v)
	return v
}

// SetMinSize sets the least size.
func (v *View) SetMinSize(size fyne.Size) {
	v.min = size
	v.Refresh()
}

// Photo is the photo shown, and whether there is one.
func (v *View) Photo() (project.Photo, bool) { return v.ph, v.shown }

// Loaded reports whether the pixels for the present size are on screen.
func (v *View) Loaded() bool { return v.sharp }

// SetPhoto changes the photo; the same photo with the same recipe is not loaded again.
func (v *View) SetPhoto(ph project.Photo) {
	same := v.shown && v.ph.ID == ph.ID && v.ph.SHA256 == ph.SHA256 && recipeKey(v.ph) == recipeKey(ph)
	v.ph, v.shown = ph, true
	if same && (v.trouble == "" || v.waiting()) {
		v.cut = nil // the focal point may have moved
		v.refresh()
		return
	}
	v.reset()
	v.request()
	v.refresh()
}

// Clear shows no photo.
func (v *View) Clear() {
	v.reset()
	v.shown, v.ph = false, project.Photo{}
	v.refresh()
}

// SetCovered covers the photo, or uncovers it.
func (v *View) SetCovered(covered bool) {
	if v.covered != covered {
		v.covered = covered
		v.refresh()
	}
}

// Pixels is the box that the view last asked its loader for, in device pixels.
func (v *View) Pixels() (w, h int) { return v.w, v.h }

// Covered reports whether the photo is covered.
func (v *View) Covered() bool { return v.covered }

// Resize asks for the pixels of the new size.
func (v *View) Resize(size fyne.Size) {
	v.BaseWidget.Resize(size)
	v.request()
}

func (v *View) waiting() bool { return len(v.cancels) > 0 }

func (v *View) reset() {
	v.stop()
	v.img, v.cut, v.trouble, v.sharp = nil, nil, "", false
	v.w, v.h = 0, 0
}

func (v *View) stop() {
	for _, cancel := range v.cancels {
		cancel()
	}
	v.cancels = nil
	v.turn++
}

// request asks the loader for the view's device pixels, once a size.
func (v *View) request() {
	size := v.Size()
	if !v.shown || v.loader == nil || size.Width < 2 || size.Height < 2 {
		return
	}
	w, h := devicePixels(v, size)
	if v.fill == Cover {
		w, h = covering(v.ph, w, h)
	}
	if w == v.w && h == v.h {
		return
	}
	v.stop()
	v.w, v.h, v.sharp = w, h, false
	v.turn++
	turn := v.turn
	var cancels []func()
	if v.large && v.img == nil { // something to look at meanwhile
		tw, th := min(w, project.ThumbnailEdge), min(h, project.ThumbnailEdge)
		cancels = append(cancels, v.loader.Thumbnail(v.ph, tw, th, func(img *image.RGBA, err error) {
			if err == nil && !v.sharp && turn == v.turn {
				v.take(img)
			}
		}))
	}
	ask := v.loader.Thumbnail
	if v.large {
		ask = v.loader.Preview
	}
	cancels = append(cancels, ask(v.ph, w, h, func(img *image.RGBA, err error) {
		if turn == v.turn {
			v.arrived(img, err)
		}
	}))
	if !v.sharp && v.trouble == "" {
		v.cancels = cancels
	}
}

func (v *View) arrived(img *image.RGBA, err error) {
	v.cancels = nil
	if err != nil {
		v.trouble = Trouble(err)
		v.refresh()
		return
	}
	v.trouble, v.sharp = "", true
	v.take(img)
	if v.OnLoaded != nil {
		v.OnLoaded()
	}
}

func (v *View) take(img *image.RGBA) {
	v.img, v.cut = img, nil
	v.refresh()
}

func (v *View) refresh() {
	if v.renderer != nil {
		v.renderer.Refresh()
	}
}

// devicePixels is how many real pixels a size covers on the object's canvas.
func devicePixels(obj fyne.CanvasObject, size fyne.Size) (w, h int) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(obj)
	if c == nil { // not drawn yet: the windows of one app mostly share a screen
		if all := driver.AllWindows(); len(all) > 0 {
			c = all[0].Canvas()
		}
	}
	if c == nil {
		return int(size.Width), int(size.Height)
	}
	return c.PixelCoordinateForPosition(fyne.NewPos(size.Width, size.Height))
}

// covering is the size of the photo that just covers a box.
func covering(ph project.Photo, w, h int) (int, int) {
	aspect := float64(Aspect(ph))
	if float64(w)/float64(max(h, 1)) > aspect {
		return w, int(math.Ceil(float64(w) / aspect))
	}
	return int(math.Ceil(float64(h) * aspect)), h
}

// place is what to paint into a size: the pixels and where they go.
func (v *View) place(size fyne.Size) (*image.RGBA, fyne.Position, fyne.Size) {
	if v.img == nil || size.Width < 1 || size.Height < 1 {
		return nil, fyne.Position{}, size
	}
	iw, ih := float32(v.img.Rect.Dx()), float32(v.img.Rect.Dy())
	if v.fill == Cover {
		return v.cutTo(size), fyne.Position{}, size
	}
	scale := min(size.Width/iw, size.Height/ih)
	if dw, _ := devicePixels(v, size); dw > 0 && v.sharp {
		// Never above the photo's own pixels, and on whole pixels where they are exact.
		scale = min(scale, size.Width/float32(dw))
	}
	at := fyne.NewSize(iw*scale, ih*scale)
	pos := fyne.NewPos(float32(math.Floor(float64(size.Width-at.Width)/2)), float32(math.Floor(float64(size.Height-at.Height)/2)))
	return v.img, pos, at
}

// cutTo cuts the pixels to the shape of a size, around the focal point. The cut
// is a copy: the painter takes pixels whole.
func (v *View) cutTo(size fyne.Size) *image.RGBA {
	iw, ih := v.img.Rect.Dx(), v.img.Rect.Dy()
	w, h := iw, int(math.Round(float64(iw)*float64(size.Height)/float64(size.Width)))
	if h > ih {
		w, h = int(math.Round(float64(ih)*float64(size.Width)/float64(size.Height))), ih
	}
	w, h = min(max(w, 1), iw), min(max(h, 1), ih)
	if w >= iw-1 && h >= ih-1 {
		return v.img
	}
	if v.cut != nil && v.cutFrom == v.img && v.cutW == w && v.cutH == h {
		return v.cut
	}
	focus := v.ph.Recipe.FocusIn()
	x := min(max(int(focus.X*float64(iw))-w/2, 0), iw-w)
	y := min(max(int(focus.Y*float64(ih))-h/2, 0), ih-h)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, v.img, v.img.Rect.Min.Add(image.Pt(x, y)), draw.Src)
	v.cut, v.cutFrom, v.cutW, v.cutH = out, v.img, w, h
	return out
}

// CreateRenderer links the widget to Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	r := &viewRenderer{v: v, mat: look.Ground(v.Mat), img: canvas.NewImageFromImage(nil), cover: look.Ground(look.Cover)}
	r.img.ScaleMode, r.img.FillMode, r.img.CornerRadius = canvas.ImageScaleFastest, canvas.ImageFillStretch, v.Radius
	r.mat.Radius, r.cover.Radius = v.Radius, v.Radius
	r.words = look.NewText("", look.Muted, look.TextSmall)
	r.words.Alignment, r.words.Truncate = fyne.TextAlignCenter, true
	v.renderer = r
	r.update()
	return r
}

type viewRenderer struct {
	v     *View
	mat   *look.Area
	img   *canvas.Image
	cover *look.Area
	words *look.Text
}

func (r *viewRenderer) update() {
	v := r.v
	img, pos, size := v.place(v.Size())
	if img == nil {
		r.img.Image = nil
		r.img.Hide()
	} else {
		if r.img.Image != image.Image(img) {
			r.img.Image = img
		}
		r.img.Move(pos)
		r.img.Resize(size)
		r.img.Show()
	}
	r.mat.Hidden = v.Mat == "" || img != nil && v.fill == Cover
	r.mat.Fill = v.Mat
	r.cover.Hidden = !v.covered || !v.shown
	words := ""
	switch {
	case v.covered && v.shown:
		words = lang.L("Sensitive")
		r.words.Color = look.OnPhoto
	case v.trouble != "":
		words = v.trouble
		r.words.Color = look.Warning
	}
	r.words.Hidden = words == ""
	r.words.Text = words
}

func (r *viewRenderer) Layout(size fyne.Size) {
	r.mat.Resize(size)
	r.cover.Resize(size)
	high := r.words.MinSize().Height
	r.words.Move(fyne.NewPos(4, (size.Height-high)/2))
	r.words.Resize(fyne.NewSize(size.Width-8, high))
	r.update()
}

func (r *viewRenderer) MinSize() fyne.Size { return r.v.min }

func (r *viewRenderer) Refresh() {
	r.update()
	r.Layout(r.v.Size())
	r.mat.Refresh()
	r.cover.Refresh()
	r.words.Refresh()
	r.img.Refresh()
	canvas.Refresh(r.v)
}

func (r *viewRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.mat, r.img, r.cover, r.words}
}

func (r *viewRenderer) Destroy() { r.v.stop() }
