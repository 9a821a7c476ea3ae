package story

// This file owns words as the page sets them, shown for as long as they are not
// being typed: bold, italic and links in place of their marks, lines centred. A
// click finds the place in the text as it is typed.
//
//	text ── spans ── pieces of words ── lines no wider than the field ── one canvas text a run

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"photodesk/project"
	"photodesk/ui/look"
)

// setting is words set in lines of a width.
type setting struct {
	objects []fyne.CanvasObject
	runs    []run
	lines   int
	line    float32 // height of one
	size    float32
}

// run is words of one line in one dress.
type run struct {
	text  string
	style fyne.TextStyle
	link  bool
	at    []int // for each character, and the end, where it is typed, in characters
	line  int
	x, w  float32
}

// piece is a part of a word, or the space between two, in one dress.
type piece struct {
	run
	space, brk bool // brk: a line ends here
}

// marked reports whether a text has marks that the page shows as type.
func marked(text string) bool {
	return strings.ContainsAny(text, `*[\`) && !mirrored(text) && project.Plain(text) != text
}

// mirrored reports whether any of the words run from right to left: the
// toolkit sets those, and nothing here knows how.
func mirrored(text string) bool {
	for _, r := range text {
		if r >= 0x590 && (r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff) {
			return true
		}
	}
	return false
}

// pieces reads a text; with marks those are type. Paragraphs are read one by
// one, as on the page.
func pieces(text string, style fyne.TextStyle, marks bool) []piece {
	var out []piece
	chars := 0 // before the paragraph
	par := func(text string) {
		spans, at := []project.Span{{Text: text}}, []int(nil)
		if marks {
			spans, at = project.SpansAt(text)
		}
		place := func(b int) int { // of a byte of the plain words
			if at != nil {
				if b < len(at) {
					b = at[b]
				} else {
					b = len(text)
				}
			}
			return chars + utf8.RuneCountInString(text[:b])
		}
		done := 0
		for _, sp := range spans {
			st := style
			st.Bold, st.Italic = st.Bold || sp.Bold, st.Italic != sp.Italic
			var now piece
			close := func(b int) {
				if now.text != "" {
					now.at = append(now.at, place(b))
					out = append(out, now)
				}
				now = piece{}
			}
			for i, r := range sp.Text {
				b := done + i
				if r == '\n' {
					close(b)
					out = append(out, piece{run: run{at: []int{place(b)}}, brk: true})
					continue
				}
				space := unicode.IsSpace(r) && r != '\u00a0'
				if now.text != "" && now.space != space {
					close(b)
				}
				if now.text == "" {
					now.style, now.link, now.space = st, sp.Link != "", space
				}
				now.text += string(r)
				now.at = append(now.at, place(b))
			}
			done += len(sp.Text)
			// The end of a dressed word is before the mark that closes it.
			if now.text != "" {
				last := now.at[len(now.at)-1] + 1
				now.at = append(now.at, last)
				out = append(out, now)
			}
		}
		chars += utf8.RuneCountInString(text)
	}
	for rest := text; rest != ""; {
		end := len(rest)
		if i := strings.Index(rest, "\n\n"); i >= 0 {
			end = i
		}
		par(rest[:end])
		for rest = rest[end:]; strings.HasPrefix(rest, "\n"); rest = rest[1:] {
			out = append(out, piece{run: run{at: []int{chars}}, brk: true})
			chars++
		}
	}
	return out
}

func textWidth(text string, size float32, style fyne.TextStyle) float32 {
	return fyne.MeasureText(text, size, style).Width
}

// setWords sets a text in lines of a width.
func setWords(c *Column, text string, as role, muted bool, width float32) *setting {
	f, size := c.face(as), c.size(as)
	s := &setting{size: size, line: fyne.MeasureText("M", size, f.style).Height}
	var line, word []piece
	var x, held float32 // of the line; of the word being read
	end := func() {
		s.endLine(line, width, f.centred)
		line, x = nil, 0
	}
	put := func() {
		if len(word) == 0 {
			return
		}
		if x+held > width && len(line) > 0 {
			end()
		}
		line, x = append(line, word...), x+held
		word, held = nil, 0
	}
	for _, p := range pieces(text, f.style, as == roleBody) {
		switch {
		case p.brk:
			put()
			end()
		case p.space:
			put()
			p.w = textWidth(p.text, size, p.style)
			line, x = append(line, p), x+p.w
		default:
			p.w = textWidth(p.text, size, p.style)
			word, held = append(word, p), held+p.w
		}
	}
	put()
	end()
	s.draw(c, f, muted)
	return s
}

// endLine joins the pieces of a line into runs and places them.
func (s *setting) endLine(line []piece, width float32, centred bool) {
	for n := len(line); n > 0 && line[n-1].space; n-- {
		line = line[:n-1] // space at a line's end is nowhere
	}
	from := len(s.runs)
	for _, p := range line {
		if n := len(s.runs); n > from && s.runs[n-1].style == p.style && s.runs[n-1].link == p.link {
			last := &s.runs[n-1]
			last.text += p.text
			last.at = append(last.at[:len(last.at)-1], p.at...)
			continue
		}
		p.line = s.lines
		s.runs = append(s.runs, p.run)
	}
	x := float32(0)
	for i := from; i < len(s.runs); i++ {
		r := &s.runs[i]
		r.w = textWidth(r.text, s.size, r.style)
		r.x = x
		x += r.w
	}
	if centred {
		for i := from; i < len(s.runs); i++ {
			s.runs[i].x += (width - x) / 2
		}
	}
	s.lines++
}

// draw makes what is seen; words begin at the entry's own inset.
func (s *setting) draw(c *Column, f face, muted bool) {
	ink := look.Ink
	if f.muted || muted {
		ink = look.Muted
	}
	for _, r := range s.runs {
		t := canvas.NewText(r.text, c.color(ink))
		t.TextSize, t.TextStyle = s.size, r.style
		at := s.pos(r)
		t.Move(at)
		t.Resize(fyne.NewSize(r.w, s.line))
		s.objects = append(s.objects, t)
		if r.link {
			under := canvas.NewRectangle(color.Transparent)
			under.FillColor = c.linkLine()
			under.Move(at.AddXY(0, s.line*0.9))
			under.Resize(fyne.NewSize(r.w, max(1, s.size/16)))
			s.objects = append(s.objects, under)
		}
	}
}

func (s *setting) pos(r run) fyne.Position {
	return fyne.NewPos(proseInset+r.x, setInset+float32(r.line)*s.line)
}

// setInset is where an entry's first line begins.
const setInset = proseInset - 2

// height is what the words need, as tall as an entry of as many lines.
func (s *setting) height() float32 { return float32(max(s.lines, 1))*s.line + 2*setInset + 4 }

// at is the place in the typed text nearest to a place on what is shown.
func (s *setting) at(p fyne.Position) int {
	line := min(max(int((p.Y-setInset)/s.line), 0), s.lines-1)
	best := -1
	for _, r := range s.runs {
		if r.line > line && best >= 0 {
			break
		}
		if r.line < line { // an empty line: the end of the one before it
			best = r.at[len(r.at)-1]
			continue
		}
		if x := p.X - proseInset - r.x; x < r.w || r.line > line {
			return s.within(r, x)
		}
		best = r.at[len(r.at)-1]
	}
	return max(best, 0)
}

// within is the place between two characters of a run that is nearest to x.
func (s *setting) within(r run, x float32) int {
	before := float32(0)
	chars := []rune(r.text)
	for i := range chars {
		w := textWidth(string(chars[:i+1]), s.size, r.style)
		if x < (before+w)/2 {
			return r.at[i]
		}
		before = w
	}
	return r.at[len(r.at)-1]
}

// WordAt is where on the canvas the middle of a word is seen in a block's text
// with marks, for whoever drives the window from outside.
func (c *Column) WordAt(id int64, word string) (fyne.Position, bool) {
	r := c.row(id)
	if r == nil {
		return fyne.Position{}, false
	}
	for _, f := range r.whole().fields() {
		if f.set == nil {
			continue
		}
		for _, run := range f.set.runs {
			if i := strings.Index(run.text, word); i >= 0 {
				x := textWidth(run.text[:i], f.set.size, run.style) + textWidth(word, f.set.size, run.style)/2
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(f.prose).Add(f.set.pos(run)).AddXY(x, f.set.line/2), true
			}
		}
	}
	return fyne.Position{}, false
}
