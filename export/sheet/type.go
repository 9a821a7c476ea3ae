package sheet

// This file owns type: which face has a character, how words of any script are shaped and broken into lines, and how their
// glyphs stand in the PDF.

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"photodesk/assets"
)

// families are looked for in this order where Photodesk's own face lacks a character, so that a machine with many fonts always
// gives the same ones. Chinese, Japanese and Korean share characters that they draw differently: the essay's language puts one first.
var families = []string{
	"Noto Serif", "Noto Naskh Arabic", "Amiri", "Noto Serif Hebrew", "Noto Serif Devanagari", "Noto Serif Thai",
	"Noto Serif CJK SC", "Noto Serif CJK TC", "Noto Serif CJK JP", "Noto Serif CJK KR", "Source Han Serif SC",
	"Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR",
	"Geeza Pro", "Arial Hebrew", "Songti SC", "PingFang SC", "Hiragino Mincho ProN", "Apple SD Gothic Neo",
	"Times New Roman", "SimSun", "Microsoft YaHei", "Yu Mincho", "Malgun Gothic", "David",
	"DejaVu Serif", "DejaVu Sans", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
}

var firstFamily = map[string]string{"ja": "Noto Serif CJK JP", "ko": "Noto Serif CJK KR", "zh-tw": "Noto Serif CJK TC", "zh-hant": "Noto Serif CJK TC"}

// style is how words look.
type style struct {
	face string  // a file of assets/faces
	size float64 // points
	lead float64 // points from line to line
	grey float64 // 0 is black
}

// faces finds a face for a character: one of Photodesk's own, else one of the system's.
type faces struct {
	own    map[string]*font.Face
	script language.Script
	lang   string
	now    *font.Face
	system *fontscan.FontMap // nil until it is needed
}

