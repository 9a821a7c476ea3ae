package wording

// This file owns the shape of a name: what may stand for a photographer, a paper or a fire department, and what is
// already running text. It errs towards running text.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// particles are the words written small inside a name, and those that join several names.
var particles = set(`van von der den de del della delle dei di da das do dos du des la le las los el al bin ibn bint ben abu
	ould zu zum zur ter ten te af av ap y e and et und og och ja i & + « » и і та και و 't of the for für pour para per fra aan 和 与`)

// abbreviations that may stand inside a name or an office's name.
var abbreviations = set(`jr sr dr st ste dept sgt inc co corp ltd bros univ gov lt capt maj col gen cpl pfc spc cmdr adm mr
	mrs ms mme prof rev hon mt ft assn natl intl div tech msgt ssgt tsgt pvt cie dip ph.d m.d esq mohd muhd wm`)

// trailing are the abbreviations that a name can end with but not begin with.
var trailing = set(`jr sr inc co corp ltd dept bros assn div cie esq ph.d m.d`)

// titles are the abbreviations that are followed by what they belong to, so that no sentence ends with them.
var titles = set(`dr mr mrs ms mme sen rep gov gen sgt lt capt cpl maj cmdr adm prof rev hon no nos vs mt ft fr sra dra`)

// institutions follow "U.S." and "U.N." as part of one name.
var institutions = set(`army navy air marine marines coast department forest geological embassy consulate senate house supreme
	national congress capitol customs border space treasury state attorney district bureau fish secret agency government
	president rep sen gov ambassador soldiers troops military open food drug postal high security general`)

// press are the words by which a paper, an agency or an office gives itself away.
var press = set(`times post news herald press tribune gazette journal star globe chronicle agency agence agencia agentur
	agenzia images image photo photos foto fotos pictures media daily tv radio presse zeitung wire sports magazine review mail
	independent observer echo courier standard express record argus bee inquirer register union dispatch sentinel republic
	today week network group archive archives collection university museum department dept office ministry monde diario jornal
	shimbun press-telegram newspaper newspapers service tageblatt rundschau anzeiger blick stampa corriere telegraph leader
	police fire foundation library institute council town city village county`)

var initials = regexp.MustCompile(`^(?:\pL\.-?)+$`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// nameLike reports whether s has the shape of a name, of one or of several people or of an office, and of how many
// words besides particles it is made.
func nameLike(s string) (words int, ok bool) {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 12 {
		return 0, false
	}
	for i, f := range fields {
		w := strings.TrimSuffix(f, ",")
		low := fold(w)
		switch {
		case particles[low] && (i > 0 || !isSmallJoiner(low)) && i < len(fields)-1, i > 0 && low == "»":
		case initials.MatchString(w):
			words++
		case strings.HasSuffix(w, "."):
			a := strings.TrimSuffix(low, ".")
			// "Md." is Mohammed in a name and Maryland behind a town, so it is no abbreviation elsewhere.
			if !abbreviations[a] && a != "md" || i == 0 && trailing[a] || unicode.IsLower(firstRune(w)) {
				return 0, false
			}
			words++
		case wordLike(w, i > 0):
			words++
		default:
			return 0, false
		}
	}
	return words, words > 0 && words <= 10
}

// isSmallJoiner reports a particle that can't open a name.
func isSmallJoiner(w string) bool {
	switch w {
	case "and", "et", "und", "og", "och", "&", "+", "of", "for", "pour", "per", "и", "і", "та", "και", "y", "e", "i":
		return true
	}
	return false
}

// wordLike reports one word of a name: capitalised, or of a script without capitals; inner hyphens, apostrophes and
// middle dots. Digits are for offices ("Channel 4", "2nd"), never first.
func wordLike(w string, inner bool) bool {
	w = strings.Trim(w, "\"“”«»„'’‘")
	if w == "" {
		return false
	}
	if strings.HasPrefix(w, "@") {
		return len(w) > 1 && strings.IndexFunc(w[1:], func(r rune) bool { return !isWordRune(r) && r != '.' }) < 0
	}
	first := firstRune(w)
	switch {
	case unicode.IsDigit(first):
		return inner && utf8.RuneCountInString(w) <= 6 && !strings.ContainsAny(w, ".:,")
	case unicode.IsLower(first):
		// al-Doe, d’Arc, van-Doe: small before the hyphen or apostrophe, a capital behind.
		i := strings.IndexAny(w, "-'’")
		if i < 1 || i > 4 {
			return false
		}
		_, n := utf8.DecodeRuneInString(w[i:])
		if next := firstRune(w[i+n:]); !unicode.IsUpper(next) {
			return false
		}
	case !unicode.IsLetter(first):
		return false
	}
	ideographs := 0
	for _, r := range w {
		if !isWordRune(r) && !strings.ContainsRune("-‐‑'’ʼ‘·・.&+", r) {
			return false
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) {
			ideographs++
		}
	}
	if strings.Contains(w, ".") && !strings.Contains(strings.ToLower(w), ".com") {
		return false
	}
	return ideographs <= 12 && utf8.RuneCountInString(w) <= 40
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_' || r == '\u200c' || r == '\u200d'
}

// pressLike reports whether s names itself as a paper, an agency or an office, or is a single word that could be one.
func pressLike(s string) bool {
	words := foldedWords(s)
	for _, w := range words {
		if press[w] {
			return true
		}
	}
	return len(strings.Fields(s)) == 1 || len(words) > 1 && (words[0] == "the" || words[0] == "le" || words[0] == "die" || words[0] == "der")
}
