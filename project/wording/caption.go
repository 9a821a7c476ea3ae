package wording

// This file owns the border between a caption and the credit behind it.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SplitCaption cuts a trailing credit off a caption line: "A nuthatch climbs down an oak. Jane Doe/AP".
//
// A credit is recognised on the right only: after the last sentence end, in brackets, behind a label ("Photograph:") or
// behind a dash or bar. Where it isn't beyond doubt nothing is cut: ok is false, caption is the line as it came and the
// credit is empty. Otherwise caption and credit.Raw together hold every letter of the line. A line that is nothing but
// a credit has no caption to cut it from, and isn't cut either.
func SplitCaption(line string) (caption string, credit Credit, ok bool) {
	c, found := cut(tidy(line))
	if !found {
		return line, Credit{}, false
	}
	return c.text, c.credit, true
}

// strength says how far a trailing credit can be trusted.
type strength int

const (
	none   strength = iota
	weak            // an agency alone: "(Reuters)", which also ends the paragraphs of wire stories
	shaped          // a name and a paper nobody here has heard of: "Jane Doe/Nordlandspost"
	strong          // somebody, and an agency known by name; or a label
)

// A cutting is a line cut in two.
type cutting struct {
	text   string
	credit Credit
	strength
}

// place says what stands before a credit.
type place int

const (
	afterSentence place = iota
	inBrackets
	behindLabel
	behindDash
)

// farthest a credit may begin from the end of its line, in bytes.
const reach = 320

var (
	labelInside = regexp.MustCompile(`(?:^|[\s.!?…”"')\]。！？؟])((?:Photo(?:graph)?s?|PHOTO(?:GRAPH)?S?|Photographer|Picture|Credit|CREDIT|Photo [Cc]redit|PHOTO CREDIT|Mandatory [Cc]redit|Image [Cc]redit|Foto|FOTO|Fotos|Photo by|Photograph by|Photo courtesy|Crédit photo|Bild|Фото|Φωτογραφία|צילום|عکس|تصوير|写真|图片?|摄影|攝影|撮影)\s?(?:[:：]|by|courtesy|\.\.\.)\s?)`)
	creditDots  = regexp.MustCompile(`Credit(?:\.\.\.|…)`)
)

// cut finds where the credit of a tidy line begins. Of several possible beginnings the leftmost wins, so that
// "J. R. Doe/AP" keeps its initials; running text before a name rules itself out by its shape.
func cut(line string) (cutting, bool) {
	best := cutting{}
	for _, at := range beginnings(line) {
		if c := try(line, at.offset, at.place); c.strength > best.strength {
			best = c
		}
	}
	return best, best.strength > none
}

type beginning struct {
	offset int
	place
}

// beginnings lists where a credit might begin, left to right.
func beginnings(line string) []beginning {
	from := max(0, len(line)-reach)
	for from < len(line) && !utf8.RuneStart(line[from]) {
		from++
	}
	marks := map[int]place{}
	sentenceEnds(line, from, marks)
	for _, m := range labelInside.FindAllStringSubmatchIndex(line[from:], -1) {
		marks[from+m[2]] = behindLabel
	}
	for _, m := range creditDots.FindAllStringIndex(line[from:], -1) {
		marks[from+m[0]] = behindLabel
	}
	for _, dash := range []string{" — ", " – ", " | ", " - ", " • ", " # ", " © "} {
		for at := from; ; {
			i := strings.Index(line[at:], dash)
			if i < 0 {
				break
			}
			at += i + len(dash)
			if _, marked := marks[at]; !marked {
				marks[at] = behindDash
			}
		}
	}
	brackets(line, from, marks)
	all := make([]beginning, 0, len(marks))
	for i := from; i < len(line); i++ {
		if p, ok := marks[i]; ok && i > 0 {
			all = append(all, beginning{i, p})
		}
	}
	return all
}

// brackets marks the bracketed group that ends the line, and one directly before it.
func brackets(line string, from int, marks map[int]place) {
	end := strings.TrimRight(line, ". ")
	for range 2 {
		i := groupStart(end)
		if i < from {
			return
		}
		marks[i] = inBrackets
		end = strings.TrimRight(end[:i], " ")
	}
}

// sentenceEnds marks what follows a sentence end. Without a space between them the next word must look as a beginning
// does: "park.Jane Doe/AP", but not "D.C." or "example.com".
func sentenceEnds(line string, from int, marks map[int]place) {
	for i := from; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		at := i + n
		i = at
		if !endsSentence(r) {
			continue
		}
		quoted := false
		for at < len(line) {
			c, m := utf8.DecodeRuneInString(line[at:])
			if !closesSentence(c) && !endsSentence(c) {
				break
			}
			quoted = true
			at += m
		}
		spaced := strings.HasPrefix(line[at:], " ")
		start := len(line) - len(strings.TrimLeft(line[at:], " -—–|•#"))
		if start >= len(line) {
			continue
		}
		if spaced || start > at || quoted || r != '.' || startsWord(line[:at], line[start:]) {
			marks[start] = afterSentence
		}
	}
}

