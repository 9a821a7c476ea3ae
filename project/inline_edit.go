package project

// This file owns how marks come into the text of a block and out of it again,
// as an editor presses Bold, Italic or Link. Places are counted in characters.

import (
	"strings"
	"unicode"
)

// The marks that ToggleMark takes.
const (
	MarkBold   = "**"
	MarkItalic = "*"
)

// ToggleMark puts a mark around the characters from to to of a block's text, or
// takes it off where they have it; with nothing selected it is the word at the
// place. Marks hug their words and stay within a line. It returns the text and
// where the same words are in it.
func ToggleMark(text string, from, to int, mark string) (string, int, int) {
	rs := []rune(text)
	from, to = within(rs, from, to)
	if from == to {
		from, to = wordAt(rs, from)
	}
	if from == to {
		return text, from, to
	}
	// From the last line to the first, so that places before stay true.
	off := isMarked(rs, from, to, mark)
	start, end := from, to
	for hi := to; hi > from; {
		lo := hi
		for lo > from && rs[lo-1] != '\n' {
			lo--
		}
		a, b := hug(rs, lo, hi)
		if a < b && isMarked(rs, a, b, mark) == off {
			var by int
			rs, by = mark1(rs, a, b, mark, off)
			if lo == from {
				start = a + by
			}
			end += by
			if hi != to {
				end += by
			} else {
				end = b + by
			}
		}
		hi = lo - 1
	}
	if strings.ContainsRune(string(rs[min(start, len(rs)):min(end, len(rs))]), '\n') {
		return string(rs), min(start, len(rs)), min(end, len(rs))
	}
	return string(rs), start, end
}

// isMarked reports whether the mark stands around the characters.
func isMarked(rs []rune, from, to int, mark string) bool {
	from, to = hug(rs, from, to)
	n := min(stars(rs, from, -1), stars(rs, to, 1))
	if mark == MarkBold {
		return n >= 2
	}
	return n%2 == 1
}

// mark1 marks one line's characters, or unmarks them; by is how far they moved.
func mark1(rs []rune, from, to int, mark string, off bool) ([]rune, int) {
	m := []rune(mark)
	out := make([]rune, 0, len(rs)+2*len(m))
	if off {
		out = append(out, rs[:from-len(m)]...)
		out = append(out, rs[from:to]...)
		return append(out, rs[to+len(m):]...), -len(m)
	}
	out = append(append(out, rs[:from]...), m...)
	out = append(append(out, rs[from:to]...), m...)
	return append(out, rs[to:]...), len(m)
}

// hug takes marks and spaces at the ends of a selection out of it.
func hug(rs []rune, from, to int) (int, int) {
	for from < to && (rs[from] == '*' || unicode.IsSpace(rs[from])) {
		from++
	}
	for to > from && (rs[to-1] == '*' || unicode.IsSpace(rs[to-1])) {
		to--
	}
	return from, to
}

// stars counts the marks that end before a place, or begin at it.
func stars(rs []rune, at, step int) int {
	n := 0
	if step < 0 {
		for at-1-n >= 0 && rs[at-1-n] == '*' {
			n++
		}
		return n
	}
	for at+n < len(rs) && rs[at+n] == '*' {
		n++
	}
	return n
}

func within(rs []rune, from, to int) (int, int) {
	if from > to {
		from, to = to, from
	}
	in := func(v int) int { return min(max(v, 0), len(rs)) }
	return in(from), in(to)
}

func wordAt(rs []rune, at int) (int, int) {
	inWord := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '’' || r == '\'' || r == '-'
	}
	from, to := at, at
	for from > 0 && inWord(rs[from-1]) {
		from--
	}
	for to < len(rs) && inWord(rs[to]) {
		to++
	}
	return from, to
}

// LinkAt is the link that a place of the text is in: where its whole markup
// stands, its words and its address.
func LinkAt(text string, at int) (from, to int, label, address string, ok bool) {
	pos := 0 // of the character
	for i, r := range text {
		if r == '[' && (i == 0 || text[i-1] != '\\') {
			if l, a, n := linked(text[i:]); n > 0 {
				end := pos + len([]rune(text[i:i+n]))
				if at >= pos && at <= end {
					return pos, end, l, a, true
				}
			}
		}
		pos++
	}
	return 0, 0, "", "", false
}

// SetLink makes the characters from to to a link with the label; an empty
// address leaves the label alone. It returns the text and where the label ends.
func SetLink(text string, from, to int, label, address string) (string, int) {
	rs := []rune(text)
	from, to = within(rs, from, to)
	in := label
	if address != "" {
		in = "[" + label + "](" + address + ")"
	}
	return string(rs[:from]) + in + string(rs[to:]), from + len([]rune(in))
}
