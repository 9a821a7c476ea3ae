package photo

// This file owns where things lie on a photo before and after it is turned and straightened, and how an area of it is
// shaped, moved and pulled: what a window needs to let an editor draw on a photo.

import "math"

// Whole is the size of the turned and straightened photo, before the crop: the photo that Crop and Focus are fractions of.
func (r Recipe) Whole(w, h int) (int, int) {
	r.Crop = nil
	return r.size(w, h)
}

// Upright is where on the upright photo, w by h pixels before any step of the recipe, a place of the turned and
// straightened photo lies. Redactions are drawn on the one and kept on the other.
func (r Recipe) Upright(w, h int, p Point) Point {
	if r.Straighten != 0 {
		tw, th := float64(w), float64(h)
		if r.Turn&1 == 1 {
			tw, th = th, tw
		}
		sw, sh := straightened(int(tw), int(th), r.Straighten)
		sin, cos := math.Sincos(-r.Straighten * math.Pi / 180)
		x, y := (p.X-0.5)*float64(sw), (p.Y-0.5)*float64(sh)
		p = Point{X: 0.5 + (x*cos-y*sin)/tw, Y: 0.5 + (x*sin+y*cos)/th}
	}
	return p.Turned(-r.Turn)
}

// Placed is where a place of the upright photo, w by h pixels, lies on the turned and straightened one; outside of 0 to 1
// where straightening has trimmed it off.
func (r Recipe) Placed(w, h int, p Point) Point {
	p = p.Turned(r.Turn)
	if r.Straighten == 0 {
		return p
	}
	tw, th := float64(w), float64(h)
	if r.Turn&1 == 1 {
		tw, th = th, tw
	}
	sw, sh := straightened(int(tw), int(th), r.Straighten)
	sin, cos := math.Sincos(r.Straighten * math.Pi / 180)
	x, y := (p.X-0.5)*tw, (p.Y-0.5)*th
	return Point{X: 0.5 + (x*cos-y*sin)/float64(sw), Y: 0.5 + (x*sin+y*cos)/float64(sh)}
}

// Edges are sides of an area; two that meet are a corner.
type Edges uint8

// The sides of an area.
const (
	EdgeLeft Edges = 1 << iota
	EdgeRight
	EdgeTop
	EdgeBottom
)

// All is the area of the whole photo.
var All = Rect{W: 1, H: 1}

// Contains reports whether the point is in the area.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X && p.X <= r.X+r.W && p.Y >= r.Y && p.Y <= r.Y+r.H
}

// Middle is the area's middle.
func (r Rect) Middle() Point { return Point{X: r.X + r.W/2, Y: r.Y + r.H/2} }

// IsAll reports whether the area leaves nothing of the photo out that could be seen.
func (r Rect) IsAll() bool {
	const hair = 1e-4
	return r.X < hair && r.Y < hair && r.X+r.W > 1-hair && r.Y+r.H > 1-hair
}

// Shifted is the area moved, as far as the photo lets it.
func (r Rect) Shifted(dx, dy float64) Rect {
	r.X = min(max(r.X+dx, 0), 1-r.W)
	r.Y = min(max(r.Y+dy, 0), 1-r.H)
	return r
}

// Shaped is an area of another shape around the same middle and of the same size, smaller where the photo ends. ratio is
// width over height, both in fractions.
func (r Rect) Shaped(ratio float64) Rect {
	mid := r.Middle()
	w := math.Sqrt(r.W * r.H * ratio)
	w = min(w, 1, ratio)
	h := w / ratio
	return Rect{X: mid.X - w/2, Y: mid.Y - h/2, W: w, H: h}.Shifted(0, 0)
}

