package wording

// This file owns credit lines: what one says, and how the newsroom writes it.
//
//	raw ── tidy ── bare (brackets, labels) ── segments (at "/", "via", …) ── arrange ── Line
//
// Whatever doesn't fit on the way leaves the line as it was, unsure.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Credit is a credit line, understood as far as it can be.
type Credit struct {
	Raw         string // as it was found
	Line        string // as the newsroom writes it; empty only where Raw holds nothing but white space
	Byline      string // who took it: a person, several, or an office ("City Fire Dept.")
	Provider    string // who provides it: "AP", "The Guardian"
	Distributor string // who passes it on: "Getty Images" in "Jane Doe/AFP via Getty Images"
	Changed     bool   // Line differs from Raw by more than the white space around it
	Sure        bool   // false: not understood; Line is Raw without the white space around it, and somebody should look
}

// ParseCredit reads one credit line, without the caption before it.
//
// It removes brackets around the whole line and those without a partner, labels ("Photo by", "Photograph:"), and the
// spaces around "/"; puts the photographer before the agency; writes Associated Press as AP, Agence France-Presse as AFP
// and Reuters in its one spelling; turns "/" into " via " between an agency and one known to distribute it; and drops
// the segments that name nobody (Handout, HO, Pool, Stringer, STR, Uncredited), unless nothing would be left. "File"
// stays, behind a comma, since it tells the reader that the photograph isn't new.
//
// Reading Line again gives the same Line.
func ParseCredit(raw string) Credit { return read(raw).Credit }

// CreditLine puts together the line shown from a photograph's byline field and its credit field. Raw is the two as they
// stand, joined by "/" unless the credit already names the photographer. Where both name different people the line is
// the credit's, unchanged and unsure. IPTC's source field has no part in it: suppliers disagree on what it means.
func CreditLine(byline, credit string) Credit {
	b, c := read(byline), read(credit)
	switch {
	case strings.TrimSpace(byline) == "" || !b.Sure && noise[fold(tidy(byline))] && strings.TrimSpace(credit) != "":
		return c.Credit
	case strings.TrimSpace(credit) == "":
		return b.Credit
	case samePeople(byline, credit), !c.Sure && strings.Contains(fold(credit), fold(tidy(byline))), c.Byline != "" && samePeople(b.Byline, c.Byline):
		return c.Credit
	case c.Byline != "" && (c.Provider != "" || c.Distributor != ""):
		raw := strings.TrimSpace(credit)
		return Credit{Raw: credit, Line: raw}
	case !c.Sure && !noise[fold(tidy(credit))]:
		raw := strings.TrimSpace(byline) + "/" + strings.TrimSpace(credit)
		return Credit{Raw: raw, Line: raw}
	}
	return ParseCredit(strings.TrimSpace(byline) + "/" + strings.TrimSpace(credit))
}

// samePeople reports whether two bylines name the same: equal but for case, diacritics and initials, or one the other
// cut short, as IPTC-IIM cuts fields at 32 bytes.
func samePeople(a, b string) bool {
	x, y := strings.Join(foldedWords(a), " "), strings.Join(foldedWords(b), " ")
	if x == "" || y == "" {
		return x == y
	}
	if x == y || len(a) >= 30 && strings.HasPrefix(y, x) || len(b) >= 30 && strings.HasPrefix(x, y) {
		return true
	}
	v, w := strings.Fields(x), strings.Fields(y)
	return v[len(v)-1] == w[len(w)-1] && v[0][0] == w[0][0] && (len(v[0]) == 1 || len(w[0]) == 1)
}

// A reading is a credit with the grounds it was understood on.
type reading struct {
	Credit
	known bool // names an agency known by name
	label bool // was introduced as a credit: "Photograph:", "Courtesy of"
	loose bool // an office spelled out at length before "via AP"; running text could look so
}

// longest credit worth reading, in bytes.
const maxCredit = 400

