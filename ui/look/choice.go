package look

// This file owns what an editor may choose of the look: light or dark, high
// contrast, the size of all text; and the side that lines begin on.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"photodesk/ui/words"
)

// Choice is how an editor wants the window to look; the zero Choice follows the
// system, at the usual size.
type Choice struct {
	Variant  string  // Light or Dark; "" is as the system
	Contrast bool    // high contrast
	Scale    float32 // of all text; 0 is 1
}

// The variants to choose.
const (
	Light = "light"
	Dark  = "dark"
)

// Scales are the sizes of text to choose from.
var Scales = []float32{0.9, 1, 1.15, 1.3, 1.5}

var (
	contrast bool    // of every theme of the program
	scale    float32 = 1
)

// Chosen is the theme of a choice. There is one choice at a time: rooms that are
// always dark take its contrast and size too.
func Chosen(c Choice) fyne.Theme {
	contrast, scale = c.Contrast, c.Scale
	if scale <= 0 {
		scale = 1
	}
	switch c.Variant {
	case Light:
		return Fixed(theme.VariantLight)
	case Dark:
		return Fixed(theme.VariantDark)
	}
	return New()
}

// Scaled is a size of text, or of what is made for a line of it, as the editor
// chose it.
func Scaled(size float32) float32 { return size * scale }

// Contrast reports whether the editor chose high contrast.
func Contrast() bool { return contrast }

// Leading is the side that lines begin on.
func Leading() fyne.TextAlign {
	if words.RightToLeft() {
		return fyne.TextAlignTrailing
	}
	return fyne.TextAlignLeading
}

// sided turns an alignment round where the window is read from right to left.
func sided(a fyne.TextAlign) fyne.TextAlign {
	if !words.RightToLeft() {
		return a
	}
	switch a {
	case fyne.TextAlignLeading:
		return fyne.TextAlignTrailing
	case fyne.TextAlignTrailing:
		return fyne.TextAlignLeading
	}
	return a
}

// Sharp palettes have words at 7:1 and lines at 4.5:1 (WCAG 2.2, AAA and 1.4.11).
var sharpLight = over(light, palette{
	Hairline: hex(0x4a4a4a), Muted: hex(0x2b2b2b), Sheet: hex(0xffffff), Desk: hex(0xffffff), Mat: hex(0xd0d0d0),
	Accent: hex(0x00267f), AccentSoft: hex(0xc9d8ff), Warning: hex(0x7a2e00), Error: hex(0x8a0000), Good: hex(0x00471b),
	Cover: hex(0x000000), PhotoBadge: hex(0x000000),

	theme.ColorNameBackground:        hex(0xffffff),
	theme.ColorNameForeground:        hex(0x000000),
	theme.ColorNameButton:            hex(0xe6e6e6),
	theme.ColorNameDisabledButton:    hex(0xf0f0f0),
	theme.ColorNameDisabled:          hex(0x595959),
	theme.ColorNamePrimary:           hex(0x00267f),
	theme.ColorNameFocus:             faint(0x0044ff, 0x70),
	theme.ColorNameSelection:         faint(0x0044ff, 0x55),
	theme.ColorNameHyperlink:         hex(0x00267f),
	theme.ColorNameHover:             faint(0x000000, 0x22),
	theme.ColorNameInputBackground:   hex(0xffffff),
	theme.ColorNameInputBorder:       hex(0x000000),
	theme.ColorNamePlaceHolder:       hex(0x4a4a4a),
	theme.ColorNameSeparator:         hex(0x4a4a4a),
	theme.ColorNameScrollBar:         hex(0x000000),
	theme.ColorNameMenuBackground:    hex(0xffffff),
	theme.ColorNameOverlayBackground: hex(0xffffff),
	theme.ColorNameHeaderBackground:  hex(0xffffff),
	theme.ColorNameError:             hex(0x8a0000),
	theme.ColorNameWarning:           hex(0x7a2e00),
	theme.ColorNameSuccess:           hex(0x00471b),
})

var sharpDark = over(dark, palette{
	Hairline: hex(0xb0b0b0), Muted: hex(0xd8d8d8), Sheet: hex(0x000000), Desk: hex(0x000000), Mat: hex(0x3a3a3a),
	Accent: hex(0xffe14d), OnAccent: hex(0x000000), AccentSoft: hex(0x4a3f00), Warning: hex(0xffb066), Error: hex(0xff9d94), Good: hex(0x8df0ae),
	Cover: hex(0x000000), PhotoBadge: hex(0x000000),

	theme.ColorNameBackground:          hex(0x000000),
	theme.ColorNameForeground:          hex(0xffffff),
	theme.ColorNameButton:              hex(0x2a2a2a),
	theme.ColorNameDisabledButton:      hex(0x1a1a1a),
	theme.ColorNameDisabled:            hex(0xa0a0a0),
	theme.ColorNamePrimary:             hex(0xffe14d),
	theme.ColorNameForegroundOnPrimary: hex(0x000000),
	theme.ColorNameFocus:               faint(0xffe14d, 0x80),
	theme.ColorNameSelection:           faint(0xffe14d, 0x66),
	theme.ColorNameHyperlink:           hex(0xffe14d),
	theme.ColorNameHover:               faint(0xffffff, 0x33),
	theme.ColorNameInputBackground:     hex(0x000000),
	theme.ColorNameInputBorder:         hex(0xffffff),
	theme.ColorNamePlaceHolder:         hex(0xc0c0c0),
	theme.ColorNameSeparator:           hex(0xb0b0b0),
	theme.ColorNameScrollBar:           hex(0xffffff),
	theme.ColorNameMenuBackground:      hex(0x000000),
	theme.ColorNameOverlayBackground:   hex(0x000000),
	theme.ColorNameHeaderBackground:    hex(0x000000),
	theme.ColorNameError:               hex(0xff9d94),
	theme.ColorNameForegroundOnError:   hex(0x000000),
	theme.ColorNameWarning:             hex(0xffb066),
	theme.ColorNameForegroundOnWarning: hex(0x000000),
	theme.ColorNameSuccess:             hex(0x8df0ae),
	theme.ColorNameForegroundOnSuccess: hex(0x000000),
})

// over is a palette with some of its colours changed.
func over(base, changed palette) palette {
	out := make(palette, len(base))
	for name, c := range base {
		out[name] = c
	}
	for name, c := range changed {
		out[name] = c
	}
	return out
}
