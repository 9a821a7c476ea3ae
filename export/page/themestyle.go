package page

// This file owns the check of a theme's style: what a browser refuses under the page's policy, what is never closed, and colours that
// readers can't tell from the page.

import (
	"bytes"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// colours are custom properties that a theme sets, in one scheme, with the lines where it does.
type colours struct {
	value map[string]color.NRGBA
	line  map[string]int
}

// style looks for what a browser would refuse under the page's policy, or read otherwise than it was meant.
func (c *themeCheck) style(src []byte) {
	const file = "page.css"
	var (
		lexer    = css.NewLexer(parse.NewInputBytes(slices.Clone(src)))
		line     = 1
		open     []int // lines of braces that are open
		heads    []string
		head     strings.Builder
		property string
		at       int // where property is
		value    strings.Builder
		schemes  = map[bool]colours{}
	)
	for _, dark := range []bool{false, true} {
		schemes[dark] = colours{map[string]color.NRGBA{}, map[string]int{}}
	}
	// done ends a declaration.
	done := func() {
		scheme, known := schemeOf(heads)
		if strings.HasPrefix(property, "--") && known {
			if v, ok := hexColour(strings.TrimSpace(value.String())); ok {
				scheme := schemes[scheme]
				scheme.value[property], scheme.line[property] = v, at
			}
		}
		property = ""
		value.Reset()
	}
	for {
		kind, data := lexer.Next()
		text := string(data)
		switch kind {
		case css.ErrorToken:
			if len(open) > 0 {
				c.add(file, open[len(open)-1], "this brace is never closed")
			}
			c.contrast(schemes)
			return
		case css.AtKeywordToken:
			if strings.EqualFold(text, "@import") {
				c.add(file, line, "@import is refused by the page's policy; put the rules here")
			}
			head.WriteString(text)
		case css.URLToken:
			c.address(file, line, src, text)
		case css.BadURLToken, css.BadStringToken:
			c.add(file, line, "this address or string has no end")
		case css.LeftBraceToken:
			open = append(open, line)
			heads = append(heads, head.String())
			head.Reset()
			property = ""
			value.Reset()
		case css.RightBraceToken:
			if len(open) == 0 {
				c.add(file, line, "this brace closes nothing")
				break
			}
			done()
			open, heads = open[:len(open)-1], heads[:len(heads)-1]
			head.Reset()
		case css.SemicolonToken:
			done()
			head.Reset()
		case css.ColonToken:
			if name := strings.TrimSpace(head.String()); len(open) > 0 && property == "" && isName.MatchString(name) {
				property, at = name, line
			}
			head.WriteString(text)
		case css.CommentToken:
		default:
			if property != "" {
				value.WriteString(text)
			}
			head.WriteString(text)
		}
		line += strings.Count(text, "\n")
	}
}

// schemeOf tells what the rules around a declaration of :root are for: the dark scheme, or always; others, such as those for
// print, have no part in what is checked.
func schemeOf(heads []string) (dark, known bool) {
	if len(heads) == 0 || strings.TrimSpace(heads[len(heads)-1]) != ":root" {
		return false, false
	}
	around := strings.Join(heads[:len(heads)-1], " ")
	dark = strings.Contains(around, "prefers-color-scheme") && strings.Contains(around, "dark")
	return dark, dark || len(heads) == 1
}

var (
	isName  = regexp.MustCompile(`^-{0,2}[a-zA-Z][a-zA-Z0-9-]*$`)
	ownFace = regexp.MustCompile(`^url\("fonts/([a-z0-9-]+)\.woff2"\)$`)
)

// address takes nothing but a theme's own faces: a page makes no request to elsewhere.
func (c *themeCheck) address(file string, line int, src []byte, text string) {
	m := ownFace.FindStringSubmatch(text)
	if m == nil {
		c.add(file, line, `%s is not in the bundle; only url("fonts/NAME.woff2") is, with NAME of a-z, 0-9 and -`, text)
		return
	}
	data, err := c.theme.face(m[1])
	switch {
	case err != nil:
		c.add(file, line, "there is no fonts/%s.woff2 in the theme, nor in Photodesk", m[1])
	case !bytes.HasPrefix(data, []byte("wOF2")):
		c.add(file, line, "fonts/%s.woff2 is no WOFF2 font", m[1])
	}
	// Between two braces stands one face.
	before := src[:nthLine(src, line)]
	rest := src[bytes.LastIndexByte(before, '{')+1:]
	if end := bytes.IndexByte(rest, '}'); end >= 0 && !bytes.Contains(rest[:end], []byte("font-display")) {
		c.add(file, line, "say font-display:optional, so that a face that comes late moves nothing")
	}
}

// nthLine is the offset of a line's end.
func nthLine(src []byte, line int) int {
	at := 0
	for range line {
		next := bytes.IndexByte(src[at:], '\n')
		if next < 0 {
			return len(src)
		}
		at += next + 1
	}
	return at
}

// Contrast that readers need (WCAG 2.2, 1.4.3): letters on the page.
const leastContrast = 4.5

func (c *themeCheck) contrast(schemes map[bool]colours) {
	light, dark := schemes[false], schemes[true]
	names := []string{"--ink", "--quiet", "--accent"}
	check := func(scheme string, get func(string) (color.NRGBA, int)) {
		paper, line := get("--paper")
		if paper.A == 0 {
			return
		}
		for _, name := range names {
			v, at := get(name)
			if v.A == 0 {
				continue
			}
			if r := contrast(paper, v); r < leastContrast {
				c.add("page.css", max(line, at), "%s on --paper has a contrast of %.1f in %s; readers need %.1f", name, r, scheme, leastContrast)
			}
		}
	}
	if _, ok := light.value["--paper"]; !ok {
		c.add("page.css", 0, "set --paper in :root, as #rrggbb: it is also what lies behind transparent photos")
	}
	check("light", func(n string) (color.NRGBA, int) { return light.value[n], light.line[n] })
	if len(dark.value) > 0 {
		check("dark", func(n string) (color.NRGBA, int) {
			if v, ok := dark.value[n]; ok {
				return v, dark.line[n]
			}
			return light.value[n], light.line[n]
		})
	}
}

func hexColour(s string) (color.NRGBA, bool) {
	s, ok := strings.CutPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	v, err := strconv.ParseUint(s, 16, 24)
	if !ok || len(s) != 6 || err != nil {
		return color.NRGBA{}, false
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}, true
}

// contrast is WCAG's contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}