// startsWord reports whether a full stop without a space behind it ends a sentence all the same.
func startsWord(before, after string) bool {
	first, n := utf8.DecodeRuneInString(after)
	if strings.ContainsRune(openers, first) {
		return true
	}
	if !unicode.IsUpper(first) {
		return unicode.Is(unicode.Lo, first)
	}
	if second := firstRune(after[n:]); unicode.IsLower(second) {
		return true
	}
	small := 0
	for _, r := range strings.TrimSuffix(lastWord(before), ".") {
		if unicode.IsLower(r) {
			small++
		}
	}
	return small > 1
}

// try cuts the line at one place and weighs what comes off.
func try(line string, at int, p place) cutting {
	text, tail := line[:at], line[at:]
	c := cutting{text: strings.TrimRight(text, " —–|•#-©")}
	if !strings.ContainsFunc(c.text, unicode.IsLetter) {
		return cutting{}
	}
	r := read(tail)
	if !r.Sure || tears(text, tail) {
		return cutting{}
	}
	c.credit = r.Credit
	c.strength = weigh(r, tail, p)
	if c.strength == none || !fits(c.text, r, p, c.strength) {
		return cutting{}
	}
	return c
}

// weigh judges the credit by itself.
func weigh(r reading, tail string, p place) strength {
	first := firstRune(strings.TrimLeft(tail, openers+"©-/ \"“‘’'@*"))
	words, _ := nameLike(r.Byline)
	switch {
	case unicode.IsLower(first) && !r.label && !lowBrand(tail) && !strings.HasPrefix(tail, "@"):
		if p == afterSentence && r.known && len(strings.Fields(r.Byline)) == 2 { // "jane doe/ap"
			return strong
		}
		return none
	case r.loose && p != inBrackets && p != behindLabel:
		return none
	case r.label && (r.known || words > 0 || r.Provider != ""):
		if p != inBrackets && !r.known && (words < 2 && !uncased(r.Byline)) && r.Byline != "" {
			return none
		}
		return strong
	case r.known && (r.Byline != "" || r.Distributor != ""):
		return strong
	case r.known && strings.ContainsAny(tail, "/@"), r.known && strings.Contains(fold(tail), " photo"):
		return strong // "Handout/Reuters", "(AP Photo)": nobody signs a text so
	case r.known:
		return weak
	case r.Byline != "" && r.Provider != "" && (words >= 2 || uncased(r.Byline) || strings.HasPrefix(r.Byline, "@")):
		if pressLike(r.Provider) {
			return shaped
		}
	}
	return none
}

// fits judges the credit by what stands before it.
func fits(text string, r reading, p place, s strength) bool {
	ended := finished(text)
	switch p {
	case behindLabel:
		if !ended && !r.known && !r.label {
			return false
		}
	case behindDash:
		if s != strong || !r.known {
			return false
		}
	case inBrackets:
		if !ended && s < shaped {
			return false
		}
	case afterSentence:
		word := strings.Trim(lastWord(text), openers+"“\"‘'’")
		if strings.HasSuffix(word, ".") {
			low := strings.TrimSuffix(fold(word), ".")
			next := strings.TrimSuffix(foldFirst(r.Line), ".")
			n, _ := nameLike(r.Byline)
			switch {
			case r.label:
			case titles[low]:
				return false
			case (low == "u.s" || low == "u.n" || low == "u.k" || low == "e.u") && institutions[next]:
				return false
			case utf8.RuneCountInString(low) == 1 && n < 2:
				return false
			}
		}
	}
	return true
}

// tears reports whether the cut would part a bracket from its partner.
func tears(text, tail string) bool {
	whole := len(strays(text + tail))
	return len(strays(text))+len(strays(tail)) != whole
}

// lowBrand reports an agency that writes itself small: "dpa", "imago images".
func lowBrand(tail string) bool {
	head, _, _ := strings.Cut(strings.TrimLeft(tail, openers), "/")
	_, _, known := lookUp(strings.TrimRight(head, closers+". "))
	return known
}

// uncased reports a name in a script without capitals, where one word may be a whole name.
func uncased(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Lo, r) {
			n++
		}
	}
	return n > 1
}

func foldFirst(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return fold(f[0])
	}
	return ""
}

// creditOnly reads a line that is nothing but a credit, as set below a caption on some pages.
func creditOnly(line string) (Credit, strength) {
	r := read(line)
	if !r.Sure || r.loose && groupStart(line) != 0 {
		return Credit{}, none
	}
	if strings.HasSuffix(line, ".") && !r.known {
		return Credit{}, none
	}
	return r.Credit, weigh(r, line, inBrackets)
}
