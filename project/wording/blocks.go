package wording

// This file owns the way from pasted text to blocks: lines that belong together, joined; lines that are items of their
// own, kept apart. Wires wrap their text hard at 60 to 80 columns; web pages don't wrap at all.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A block is one paragraph, caption or headline as it was pasted.
type block struct {
	text string // tidy, on one line
	raw  string // the pasted lines, joined by line feeds
	snug bool   // stands directly under the block before it, without a blank line between
}

// widest column that text is wrapped at by hand or by a wire.
const widest = 110

// narrowest line that can count as full, where the question is whether the next word would have fitted. Where the whole
// text is narrow it is half of the widest line.
const narrowest = 45

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\v", "\n", "\f", "\n\n", "\u0085", "\n")

// blocks cuts text where blank lines and the evidence within their groups say so.
func blocks(text string) []block {
	var all []block
	var group []string
	pasted := strings.Split(newlines.Replace(text), "\n")
	widest := 0
	for _, line := range pasted {
		widest = max(widest, utf8.RuneCountInString(tidy(line)))
	}
	least := min(narrowest, max(24, widest/2))
	flush := func() {
		all = append(all, unwrap(group, len(all) == 0, least)...)
		group = nil
	}
	for _, line := range pasted {
		if tidy(line) == "" {
			flush()
		} else {
			group = append(group, line)
		}
	}
	flush()
	return all
}

// unwrap joins the lines of one group, between two blank lines. No line shorter than least counts as full.
func unwrap(group []string, opens bool, least int) []block {
	lines := make([]string, len(group))
	for i, line := range group {
		lines[i] = tidy(line)
	}
	apart := make([]bool, len(lines)) // a line that ends an item
	glued := make([]bool, len(lines)) // a line that the next one continues beyond doubt
	for i := range len(lines) - 1 {
		glued[i] = continues(lines[i], lines[i+1])
		apart[i] = !glued[i] && (endsItem(lines[i]) || beginsItem(lines[i], lines[i+1]))
	}
	var all []block
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines)-1 && !apart[to] {
			to++
		}
		joined := wrapping(lines[from:to+1], glued[from:to+1], opens && from == 0, least)
		b := block{lines[from], strings.TrimSpace(group[from]), from > 0}
		for i := from; i < to; i++ {
			if joined[i-from] {
				b.text = weld(b.text, lines[i+1])
				b.raw += "\n" + strings.TrimSpace(group[i+1])
			} else {
				all = append(all, b)
				b = block{lines[i+1], strings.TrimSpace(group[i+1]), true}
			}
		}
		all = append(all, b)
		from = to + 1
	}
	return all
}

// wrapping decides which lines of one run continue in the next. first says that the run opens the text, so that its
// first line may be a headline.
func wrapping(lines []string, glued []bool, first bool, least int) []bool {
	joined := append([]bool{}, glued...)
	widths := make([]int, len(lines))
	widthOf := func(from int) (w int) {
		for i := from; i < len(lines); i++ {
			w = max(w, widths[i])
		}
		return w
	}
	for i, line := range lines {
		widths[i] = utf8.RuneCountInString(line)
	}
	if widthOf(0) > widest {
		return joined
	}
	full := func(i, width int) bool {
		word, _, _ := strings.Cut(lines[i+1], " ")
		return widths[i] >= least && widths[i]+1+utf8.RuneCountInString(word) > width
	}
	wraps := func(from, width int) bool {
		for i := from; i < len(lines)-1; i++ {
			if !finished(lines[i]) && (hangs(lines[i]) || startsSmall(lines[i+1]) || full(i, width)) {
				return true
			}
		}
		return false
	}
	from := 0
	if first && len(lines) > 1 {
		from = 1
		body := widthOf(1)
		switch {
		case (startsSmall(lines[1]) || hangs(lines[0])) && !finished(lines[0]):
			from = 0
		case wraps(1, body) && !finished(lines[0]) && !kicker.MatchString(lines[0]) && full(0, body) && widths[0] <= body+6:
			from = 0
		case dateline.MatchString(lines[0]):
			from = 0
		}
	}
	width := widthOf(from)
	if !wraps(from, width) {
		return joined
	}
	for i := from; i < len(lines)-1; i++ {
		ragged := !finished(lines[i]) && widths[i]*10 >= width*7
		joined[i] = joined[i] || full(i, width) || ragged || hangs(lines[i]) || startsSmall(lines[i+1]) && !finished(lines[i])
	}
	return joined
}

