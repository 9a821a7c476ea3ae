package palette

// This file owns which commands a few typed letters mean, and in what order.

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Rank lists the commands that hold the letters of query in their order, the
// best first. Without a query it is all of them, those used last first.
func Rank(query string, commands []Command, recent []string) []Command {
	type ranked struct {
		c      Command
		points int
	}
	q := fold(query)
	var list []ranked
	for _, c := range commands {
		points := 0
		if i := slices.Index(recent, c.ID()); i >= 0 {
			points = 40 - min(i, 19) // a tie goes to the one used last
			if len(q) == 0 {
				points += 1000
			}
		}
		if len(q) > 0 {
			fit := match(q, fold(c.Name))
			if fit == 0 {
				if fit = match(q, fold(c.Menu+" "+c.Name)) / 2; fit == 0 {
					continue
				}
			}
			points += fit
		}
		if c.Disabled {
			points -= 10_000
		}
		list = append(list, ranked{c, points})
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return b.points - a.points })
	out := make([]Command, len(list))
	for i, r := range list {
		out[i] = r.c
	}
	return out
}

// match gives points for the letters of q in their order in text; 0: they are
// not all there. Beginnings of words and runs of letters count most, so that
// "pib" is "Preview in browser".
func match(q, text []rune) int {
	best := 0
	for from := range text {
		if text[from] != q[0] {
			continue
		}
		if p := matchFrom(q, text, from); p > best {
			best = p
		}
	}
	return best
}

func matchFrom(q, text []rune, from int) int {
	points, last, at := 100, from-1, from
	for _, r := range q {
		if r == ' ' {
			continue
		}
		// The beginning of a later word is better than the middle of this one,
		// unless the letters go on without a gap.
		next := -1
		for i := at; i < len(text); i++ {
			if text[i] != r {
				continue
			}
			if i == last+1 || begins(text, i) {
				next = i
				break
			}
			if next < 0 {
				next = i
			}
		}
		if next < 0 {
			return 0
		}
		switch {
		case next == 0:
			points += 30
		case begins(text, next):
			points += 20
		case next == last+1:
			points += 15
		default:
			points -= min(next-last, 10)
		}
		last, at = next, next+1
	}
	return max(points-len(text)/4, 1)
}

func begins(text []rune, i int) bool { return i == 0 || !unicode.IsLetter(text[i-1]) }

// fold leaves letters without case and marks.
func fold(s string) []rune {
	var out []rune
	for _, r := range norm.NFD.String(strings.ToLower(strings.TrimSpace(s))) {
		if !unicode.Is(unicode.Mn, r) {
			out = append(out, r)
		}
	}
	return out
}
