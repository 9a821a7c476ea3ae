package wording

// This file owns pasted stories: which block is the headline, which are paragraphs, which are captions.
//
//	text ── blocks ── items (number, file, credit taken off) ── captions told from paragraphs ── Story

import (
	"strings"
	"unicode/utf8"
)

// A Caption is a caption line of a pasted story.
type Caption struct {
	Text   string // without number, file name and credit
	Credit Credit // zero where the line has none, or none that could be cut off safely
	Raw    string // the line or lines as they were pasted
	File   string // the file name in the line, if one is there
}

// A Story is what a pasted text holds, in its own order.
type Story struct {
	Headline   string // as pasted, with its "PICTURES:" where it has one
	Byline     string // from a line of its own under the headline: "Jane Doe, Associated Press" of "By Jane Doe, …"
	Paragraphs []string
	Captions   []Caption
}

// ParseStory reads plain text as it comes from a wire or a web page: headline, byline, paragraphs, and caption lines
// with trailing credits, in any of the orders they come in. Text keeps its words and its typography; only white space is
// tidied and hard-wrapped lines are joined. Nothing is dropped: what is no headline, byline or caption is a paragraph.
func ParseStory(text string) Story {
	items := sortOut(blocks(strings.ToValidUTF8(text, "�")))
	var s Story
	head := headline(items)
	for i, it := range items {
		switch {
		case i == head:
			s.Headline = it.text
		case it.caption:
			s.Captions = append(s.Captions, Caption{Text: it.body, Credit: it.credit, Raw: it.raw, File: it.file})
		case head >= 0 && len(s.Paragraphs) == 0 && len(s.Captions) == 0 && it.isByline():
			s.Byline = joinBylines(s.Byline, it.text)
		default:
			s.Paragraphs = append(s.Paragraphs, it.text)
		}
	}
	return s
}

// An item is a block with what was recognised in it.
type item struct {
	block
	body     string // the text without number, file name, label and credit
	file     string
	numbered bool
	credit   Credit
	strength          // of the credit that was cut off
	alone    strength // of a credit that is the whole block
	caption  bool
}

// sortOut makes items of blocks and decides which of them are captions.
func sortOut(bs []block) []item {
	items := attachLabels(joinKicker(bs))
	attachCredits(&items)
	accept(items)
	fillGaps(items)
	return items
}

// attachLabels reads every block by itself; one that is only a number or a file name joins the block behind it.
func attachLabels(bs []block) []item {
	var items []item
	var ahead *item
	for i, b := range bs {
		it := newItem(b)
		if i == 0 && it.alone != none && kicker.MatchString(b.text) && !endsInAgency(b.text) {
			it = item{block: b, body: b.text} // "Photos: Winter" begins a story; no photographer is called so
		}
		if len(items) < 4 && byLine.MatchString(b.text) && it.alone != none {
			it = item{block: b, body: b.text} // whose story it is, not whose photograph
		}
		if it.body == "" && i+1 < len(bs) && ahead == nil {
			ahead = &it
			continue
		}
		if ahead != nil {
			it.raw = ahead.raw + "\n" + it.raw
			it.text = ahead.text + " " + it.text
			it.numbered = it.numbered || ahead.numbered
			if it.file == "" {
				it.file = ahead.file
			}
			ahead = nil
		}
		items = append(items, it)
	}
	return items
}

func newItem(b block) item {
	it := item{block: b}
	it.body, it.file, it.numbered = unlabel(b.text)
	if it.body == "" {
		return it
	}
	if c, s := creditOnly(it.body); s != none {
		it.credit, it.alone = c, s
		return it
	}
	if c, ok := cut(it.body); ok && !(byLine.MatchString(b.text) && len(strings.Fields(c.text)) < 4) { // "By Md. Rahman, Associated Press" is no caption
		it.body, it.credit, it.strength = c.text, c.credit, c.strength
	}
	return it
}

// takesCredit reports whether a credit on a line of its own can belong to the item above it.
func takesCredit(above []item) bool {
	if len(above) == 0 {
		return false
	}
	it := above[len(above)-1]
	return it.strength < shaped && it.alone == none && !it.isByline() && !strings.Contains(it.text, "://") &&
		!furniture.MatchString(it.text) && !(len(above) == 1 && looksHeadline(it))
}

