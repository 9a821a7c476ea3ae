package page

// This file owns how an essay's blocks become what templates show, in order.

import (
	"strings"

	"photodesk/project"
)

type block struct {
	Kind        string
	Paragraphs  [][]span // text
	Opening     bool     // the first text of the story
	Text        string   // heading, quote
	Attribution string
	Layout      string // of a gallery
	Photos      []*figure
	Rows        [][]*figure // of a gallery, but not of a slideshow
	Sensitive   bool        // whether any of Photos is covered
	Vote        *vote
}

// span is a project.Span whose words are split at their line breaks.
type span struct {
	Lines        []string
	Bold, Italic bool
	Link         string
}

// builder walks an essay once and remembers what the walk has to know.
type builder struct {
	in      Input
	words   words
	figures []*figure      // every photo shown, in reading order
	anchors map[string]int // how often a photo has been placed, by its key
	opened  bool           // whether a text block has been met
	voted   bool           // whether the essay's widget has found its place

	service   *service // nil where votes stay on the device
	rules     rules
	canonical string
	failed    error // the first subject without a name
}

func newBuilder(in Input, w words) *builder {
	return &builder{in: in, words: w, anchors: map[string]int{}}
}

// blocks leaves out blocks that would show nothing.
func (b *builder) blocks() []block {
	var out []block
	for _, from := range b.in.Essay.Blocks {
		if bl, ok := b.block(from); ok {
			out = append(out, bl)
		}
	}
	return out
}

func (b *builder) block(from project.Block) (block, bool) {
	out := block{Kind: string(from.Kind)}
	switch from.Kind {
	case project.KindText:
		for _, p := range project.Paragraphs(clean(from.Text)) {
			out.Paragraphs = append(out.Paragraphs, spans(p))
		}
		out.Opening = !b.opened
		b.opened = true
		return out, len(out.Paragraphs) > 0
	case project.KindHeading:
		out.Text = line(from.Text)
		return out, out.Text != ""
	case project.KindQuote:
		out.Text, out.Attribution = clean(from.Text), line(from.Attribution)
		return out, out.Text != ""
	case project.KindPhoto:
		b.place(&out, from.Placements)
		return out, len(out.Photos) > 0
	case project.KindGallery:
		b.place(&out, from.Placements)
		out.hang(from.Layout)
		return out, len(out.Photos) > 0
	case project.KindCompare:
		b.compare(&out, from)
		return out, len(out.Photos) > 0
	case project.KindDivider:
		return out, true
	case project.KindVote:
		// The widget is one; a second block would be the same votes again.
		if b.voted {
			return out, false
		}
		b.voted = true
		out.Vote = b.essayVote()
		return out, true
	}
	return out, false
}

// place adds the photos of a block.
func (b *builder) place(out *block, placements []project.Placement) {
	for _, pl := range placements {
		f := b.figure(pl)
		out.Photos = append(out.Photos, f)
		out.Sensitive = out.Sensitive || f.Sensitive
	}
}

// hang lays a gallery's photos out.
func (b *block) hang(layout project.Layout) {
	b.Layout = string(layout)
	if len(b.Photos) == 0 {
		return
	}
	if layout == project.LayoutSlideshow {
		setSlideSizes(b.Photos)
		return
	}
	b.Rows = rowsOf(b.Layout, b.Photos)
	for _, row := range b.Rows {
		setRowSizes(row)
	}
}

// compare lays two photos over each other. Any other number, or a covered
// photo, which must not show through, stands side by side as a pair.
func (b *builder) compare(out *block, from project.Block) {
	b.place(out, from.Placements)
	if len(out.Photos) != 2 || out.Sensitive {
		out.Kind = string(project.KindGallery)
		out.hang(project.LayoutPair)
		return
	}
	for _, f := range out.Photos {
		f.Sizes = sizesWide
	}
}

func spans(paragraph string) []span {
	var out []span
	for _, s := range project.Spans(paragraph) {
		link := s.Link
		if !project.SafeLink(link) {
			link = ""
		}
		out = append(out, span{Lines: strings.Split(s.Text, "\n"), Bold: s.Bold, Italic: s.Italic, Link: link})
	}
	return out
}
