package wording

// This file owns the pairing of pasted captions with the photographs of the library.

import (
	"math"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Hint is what pairing knows of a photograph: its file name and the caption that came inside it.
type Hint struct{ Name, Caption string }

// Pair returns, for each caption, the index of its photograph, or -1. No photograph is given twice.
//
// A caption that names a photograph's file gets it: by the full name anywhere in the line, or by the stem of the name
// as a word of the caption (nuthatch.jpg and "A nuthatch climbs down an oak"), unless two captions or two photographs
// claim the same stem. Then come captions that clearly say what a photograph's own caption says. Captions and
// photographs that are left are paired in order.
func Pair(captions []Caption, photos []Hint) []int {
	p := pairing{captions: captions, photos: photos, photoOf: make([]int, len(captions)), taken: make([]bool, len(photos))}
	for i := range p.photoOf {
		p.photoOf[i] = -1
	}
	p.claim(p.namesFile)
	stems := make([]*regexp.Regexp, len(photos))
	for i, h := range photos {
		stems[i] = stemPattern(h.Name)
	}
	p.claim(func(caption, photo int) bool {
		return stems[photo] != nil && stems[photo].MatchString(spaced(captions[caption].Text))
	})
	p.bySense()
	p.inOrder()
	return p.photoOf
}

type pairing struct {
	captions []Caption
	photos   []Hint
	photoOf  []int
	taken    []bool
}

func (p *pairing) give(caption, photo int) { p.photoOf[caption], p.taken[photo] = photo, true }

// claim pairs what claims each other and nothing else.
func (p *pairing) claim(names func(caption, photo int) bool) {
	photoOf := make([]int, len(p.captions))
	claims := make([]int, len(p.photos))
	for c := range p.captions {
		photoOf[c] = -1
		n := 0
		for h := range p.photos {
			if p.photoOf[c] < 0 && !p.taken[h] && names(c, h) {
				photoOf[c] = h
				claims[h]++
				n++
			}
		}
		if n > 1 {
			photoOf[c] = -1
		}
	}
	for c, h := range photoOf {
		if h >= 0 && claims[h] == 1 {
			p.give(c, h)
		}
	}
}

func (p *pairing) namesFile(caption, photo int) bool {
	name := fold(baseName(p.photos[photo].Name))
	c := p.captions[caption]
	if name == "" || !strings.ContainsFunc(name, isWordRune) {
		return false
	}
	if fold(c.File) == name {
		return true
	}
	line := fold(c.Raw)
	if line == "" {
		line = fold(c.Text)
	}
	if !strings.Contains(name, ".") {
		return false
	}
	for at := 0; ; {
		i := strings.Index(line[at:], name)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(line[:at+i])
		after := firstRune(line[at+i+len(name):])
		if !partOfName(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return true
		}
		at += i + len(name)
	}
}

func partOfName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_'
}

func baseName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// camera matches the stems that cameras, telephones and programs give.
var camera = regexp.MustCompile(`^(?:img|dsc|dscf|dscn|dscp|pxl|mvi|gopr|gopro|dji|imgp|sam|pict?|cimg|crw|hpim|sdc|kic|mg|photos?|images?|pictures?|` +
	`untitled|scan|unnamed|screenshot|screen|shot|download|file|foto|bild|edit|edited|copy|final|web|crop|large|small|whatsapp|signal|` +
	`telegram|at|[a-z]{1,4}\d.*|\d+[a-z]*)$`)

// stemPattern finds the stem of a file name as words of spaced text, singular or plural; nil where the stem says
// nothing about the photograph.
func stemPattern(name string) *regexp.Regexp {
	base := baseName(name)
	var words []string
	letters := 0
	for _, w := range strings.Fields(spaced(strings.TrimSuffix(base, path.Ext(base)))) {
		if camera.MatchString(w) {
			continue
		}
		words = append(words, w)
		letters += utf8.RuneCountInString(w)
	}
	if letters < 4 && !ideographic(words) {
		return nil
	}
	last := words[len(words)-1]
	forms := []string{regexp.QuoteMeta(last), regexp.QuoteMeta(last) + "e?s"}
	for _, ending := range []string{"s", "es"} {
		if one := strings.TrimSuffix(last, ending); one != last && utf8.RuneCountInString(one) >= 3 {
			forms = append(forms, regexp.QuoteMeta(one))
		}
	}
	if y := strings.TrimSuffix(last, "y"); y != last {
		forms = append(forms, regexp.QuoteMeta(y)+"ies")
	}
	if y := strings.TrimSuffix(last, "ies"); y != last {
		forms = append(forms, regexp.QuoteMeta(y)+"y")
	}
	before := ""
	if len(words) > 1 {
		before = regexp.QuoteMeta(strings.Join(words[:len(words)-1], " ")) + " "
	}
	return regexp.MustCompile(`(?:^| )` + before + `(?:` + strings.Join(forms, "|") + `)(?: |$)`)
}