// Pulled is the area after its edges were drawn to a place: what lies opposite stays. It never gets smaller than least
// either way, nor leaves the photo. ratio, width over height in fractions, is kept; 0 lets the shape go.
func (r Rect) Pulled(e Edges, to Point, ratio, least float64) Rect {
	if ratio > 0 {
		return r.pulledInShape(e, to, ratio, least)
	}
	left, top, right, bottom := r.X, r.Y, r.X+r.W, r.Y+r.H
	if e&EdgeLeft != 0 {
		left = min(max(to.X, 0), right-least)
	}
	if e&EdgeRight != 0 {
		right = max(min(to.X, 1), left+least)
	}
	if e&EdgeTop != 0 {
		top = min(max(to.Y, 0), bottom-least)
	}
	if e&EdgeBottom != 0 {
		bottom = max(min(to.Y, 1), top+least)
	}
	return Rect{X: left, Y: top, W: right - left, H: bottom - top}.Shifted(0, 0)
}

func (r Rect) pulledInShape(e Edges, to Point, ratio, least float64) Rect {
	// What stays: a corner, or the middle of a side; and the room from there to the photo's edge.
	stay, roomX, roomY := r.Middle(), 0.0, 0.0
	wide, tall := math.Inf(-1), math.Inf(-1)
	switch {
	case e&EdgeLeft != 0:
		stay.X = r.X + r.W
		wide, roomX = stay.X-to.X, stay.X
	case e&EdgeRight != 0:
		stay.X = r.X
		wide, roomX = to.X-stay.X, 1-stay.X
	default:
		roomX = 2 * min(stay.X, 1-stay.X)
	}
	switch {
	case e&EdgeTop != 0:
		stay.Y = r.Y + r.H
		tall, roomY = stay.Y-to.Y, stay.Y
	case e&EdgeBottom != 0:
		stay.Y = r.Y
		tall, roomY = to.Y-stay.Y, 1-stay.Y
	default:
		roomY = 2 * min(stay.Y, 1-stay.Y)
	}
	w := max(wide, tall*ratio, least, least*ratio)
	w = min(w, roomX, roomY*ratio)
	out := Rect{W: w, H: w / ratio}
	switch {
	case e&EdgeLeft != 0:
		out.X = stay.X - out.W
	case e&EdgeRight != 0:
		out.X = stay.X
	default:
		out.X = stay.X - out.W/2
	}
	switch {
	case e&EdgeTop != 0:
		out.Y = stay.Y - out.H
	case e&EdgeBottom != 0:
		out.Y = stay.Y
	default:
		out.Y = stay.Y - out.H/2
	}
	return out.Shifted(0, 0)
}

// Snapped is the area on whole pixels of a photo of w by h, so that what was drawn is what is cut. shape, width over
// height in pixels, is met to the pixel; 0 leaves it.
func (r Rect) Snapped(w, h int, shape float64) Rect {
	if w <= 0 || h <= 0 {
		return r
	}
	fw, fh := float64(w), float64(h)
	pw, ph := max(1, math.Round(r.W*fw)), max(1, math.Round(r.H*fh))
	if shape > 0 {
		if ph = max(1, math.Round(pw/shape)); ph > fh {
			ph = fh
			pw = max(1, math.Round(ph*shape))
		}
	}
	pw, ph = min(pw, fw), min(ph, fh)
	x, y := min(max(math.Round(r.X*fw), 0), fw-pw), min(max(math.Round(r.Y*fh), 0), fh-ph)
	return Rect{X: x / fw, Y: y / fh, W: pw / fw, H: ph / fh}
}

// Span is the area between two points, brought into the photo.
func Span(a, b Point) Rect {
	in := func(v float64) float64 { return min(max(v, 0), 1) }
	x0, x1 := in(min(a.X, b.X)), in(max(a.X, b.X))
	y0, y1 := in(min(a.Y, b.Y)), in(max(a.Y, b.Y))
	return Rect{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}
}

// Range is what a value of the recipe may be.
type Range struct{ Least, Most float64 }

// What newsrooms tone within: enough for a clear and accurate reproduction, too little to change what a photo tells.
// Conversion into greys, a saturation of -100, is allowed beside.
var (
	NewsBrightness = Range{-30, 30}
	NewsContrast   = Range{-30, 30}
	NewsSaturation = Range{-30, 20}
)

// Grey is the saturation of a photo in black and white.
const Grey = -100

// In is the nearest value within the range.
func (r Range) In(v float64) float64 { return min(max(v, r.Least), r.Most) }
