// Package look owns the window's look: colours in light and dark, sizes, the
// serif faces that the story is set in, and the smallest shared pieces (section
// labels, notes, badges, rules). Everything here follows the theme when the
// system turns from light to dark.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colour names of the window, beside Fyne's own.
const (
	Ink        fyne.ThemeColorName = theme.ColorNameForeground
	Hairline   fyne.ThemeColorName = "photodesk.hairline"   // rules between things
	Muted      fyne.ThemeColorName = "photodesk.muted"      // secondary words
	Sheet      fyne.ThemeColorName = "photodesk.sheet"      // the page that the story is written on
	Desk       fyne.ThemeColorName = "photodesk.desk"       // what lies around the page
	Mat        fyne.ThemeColorName = "photodesk.mat"        // behind a photo until it is there
	Accent     fyne.ThemeColorName = "photodesk.accent"     // ink blue
	OnAccent   fyne.ThemeColorName = "photodesk.onAccent"   // words on Accent
	AccentSoft fyne.ThemeColorName = "photodesk.accentSoft" // ground of what is selected
	Warning    fyne.ThemeColorName = "photodesk.warning"    // signal orange, for warnings only
	Error      fyne.ThemeColorName = "photodesk.error"      // what blocks
	OnWarning  fyne.ThemeColorName = theme.ColorNameForegroundOnWarning
	Good       fyne.ThemeColorName = "photodesk.good"       // what is in order
	Cover      fyne.ThemeColorName = "photodesk.cover"      // over a sensitive photo
	OnPhoto    fyne.ThemeColorName = "photodesk.onPhoto"    // words on a photo's own badge
	PhotoBadge fyne.ThemeColorName = "photodesk.photoBadge" // ground of a badge on a photo
)

// Text sizes in the window.
const (
	TextCaps    float32 = 10.5 // section labels
	TextSmall   float32 = 11.5 // file names, counts, notes
	TextBody    float32 = 13   // fields and labels
	TextTitle   float32 = 17   // titles of a room or a dialog
	TextReading float32 = 15.5 // the story's text
	TextDisplay float32 = 32   // the story's headline
)

type palette map[fyne.ThemeColorName]color.Color

func hex(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func faint(v uint32, alpha uint8) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: alpha}
}

var light = palette{
	Hairline: hex(0xdbd8d1), Muted: hex(0x666870), Sheet: hex(0xfffefc), Desk: hex(0xe9e7e1), Mat: hex(0xdcd9d2),
	Accent: hex(0x1f3d6d), OnAccent: hex(0xffffff), AccentSoft: hex(0xd8e1f0),
	Warning: hex(0xb84e05), Error: hex(0xa9221b), Good: hex(0x2f6b45),
	Cover: hex(0x2a2c31), OnPhoto: hex(0xffffff), PhotoBadge: faint(0x101114, 0xb8),

	theme.ColorNameBackground:          hex(0xf5f4f0),
	theme.ColorNameForeground:          hex(0x1c1d20),
	theme.ColorNameButton:              hex(0xe8e5df),
	theme.ColorNameDisabledButton:      hex(0xeeece7),
	theme.ColorNameDisabled:            hex(0xa3a29d),
	theme.ColorNamePrimary:             hex(0x1f3d6d),
	theme.ColorNameForegroundOnPrimary: hex(0xffffff),
	theme.ColorNameFocus:               faint(0x1f3d6d, 0x38),
	theme.ColorNameSelection:           faint(0x3c6ab4, 0x4a),
	theme.ColorNameHyperlink:           hex(0x1f4f9c),
	theme.ColorNameHover:               faint(0x1c1d20, 0x0d),
	theme.ColorNamePressed:             faint(0x1c1d20, 0x1c),
	theme.ColorNameInputBackground:     hex(0xfffefc),
	theme.ColorNameInputBorder:         hex(0xc3c0b8),
	theme.ColorNamePlaceHolder:         hex(0x85858a),
	theme.ColorNameSeparator:           hex(0xdbd8d1),
	theme.ColorNameScrollBar:           faint(0x1c1d20, 0x50),
	theme.ColorNameScrollBarBackground: faint(0x1c1d20, 0x08),
	theme.ColorNameShadow:              faint(0x1c1d20, 0x30),
	theme.ColorNameMenuBackground:      hex(0xfffefc),
	theme.ColorNameOverlayBackground:   hex(0xf8f7f4),
	theme.ColorNameHeaderBackground:    hex(0xeeece7),
	theme.ColorNameError:               hex(0xa9221b),
	theme.ColorNameForegroundOnError:   hex(0xffffff),
	theme.ColorNameWarning:             hex(0xb84e05),
	theme.ColorNameForegroundOnWarning: hex(0xffffff),
	theme.ColorNameSuccess:             hex(0x2f6b45),
	theme.ColorNameForegroundOnSuccess: hex(0xffffff),
}

