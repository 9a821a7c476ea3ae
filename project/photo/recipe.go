package photo

// This file owns the recipe: what the editor wants done to a photograph, and the sizes that follow from it.

import (
	"fmt"
	"math"
)

// Point is a place on a photo, in fractions of its width and height from the top left corner.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Rect is an area of a photo, in fractions of its width and height from the top left corner.
type Rect struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

func (r Rect) validate() error {
	const slack = 1e-6 // fractions that a window computed may miss 1 by a rounding
	for _, v := range [...]float64{r.X, r.Y, r.W, r.H} {
		if math.IsNaN(v) || v < -slack || v > 1+slack {
			return fmt.Errorf("area %+v leaves the photo", r)
		}
	}
	if r.W <= 0 || r.H <= 0 {
		return fmt.Errorf("area %+v is empty", r)
	}
	if r.X+r.W > 1+slack || r.Y+r.H > 1+slack {
		return fmt.Errorf("area %+v leaves the photo", r)
	}
	return nil
}

// The styles of a Redaction.
const (
	RedactBlack    = "black"
	RedactPixelate = "pixelate"
)

// Redaction hides an area for good. Its area is in fractions of the upright photo before any other step of the recipe, so
// that a later turn or crop can't slip it off the face that it hides.
type Redaction struct {
	Rect
	Style string `json:"style,omitempty"` // RedactBlack (also when empty) or RedactPixelate
	// Seed varies the cells of a pixelated area. It keeps no secret: the cells are made of what lies around the area.
	Seed uint64 `json:"seed,omitempty"`
}

// Recipe is what the editor does to a photograph, applied in this order: redactions, turn, straighten, crop, tone.
// The zero value leaves the photo as it is.
type Recipe struct {
	Turn       int         `json:"turn,omitempty"`       // quarter turns clockwise, 0 to 3
	Straighten float64     `json:"straighten,omitempty"` // degrees clockwise, -45 to 45; corners are trimmed, the shape stays
	Crop       *Rect       `json:"crop,omitempty"`       // of the turned and straightened photo
	Focus      *Point      `json:"focus,omitempty"`      // of the turned and straightened photo, so that a new crop keeps it
	Brightness float64     `json:"brightness,omitempty"` // -100 to 100
	Contrast   float64     `json:"contrast,omitempty"`   // -100 to 100
	Saturation float64     `json:"saturation,omitempty"` // -100 (grey) to 100
	Redactions []Redaction `json:"redactions,omitempty"`
}

// Validate reports the first value that is out of bounds.
func (r Recipe) Validate() error {
	if r.Turn < 0 || r.Turn > 3 {
		return fmt.Errorf("turn %d: want 0 to 3 quarter turns", r.Turn)
	}
	if !(math.Abs(r.Straighten) <= 45) {
		return fmt.Errorf("straighten %g: want -45 to 45 degrees", r.Straighten)
	}
	for _, v := range [...]struct {
		name  string
		value float64
	}{{"brightness", r.Brightness}, {"contrast", r.Contrast}, {"saturation", r.Saturation}} {
		if !(math.Abs(v.value) <= 100) {
			return fmt.Errorf("%s %g: want -100 to 100", v.name, v.value)
		}
	}
	if r.Crop != nil {
		if err := r.Crop.validate(); err != nil {
			return fmt.Errorf("crop: %w", err)
		}
	}
	if f := r.Focus; f != nil && !(f.X >= 0 && f.X <= 1 && f.Y >= 0 && f.Y <= 1) {
		return fmt.Errorf("focus %+v leaves the photo", *f)
	}
	for i, d := range r.Redactions {
		if err := d.validate(); err != nil {
			return fmt.Errorf("redaction %d: %w", i+1, err)
		}
		if d.Style != "" && d.Style != RedactBlack && d.Style != RedactPixelate {
			return fmt.Errorf("redaction %d: unknown style %q", i+1, d.Style)
		}
	}
	return nil
}

// IsZero reports whether the recipe leaves every pixel as it is. A focal point alone changes none.
func (r Recipe) IsZero() bool {
	return r.Turn&3 == 0 && r.Straighten == 0 && r.Crop == nil && len(r.Redactions) == 0 && !r.tones()
}

func (r Recipe) tones() bool { return r.Brightness != 0 || r.Contrast != 0 || r.Saturation != 0 }

// Turned is the recipe after so many further quarter turns clockwise: crop and focal point stay on what they were on.
func (r Recipe) Turned(quarters int) Recipe {
	quarters &= 3
	r.Turn = (r.Turn + quarters) & 3
	if r.Crop != nil {
		c := r.Crop.Turned(quarters)
		r.Crop = &c
	}
	if r.Focus != nil {
		f := r.Focus.Turned(quarters)
		r.Focus = &f
	}
	return r
}

// Turned is where the area lies once the photo under it is turned by so many quarters clockwise; negative ones turn back.
func (r Rect) Turned(quarters int) Rect {
	for range quarters & 3 {
		r = Rect{X: 1 - r.Y - r.H, Y: r.X, W: r.H, H: r.W}
	}
	return r
}

// Turned is where the point lies once the photo under it is turned by so many quarters clockwise; negative ones turn back.
func (p Point) Turned(quarters int) Point {
	for range quarters & 3 {
		p = Point{X: 1 - p.Y, Y: p.X}
	}
	return p
}

// FocusIn is the focal point in fractions of the developed photo, its middle when the recipe has none.
func (r Recipe) FocusIn() Point {
	p := Point{X: 0.5, Y: 0.5}
	if r.Focus == nil {
		return p
	}
	p = *r.Focus
	if c := r.Crop; c != nil && c.W > 0 && c.H > 0 {
		p.X = min(max((p.X-c.X)/c.W, 0), 1)
		p.Y = min(max((p.Y-c.Y)/c.H, 0), 1)
	}
	return p
}

// Size is the size in pixels of the photo once the recipe is applied to it at full size.
func Size(info *Info, r Recipe) (w, h int) {
	return r.size(info.Width, info.Height)
}

func (r Recipe) size(w, h int) (int, int) {
	if r.Turn&1 == 1 {
		w, h = h, w
	}
	w, h = straightened(w, h, r.Straighten)
	area := r.cropOf(w, h)
	return area.Dx(), area.Dy()
}

// Cover is the long edge at which to decode the whole photo so that the developed one is at least as long as edge, which
// is bounded by the photo's own size. It is what DecodeOptions.Cover wants.
func Cover(info *Info, r Recipe, edge int) int {
	whole := max(info.Width, info.Height)
	w, h := Size(info, r)
	part := max(w, h)
	if edge >= part || part == 0 {
		return whole
	}
	return min(whole, int(math.Ceil(float64(edge)*float64(whole)/float64(part))))
}
