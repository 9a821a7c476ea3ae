package wording

// This file owns the counting of sentences.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stops are abbreviations, besides names' own, whose full stop ends no sentence before a capital.
var stops = set(`jan feb mar apr jun jul aug sep sept oct nov dec ala ariz ark calif colo conn del fla ga ill ind kan ky la mass
	md mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo a.m p.m u.s u.n u.k e.u d.c etc e.g i.e al approx
	ave blvd rd no nos vs mr mrs`)

// sentences counts the sentences of s; text without an end mark is one.
func sentences(s string) int {
	n := 0
	rest := s
	for i, r := range s {
		if !endsSentence(r) {
			continue
		}
		after := s[i+utf8.RuneLen(r):]
		trimmed := strings.TrimLeftFunc(after, func(r rune) bool { return closesSentence(r) || endsSentence(r) })
		if trimmed == "" || strings.TrimSpace(trimmed) == "" {
			continue
		}
		ideographic := strings.ContainsRune("。！？．｡", r)
		if !strings.HasPrefix(trimmed, " ") && !ideographic {
			continue
		}
		if endsSentence(firstRune(after)) {
			continue // the last of several marks counts
		}
		next := firstRune(strings.TrimLeft(trimmed, " “\"‘'«(["))
		if unicode.IsLower(next) {
			continue
		}
		if r == '.' {
			w := strings.TrimLeft(fold(lastWord(s[:i])), "(\"'“‘")
			if abbreviations[w] || stops[w] || titles[w] || initials.MatchString(w+".") && utf8.RuneCountInString(w) == 1 {
				continue
			}
		}
		n++
		rest = trimmed
	}
	if strings.TrimSpace(rest) != "" {
		n++
	}
	return n
}
