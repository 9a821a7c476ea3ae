package wording

// This file owns what follows from a language or a headline for names and directions.

import (
	"strings"
	"unicode"
)

// longest slug, in bytes; long enough for a headline's telling half.
const longestSlug = 72

// Slug makes a name for folders and addresses from a headline: small ASCII letters and digits between hyphens, Latin
// diacritics spelled plainly. It is never empty, nor a name that Windows keeps for devices.
func Slug(headline string) string {
	var words []string
	length := 0
	for _, w := range strings.FieldsFunc(strings.NewReplacer("'", "", "’", "", "‘", "", "ʼ", "", "&", " and ").Replace(strings.ToLower(plain(headline))), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if length+len(w) > longestSlug {
			if length == 0 {
				words = append(words, w[:longestSlug])
			}
			break
		}
		words = append(words, w)
		length += len(w) + 1
	}
	slug := strings.Join(words, "-")
	switch slug {
	case "":
		return "essay"
	case "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
		"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9":
		return "essay-" + slug
	}
	return slug
}

// Scripts and languages written from right to left, by ISO 15924 and ISO 639.
var (
	rtlScripts = set(`arab aran hebr syrc syre syrj syrn thaa nkoo adlm mand samr rohg yezi chrs sogd sogo mend garb`)
	rtlTongues = set(`ar arb arz ary apc ajp aeb acm ars he iw yi ji fa prs pes ur ps pus pbt pst sd ug dv ckb sdh ku-iq syr arc
		aii nqo mzn glk lrc bqi bal brh skr pnb azb ks rhg sam mid khw trw bgn haz jpr lad-hebr`)
)

// Direction returns "rtl" or "ltr" for a BCP 47 language tag. A script subtag decides before the language does
// ("az-Arab", "ks-Deva"); an unknown tag is left to right.
func Direction(lang string) string {
	tags := strings.FieldsFunc(strings.ToLower(strings.TrimSpace(lang)), func(r rune) bool { return r == '-' || r == '_' })
	if len(tags) == 0 {
		return "ltr"
	}
	for _, tag := range tags[1:] {
		if len(tag) == 1 { // an extension: scripts stand before it
			break
		}
		if len(tag) == 4 && unicode.IsLetter(rune(tag[0])) {
			if rtlScripts[tag] {
				return "rtl"
			}
			return "ltr"
		}
	}
	if rtlTongues[tags[0]] || len(tags) > 1 && rtlTongues[tags[0]+"-"+tags[1]] {
		return "rtl"
	}
	return "ltr"
}
