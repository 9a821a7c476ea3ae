package wording

// This file owns the small change of text: white space, brackets, folding, and what ends a sentence.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy makes every run of white space one plain space, trims the ends, and drops the invisible characters that web
// pages leave behind. It keeps the joiners that Persian and the Indic scripts need, and the marks of direction.
func tidy(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == '\u00ad' || r == '\u180e':
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufffc':
			space = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isDirection reports a mark that only steers the direction of text.
func isDirection(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r == '\u061c' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// withoutDirection drops the marks of direction, which would hide a name from comparison.
func withoutDirection(s string) string {
	return strings.Map(func(r rune) rune {
		if isDirection(r) {
			return -1
		}
		return r
	}, s)
}

// letters that have no decomposition but a plain Latin spelling.
var plainLatin = strings.NewReplacer(
	"ß", "ss", "ẞ", "SS", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L",
	"đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "TH", "ı", "i", "ħ", "h", "Ħ", "H", "ŋ", "ng", "Ŋ", "NG",
	"ə", "a", "Ə", "A", "ŧ", "t", "Ŧ", "T", "ĸ", "k",
)

// plain spells Latin letters without diacritics; other scripts keep theirs as far as they are letters of their own.
func plain(s string) string {
	s = plainLatin.Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// fold makes two spellings of one name equal: no case, no diacritics, straight apostrophes, plain hyphens.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '`':
			return '\''
		case '‐', '‑', '–':
			return '-'
		}
		return r
	}, strings.ToLower(plain(s)))
}

// foldedWords are the words of s, folded; a hyphen or an apostrophe stays inside its word.
func foldedWords(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(fold(s), "'s", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '-' && r != '\''
	})
}

const (
	openers = "([（【{"
	closers = ")]）】}"
)

// opener returns the bracket that the closing bracket r answers, 0 when r closes nothing.
func opener(r rune) rune {
	i := 0
	for _, c := range closers {
		if c == r {
			return []rune(openers)[i]
		}
		i++
	}
	return 0
}

// strays returns the byte offsets of brackets without a partner.
func strays(s string) map[int]bool {
	type open struct {
		r  rune
		at int
	}
	var stack []open
	var lost map[int]bool
	lose := func(at int) {
		if lost == nil {
			lost = map[int]bool{}
		}
		lost[at] = true
	}
	for i, r := range s {
		if strings.ContainsRune(openers, r) {
			stack = append(stack, open{r, i})
		} else if o := opener(r); o != 0 {
			if n := len(stack); n > 0 && stack[n-1].r == o {
				stack = stack[:n-1]
			} else {
				lose(i)
			}
		}
	}
	for _, o := range stack {
		lose(o.at)
	}
	return lost
}

// unbracket takes away the brackets around the whole of s, and one without a partner at either end.
func unbracket(s string) string {
	for s != "" {
		first, n := utf8.DecodeRuneInString(s)
		last, m := utf8.DecodeLastRuneInString(s)
		lost := strays(s)
		switch {
		case opener(last) != 0 && lost[len(s)-m]:
			s = strings.TrimSpace(s[:len(s)-m])
		case strings.ContainsRune(openers, first) && lost[0]:
			s = strings.TrimSpace(s[n:])
		case opener(last) == first && groupStart(s) == 0:
			s = strings.TrimSpace(s[n : len(s)-m])
		default:
			return s
		}
	}
	return s
}

// groupStart returns where the bracketed group that ends s begins, -1 when s doesn't end in one.
func groupStart(s string) int {
	last, _ := utf8.DecodeLastRuneInString(s)
	if opener(last) == 0 {
		return -1
	}
	depth := 0
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if opener(r) != 0 {
			depth++
		} else if strings.ContainsRune(openers, r) {
			if depth--; depth == 0 {
				if r != opener(last) {
					return -1
				}
				return i
			}
		}
	}
	return -1
}

// endsSentence reports a mark that may end a sentence, in the scripts that wires are written in.
func endsSentence(r rune) bool {
	return strings.ContainsRune(".!?…。！？．｡؟۔।॥։።", r)
}

// closesSentence reports a mark that may stand between a sentence's end and the next one.
func closesSentence(r rune) bool {
	return strings.ContainsRune("\"'”’»›“‘」』)]）】", r) || isDirection(r)
}

// finished reports whether s ends as a sentence does: a full stop or its kin, and whatever quotes close behind it.
func finished(s string) bool {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if endsSentence(r) {
			return true
		}
		if !closesSentence(r) && r != ' ' {
			return false
		}
		s = s[:len(s)-n]
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// lastWord returns the last word of s with its punctuation.
func lastWord(s string) string {
	s = strings.TrimRight(s, " ")
	return s[strings.LastIndexByte(s, ' ')+1:]
}