func ideographic(words []string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 && unicode.In(firstRune(w), unicode.Han, unicode.Hangul, unicode.Katakana) {
			return true
		}
	}
	return false
}

// spaced is s folded, with one space between words and nothing else between them.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(fold(s), "'s", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// Measures of likeness, found with the captions of wires: a pasted caption is often the first half of the one inside
// the photograph, and the captions of one day share their boilerplate.
const (
	likeEnough  = 0.55 // of 1 for the same words
	clearlyMore = 0.15 // by how much the best must exceed the second best
	fewestWords = 3
)

// bySense pairs captions with the photographs whose own captions say the same. A word weighs the less the more
// captions have it.
func (p *pairing) bySense() {
	weights := p.weights()
	captions := make([]map[string]bool, len(p.captions))
	photos := make([]map[string]bool, len(p.photos))
	for i, c := range p.captions {
		captions[i] = tellingWords(c.Text)
	}
	for i, h := range p.photos {
		photos[i] = tellingWords(ownCaption(h))
	}
	score := make([][]float64, len(captions))
	for c := range captions {
		score[c] = make([]float64, len(photos))
		for h := range photos {
			if p.photoOf[c] < 0 && !p.taken[h] {
				score[c][h] = likeness(captions[c], photos[h], weights)
			}
		}
	}
	p.claim(func(c, h int) bool {
		s := score[c][h]
		if s < likeEnough {
			return false
		}
		for other := range photos {
			if other != h && s-score[c][other] < clearlyMore {
				return false
			}
		}
		for other := range captions {
			if other != c && s-score[other][h] < clearlyMore {
				return false
			}
		}
		return true
	})
}

func (p *pairing) weights() map[string]float64 {
	in := map[string]int{}
	for _, h := range p.photos {
		for w := range tellingWords(ownCaption(h)) {
			in[w]++
		}
	}
	weights := map[string]float64{}
	for w, n := range in {
		weights[w] = math.Log(1 + float64(len(p.photos))/float64(n))
	}
	return weights
}

func ownCaption(h Hint) string {
	caption, _, _ := SplitCaption(h.Caption)
	return caption
}

// likeness is the weight of the words that both have: the mean of its share in the lighter caption, which forgives that
// one was cut short, and its share in both, which tells two captions with the same beginning apart.
func likeness(a, b map[string]bool, weights map[string]float64) float64 {
	weigh := func(words map[string]bool) (sum float64) {
		for w := range words {
			if x, ok := weights[w]; ok {
				sum += x
			} else {
				sum += math.Log(2)
			}
		}
		return sum
	}
	both := map[string]bool{}
	for w := range a {
		if b[w] {
			both[w] = true
		}
	}
	if len(both) < fewestWords {
		return 0
	}
	x, y := weigh(a), weigh(b)
	return (weigh(both)/min(x, y) + 2*weigh(both)/(x+y)) / 2
}

// small words, weekdays and months say nothing about which photograph is meant.
var untelling = set(`a an and are as at be by for from has have in into is it its of on or over that the their they this to was
	were where while with his her he she after before during who which not no but also near along
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
	november december jan feb aug sept oct nov dec file
	le la les l un une des du de et en sur au aux dans par pour est el los las una y der die das ein eine und im am mit von
	photo left right`)

func tellingWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(spaced(s)) {
		if untelling[w] || utf8.RuneCountInString(w) < 2 && !unicode.Is(unicode.Lo, firstRune(w)) || unicode.IsDigit(firstRune(w)) {
			continue
		}
		words[w] = true
	}
	return words
}

func (p *pairing) inOrder() {
	h := 0
	for c := range p.captions {
		if p.photoOf[c] >= 0 {
			continue
		}
		for h < len(p.photos) && p.taken[h] {
			h++
		}
		if h == len(p.photos) {
			return
		}
		p.give(c, h)
	}
}