func newFaces(lang string) (*faces, error) {
	f := &faces{own: map[string]*font.Face{}, lang: lang}
	for _, name := range []string{regular, bold, display} {
		data, err := assets.Faces.ReadFile("faces/" + name)
		if err != nil {
			return nil, err
		}
		if f.own[name], err = font.ParseTTF(bytes.NewReader(data)); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return f, nil
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// fromSystem asks for the system's fonts, once. A system without any is no error: what they would draw is missing then.
func (f *faces) fromSystem() *fontscan.FontMap {
	if f.system == nil {
		f.system = fontscan.NewFontMap(silent{})
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		_ = f.system.UseSystemFonts(filepath.Join(cache, "photodesk"))
		list := families
		if first := firstFamily[strings.ToLower(f.lang)]; first != "" {
			list = append([]string{first}, families...)
		} else if first := firstFamily[strings.ToLower(f.lang[:min(2, len(f.lang))])]; first != "" {
			list = append([]string{first}, families...)
		}
		f.system.SetQuery(fontscan.Query{Families: list})
	}
	return f.system
}

// SetScript is shaping.FontmapScript.
func (f *faces) SetScript(s language.Script) { f.script = s }

// ResolveFace is shaping.Fontmap: a face, always.
func (f *faces) ResolveFace(r rune) *font.Face {
	if face := f.find(r); face != nil {
		return face
	}
	return f.now
}

// find is nil where no font draws the character.
func (f *faces) find(r rune) *font.Face {
	if draws(f.now, r) || invisible(r) {
		return f.now
	}
	system := f.fromSystem()
	system.SetScript(language.LookupScript(r))
	if face := system.ResolveFace(r); face != nil && draws(face, r) {
		return face
	}
	return nil
}

func draws(face *font.Face, r rune) bool {
	gid, ok := face.NominalGlyph(r)
	if !ok {
		return false
	}
	if len(segments(face, gid)) > 0 {
		return true
	}
	return unicode.IsSpace(r)
}

// segments are a glyph's outline; none where the font has only pixels, as those of emoji do.
func segments(face *font.Face, gid font.GID) []font.Segment {
	if outline, ok := face.GlyphData(gid).(font.GlyphOutline); ok {
		return outline.Segments
	}
	return nil
}

func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || unicode.IsSpace(r)
}

// scriptNames are what a person calls the scripts that newsrooms meet.
var scriptNames = map[language.Script]string{
	language.Han: "Chinese", language.Hiragana: "Japanese", language.Katakana: "Japanese", language.Hangul: "Korean",
	language.Arabic: "Arabic", language.Hebrew: "Hebrew", language.Cyrillic: "Cyrillic", language.Greek: "Greek",
	language.Devanagari: "Devanagari", language.Bengali: "Bengali", language.Thai: "Thai", language.Armenian: "Armenian",
	language.Georgian: "Georgian", language.Tamil: "Tamil", language.Ethiopic: "Ethiopic", language.Latin: "Latin",
	language.Common: "symbols", language.Inherited: "symbols", language.Unknown: "symbols",
}

func scriptName(r rune) string {
	s := language.LookupScript(r)
	return cmp.Or(scriptNames[s], s.String())
}

// known writes what no font here can draw as its script's name in brackets, and notes the script.
func (d *document) known(s string, st style) []rune {
	d.faces.now = d.faces.own[st.face]
	var out []rune
	said, space := "", false // the script just written, and whether a space came since
	for _, r := range s {
		switch {
		case said != "" && unicode.IsSpace(r):
			space = true
			continue
		case d.faces.find(r) != nil:
			if space {
				out = append(out, ' ')
			}
			said, space = "", false
			out = append(out, r)
			continue
		}
		name := scriptName(r)
		d.missing[name] = true
		if name != said {
			out = append(out, []rune("["+name+"]")...)
			said, space = name, false
		}
	}
	return out
}

// maxWords is more than any cell shows.
const maxWords = 2000

// lines shapes words and breaks them into at most max lines of a width in points; the last ends in … where that is not all.
func (d *document) lines(s string, st style, width float64, max int, rtl bool) []shaping.Line {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxWords {
		s = string(r[:maxWords])
	}
	words := d.known(s, st)
	if len(words) == 0 || max < 1 {
		return nil
	}
	in := shaping.Input{
		Text: words, RunEnd: len(words), Direction: di.DirectionLTR, Size: fixed.Int26_6(st.size * 64),
		Language: language.NewLanguage(cmp.Or(d.faces.lang, "en")), Face: d.faces.now,
	}
	if fromRight(words, rtl) {
		in.Direction = di.DirectionRTL
	}
	var runs []shaping.Output
	for _, part := range new(shaping.Segmenter).Split(in, d.faces) {
		runs = append(runs, d.shaper.Shape(part))
	}
	dots := in
	dots.Text, dots.RunEnd, dots.Script = []rune("…"), 1, language.Latin
	config := shaping.WrapConfig{Direction: in.Direction, TruncateAfterLines: max, Truncator: d.shaper.Shape(dots)}
	var wrapper shaping.LineWrapper
	lines, _ := wrapper.WrapParagraphF(config, fixed.Int26_6(width*64), words, shaping.NewSliceIterator(runs))
	d.words = words
	return lines
}

// fromRight is whether words are read from the right: as their first letter or mark of direction is, whatever the essay around them.
func fromRight(words []rune, otherwise bool) bool {
	for _, r := range words {
		if r == '\u200e' || r == '\u200f' {
			return r == '\u200f'
		}
		if unicode.IsLetter(r) {
			return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}
	}
	return otherwise
}

func widthOf(line shaping.Line) float64 {
	w := fixed.Int26_6(0)
	for _, run := range line {
		w += run.Advance
	}
	return float64(w) / 64
}

// glyph is what a code in a font of the PDF stands for.
type glyph struct {
	gid   font.GID
	text  string // what a reader copies
	parts int    // among how many codes its width is divided: 1, but for ligatures of a script that is read from the right
	blank bool   // one of those codes that leaves the drawing to the first
}

func (g glyph) width(face *font.Face) float64 {
	return float64(face.HorizontalAdvance(g.gid)) / float64(g.parts)
}

// typeface is a face's glyphs as a font of the PDF with up to 256 codes. Its glyphs are drawings (Type 3, 9.6.5): whatever a
// font file holds, outlines of any kind, a collection, a variable font, comes out alike, and no font file is given away.
type typeface struct {
	name   string
	face   *font.Face
	codes  map[glyph]byte
	glyphs []glyph
}

func (d *document) code(face *font.Face, g glyph) (name string, code byte) {
	for _, t := range d.typefaces {
		if t.face.Font == face.Font {
			if c, ok := t.codes[g]; ok {
				return t.name, c
			}
		}
	}
	var t *typeface
	for _, other := range d.typefaces {
		if other.face.Font == face.Font && len(other.glyphs) < 256 {
			t = other
		}
	}
	if t == nil {
		t = &typeface{name: fmt.Sprintf("F%d", len(d.typefaces)+1), face: face, codes: map[glyph]byte{}}
		d.typefaces = append(d.typefaces, t)
	}
	c := byte(len(t.glyphs))
	t.codes[g] = c
	t.glyphs = append(t.glyphs, g)
	return t.name, c
}

// draw writes a line with its baseline at y, from x on.
func (d *document) draw(b *bytes.Buffer, line shaping.Line, words []rune, st style, x, y float64) {
	line = slices.Clone(line)
	slices.SortStableFunc(line, func(a, b shaping.Output) int { return cmp.Compare(a.VisualIndex, b.VisualIndex) })
	fmt.Fprintf(b, "BT %s g\n", num(st.grey))
	font := ""
	for _, run := range line {
		for i, g := range run.Glyphs {
			// Readers turn words from the right around character by character, so that a ligature's have to be apart.
			said := []string{spoken(run, i, words)}
			if r := []rune(said[0]); run.Direction == di.DirectionRTL && len(r) > 1 {
				slices.Reverse(r)
				said = strings.Split(string(r), "")
			}
			for n, one := range said {
				name, code := d.code(run.Face, glyph{g.GlyphID, one, len(said), n > 0})
				if name != font {
					fmt.Fprintf(b, "/%s %s Tf ", name, num(st.size))
					font = name
				}
				at := x + float64(g.XOffset)/64 + float64(g.Advance)/64*float64(n)/float64(len(said))
				fmt.Fprintf(b, "1 0 0 1 %s %s Tm <%02X> Tj\n", num(at), num(y+float64(g.YOffset)/64), code)
			}
			x += float64(g.Advance) / 64
		}
	}
	b.WriteString("ET\n")
}

// spoken is what a glyph stands for: the characters of its cluster, of which the first glyph of several takes all that the
// others leave.
func spoken(run shaping.Output, i int, words []rune) string {
	g := run.Glyphs[i]
	from, n := g.TextIndex(), g.RunesCount()
	if from+n > len(words) || n == 0 {
		return "…" // the mark of what was cut
	}
	first := i
	for first > 0 && run.Glyphs[first-1].TextIndex() == from {
		first--
	}
	of := words[from : from+n]
	at, count := i-first, g.GlyphsCount()
	if run.Direction == di.DirectionRTL {
		at = count - 1 - at
	}
	switch {
	case at >= len(of):
		return ""
	case at == count-1:
		return string(of[at:])
	}
	return string(of[at : at+1])
}

// fontObject adds a typeface.
func (d *document) fontObject(t *typeface) (ref, error) {
	var procs, names, widths, unicodes strings.Builder
	for i, g := range t.glyphs {
		advance := g.width(t.face)
		proc, err := d.packed("", drawing(t.face, g))
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(&procs, "/g%d %v", i, proc)
		fmt.Fprintf(&names, "/g%d", i)
		fmt.Fprintf(&widths, "%s ", num(advance))
		said := g.text
		if said == "" {
			said = "\u200b"
		}
		fmt.Fprintf(&unicodes, "<%02X><%s>\n", i, hexUTF16(said))
	}
	var chunks strings.Builder
	list := strings.SplitAfter(unicodes.String(), "\n")
	list = list[:len(list)-1]
	for chunk := range slices.Chunk(list, 100) { // as many as one operator takes
		fmt.Fprintf(&chunks, "%d beginbfchar\n%sendbfchar\n", len(chunk), strings.Join(chunk, ""))
	}
	cmap, err := d.packed("", []byte("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"+
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<00><FF>endcodespacerange\n"+chunks.String()+
		"endcmap CMapName currentdict/CMap defineresource pop end end"))
	if err != nil {
		return 0, err
	}
	scale := fmt.Sprintf("%.9f", 1/float64(t.face.Upem()))
	return d.add(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[%s 0 0 %s 0 0]/FirstChar 0/LastChar %d/Widths[%s]"+
		"/Encoding<</Type/Encoding/Differences[0%s]>>/CharProcs<<%s>>/Resources<<>>/ToUnicode %v>>",
		scale, scale, len(t.glyphs)-1, widths.String(), names.String(), procs.String(), cmap)), nil
}