func read(raw string) reading {
	trimmed := strings.TrimSpace(raw)
	unsure := reading{Credit: Credit{Raw: raw, Line: trimmed}}
	if len(trimmed) > maxCredit || strings.Contains(raw, "://") {
		return unsure
	}
	r, ok := understand(tidy(withoutDirection(strings.ToValidUTF8(raw, ""))))
	if !ok {
		return unsure
	}
	if again, ok := understand(r.Line); !ok || again.Line != r.Line {
		return unsure
	}
	r.Raw, r.Sure, r.Changed = raw, true, r.Line != trimmed
	return r
}

var (
	labelled = regexp.MustCompile(`(?i)^(?:(?:mandatory|photo|image|picture)\s+credits?|photo|photos|photographs?|photographers?|` +
		`pictures?|pics?|images?|credits?|foto|fotos|fotó|fotograf[ií]as?|fotografie|photographies?|cr[ée]dits?(?:\s+photos?)?|` +
		`crédito|bild|bilder|kuva|zdjęcie|фото|φωτογραφία|צילום|عکس|تصوير|تصویر|写真|图片?|圖片?|摄影|攝影|撮影|사진)` +
		`\s*(?:[:：]|\.\.\.|…)\s*`)
	takenBy = regexp.MustCompile(`(?i)^(?:image\s+source,|(?:(?:pool|handout|staff|undated)\s+)?` +
		`(?:photos?|photographs?|pictures?|images?|pics?)(?:\s+credit)?\s+(?:taken\s+)?by|by)\s+`)
	fromFile  = regexp.MustCompile(`(?i)^(file)(?:\s+photos?)?(?:\s*:|\s+by)\s+`)
	copyright = regexp.MustCompile(`^©\s*(?:\d{4}\s+)?`)
	wireSlug  = regexp.MustCompile(`(?i)^TPX IMAGES? OF THE DAY\s+|[\s/,-]+TPX IMAGES? OF THE DAY$`)
	photoBy   = regexp.MustCompile(`(?i)^(.+?)\s+(?:photos?|photographs?)\s+by\s+(.+)$`)
	courtesy  = regexp.MustCompile(`(?i)^(?:(?:photos?|images?|photographs?|pictures?)\s+)?courtesy(?:\s+of|\s*:)?\s+(.+)$`)
	xinhua    = regexp.MustCompile(`^(新华社|新華社|中新社)(?:记者|記者)?\s*([\pL、·\s]+?)\s*[摄攝]$`)
	joints    = regexp.MustCompile(`\s*/\s*|\s*\|\s*|\s+[—–-]\s+|\s*—\s*|(?:^|,?\s+)(?i:via|vía)\s+`)
	fileTail  = regexp.MustCompile(`(?i)^(.+?)\s+(files?(?:\s+photo)?|archives?)$`)
)

// bare takes away what stands around a credit and says nothing about it.
func bare(s string) (rest string, label bool, file string) {
	for was := ""; s != was; {
		was = s
		s = strings.TrimLeft(s, "—–-|•·*#:, ")
		s = strings.TrimRight(s, "—–|•#:,; ")
		s = copyright.ReplaceAllString(unbracket(s), "")
		s = wireSlug.ReplaceAllString(s, "")
		if t := strings.TrimSuffix(s, "."); t != s {
			if w := strings.TrimLeft(strings.ToLower(lastWord(t)), openers); !abbreviations[w] && !initials.MatchString(w+".") {
				s = t
			}
		}
		if len(s) > 5 && strings.EqualFold(s[:5], "from ") && strings.Contains(s, "/") {
			s = s[5:]
		}
		if m := fromFile.FindStringSubmatch(s); m != nil {
			s, file = s[len(m[0]):], m[1]
		}
		for _, re := range []*regexp.Regexp{labelled, takenBy} {
			if m := re.FindString(s); m != "" && len(m) < len(s) {
				s, label = s[len(m):], true
			}
		}
	}
	return s, label, file
}

// A segment is what stands between two joints of a credit.
type segment struct {
	text  string
	a     agency
	known bool
	via   bool // stands behind "via"
}

