package page

// This file owns the one thing that a photo's pixels take from a theme: what shows through where they are transparent.

import (
	"image/color"
	"regexp"
	"strconv"
)

// paper is the first --paper that a theme's styles set: the one for light surroundings.
var paper = regexp.MustCompile(`--paper:\s*#([0-9a-fA-F]{6})\b`)

// Ground is the colour of the theme's page, opaque; white where it doesn't say.
func (t Theme) Ground() color.NRGBA {
	white := color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	css, err := t.orDefault().style()
	if err != nil {
		return white
	}
	m := paper.FindSubmatch(css)
	if m == nil {
		return white
	}
	v, err := strconv.ParseUint(string(m[1]), 16, 24)
	if err != nil {
		return white
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}
