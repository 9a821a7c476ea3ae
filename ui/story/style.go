package story

// This file owns how the words of the column are set: sizes, faces, measures.

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"photodesk/ui/look"
)

// Measures of the column in Fyne units.
const (
	measure    = 680 // the text column
	wideFactor = 1.24
	minMargin  = 56 // room for handles beside the text
	topSpace   = 40
	endSpace   = 160
	gapHeight  = 18
	proseInset = 6 // the entry's own padding, taken off so that text stands on the column's edge
	gutter     = 14
)

// Text sizes.
const (
	sizeHeadline = 38
	sizeStand    = 20
	sizeBody     = 17
	sizeHeading  = 24
	sizeQuote    = 25
	sizeCaption  = 14
	sizeSmall    = 12
)

// appTheme is whatever theme the app has now, so that light and dark reach the
// words through the overrides.
type appTheme struct{}

func (appTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(n, v)
}

func (appTheme) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

func (appTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

func (appTheme) Size(n fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(n)
}

// set is a theme that sets words in one size, muted or not.
type set struct {
	fyne.Theme
	size  float32
	lead  float32 // between lines
	muted bool
}

func (s set) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return s.size
	case theme.SizeNameInnerPadding:
		return proseInset
	case theme.SizeNameLineSpacing:
		return s.lead
	case theme.SizeNameInputBorder:
		return 2 // the caret's width
	}
	return s.Theme.Size(n)
}

func (s set) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch {
	case n == theme.ColorNameForeground && s.muted:
		return s.Theme.Color(look.Muted, v)
	case n == theme.ColorNamePlaceHolder:
		return s.Theme.Color(look.Muted, v)
	}
	return s.Theme.Color(n, v)
}

// face is words in one size and face.
type face struct {
	th    fyne.Theme
	style fyne.TextStyle
}

func serif(size, lead float32, style fyne.TextStyle) face {
	if style.TabWidth == 0 {
		style.TabWidth = look.FaceSerif
	}
	return face{set{Theme: appTheme{}, size: size, lead: lead}, style}
}

func sans(size, lead float32, muted bool) face {
	return face{th: set{Theme: appTheme{}, size: size, lead: lead, muted: muted}}
}