// understand reads a tidy line. The Credit it returns has neither Raw nor Changed nor Sure.
func understand(s string) (reading, bool) {
	if r, ok := doubled(s); ok {
		return r, true
	}
	s, label, file := bare(s)
	if m := xinhua.FindStringSubmatch(s); m != nil {
		return reading{Credit: Credit{Line: s, Byline: m[2], Provider: m[1]}, known: true}, true
	}
	if m := photoBy.FindStringSubmatch(s); m != nil {
		if _, _, known := lookUp(m[1]); known {
			s = m[2] + "/" + m[1]
		}
	}
	if i := groupStart(s); i > 0 { // "Jane Doe (AP)"
		inside := strings.TrimSpace(s[i+1 : len(s)-1])
		if segs, _, ok := segments(inside); ok && len(segs) > 0 && segs[0].known {
			s = s[:i] + "/" + inside
		}
	}
	segs, filed, ok := segments(s)
	if !ok || len(segs) == 0 {
		return reading{}, false
	}
	if file == "" {
		file = filed
	}
	r, ok := arrange(segs, label)
	if ok && file != "" {
		r.Line += ", " + file
	}
	return r, ok
}

// doubled reads two bracketed credits in a row that name the same people, as picture services sometimes send them: the
// later one, which is the fuller.
func doubled(s string) (reading, bool) {
	i := groupStart(s)
	if i <= 0 {
		return reading{}, false
	}
	before := strings.TrimRight(s[:i], " ")
	if groupStart(before) != 0 {
		return reading{}, false
	}
	first, ok1 := understand(before)
	second, ok2 := understand(s[i:])
	if !ok1 || !ok2 || first.Byline == "" || !samePeople(first.Byline, second.Byline) {
		return reading{}, false
	}
	return second, true
}

// segments cuts a bare credit at its joints and drops the segments that name nobody.
func segments(s string) (segs []segment, file string, ok bool) {
	soft, via, at := false, false, 0
	add := func(text string) {
		items := strings.Split(text, ",")
		var kept []string
		flush := func() {
			if len(kept) > 0 {
				segs = append(segs, segment{text: strings.Join(kept, ", "), via: via})
				kept = nil
			}
		}
		for _, item := range items {
			item = strings.TrimSpace(item)
			low := fold(item)
			shown, a, known := lookUp(item)
			if m := fileTail.FindStringSubmatch(item); m != nil && !known {
				if shown, a, known = lookUp(m[1]); known && file == "" {
					file = m[2]
				}
			}
			switch {
			case fileWords[low]:
				if file == "" {
					file = item
				}
			case noise[low] || strings.IndexFunc(item, isWordRune) < 0:
			case known:
				flush()
				if n := len(segs); n == 0 || !segs[n-1].known || segs[n-1].text != shown || segs[n-1].via != via {
					segs = append(segs, segment{text: shown, a: a, known: true, via: via})
				}
			default:
				kept = append(kept, item)
			}
		}
		flush()
	}
	for _, m := range joints.FindAllStringIndex(s, -1) {
		if m[0] < at {
			continue
		}
		joint := strings.ToLower(strings.Trim(s[m[0]:m[1]], ", "))
		add(s[at:m[0]])
		soft = soft || joint != "/" && joint != "via" && joint != "vía"
		via = via || joint == "via" || joint == "vía"
		at = m[1]
	}
	add(s[at:])
	if soft { // a dash or a bar joins only what is known to belong together
		for _, g := range segs {
			ok = ok || g.known
		}
		return segs, file, ok
	}
	return segs, file, true
}

