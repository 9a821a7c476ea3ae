package wording

// This file owns what stands around a story's text: the headline and the byline above it, the numbers, file names and
// labels before its captions.

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// headline returns the index of the headline among the items, -1 for none.
func headline(items []item) int {
	at := 0
	for at < len(items) && (items[at].caption || furniture.MatchString(items[at].text)) {
		at++
	}
	if at == len(items) || !looksHeadline(items[at]) {
		return -1
	}
	if at > 0 && items[at-1].caption && (at+1 >= len(items) || items[at+1].caption) { // behind captions only a line with text below is one
		return -1
	}
	return at
}

// furniture is what web pages say around a story.
var furniture = regexp.MustCompile(`(?i)^(?:(?:hide|toggle|show|view) captions?|share|save|print|listen|advertisement|skip to content|` +
	`(?:last )?updated\b.{0,60}|(?:first )?published\b.{0,60}|\d{1,3} (?:photos|pictures|images)|read more|subscribe|___+|\* \* \*)$`)

// joinKicker joins a label that fills the first line ("IN PICTURES") with the headline behind it.
func joinKicker(bs []block) []block {
	if len(bs) < 2 || kicker.FindString(bs[0].text) != bs[0].text {
		return bs
	}
	if next := newItem(bs[1]); next.strength != none || !looksHeadline(next) {
		return bs
	}
	joint := ": "
	if strings.HasSuffix(bs[0].text, ":") {
		joint = " "
	}
	bs[1].text, bs[1].raw = bs[0].text+joint+bs[1].text, bs[0].raw+"\n"+bs[1].raw
	return bs[1:]
}

// looksHeadline reports a short line without a full stop, or one that calls itself "PICTURES:".
func looksHeadline(it item) bool {
	n := utf8.RuneCountInString(it.text)
	switch {
	case it.alone != none || it.text == "" || dateline.MatchString(it.text) || byLine.MatchString(it.text) || n > 220:
		return false
	case kicker.MatchString(it.text):
		return true
	case !finished(it.text):
		return n <= 200 && strings.ContainsFunc(it.text, isWordRune)
	}
	last := strings.TrimRight(it.text, "\"'”’» ")
	if n <= 140 && sentences(it.text) == 1 && !strings.HasSuffix(last, ".") && !strings.HasSuffix(last, "。") && !strings.HasSuffix(last, "।") && !strings.HasSuffix(last, "۔") {
		return true // a question, an exclamation
	}
	return n <= 140 && abbreviated.MatchString(last)
}

var abbreviated = regexp.MustCompile(`(?:\b\pL\.\pL\.|\.\.\.)$`)

// isByline reports a line that names who wrote or photographed the essay.
func (it item) isByline() bool {
	if utf8.RuneCountInString(it.text) > 120 {
		return false
	}
	if it.alone != none {
		return true
	}
	return byLine.MatchString(it.text) && (!finished(it.text) || abbreviations[strings.TrimSuffix(fold(lastWord(it.text)), ".")])
}

var justBy = regexp.MustCompile(`^(?:By|BY|by|Par|Von|Por)\s+`)

func joinBylines(have, line string) string {
	line = justBy.ReplaceAllString(line, "")
	switch {
	case have == "":
		return line
	default:
		if _, _, known := lookUp(line); known {
			return have + ", " + line
		}
		return have + "; " + line
	}
}

const (
	extension = `\.(?:jpe?g|jpe|png|tiff?|webp|gif|heic|heif|avif|dng|nef|cr2|cr3|arw)`
	fileStem  = `[^\s:/\\|<>()\[\]“”"]+`
	fileName  = fileStem + extension
)

var (
	// A number that counts photographs: "1.", "2)", "(3)", "4:", "1/8", "1 of 8", "Photo 3:", "#5".
	itemNumber = regexp.MustCompile(`^(?:[#№(\[]?\d{1,3}[)\].:]+|\d{1,3}\s?(?:/|of)\s?\d{1,3}(?:[).:]|\s[|–—-])?|[#№]\s?\d{1,3}[.:]?|` +
		`(?i:photo|picture|image|slide|pic|foto|bild|photograph)\s+#?\d{1,3}(?:\s?(?:/|of)\s?\d{1,3})?\s?[).:–—-]|\d{1,3}\s[–—|-])(?:\s+|$)`)
	fraction = regexp.MustCompile(`^(\d{1,3})\s?(?:/|of)\s?(\d{1,3})`)
	// "bridge.jpg: …", "[bridge.jpg] …", "File: bridge.jpg — …"; a name with blanks in it needs a mark behind it.
	leadingFile = regexp.MustCompile(`(?i)^[\[(<]?(?:(?:file(?:\s?name)?|photo|image):\s*)?(?:` +
		`(` + fileName + `)[\])>]?(?:\s*[:|–—-]+\s*|\s+|$)|` +
		`(` + fileStem + `(?:\s` + fileStem + `){1,4}?` + extension + `)(?:[\])>]|\s*[:|–—]|\s-\s|$)\s*)`)
	endingFile = regexp.MustCompile(`(?i)\s*(?:[\[(<](?:(?:file(?:\s?name)?|photo|image):\s*)?(` + fileStem + `(?:\s` + fileStem + `){0,4}?` + extension + `)[\])>]|` +
		`(?:(?:file(?:\s?name)?|photo|image):\s*)?(` + fileName + `))$`)
	anyFile     = regexp.MustCompile(`(?i)(` + fileName + `)(?:[^\pL\pN]|$)`)
	captionWord = regexp.MustCompile(`(?i)^(?:(?:photo |image )?caption|cutline|légende|bildunterschrift|pie de foto)\s*[:,]\s*`)
)

// unlabel takes bullet, number, file name and the word "Caption:" off a block. A number before a small letter counts
// something else: "12 of 14 walkers crossed", "1/2 mile".
func unlabel(text string) (body, file string, numbered bool) {
	body = text
	for was := ""; body != was; {
		was = body
		body = bullet.ReplaceAllString(body, "")
		if m := itemNumber.FindString(body); m != "" && !numbered && counts(m, body[len(m):]) {
			body, numbered = body[len(m):], true
		}
		if m := leadingFile.FindStringSubmatch(body); m != nil && file == "" {
			body, file = body[len(m[0]):], m[1]+m[2]
		}
		body = captionWord.ReplaceAllString(body, "")
	}
	if file == "" {
		if m := endingFile.FindStringSubmatch(body); m != nil {
			file = m[1] + m[2]
			if rest := strings.TrimRight(body[:len(body)-len(m[0])], " -–—|"); endsItem(rest) || finished(rest) {
				body = rest
			}
		} else if m := anyFile.FindStringSubmatch(body); m != nil {
			file = m[1]
		}
	}
	return body, file, numbered
}

func counts(number, rest string) bool {
	if rest == "" {
		return true
	}
	if m := fraction.FindStringSubmatch(number); m != nil && (len(m[1]) > len(m[2]) || len(m[1]) == len(m[2]) && m[1] > m[2]) {
		return false
	}
	return !startsSmall(rest) && strings.ContainsAny(number, ".):/]#|–—-") || strings.Contains(number, "of") && !startsSmall(rest)
}

// fileOnly reports a line that is a file name and nothing more.
func fileOnly(s string) bool {
	body, file, _ := unlabel(s)
	return file != "" && body == ""
}

// imageSource reports the line that the BBC's pages set above a caption.
func imageSource(s string) bool { return strings.HasPrefix(fold(s), "image source,") }