// drawing is a glyph's procedure in the units of its face.
func drawing(face *font.Face, g glyph) []byte {
	advance := g.width(face)
	if g.blank {
		return fmt.Appendf(nil, "%s 0 0 0 0 0 d1", num(advance))
	}
	var path bytes.Buffer
	x0, y0, x1, y1 := 0.0, 0.0, 0.0, 0.0
	var at [2]float64
	for _, s := range segments(face, g.gid) {
		var p [3][2]float64
		for i, a := range s.ArgsSlice() {
			p[i] = [2]float64{float64(a.X), float64(a.Y)}
			x0, x1 = min(x0, p[i][0]), max(x1, p[i][0])
			y0, y1 = min(y0, p[i][1]), max(y1, p[i][1])
		}
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			fmt.Fprintf(&path, "%s %s m\n", num(p[0][0]), num(p[0][1]))
			at = p[0]
		case opentype.SegmentOpLineTo:
			fmt.Fprintf(&path, "%s %s l\n", num(p[0][0]), num(p[0][1]))
			at = p[0]
		case opentype.SegmentOpQuadTo: // PDF has cubic curves only
			c1 := [2]float64{at[0] + (p[0][0]-at[0])*2/3, at[1] + (p[0][1]-at[1])*2/3}
			c2 := [2]float64{p[1][0] + (p[0][0]-p[1][0])*2/3, p[1][1] + (p[0][1]-p[1][1])*2/3}
			fmt.Fprintf(&path, "%s %s %s %s %s %s c\n", num(c1[0]), num(c1[1]), num(c2[0]), num(c2[1]), num(p[1][0]), num(p[1][1]))
			at = p[1]
		case opentype.SegmentOpCubeTo:
			fmt.Fprintf(&path, "%s %s %s %s %s %s c\n", num(p[0][0]), num(p[0][1]), num(p[1][0]), num(p[1][1]), num(p[2][0]), num(p[2][1]))
			at = p[2]
		}
	}
	head := fmt.Sprintf("%s 0 %s %s %s %s d1\n", num(advance), num(x0), num(y0), num(x1), num(y1))
	if path.Len() == 0 {
		return []byte(head)
	}
	return []byte(head + path.String() + "f")
}
