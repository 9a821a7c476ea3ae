package wording

// This file owns what a picture desk would remark on in a caption or an alt text. It suggests; it never blocks.

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Lint is one remark. Code stays the same; Pattern is its sentence in English, with a verb of fmt for each of Values, and
// what a window finds its own language's sentence by.
type Lint struct {
	Code    string
	Pattern string
	Values  []any
}

// String is the remark in English.
func (l Lint) String() string { return fmt.Sprintf(l.Pattern, l.Values...) }

// remarks collects what is remarked on.
type remarks []Lint

func (r *remarks) say(code, pattern string, values ...any) {
	*r = append(*r, Lint{code, pattern, values})
}

// Lengths past which readers, and screen readers, lose patience, in characters.
const (
	longCaption = 500
	longAlt     = 250
)

// what agencies and cameras leave in captions that no reader should see.
var boilerplate = []struct {
	found   *regexp.Regexp
	pattern string
}{
	{regexp.MustCompile(`(?i)\b(?:names?|captions?|details?|id|more)\s+to\s+(?:come|follow)\b`), "“%s” is a note that something is to come, not part of the caption."},
	{regexp.MustCompile(`(?i)\bAP (?:provides access to|is solely responsible|receives support|maintains full editorial)`), "“%s” is a notice by AP, not part of the caption."},
	{regexp.MustCompile(`(?i)\battention editors\b|\beditors?[’']? notes?\s*[:-]`), "“%s” is a note to editors, not part of the caption."},
	{regexp.MustCompile(`(?i)\bmandatory credit\b|\bno (?:resales?|archives?|sales)\b|\beditorial use only\b|\bfor editorial use\b`), "“%s” is a condition of use, not part of the caption."},
	{regexp.MustCompile(`(?i)\bthis (?:image|picture|photo(?:graph)?) (?:has been|was) (?:supplied|provided|processed|released)\b`), "“%s” is a supplier’s notice, not part of the caption."},
	{regexp.MustCompile(`(?i)\bTPX IMAGES? OF THE DAY\b`), "“%s” is an agency’s label, not part of the caption."},
	{regexp.MustCompile(`(?i)^(?:hide|toggle|enlarge this|view) (?:caption|image|photo)\b|\b(?:hide|toggle) caption\b`), "“%s” is words of a web page, not part of the caption."},
	{regexp.MustCompile(`(?i)\bfollow (?:AP|us|the AP)\b|\bhttps?://|\bwww\.`), "“%s” is a link or an invitation to follow, not part of the caption."},
	{regexp.MustCompile(`(?i)^\s*(?:olympus digital camera|sony dsc|dcim|exif[_ ]jpeg[_ ]picture|samsung (?:camera|digital)|minolta digital camera|kodak digital still camera|default|untitled|dav|rhdr|hdr)\s*$`), "“%s” is a camera’s default, not part of the caption."},
	{regexp.MustCompile(`\bTK\b|\bTKTK\b|\bXXX+\b|(?i:\blorem ipsum\b)`), "“%s” is a placeholder, not part of the caption."},
}

// LintCaption remarks on a caption, in AP's style: two sentences at the most, a full stop, no boilerplate, the credit in
// its own field. The codes are empty, boilerplate, credit-in-caption, too-many-sentences, no-full-stop, all-capitals,
// too-long and unbalanced.
func LintCaption(caption string) []Lint {
	text := tidy(caption)
	if text == "" {
		return []Lint{{Code: "empty", Pattern: "The caption is empty."}}
	}
	var found remarks
	for _, b := range boilerplate {
		if m := b.found.FindString(text); m != "" {
			found.say("boilerplate", b.pattern, strings.TrimSpace(m))
		}
	}
	before, credit, split := SplitCaption(text)
	switch {
	case split:
		found.say("credit-in-caption", "The caption ends with a credit: “%s”.", credit.Line)
		text = before
	case endsInAgency(text):
		found.say("credit-in-caption", "The caption seems to end with a credit.")
	}
	if n := sentences(text); n > 2 {
		found.say("too-many-sentences", "The caption has more than two sentences.")
	}
	if !finished(text) && !endsInAgency(text) {
		found.say("no-full-stop", "The caption doesn’t end with a full stop.")
	}
	if shouts(text) {
		found.say("all-capitals", "The caption is in capitals.")
	}
	if utf8.RuneCountInString(text) > longCaption {
		found.say("too-long", "The caption is long; what it tells may belong in the text.")
	}
	if len(strays(text)) > 0 || strings.Count(text, "“") < strings.Count(text, "”") {
		found.say("unbalanced", "A bracket or a quotation mark has no partner.")
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
		return []Lint{{Code: "empty", Pattern: "There is no alt text: readers who don’t see the photo miss it."}}
	}
	var found remarks
	own, _, _ := SplitCaption(tidy(caption))
	if spaced(own) != "" && spaced(text) == spaced(own) || fold(text) == fold(tidy(caption)) {
		found.say("same-as-caption", "The alt text repeats the caption: say what is seen instead.")
	}
	if utf8.RuneCountInString(text) > longAlt {
		found.say("too-long", "The alt text is long; a longer description has its own field.")
	}
	if saysPhoto.MatchString(text) {
		found.say("says-photo", "Screen readers already say that it is a photo.")
	}
	if fileAlt.MatchString(text) {
		found.say("file-name", "The alt text is a file name.")
	}
	if _, credit, ok := SplitCaption(text); ok {
		found.say("credit-in-alt", "The alt text ends with a credit: “%s”.", credit.Line)
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