var dark = palette{
	Hairline: hex(0x36383e), Muted: hex(0xa0a2a9), Sheet: hex(0x26272b), Desk: hex(0x17181a), Mat: hex(0x303238),
	Accent: hex(0x8fb1ea), OnAccent: hex(0x0f1a2c), AccentSoft: hex(0x2c3d5b),
	Warning: hex(0xf28c3a), Error: hex(0xf27b70), Good: hex(0x7fc298),
	Cover: hex(0x0e0f11), OnPhoto: hex(0xffffff), PhotoBadge: faint(0x0a0b0d, 0xc4),

	theme.ColorNameBackground:          hex(0x1e1f22),
	theme.ColorNameForeground:          hex(0xe9e8e4),
	theme.ColorNameButton:              hex(0x303238),
	theme.ColorNameDisabledButton:      hex(0x27282c),
	theme.ColorNameDisabled:            hex(0x6a6c73),
	theme.ColorNamePrimary:             hex(0x8fb1ea),
	theme.ColorNameForegroundOnPrimary: hex(0x0f1a2c),
	theme.ColorNameFocus:               faint(0x8fb1ea, 0x40),
	theme.ColorNameSelection:           faint(0x8fb1ea, 0x50),
	theme.ColorNameHyperlink:           hex(0x9bbcf2),
	theme.ColorNameHover:               faint(0xffffff, 0x10),
	theme.ColorNamePressed:             faint(0xffffff, 0x22),
	theme.ColorNameInputBackground:     hex(0x17181b),
	theme.ColorNameInputBorder:         hex(0x4f525a),
	theme.ColorNamePlaceHolder:         hex(0x84868d),
	theme.ColorNameSeparator:           hex(0x36383e),
	theme.ColorNameScrollBar:           faint(0xffffff, 0x58),
	theme.ColorNameScrollBarBackground: faint(0xffffff, 0x08),
	theme.ColorNameShadow:              faint(0x000000, 0x70),
	theme.ColorNameMenuBackground:      hex(0x2a2b30),
	theme.ColorNameOverlayBackground:   hex(0x222327),
	theme.ColorNameHeaderBackground:    hex(0x27282c),
	theme.ColorNameError:               hex(0xf27b70),
	theme.ColorNameForegroundOnError:   hex(0x2a0b08),
	theme.ColorNameWarning:             hex(0xf28c3a),
	theme.ColorNameForegroundOnWarning: hex(0x2a1402),
	theme.ColorNameSuccess:             hex(0x7fc298),
	theme.ColorNameForegroundOnSuccess: hex(0x08210f),
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:            TextBody,
	theme.SizeNameCaptionText:     TextSmall,
	theme.SizeNameSubHeadingText:  TextTitle,
	theme.SizeNameHeadingText:     22,
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    7,
	theme.SizeNameLineSpacing:     4,
	theme.SizeNameInlineIcon:      17,
	theme.SizeNameInputRadius:     4,
	theme.SizeNameSelectionRadius: 3,
	theme.SizeNameScrollBar:       10,
	theme.SizeNameScrollBarSmall:  4,
	theme.SizeNameScrollBarRadius: 3,
}

type desk struct {
	fyne.Theme
	fixed *fyne.ThemeVariant
}

// New is the window's theme; it follows the system between light and dark.
func New() fyne.Theme { return desk{Theme: theme.DefaultTheme()} }

// Fixed is New held to one variant, for an editor who chose it, or for a room
// that is always dark.
func Fixed(v fyne.ThemeVariant) fyne.Theme { return desk{Theme: theme.DefaultTheme(), fixed: &v} }

func (d desk) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if d.fixed != nil {
		v = *d.fixed
	}
	p := light
	switch {
	case v == theme.VariantDark && contrast:
		p = sharpDark
	case v == theme.VariantDark:
		p = dark
	case contrast:
		p = sharpLight
	}
	if c, ok := p[name]; ok {
		return c
	}
	return d.Theme.Color(name, v)
}

func (d desk) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		switch name {
		case theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameSubHeadingText, theme.SizeNameHeadingText, theme.SizeNameInlineIcon:
			return Scaled(s)
		}
		return s
	}
	return d.Theme.Size(name)
}

// Color is a colour of the app's theme, by its name.
func Color(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

// ColorFor is a colour of the theme that the widget stands in.
func ColorFor(name fyne.ThemeColorName, w fyne.Widget) color.Color {
	return theme.ColorForWidget(name, w)
}