// attachCredits gives credits that stand on a line of their own to the caption they belong to: the block before them,
// or, where a page sets them above, the block behind.
func attachCredits(items *[]item) {
	all := *items
	above := creditsAbove(all)
	lonely := 0
	for i := range all {
		if all[i].alone == weak && i > 1 && all[i-1].alone == none {
			lonely++
		}
	}
	var out []item
	started := false
	for i := 0; i < len(all); i++ {
		it := all[i]
		switch {
		case it.alone == none, it.alone == weak && !started && lonely < 2 && !imageSource(it.text):
			started = started || it.strength == strong
			out = append(out, it)
		case (above || imageSource(it.text)) && i+1 < len(all) && all[i+1].alone == none:
			for i+2 < len(all) && all[i+2].snug && all[i+2].alone == none && !finished(all[i+1].text) {
				out = append(out, all[i+1]) // a place set as a heading over its caption
				i++
			}
			next := all[i+1]
			next.credit, next.strength, next.raw = it.credit, strong, it.raw+"\n"+next.raw
			next.text = it.text + " " + next.text
			out, started = append(out, next), true
			i++
		case takesCredit(out):
			last := &out[len(out)-1]
			last.body, _, _ = unlabel(last.block.text)
			last.credit, last.strength = it.credit, strong
			last.raw += "\n" + it.raw
			last.text += " " + it.text
			started = true
		default:
			out = append(out, it)
		}
	}
	*items = out
}

// creditsAbove reports whether the credits on lines of their own stand above their captions. Blank lines tell, where
// there are any between the captions; else such a text ends with a caption, and begins its captions with a credit.
func creditsAbove(items []item) bool {
	below, above, n, first, last := 0, 0, 0, -1, -1
	turns := true
	for i, it := range items {
		if it.alone == none {
			continue
		}
		n++
		if first < 0 {
			first = i
		}
		turns = turns && (last < 0 || i == last+2)
		last = i
		switch {
		case it.snug:
			below++
		case i+1 < len(items) && items[i+1].snug && items[i+1].alone == none:
			above++
		}
	}
	if below+above > 0 {
		return above > below
	}
	if n < 2 || !turns || last != len(items)-2 || first == 0 {
		return false
	}
	before, behind := items[first-1], items[last+1]
	return looksHeadline(before) || 4*utf8.RuneCountInString(before.text) > 5*utf8.RuneCountInString(behind.text)
}

// accept marks the items whose credits can be trusted in their place. What would do for a single caption is not
// enough in a whole story: paragraphs end with "(Reuters)" too.
func accept(items []item) {
	papers := map[string]int{}
	first, numbered, dangling := -1, 0, 0
	for i, it := range items {
		switch {
		case it.strength == strong:
			if first < 0 {
				first = i
			}
			if it.numbered {
				numbered++
			}
		case it.strength == shaped:
			papers[fold(it.credit.Provider)]++
		case it.strength == none && endsInAgency(it.body):
			dangling++
		}
	}
	tail := len(items)
	for tail > 0 && items[tail-1].strength >= shaped {
		tail--
	}
	weaklings := len(items)
	for weaklings > 0 && items[weaklings-1].strength >= weak {
		weaklings--
	}
	for i := range items {
		it := &items[i]
		labelled := it.file != "" || it.numbered && numbered > 1
		switch it.strength {
		case strong:
			it.caption = true
		case shaped:
			it.caption = labelled || papers[fold(it.credit.Provider)] > 1 || first >= 0 && i > first || i >= tail
		case weak:
			it.caption = labelled || first >= 0 && i > first || len(items)-weaklings > 2 && i >= weaklings
		case none:
			it.caption = it.alone == none && it.body != "" && (labelled ||
				endsInAgency(it.body) && (first >= 0 && i > first || dangling > 1))
		}
		if it.caption {
			it.raw = strings.TrimSpace(it.raw)
		} else if it.strength != none {
			it.credit, it.strength = Credit{}, none
		}
	}
}

// fillGaps takes a short block without a credit for a caption when it stands alone among captions: one photograph in a
// row whose credit was forgotten. Where text and captions take turns there are many such gaps, and none is filled.
func fillGaps(items []item) {
	captions, length := 0, 0
	var gaps []int
	for i, it := range items {
		if it.caption {
			captions++
			length += utf8.RuneCountInString(it.body)
		} else if i > 0 && i+1 < len(items) && items[i-1].caption && items[i+1].caption {
			gaps = append(gaps, i)
		}
	}
	if captions < 3 || len(gaps) > max(1, captions/4) {
		return
	}
	for _, i := range gaps {
		it := &items[i]
		alongside := 0
		for _, step := range []int{-1, 1} {
			for j := i + step; j >= 0 && j < len(items) && items[j].caption; j += step {
				alongside++
			}
		}
		if alongside >= 3 && it.alone == none && finished(it.text) && sentences(it.text) <= 2 && utf8.RuneCountInString(it.text)*captions <= 2*length {
			it.caption = true
		}
	}
}

// endsInAgency reports a line that ends as a credit does although nothing says where it begins.
func endsInAgency(s string) bool {
	s = strings.TrimRight(s, ".)] ")
	i := strings.LastIndexAny(s, "/")
	if j := strings.LastIndex(s, " via "); j > i {
		i = j + 4
	}
	if i < 0 {
		return false
	}
	_, _, known := lookUp(strings.TrimSpace(s[i+1:]))
	return known
}
