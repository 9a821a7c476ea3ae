// Package sheet sets contact sheets: pages of photographs in a grid, each with its number, words and credit, as one PDF.
package sheet

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"maps"
	"slices"

	"github.com/go-text/typesetting/shaping"
)

// Photo is one cell.
type Photo struct {
	Number  int
	Name    string // the file's
	Caption string
	Credit  string
	Where   string // place and date, as they are to be read
	// Covered stands in a covered photo's place; "" shows it.
	Covered string
	// JPEG gives the bytes of a photo that isn't covered, for a box of w by h points (a seventy-second of an inch each), into
	// which the photo fits, and what is to be marked on it, "" for nothing. It is asked for one photo after another.
	JPEG func(ctx context.Context, w, h float64) (jpg []byte, mark string, err error)
}

// Sheet is what to set.
type Sheet struct {
	Headline string
	Line     string // under the headline: byline, dateline, date
	Kicker   string // above it
	Lang     string // BCP 47
	RTL      bool   // whether it is read from the right
	Letter   bool   // the paper; A4 otherwise
	Columns  int    // 2 or 3; with 2 there are 3 rows a page, with 3 there are 4
	Photos   []Photo
}

// The grid's measures in points; 1 mm is 2.835 of them.
const (
	margin = 39.7
	gutter = 17.0
	rowGap = 13.0
	head   = 73.0 // of the first page
	again  = 24.0 // of the others
	foot   = 22.0
)

const (
	regular = "noto-serif-regular.ttf"
	bold    = "noto-serif-bold.ttf"
	display = "noto-serif-display-bold.ttf"
)

// grid is what follows from the number of columns.
type grid struct {
	columns, rows          int
	number, caption, small style
	lines                  int // of the longest caption
}

// most lines that a caption gets; it ends in … where it is longer.
const mostLines = 6

func gridOf(columns int) (grid, error) {
	switch columns {
	case 2:
		return grid{2, 3, style{bold, 8, 10.5, 0}, style{regular, 8, 10.5, 0.08}, style{regular, 6.8, 9, 0.38}, 1}, nil
	case 3:
		return grid{3, 4, style{bold, 6.8, 8.6, 0}, style{regular, 6.6, 8.6, 0.08}, style{regular, 5.8, 7.6, 0.38}, 1}, nil
	}
	return grid{}, fmt.Errorf("contact sheet: %d columns; choose 2 or 3", columns)
}

func (g grid) words() float64 {
	return 5 + g.number.lead + float64(g.lines)*g.caption.lead + 2*g.small.lead
}

// box is the largest size that a photo has, in points: what the captions leave, and the shape of most photographs at most.
func (d *document) box() (w, h float64) {
	pw, ph := d.sheet.paper()
	g := d.grid
	w = (pw - 2*margin - float64(g.columns-1)*gutter) / float64(g.columns)
	return w, min(d.pitch(ph)-rowGap-g.words(), w*2/3)
}

// pitch is the height of a row with the gap below it.
func (d *document) pitch(ph float64) float64 {
	return (ph - 2*margin - head - foot + rowGap) / float64(d.grid.rows)
}

func (s Sheet) paper() (w, h float64) {
	if s.Letter {
		return 612, 792
	}
	return 595.276, 841.89
}

// document is a sheet while it is set.
type document struct {
	*pdf
	sheet     Sheet
	grid      grid
	faces     *faces
	shaper    shaping.HarfbuzzShaper
	typefaces []*typeface
	words     []rune // of the lines shaped last
	missing   map[string]bool
	profiles  map[string]ref
}

