package wording

// This file owns what a picture desk would remark on in a caption or an alt text. It suggests; it never blocks.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Lint is one remark: a code that stays the same, and a sentence for the editor.
type Lint struct{ Code, Message string }

// Lengths past which readers, and screen readers, lose patience, in characters.
const (
	longCaption = 500
	longAlt     = 250
)

// what agencies and cameras leave in captions that no reader should see.
var boilerplate = []struct {
	found *regexp.Regexp
	what  string
}{
	{regexp.MustCompile(`(?i)\b(?:names?|captions?|details?|id|more)\s+to\s+(?:come|follow)\b`), "a note that something is to come"},
	{regexp.MustCompile(`(?i)\bAP (?:provides access to|is solely responsible|receives support|maintains full editorial)`), "a notice by AP"},
	{regexp.MustCompile(`(?i)\battention editors\b|\beditors?[’']? notes?\s*[:-]`), "a note to editors"},
	{regexp.MustCompile(`(?i)\bmandatory credit\b|\bno (?:resales?|archives?|sales)\b|\beditorial use only\b|\bfor editorial use\b`), "a condition of use"},
	{regexp.MustCompile(`(?i)\bthis (?:image|picture|photo(?:graph)?) (?:has been|was) (?:supplied|provided|processed|released)\b`), "a supplier’s notice"},
	{regexp.MustCompile(`(?i)\bTPX IMAGES? OF THE DAY\b`), "an agency’s label"},
	{regexp.MustCompile(`(?i)^(?:hide|toggle|enlarge this|view) (?:caption|image|photo)\b|\b(?:hide|toggle) caption\b`), "words of a web page"},
	{regexp.MustCompile(`(?i)\bfollow (?:AP|us|the AP)\b|\bhttps?://|\bwww\.`), "a link or an invitation to follow"},
	{regexp.MustCompile(`(?i)^\s*(?:olympus digital camera|sony dsc|dcim|exif[_ ]jpeg[_ ]picture|samsung (?:camera|digital)|minolta digital camera|kodak digital still camera|default|untitled|dav|rhdr|hdr)\s*$`), "a camera’s default"},
	{regexp.MustCompile(`\bTK\b|\bTKTK\b|\bXXX+\b|(?i:\blorem ipsum\b)`), "a placeholder"},
}

// LintCaption remarks on a caption, in AP's style: two sentences at the most, a full stop, no boilerplate, the credit in
// its own field. The codes are empty, boilerplate, credit-in-caption, too-many-sentences, no-full-stop, all-capitals,
// too-long and unbalanced.
func LintCaption(caption string) []Lint {
	text := tidy(caption)
	if text == "" {
		return []Lint{{"empty", "The caption is empty."}}
	}
	var found []Lint
	say := func(code, message string) { found = append(found, Lint{code, message}) }
	for _, b := range boilerplate {
		if m := b.found.FindString(text); m != "" {
			say("boilerplate", "“"+strings.TrimSpace(m)+"” is "+b.what+", not part of the caption.")
		}
	}
	before, credit, split := SplitCaption(text)
	switch {
	case split:
		say("credit-in-caption", "The caption ends with a credit: “"+credit.Line+"”.")
		text = before
	case endsInAgency(text):
		say("credit-in-caption", "The caption seems to end with a credit.")
	}
	if n := sentences(text); n > 2 {
		say("too-many-sentences", "The caption has more than two sentences.")
	}
	if !finished(text) && !endsInAgency(text) {
		say("no-full-stop", "The caption doesn’t end with a full stop.")
	}
	if shouts(text) {
		say("all-capitals", "The caption is in capitals.")
	}
	if utf8.RuneCountInString(text) > longCaption {
		say("too-long", "The caption is long; what it tells may belong in the text.")
	}
	if len(strays(text)) > 0 || strings.Count(text, "“") < strings.Count(text, "”") {
		say("unbalanced", "A bracket or a quotation mark has no partner.")
	}
	return found
}

var (
	saysPhoto = regexp.MustCompile(`(?i)^(?:an?\s+|the\s+)?(?:(?:close-?up|black[- ]and[- ]white|colou?r|aerial|stock)\s+)?(?:image|photo|photograph|picture|pic|graphic|foto|bild)\s+(?:of|showing|shows|that shows|depicting|von|de)\b`)
	fileAlt   = regexp.MustCompile(`(?i)^` + fileName + `$`)
)

// LintAlt remarks on an alt text: it says what is seen, for those who don't see it, and so differs from the caption.
// The codes are empty, same-as-caption, too-long, says-photo, file-name and credit-in-alt.
func LintAlt(alt, caption string) []Lint {
	text := tidy(alt)
	if text == "" {
		return []Lint{{"empty", "There is no alt text: readers who don’t see the photo miss it."}}
	}
	var found []Lint
	say := func(code, message string) { found = append(found, Lint{code, message}) }
	own, _, _ := SplitCaption(tidy(caption))
	if spaced(own) != "" && spaced(text) == spaced(own) || fold(text) == fold(tidy(caption)) {
		say("same-as-caption", "The alt text repeats the caption: say what is seen instead.")
	}
	if utf8.RuneCountInString(text) > longAlt {
		say("too-long", "The alt text is long; a longer description has its own field.")
	}
	if saysPhoto.MatchString(text) {
		say("says-photo", "Screen readers already say that it is a photo.")
	}
	if fileAlt.MatchString(text) {
		say("file-name", "The alt text is a file name.")
	}
	if _, credit, ok := SplitCaption(text); ok {
		say("credit-in-alt", "The alt text ends with a credit: “"+credit.Line+"”.")
	}
	return found
}

// shouts reports text of some length in capitals only.
func shouts(s string) bool {
	upper := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 12
}

var smout = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])SMOUT(?:[^\pL\pN]|$)`)

// Graphic reports whether a supplier marked a photograph as graphic: SMOUT as a word of its own in the instructions or
// the keywords. Portsmouth is not one, and words such as "killed" say too little to go by.
func Graphic(instructions string, keywords []string) bool {
	if smout.MatchString(instructions) {
		return true
	}
	for _, k := range keywords {
		if smout.MatchString(k) {
			return true
		}
	}
	return false
}
