package main

// This file owns Photodesk's mark: two prints on a light table, the upper one with its caption and credit under it. One
// list of shapes makes both the PNG and the SVG.

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
)

// A shape of the mark, in units of a square of 512.
type shape interface {
	holds(x, y float64) bool
	svg(fill string) string
}

// A plate is a rectangle with round corners, turned around its middle by degrees.
type plate struct{ x, y, width, height, radius, turn float64 }

func (p plate) holds(x, y float64) bool {
	sin, cos := math.Sincos(-p.turn * math.Pi / 180)
	dx, dy := x-p.x-p.width/2, y-p.y-p.height/2
	u, v := math.Abs(dx*cos-dy*sin)-p.width/2+p.radius, math.Abs(dx*sin+dy*cos)-p.height/2+p.radius
	return math.Hypot(math.Max(u, 0), math.Max(v, 0))+math.Min(math.Max(u, v), 0) <= p.radius
}

func (p plate) svg(fill string) string {
	turn := ""
	if p.turn != 0 {
		turn = fmt.Sprintf(` transform="rotate(%g %g %g)"`, p.turn, p.x+p.width/2, p.y+p.height/2)
	}
	return fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" rx="%g" fill="%s"%s/>`, p.x, p.y, p.width, p.height, p.radius, fill, turn)
}

type disc struct{ x, y, radius float64 }

func (d disc) holds(x, y float64) bool { return math.Hypot(x-d.x, y-d.y) <= d.radius }

func (d disc) svg(fill string) string {
	return fmt.Sprintf(`<circle cx="%g" cy="%g" r="%g" fill="%s"/>`, d.x, d.y, d.radius, fill)
}

type outline [][2]float64

func (o outline) holds(x, y float64) bool {
	in := false
	for i, j := 0, len(o)-1; i < len(o); j, i = i, i+1 {
		a, b := o[i], o[j]
		if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

func (o outline) svg(fill string) string {
	var points []string
	for _, p := range o {
		points = append(points, fmt.Sprintf("%g,%g", p[0], p[1]))
	}
	return fmt.Sprintf(`<polygon points="%s" fill="%s"/>`, strings.Join(points, " "), fill)
}

const (
	paper  = 0xF7F3EA
	ink    = 0x14294A
	signal = 0xF0641E
)

// mark is drawn in this order.
var mark = []struct {
	shape
	colour uint32
}{
	{plate{0, 0, 512, 512, 112, 0}, paper},
	{plate{106, 92, 320, 236, 18, -9}, signal},
	{plate{72, 112, 368, 258, 26, 0}, paper},
	{plate{86, 126, 340, 230, 16, 0}, ink},
	{disc{334, 198, 36}, signal},
	{outline{{102, 342}, {102, 318}, {196, 206}, {256, 276}, {292, 240}, {410, 342}}, paper},
	{plate{86, 386, 208, 34, 17, 0}, ink},
	{plate{314, 386, 112, 34, 17, 0}, signal},
}

func iconPNG(size int) image.Image {
	const fine = 8 // samples each way
	icon := image.NewNRGBA(image.Rect(0, 0, size, size))
	unit := 512 / float64(size)
	for y := range size {
		for x := range size {
			var sum rgb
			covered := 0.0
			for i := range fine * fine {
				sx := (float64(x) + (float64(i%fine)+0.5)/fine) * unit
				sy := (float64(y) + (float64(i/fine)+0.5)/fine) * unit
				for k := len(mark) - 1; k >= 0; k-- {
					if mark[k].holds(sx, sy) {
						sum = sum.add(hex(mark[k].colour))
						covered++
						break
					}
				}
			}
			if covered == 0 {
				continue
			}
			c := sum.times(1 / covered)
			icon.SetNRGBA(x, y, color.NRGBA{
				uint8(math.Round(encode(c.r))), uint8(math.Round(encode(c.g))), uint8(math.Round(encode(c.b))),
				uint8(math.Round(255 * covered / (fine * fine))),
			})
		}
	}
	return icon
}

func iconSVG() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" role="img" aria-label="Photodesk">` + "\n")
	for _, m := range mark {
		fmt.Fprintf(&b, "  %s\n", m.svg(fmt.Sprintf("#%06x", m.colour)))
	}
	b.WriteString("</svg>\n")
	return b.String()
}