// arrange puts the segments in the newsroom's order and names them.
func arrange(segs []segment, label bool) (reading, bool) {
	r := reading{label: label}
	var left, right, names []segment
	for _, g := range segs {
		r.known = r.known || g.known
		if g.via {
			right = append(right, g)
		} else {
			left = append(left, g)
		}
	}
	if n := len(right); n > 1 && right[0].known && !right[n-1].known { // "AFP via Getty Images/Jane Doe"
		if w, ok := nameLike(right[n-1].text); ok && w > 1 && (len(left) == 0 || left[0].known) {
			names, right = append(names, right[n-1]), right[:n-1]
		}
	}
	if lead := leading(left); lead > 0 && lead < len(left) { // "REUTERS/Jane Doe"
		left = append(append([]segment{}, left[lead:]...), left[:lead]...)
	}
	left = append(names, left...)
	if len(left) == 0 {
		left, right = right, nil
	}
	if n := len(left); len(right) == 0 && n > 1 && left[n-1].known && left[n-2].known && distributors[left[n-1].a.key][left[n-2].a.key] {
		left, right = left[:n-1], left[n-1:]
	}
	for i, g := range append(append([]segment{}, left...), right...) {
		if !plausible(g, i, &r, len(segs)) {
			return r, false
		}
	}
	if len(left) == 1 && !left[0].known && len(right) == 0 && !r.label {
		if _, ok := nameLike(left[0].text); !ok {
			return r, false
		}
	}
	r.Line = join(left)
	if len(right) > 0 {
		r.Distributor = join(right)
		r.Line += " via " + r.Distributor
	}
	if left[0].known {
		r.Provider = join(left)
	} else {
		r.Byline, r.Provider = left[0].text, join(left[1:])
		if m := courtesy.FindStringSubmatch(r.Byline); m != nil {
			from := append([]segment{{text: m[1]}}, left[1:]...)
			r.label, r.Byline, r.Provider = true, "", join(from)
		} else if who, paper, ok := forPaper(r.Byline); ok && r.Provider == "" {
			r.Byline, r.Provider = who, paper
		} else if who, agency, ok := hyphenated(r.Byline); ok && r.Provider == "" {
			r.Byline, r.Provider, r.known = who, agency, true
		}
	}
	return r, true
}

// leading counts the agencies before a name that may be swapped with them; 0 where anything else follows.
func leading(left []segment) int {
	n := 0
	for n < len(left) && left[n].known && (left[n].a.leads || n > 0) {
		n++
	}
	for _, g := range left[n:] {
		if g.known {
			return 0
		}
	}
	return n
}

// plausible reports whether segment i may stand in a credit of n segments.
func plausible(g segment, i int, r *reading, n int) bool {
	if g.known {
		return true
	}
	text := g.text
	if m := courtesy.FindStringSubmatch(text); m != nil && i == 0 {
		r.label = true
		text = m[1]
	}
	if i > 0 && strings.HasPrefix(fold(text), "special to ") {
		text = text[len("special to "):]
	}
	if _, ok := nameLike(text); ok {
		return true
	}
	if !r.known || i > 0 || n < 2 {
		return false
	}
	if strings.ContainsAny(text, "?!…\"“”:;()[]") {
		return false
	}
	words := strings.Fields(text)
	capital := 0
	for _, w := range words {
		first := firstRune(w)
		if strings.HasSuffix(w, ".") && !abbreviations[strings.TrimSuffix(fold(w), ".")] && !initials.MatchString(w) {
			return false
		}
		if !unicode.IsLower(first) {
			capital++
		}
	}
	if capital == 0 { // a name typed small: "jane doe/AP"
		return len(words) <= 3 && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' }) < 0
	}
	r.loose = true
	return len(words) <= 10 && 2*capital >= len(words) && unicode.IsUpper(firstRune(text)) && utf8.RuneCountInString(text) <= 100
}

var forWhom = regexp.MustCompile(`(?i)\s(?:for|pour|für|para|per)\s`)

// forPaper reads "Jane Doe for The New York Times".
func forPaper(s string) (who, paper string, ok bool) {
	m := forWhom.FindStringIndex(s)
	if m == nil {
		return "", "", false
	}
	who, paper = s[:m[0]], strings.Trim(s[m[1]:], "«»“”„ ")
	_, ok1 := nameLike(who)
	_, ok2 := nameLike(paper)
	return who, paper, ok1 && ok2
}

// hyphenated reads "Jane Doe-Imagn Images", as some agencies write themselves.
func hyphenated(s string) (who, agency string, ok bool) {
	i := strings.LastIndexByte(s, '-')
	if i < 0 || !strings.Contains(s[i:], " ") {
		return "", "", false
	}
	agency, _, known := lookUp(s[i+1:])
	words, named := nameLike(s[:i])
	return s[:i], agency, known && named && words > 1
}

func join(segs []segment) string {
	texts := make([]string, len(segs))
	for i, g := range segs {
		texts[i] = g.text
	}
	return strings.Join(texts, "/")
}
