package look

// This file owns the serif faces of headlines and stories.

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"photodesk/assets"
)

// The faces, for canvas texts by themselves; Serif gives them to whole widgets.
var (
	SerifRegular    = face("noto-serif-regular.ttf")
	SerifBold       = face("noto-serif-bold.ttf")
	SerifItalic     = face("noto-serif-italic.ttf")
	SerifBoldItalic = face("noto-serif-bolditalic.ttf")
	SerifDisplay    = face("noto-serif-display-bold.ttf")
)

// face is one of those that are built in; a test reads them all.
func face(name string) fyne.Resource {
	data, _ := assets.Faces.ReadFile("faces/" + name)
	return fyne.NewStaticResource(name, data)
}

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