// PDF sets the sheet. The same sheet gives the same bytes where the same fonts are installed. missing are the scripts that
// no font here can draw, by name: where they would stand, the sheet has that name in brackets.
func (s Sheet) PDF(ctx context.Context, progress func(done int)) (data []byte, missing []string, err error) {
	g, err := gridOf(s.Columns)
	if err != nil {
		return nil, nil, err
	}
	faces, err := newFaces(s.Lang)
	if err != nil {
		return nil, nil, err
	}
	d := &document{pdf: newPDF(), sheet: s, grid: g, faces: faces, missing: map[string]bool{}, profiles: map[string]ref{}}
	width, _ := d.box()
	for _, p := range s.Photos {
		d.grid.lines = max(d.grid.lines, len(d.lines(p.Caption, g.caption, width, mostLines, s.RTL)))
	}
	w, h := d.box()
	per := g.columns * g.rows
	count := max(1, (len(s.Photos)+per-1)/per)
	type made struct {
		content []byte
		photos  string
	}
	var pages []made
	for n := range count {
		var b bytes.Buffer
		photos := ""
		d.frame(&b, n, count)
		for i := n * per; i < min((n+1)*per, len(s.Photos)); i++ {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			x, top := d.cell(n, i-n*per)
			p := s.Photos[i]
			if p.Covered == "" {
				jpg, mark, err := p.JPEG(ctx, w, h)
				if err != nil {
					return nil, nil, fmt.Errorf("photo %s: %w", p.Name, err)
				}
				at, err := d.photoObject(jpg)
				if err != nil {
					return nil, nil, fmt.Errorf("photo %s: %w", p.Name, err)
				}
				photos += fmt.Sprintf("/P%d %v", i, at)
				d.photo(&b, fmt.Sprintf("P%d", i), jpg, mark, x, top, w, h)
			} else {
				d.cover(&b, p.Covered, x, top, w, h)
			}
			d.caption(&b, p, x, top-h, w)
			progress(i + 1)
		}
		pages = append(pages, made{b.Bytes(), photos})
	}
	fonts := ""
	for _, t := range d.typefaces {
		at, err := d.fontObject(t)
		if err != nil {
			return nil, nil, err
		}
		fonts += fmt.Sprintf("/%s %v", t.name, at)
	}
	pw, ph := s.paper()
	for _, m := range pages {
		content, err := d.packed("", m.content)
		if err != nil {
			return nil, nil, err
		}
		d.pages = append(d.pages, d.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %v/Resources<</Font<<%s>>/XObject<<%s>>>>>>",
			num(pw), num(ph), content, fonts, m.photos)))
	}
	return d.bytes(s.Headline, s.Lang), slices.Sorted(maps.Keys(d.missing)), nil
}

// put writes words on one line from x, or up to it, and returns their width.
func (d *document) put(b *bytes.Buffer, words string, st style, x, y, width float64, fromRight bool) float64 {
	lines := d.lines(words, st, width, 1, d.sheet.RTL)
	if len(lines) == 0 {
		return 0
	}
	w := widthOf(lines[0])
	if fromRight {
		x -= w
	}
	d.draw(b, lines[0], d.words, st, x, y)
	return w
}

// ends are where a line of the sheet begins and ends to read: at the right first where it is read from there.
func (d *document) ends(b *bytes.Buffer, start, end string, first, last style, x, y, w float64) {
	rtl := d.sheet.RTL
	from, to := x, x+w
	if rtl {
		from, to = to, from
	}
	used := d.put(b, end, last, to, y, w*0.5, !rtl)
	if used > 0 {
		used += 10
	}
	d.put(b, start, first, from, y, w-used, rtl)
}

func hairline(b *bytes.Buffer, x, y, w, thick float64) {
	fmt.Fprintf(b, "0.25 G %s w %s %s m %s %s l S\n", num(thick), num(x), num(y), num(x+w), num(y))
}

// frame is a page's head and foot.
func (d *document) frame(b *bytes.Buffer, n, count int) {
	pw, ph := d.sheet.paper()
	w := pw - 2*margin
	small := style{regular, 7.2, 9, 0.38}
	if n == 0 {
		y := ph - margin - 6
		d.ends(b, d.sheet.Kicker, "", style{bold, 7.2, 9, 0.38}, small, margin, y, w)
		size := style{display, 21, 25, 0}
		for size.size > 13 && len(d.lines(d.sheet.Headline, size, w, 2, d.sheet.RTL)) > 1 {
			size.size -= 1
		}
		d.ends(b, d.sheet.Headline, "", size, small, margin, y-28, w)
		d.ends(b, d.sheet.Line, "", style{regular, 8, 10, 0.25}, small, margin, y-45, w)
		hairline(b, margin, ph-margin-head+14, w, 0.75)
	} else {
		y := ph - margin - 6
		d.ends(b, d.sheet.Headline, d.sheet.Kicker, style{bold, 7.2, 9, 0}, small, margin, y, w)
		hairline(b, margin, y-7, w, 0.75)
	}
	hairline(b, margin, margin+9, w, 0.25)
	d.ends(b, "Photodesk", fmt.Sprintf("%d / %d", n+1, count), small, style{bold, 7.2, 9, 0.2}, margin, margin-2, w)
}

