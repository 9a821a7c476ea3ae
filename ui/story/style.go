package story

// This file owns how the words of the column are set: the faces and sizes of the
// essay's page theme, its ground, and the column's measures.
//
//	essay's theme ── dressOf ── dress ── set (of each field), paper (of all that is drawn)

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

// Text sizes of what is Photodesk's own, not the page's.
const (
	sizeLabel = 14
	sizeSmall = 12
)

// role is what words are on the page.
type role int

const (
	roleHeadline role = iota
	roleStandfirst
	roleBody
	roleHeading
	roleQuote
	roleWho
	roleCaption
	roleCredit
	roleMeta
	roles
)

// face is how words of a role are set. Sizes are the page's CSS pixels.
type face struct {
	size     float32
	style    fyne.TextStyle
	muted    bool
	centred  bool
	capitals bool
}

// What stands around a pull quote.
const (
	quotePlain = iota
	quoteRules // above and below
	quoteBar   // where its lines begin
)

// dress is what a page theme looks like, as far as a window can.
type dress struct {
	faces [roles]face
	quote int
	// link is the line under a link, on a light ground and on a dark one.
	link [2]color.NRGBA
	// dots is a divider of dots, line one across that much of the measure.
	dots bool
	line float32
	// own are the colours of a theme whose ground is the same in light and in
	// dark surroundings; nil: the window's.
	own map[fyne.ThemeColorName]color.Color
}

var (
	display = fyne.TextStyle{TabWidth: look.FaceDisplay}
	serif   = fyne.TextStyle{TabWidth: look.FaceSerif}
	italic  = fyne.TextStyle{TabWidth: look.FaceSerif, Italic: true}
)

// dresses are the page themes that are built in. Sizes that grow with a
// reader's window are those at a window as wide as the measure;
// TestDressesAreThePages reads the themes.
var dresses = map[string]*dress{
	"broadsheet": {
		faces: [roles]face{
			roleHeadline: {size: 49.5, style: display, centred: true}, roleStandfirst: {size: 21, style: serif, muted: true, centred: true},
			roleBody: {size: 18, style: serif}, roleHeading: {size: 28, style: display}, roleQuote: {size: 28.5, style: display, centred: true},
			roleWho: {size: 13, muted: true, centred: true}, roleCaption: {size: 14}, roleCredit: {size: 11, muted: true, capitals: true},
			roleMeta: {size: 13, muted: true, centred: true},
		},
		quote: quoteRules,
		link:  [2]color.NRGBA{{R: 0x96, G: 0x20, B: 0x1a, A: 255}, {R: 0xe8, G: 0x83, B: 0x6f, A: 255}},
		line:  84,
	},
	"nocturne": {
		faces: [roles]face{
			roleHeadline: {size: 39, style: display}, roleStandfirst: {size: 18, style: serif, muted: true},
			roleBody: {size: 17, style: serif}, roleHeading: {size: 22, style: display}, roleQuote: {size: 26, style: italic},
			roleWho: {size: 13, muted: true}, roleCaption: {size: 13}, roleCredit: {size: 11, muted: true, capitals: true},
			roleMeta: {size: 12, muted: true},
		},
		link: [2]color.NRGBA{{R: 0xe0, G: 0xad, B: 0x5c, A: 255}, {R: 0xe0, G: 0xad, B: 0x5c, A: 255}},
		dots: true,
		own: map[fyne.ThemeColorName]color.Color{
			look.Sheet: color.NRGBA{R: 0x0e, G: 0x0e, B: 0x0d, A: 255}, look.Ink: color.NRGBA{R: 0xe8, G: 0xe4, B: 0xdb, A: 255},
			look.Muted: color.NRGBA{R: 0xa3, G: 0x9d, B: 0x92, A: 255}, look.Hairline: color.NRGBA{R: 0x33, G: 0x30, B: 0x2c, A: 255},
			look.Accent: color.NRGBA{R: 0xe0, G: 0xad, B: 0x5c, A: 255},
		},
	},
	"reportage": {
		faces: [roles]face{
			roleHeadline: {size: 52.5, style: display}, roleStandfirst: {size: 20, style: serif, muted: true},
			roleBody: {size: 19, style: serif}, roleHeading: {size: 30, style: display}, roleQuote: {size: 31.5, style: display},
			roleWho: {size: 13, muted: true}, roleCaption: {size: 14}, roleCredit: {size: 11, muted: true, capitals: true},
			roleMeta: {size: 13, muted: true},
		},
		quote: quoteBar,
		link:  [2]color.NRGBA{{R: 0x0b, G: 0x5d, B: 0x73, A: 255}, {R: 0x74, G: 0xc0, B: 0xd6, A: 255}},
		line:  measure,
	},
}

// dressOf is the dress of a page theme; of one that isn't built in, the default's.
func dressOf(theme string) *dress {
	if d := dresses[theme]; d != nil {
		return d
	}
	return dresses["broadsheet"]
}

// paper is the app's theme, except where the page's ground is its own.
type paper struct{ c *Column }

func (p paper) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if own := p.c.dress.own; own != nil {
		if n == theme.ColorNamePrimary { // the caret
			n = look.Accent
		}
		if c, ok := own[n]; ok {
			return c
		}
		return darkDesk.Color(n, theme.VariantDark)
	}
	return fyne.CurrentApp().Settings().Theme().Color(n, v)
}

var darkDesk = look.Fixed(theme.VariantDark)

func (paper) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

func (paper) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

func (paper) Size(n fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(n)
}

// color is a colour on the page.
func (c *Column) color(n fyne.ThemeColorName) color.Color {
	return paper{c}.Color(n, fyne.CurrentApp().Settings().ThemeVariant())
}

// linkLine is the colour under a link: the page's own on a ground like the page's.
func (c *Column) linkLine() color.Color {
	r, g, b, _ := c.color(look.Sheet).RGBA()
	if r+g+b < 3*0x8000 {
		return c.dress.link[1]
	}
	return c.dress.link[0]
}

// face is how words of a role are set now.
func (c *Column) face(as role) face { return c.dress.faces[as] }

// size is the text size of a role in Fyne units.
func (c *Column) size(as role) float32 { return look.Scaled(c.face(as).size) }

// set is the theme of a field: its role's size and colour.
type set struct {
	paper
	as role
}

func (s set) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return s.c.size(s.as)
	case theme.SizeNameInnerPadding:
		return proseInset
	case theme.SizeNameLineSpacing:
		return 2
	case theme.SizeNameInputBorder:
		return 2 // the caret's width
	}
	return s.paper.Size(n)
}

func (s set) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == theme.ColorNameForeground && s.c.face(s.as).muted || n == theme.ColorNamePlaceHolder {
		n = look.Muted
	}
	return s.paper.Color(n, v)
}

// text is a line of words on the page, in the window's own face.
func (c *Column) text(words string, name fyne.ThemeColorName, size float32) *look.Text {
	t := look.NewText(words, name, size)
	t.Theme = paper{c}
	return t
}

// wear dresses the column as the essay's theme has it.
func (c *Column) wear(d *dress) {
	if c.dress == d {
		return
	}
	c.dress = d
	for _, f := range c.fields() {
		f.wear()
	}
	c.head.wear()
	for _, r := range c.rows {
		r.stale = true
		if b, ok := r.made.(interface{ wear() }); ok {
			b.wear()
		}
		r.dress()
	}
	for _, g := range c.gaps {
		g.Refresh()
	}
	c.foot.Refresh()
	c.ground.Refresh()
	c.width = 0
	canvas.Refresh(c)
}
