package main

// This file owns light: linear colours, how they mix, and the small functions that shape them.

import "math"

// rgb is linear light; 1 is the white of paper at middle exposure, lamps go beyond.
type rgb struct{ r, g, b float64 }

func (c rgb) add(d rgb) rgb           { return rgb{c.r + d.r, c.g + d.g, c.b + d.b} }
func (c rgb) times(k float64) rgb     { return rgb{c.r * k, c.g * k, c.b * k} }
func (c rgb) by(d rgb) rgb            { return rgb{c.r * d.r, c.g * d.g, c.b * d.b} }
func (c rgb) luminance() float64      { return 0.2126*c.r + 0.7152*c.g + 0.0722*c.b }
func mix(c, d rgb, t float64) rgb     { return c.times(1 - t).add(d.times(t)) }
func lerp(a, b, t float64) float64    { return a + (b-a)*t }
func clamp(x, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, x)) }

// hex reads an sRGB colour, as one picks it from a palette, into linear light.
func hex(v uint32) rgb {
	return rgb{linear(v >> 16 & 255), linear(v >> 8 & 255), linear(v & 255)}
}

func linear(v uint32) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// encode is the inverse of linear, from 0 to 255 and not yet rounded.
func encode(x float64) float64 {
	x = clamp(x, 0, 1)
	if x <= 0.0031308 {
		return 255 * 12.92 * x
	}
	return 255 * (1.055*math.Pow(x, 1/2.4) - 0.055)
}

// smooth rises from 0 at a to 1 at b without a corner; a may be the greater.
func smooth(a, b, x float64) float64 {
	t := clamp((x-a)/(b-a), 0, 1)
	return t * t * (3 - 2*t)
}

// bell is a Gauss curve of height 1.
func bell(x, width float64) float64 { return math.Exp(-x * x / (2 * width * width)) }

// ramp is a gradient through colours at rising places.
type ramp []struct {
	at float64
	c  rgb
}

func (g ramp) at(x float64) rgb {
	if x <= g[0].at {
		return g[0].c
	}
	for i := 1; i < len(g); i++ {
		if x < g[i].at {
			return mix(g[i-1].c, g[i].c, smooth(g[i-1].at, g[i].at, x))
		}
	}
	return g[len(g)-1].c
}

// film compresses the light as film does: a toe, a straight part, a long shoulder in which highlights lose their colour.
func film(c rgb) rgb {
	curve := func(x float64) float64 {
		x = math.Max(0, x)
		return clamp(x*(2.45*x+0.04)/(x*(2.37*x+0.62)+0.15), 0, 1)
	}
	if over := c.luminance() - 1; over > 0 { // lamps burn out to white
		t := clamp(over/8, 0, 0.7)
		l := c.luminance()
		c = mix(c, rgb{l, l, l}, t)
	}
	return rgb{curve(c.r), curve(c.g), curve(c.b)}
}