// cell is where a photo stands: its box's left and upper edges.
func (d *document) cell(page, i int) (x, top float64) {
	_, ph := d.sheet.paper()
	w, _ := d.box()
	column, row := i%d.grid.columns, i/d.grid.columns
	if d.sheet.RTL {
		column = d.grid.columns - 1 - column
	}
	start := head
	if page > 0 {
		start = again
	}
	return margin + float64(column)*(w+gutter), ph - margin - start - float64(row)*d.pitch(ph)
}

// photo fits a photo into its box, at the foot of it and where the words below begin.
func (d *document) photo(b *bytes.Buffer, name string, jpg []byte, mark string, x, top, w, h float64) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(jpg))
	if err != nil || cfg.Width < 1 || cfg.Height < 1 {
		return // photoObject has refused it
	}
	scale := min(w/float64(cfg.Width), h/float64(cfg.Height))
	pw, ph := float64(cfg.Width)*scale, float64(cfg.Height)*scale
	if d.sheet.RTL {
		x += w - pw
	}
	fmt.Fprintf(b, "q %s 0 0 %s %s %s cm /%s Do Q\n", num(pw), num(ph), num(x), num(top-h), name)
	if mark != "" {
		d.mark(b, mark, x, top-h+ph, pw)
	}
}

// mark stands on the beginning of a photo's upper edge, dark on white, so that it is read on any photo and off any printer.
func (d *document) mark(b *bytes.Buffer, words string, x, top, w float64) {
	const inset, air = 6.0, 4.0
	st := style{bold, d.grid.small.size, d.grid.small.lead, 0.1}
	lines := d.lines(words, st, w-2*inset-2*air, 2, d.sheet.RTL)
	shaped, wide := d.words, 0.0
	for _, line := range lines {
		wide = max(wide, widthOf(line))
	}
	high := float64(len(lines))*st.lead + air
	if d.sheet.RTL {
		x += w - wide - 2*air - 2*inset
	}
	x, y := x+inset, top-inset-high
	fmt.Fprintf(b, "1 g 0.1 G 0.5 w %s %s %s %s re B\n", num(x), num(y), num(wide+2*air), num(high))
	at := y + high - air/2 - st.size
	for _, line := range lines {
		start := x + air
		if d.sheet.RTL {
			start += wide - widthOf(line)
		}
		d.draw(b, line, shaped, st, start, at)
		at -= st.lead
	}
}

// cover stands where a covered photo would.
func (d *document) cover(b *bytes.Buffer, why string, x, top, w, h float64) {
	fmt.Fprintf(b, "0.93 g %s %s %s %s re f\n", num(x), num(top-h), num(w), num(h))
	st := style{regular, d.grid.caption.size, d.grid.caption.lead, 0.3}
	lines := d.lines(why, st, w-24, 4, d.sheet.RTL)
	words := d.words
	y := top - h/2 + float64(len(lines))*st.lead/2 - st.size
	for _, line := range lines {
		d.draw(b, line, words, st, x+(w-widthOf(line))/2, y)
		y -= st.lead
	}
}

// caption sets the words of a photo below y.
func (d *document) caption(b *bytes.Buffer, p Photo, x, y, w float64) {
	g := d.grid
	hairline(b, x, y-5, w, 0.25)
	y -= 5 + g.number.lead
	d.ends(b, fmt.Sprint(p.Number), p.Name, g.number, g.small, x, y, w)
	y -= g.caption.lead
	for _, part := range []struct {
		words string
		st    style
		max   int
	}{{p.Caption, g.caption, g.lines}, {p.Credit, style{bold, g.small.size, g.small.lead, 0.2}, 1}, {p.Where, g.small, 1}} {
		lines := d.lines(part.words, part.st, w, part.max, d.sheet.RTL)
		words := d.words
		for _, line := range lines {
			at := x
			if d.sheet.RTL {
				at += w - widthOf(line)
			}
			d.draw(b, line, words, part.st, at, y)
			y -= part.st.lead
		}
	}
}
