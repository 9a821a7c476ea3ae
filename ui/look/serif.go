package look

// This file owns the serif faces of headlines and stories.

import (
	_ "embed" // the faces
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

var (
	//go:embed fonts/noto-serif-regular.ttf
	serifRegular []byte
	//go:embed fonts/noto-serif-bold.ttf
	serifBold []byte
	//go:embed fonts/noto-serif-italic.ttf
	serifItalic []byte
	//go:embed fonts/noto-serif-bolditalic.ttf
	serifBoldItalic []byte
	//go:embed fonts/noto-serif-display-bold.ttf
	serifDisplay []byte
)

// The faces, for canvas texts by themselves; Serif gives them to whole widgets.
var (
	SerifRegular    fyne.Resource = fyne.NewStaticResource("noto-serif-regular.ttf", serifRegular)
	SerifBold       fyne.Resource = fyne.NewStaticResource("noto-serif-bold.ttf", serifBold)
	SerifItalic     fyne.Resource = fyne.NewStaticResource("noto-serif-italic.ttf", serifItalic)
	SerifBoldItalic fyne.Resource = fyne.NewStaticResource("noto-serif-bolditalic.ttf", serifBoldItalic)
	SerifDisplay    fyne.Resource = fyne.NewStaticResource("noto-serif-display-bold.ttf", serifDisplay)
)

type serif struct {
	fyne.Theme
	size    float32
	display bool
}

// Serif is the app's theme with serif faces at a text size, for a
// container.NewThemeOverride around the widgets of a story. Without a base it
// follows the app's own theme. With display, text that isn't bold or italic is
// set in the headline's face.
func Serif(base fyne.Theme, size float32, display bool) fyne.Theme {
	return serif{Theme: base, size: size, display: display}
}

func (s serif) base() fyne.Theme {
	if s.Theme != nil {
		return s.Theme
	}
	return fyne.CurrentApp().Settings().Theme()
}

func (s serif) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return s.base().Color(name, v)
}

func (s serif) Icon(name fyne.ThemeIconName) fyne.Resource { return s.base().Icon(name) }

func (s serif) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return s.base().Font(style)
	case style.Bold && style.Italic:
		return SerifBoldItalic
	case style.Italic:
		return SerifItalic
	case s.display:
		return SerifDisplay
	case style.Bold:
		return SerifBold
	}
	return SerifRegular
}

func (s serif) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return Scaled(s.size)
	case theme.SizeNameLineSpacing:
		if s.display {
			return 2
		}
		return Scaled(s.size) * 0.4
	}
	return s.base().Size(name)
}