// hanging are words that no line ends with, unless it is wrapped there.
var hanging = set(`a an the of in on at by for from to with and or near into over under across along as than that le la les un une
	de des du et en au aux par pour sur dans der die das den dem ein eine und von im am mit für zur zum el los las y con`)

// hangs reports a line that breaks off where no headline, paragraph or caption would.
func hangs(s string) bool {
	return strings.HasSuffix(s, ",") || hanging[lastWord(s)] && strings.Contains(s, " ")
}

// weld joins two lines of one block: no space behind a hyphen or a slash, nor between ideographs.
func weld(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first := firstRune(b)
	cjk := func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("，。、！？；：「」『』（）", r)
	}
	if last == '/' || first == '/' || cjk(last) && cjk(first) {
		return a + b
	}
	if before := strings.TrimSuffix(a, "-"); before != a && unicode.IsLetter(lastRune(before)) {
		return a + b
	}
	return a + " " + b
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func startsSmall(s string) bool {
	return unicode.IsLower(firstRune(strings.TrimLeft(s, "“\"‘'«(")))
}

// continues reports a credit that runs over the line's end: "Jane Doe/AFP via" + "Getty Images)".
func continues(a, b string) bool {
	low := strings.ToLower(a)
	switch {
	case strings.HasSuffix(a, "/") || strings.HasPrefix(b, "/") || strings.HasSuffix(low, " via") || strings.HasPrefix(b, "via "):
		return true
	case len(strays(a))+len(strays(b)) == 2 && len(strays(a+b)) == 0 && len(a) >= narrowest:
		return true
	}
	if _, s := creditOnly(b); s != none {
		c, found := cut(a + " " + b)
		return found && c.strength == strong && len(c.text) < len(a) && len(a) >= narrowest && endsItem(a+" "+b) && !endsItem(a)
	}
	if len(strings.Fields(b)) > 4 || finished(b) {
		return false
	}
	before, found := cut(a)
	if !found {
		return false
	}
	after, found := cut(a + " " + b)
	return found && after.strength == strong && after.text == before.text
}

// endsItem reports a line that ends in a credit, or is one.
func endsItem(line string) bool {
	if c, ok := cut(line); ok && c.strength >= shaped {
		return true
	}
	_, s := creditOnly(line)
	return s != none
}

// beginsItem reports that b can't continue a: it is numbered, names its file first, or is a credit by itself.
func beginsItem(a, b string) bool {
	if _, s := creditOnly(b); s == strong || s != none && finished(a) {
		return true
	}
	if furniture.MatchString(a) || furniture.MatchString(b) || strings.Contains(lastWord(a), "://") {
		return true
	}
	if itemNumber.MatchString(b) && finished(a) || leadingFile.MatchString(b) || leadingFile.MatchString(a) && fileOnly(a) {
		return true
	}
	return bullet.MatchString(b) || byLine.MatchString(b) || dateline.MatchString(b)
}

var (
	bullet   = regexp.MustCompile(`^[•‣▪◦●*]\s+`)
	byLine   = regexp.MustCompile(`^(?:By|BY|Words by|Text by|Story by|Words and photos by|(?:Photos|Photographs|Photography|Pictures) by|Par|Von|Por)\s+\p{Lu}`)
	dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}\p{M} .,'’-]{2,40}(?:,\s[\p{L}. ]{2,30})?\s\((?:AP|Reuters|REUTERS|AFP|dpa|EFE|UPI|Xinhua|ANSA|PA)\)\s[—–-]`)
	kicker   = regexp.MustCompile(`(?i)^(?:(?:ap|reuters|afp|getty|epa)\s+)?(?:in\s+)?(?:pictures|photos|photo essay|photo gallery|gallery|photographs|images|pics|slideshow|en images|en fotos|bilder|fotos|foto|in bildern|图片|组图|圖輯|写真|фото|صور)\s*(?:[:：|–—-]|$)`)
)
