package develop

// This file owns the redact tool and the focal point: both are places on the
// photo. A redaction lies on the upright photo; it is drawn where the turned
// and straightened one has it.

import (
	"math/rand/v2"

	"fyne.io/fyne/v2/lang"

	"photodesk/project/photo"
)

// upright is where a place of what is shown lies on the upright photo.
func (r *Room) upright(p photo.Point) photo.Point {
	return r.recipe.Upright(r.ph.Width, r.ph.Height, p)
}

// placed is where a place of the upright photo lies on what is shown.
func (r *Room) placed(p photo.Point) photo.Point {
	return r.recipe.Placed(r.ph.Width, r.ph.Height, p)
}

// choose takes a redaction in hand; -1 none.
func (r *Room) choose(i int) {
	r.chosen = i
	if i >= 0 {
		r.style = styleOf(r.recipe.Redactions[i])
	}
	r.changed()
}

func styleOf(d photo.Redaction) string {
	if d.Style == photo.RedactPixelate {
		return photo.RedactPixelate
	}
	return photo.RedactBlack
}

// at is the topmost redaction under a place of the upright photo, or -1.
func (r *Room) at(p photo.Point) int {
	for i := len(r.recipe.Redactions) - 1; i >= 0; i-- {
		if r.recipe.Redactions[i].Contains(p) {
			return i
		}
	}
	return -1
}

// leastRedaction is the smallest side of a redaction, in fractions of the photo.
const leastRedaction = 0.004

// dragRedaction moves, pulls or draws a redaction with the pointer.
func (r *Room) dragRedaction(d *drag, to photo.Point) {
	up := r.upright(to)
	switch {
	case d.fresh:
		area := photo.Span(r.upright(d.start), up)
		if area.W < leastRedaction || area.H < leastRedaction {
			return
		}
		if d.index < 0 {
			d.index = len(r.recipe.Redactions)
			r.recipe.Redactions = append(r.recipe.Redactions, photo.Redaction{Style: r.style, Seed: seed()})
			r.chosen = d.index
		}
		r.recipe.Redactions[d.index].Rect = area
	case d.edges == 0:
		from := r.upright(d.start)
		r.recipe.Redactions[d.index].Rect = d.rect.Shifted(up.X-from.X, up.Y-from.Y)
	default:
		r.recipe.Redactions[d.index].Rect = d.rect.Pulled(d.edges, r.upright(d.moved(to)), 0, leastRedaction)
	}
}

// seed fits into a number of JSON that any reader keeps.
func seed() uint64 { return rand.Uint64() >> 12 }

// addRedaction puts a new one into the middle of the frame, for the keyboard to move.
func (r *Room) addRedaction() {
	if r.plate == nil || r.readOnly {
		return
	}
	r.stage.letGo()
	mid := r.upright(r.frame().Middle())
	const size = 0.12
	w, h := size, size
	if r.ph.Width > 0 && r.ph.Height > 0 { // square to the eye
		if r.ph.Width > r.ph.Height {
			w *= float64(r.ph.Height) / float64(r.ph.Width)
		} else {
			h *= float64(r.ph.Width) / float64(r.ph.Height)
		}
	}
	area := photo.Rect{X: mid.X - w/2, Y: mid.Y - h/2, W: w, H: h}.Shifted(0, 0)
	r.recipe.Redactions = append(r.recipe.Redactions, photo.Redaction{Rect: area, Style: r.style, Seed: seed()})
	r.chosen = len(r.recipe.Redactions) - 1
	r.report(lang.L("Redact photo"), "")
}

// nudgeRedaction moves the chosen one by arrow keys, or pulls the corner that
// is the lower right one on the screen.
func (r *Room) nudgeRedaction(dx, dy float64, pull bool) {
	if r.chosen < 0 {
		return
	}
	d := &r.recipe.Redactions[r.chosen]
	// The step as the upright photo has it.
	o, to := r.upright(photo.Point{}), r.upright(photo.Point{X: dx, Y: dy})
	ux, uy := to.X-o.X, to.Y-o.Y
	if !pull {
		d.Rect = d.Shifted(ux, uy)
		r.report(lang.L("Move redaction"), "redaction/move")
		return
	}
	right := photo.EdgeRight | photo.EdgeBottom
	switch r.recipe.Turn & 3 {
	case 1:
		right = photo.EdgeRight | photo.EdgeTop
	case 2:
		right = photo.EdgeLeft | photo.EdgeTop
	case 3:
		right = photo.EdgeLeft | photo.EdgeBottom
	}
	corner := d.Middle()
	if right&photo.EdgeLeft != 0 {
		corner.X = d.X + ux
	} else {
		corner.X = d.X + d.W + ux
	}
	if right&photo.EdgeTop != 0 {
		corner.Y = d.Y + uy
	} else {
		corner.Y = d.Y + d.H + uy
	}
	d.Rect = d.Pulled(right, corner, 0, leastRedaction)
	r.report(lang.L("Resize redaction"), "redaction/size")
}

// deleteRedaction takes the chosen one away.
func (r *Room) deleteRedaction() {
	if r.chosen < 0 || r.readOnly {
		return
	}
	list := append([]photo.Redaction(nil), r.recipe.Redactions[:r.chosen]...)
	r.recipe.Redactions = append(list, r.recipe.Redactions[r.chosen+1:]...)
	r.chosen = -1
	r.report(lang.L("Delete redaction"), "")
}

// setStyle is how the chosen redaction hides, and the next one.
func (r *Room) setStyle(style string) {
	r.style = style
	if r.chosen < 0 || r.readOnly {
		r.changed()
		return
	}
	d := &r.recipe.Redactions[r.chosen]
	d.Style = style
	if d.Seed == 0 {
		d.Seed = seed()
	}
	r.report(lang.L("Change redaction"), "")
}

// step chooses the next redaction, or the one before it.
func (r *Room) step(by int) {
	if n := len(r.recipe.Redactions); n > 0 {
		r.choose(((max(r.chosen, -1)+by)%n + n) % n)
	}
}

// setFocus puts the focal point to a place; nil: where the frame's middle is.
func (r *Room) setFocus(p *photo.Point) {
	if p != nil {
		in := photo.Point{X: min(max(p.X, 0), 1), Y: min(max(p.Y, 0), 1)}
		p = &in
	}
	r.recipe.Focus = p
}

// focal is the focal point on the whole photo.
func (r *Room) focal() photo.Point {
	if r.recipe.Focus != nil {
		return *r.recipe.Focus
	}
	return r.frame().Middle()
}
