package page

// This file owns how one placed photo is shown: its derivatives and sizes, its
// caption, credit and alt text, and the list of credits at the end.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photodesk/project"
)

// figure is one placement of a photo.
type figure struct {
	Anchor    string // the element's id; the first placement's is photo-KEY
	Number    int    // in reading order, from 1
	Tone      string // the class that carries placeholder colour and ratio
	Width     string // column, wide or full
	Full      string
	Sources   []source
	Src       string
	Srcset    string
	Sizes     string
	Alt       string
	Caption   string
	Credit    string
	Copyright string
	Sensitive bool
	Why       string // the editor's reason for covering it, or ""
	Lang      string // of the essay
	First     bool   // loaded at once
	Vote      *vote

	PixelWidth, PixelHeight int

	photoID int64
	photo   Photo
}

type source struct{ Type, Srcset string }

// Widths that the themes keep to, in CSS pixels: a sizes attribute is read
// before the style is, so the two have to agree by word. A theme may be
// narrower; a wider one would show photos soft.
const (
	columnWidth = 592
	wideWidth   = 1120
	gutters     = 40 // the two of them
	sizesFull   = "100vw"
	sizesPhone  = "calc(100vw - 40px)"
)

var (
	sizesColumn = fmt.Sprintf("(min-width: %dpx) %dpx, %s", columnWidth+gutters, columnWidth, sizesPhone)
	sizesWide   = fmt.Sprintf("(min-width: %dpx) %dpx, %s", wideWidth+gutters, wideWidth, sizesPhone)
)

func sizesOf(w project.Width) string {
	switch w {
	case project.WidthWide:
		return sizesWide
	case project.WidthFull:
		return sizesFull
	}
	return sizesColumn
}

func (p Photo) ratio() float64 {
	if p.Height == 0 {
		return 1
	}
	return float64(p.Width) / float64(p.Height)
}

// figure places a photo and counts it.
func (b *builder) figure(pl project.Placement) *figure {
	p := b.in.Photos[pl.PhotoID]
	f := &figure{
		Number:    len(b.figures) + 1,
		Tone:      toneClass(p.Key),
		Width:     string(pl.Width),
		Full:      p.Full,
		Sizes:     sizesOf(pl.Width),
		Caption:   clean(pl.CaptionOf(p.Photo)),
		Credit:    creditOf(p),
		Copyright: line(p.Copyright),
		Sensitive: p.Sensitive,
		Why:       shorten(line(p.SensitiveWhy), 160),
		Lang:      cmp.Or(b.in.Essay.Lang, fallbackLang),

		PixelWidth: p.Width, PixelHeight: p.Height,
		photoID: pl.PhotoID, photo: p,
	}
	// A covered photo waits for the reader, so it is never the one loaded first.
	f.First = f.Number == 1 && !f.Sensitive
	if f.Width != string(project.WidthWide) && f.Width != string(project.WidthFull) {
		f.Width = string(project.WidthColumn)
	}
	f.Alt = b.alt(line(pl.AltOf(p.Photo)), f.Caption)
	f.Sources, f.Src, f.Srcset = sources(p)

	f.Anchor = "photo-" + p.Key
	if b.anchors[p.Key]++; b.anchors[p.Key] > 1 {
		f.Anchor += "-" + strconv.Itoa(b.anchors[p.Key])
	}
	if pl.Vote {
		label := strings.ReplaceAll(b.words.text["vote.photo"], "{n}", strconv.Itoa(f.Number))
		f.Vote = b.vote(&vote{Of: "photo", Label: label, ID: strings.Replace(f.Anchor, "photo", "vote", 1)}, p.Key)
	}
	b.figures = append(b.figures, f)
	return f
}

// alt is never empty: an empty one would say that the photo means nothing
// (HTML, section 4.8.4.4.4). That it is missing is for the check to say.
func (b *builder) alt(alt, caption string) string {
	switch {
	case alt != "":
		return alt
	case caption != "":
		return line(caption)
	}
	return b.words.text["photograph"]
}

// creditOf is the credit line, or what is known instead of one: no photo goes
// without a credit where the file had any.
func creditOf(p Photo) string {
	for _, s := range []string{p.CreditLine, p.Byline, p.Credit} {
		if s = line(s); s != "" {
			return s
		}
	}
	return ""
}

// sources splits off the last format for the img element: it is what every
// browser reads. Its src is the narrowest candidate of at least 900 pixels, for
// browsers that know no srcset.
func sources(p Photo) (more []source, src, srcset string) {
	last := len(p.Sources) - 1
	for _, s := range p.Sources[:last] {
		more = append(more, source{s.MediaType, srcsetOf(s.Candidates)})
	}
	jpeg := byWidth(p.Sources[last].Candidates)
	src = jpeg[len(jpeg)-1].Path
	for _, c := range jpeg {
		if c.Width >= 900 {
			src = c.Path
			break
		}
	}
	return more, src, srcsetOf(jpeg)
}

func srcsetOf(candidates []Candidate) string {
	var parts []string
	for _, c := range byWidth(candidates) {
		parts = append(parts, c.Path+" "+strconv.Itoa(c.Width)+"w")
	}
	return strings.Join(parts, ", ")
}

func byWidth(candidates []Candidate) []Candidate {
	out := slices.Clone(candidates)
	slices.SortStableFunc(out, func(a, b Candidate) int { return a.Width - b.Width })
	return out
}

func toneClass(key string) string { return "tone-" + key }

// credit is one line of the credits list and the photos it is for.
type credit struct {
	Line      string
	Copyright string
	Photos    []*figure
}

// credits gathers the photos under their credit lines, in reading order, each
// photo once however often it is placed.
func credits(figures []*figure) []credit {
	var out []credit
	seen := map[int64]bool{}
	for _, f := range figures {
		if seen[f.photoID] {
			continue
		}
		seen[f.photoID] = true
		i := slices.IndexFunc(out, func(c credit) bool { return c.Line == f.Credit && c.Copyright == f.Copyright })
		if i < 0 {
			i = len(out)
			out = append(out, credit{Line: f.Credit, Copyright: f.Copyright})
		}
		out[i].Photos = append(out[i].Photos, f)
	}
	return out
}
