package page

// This file owns the page's own words: the translations, dates, and the
// cleaning of words that come from outside.

import (
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"photodesk/assets"
)

const fallbackLang = "en"

// words are one language's words of a page, by key.
type words struct {
	lang string
	text map[string]string
}

// wordsFor finds the words nearest to a BCP 47 tag, by taking its subtags off
// from the right (RFC 4647, section 3.4, Lookup), and English where there are none.
func wordsFor(tag string) (words, error) {
	for try := strings.ToLower(tag); try != ""; {
		data, err := assets.Words.ReadFile(path.Join("i18n/page", path.Base(try)+".json"))
		if err == nil {
			return readWords(try, data)
		}
		cut := strings.LastIndexByte(try, '-')
		if cut < 0 {
			break
		}
		try = try[:cut]
	}
	data, err := assets.Words.ReadFile("i18n/page/" + fallbackLang + ".json")
	if err != nil {
		return words{}, fmt.Errorf("read the page's words: %w", err)
	}
	return readWords(fallbackLang, data)
}

func readWords(lang string, data []byte) (words, error) {
	w := words{lang: lang}
	if err := json.Unmarshal(data, &w.text); err != nil {
		return words{}, fmt.Errorf("read the page's words in %q: %w", lang, err)
	}
	return w, nil
}

// say returns the words of a key with its {names} filled from pairs of name
// and value. An unknown key is an error, which stops a template.
func (w words) say(key string, pairs ...any) (string, error) {
	text, ok := w.text[w.counted(key, pairs)]
	if !ok {
		return "", fmt.Errorf("no words in %q for %q", w.lang, key)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return text, nil
}

// counted is the key of the form that a language has for the number {n}, where it has one (CLDR's plural categories: key.two,
// key.few, key.many).
func (w words) counted(key string, pairs []any) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		n, ok := pairs[i+1].(int)
		if !ok || pairs[i] != "n" {
			continue
		}
		suffix := map[plural.Form]string{plural.Two: ".two", plural.Few: ".few", plural.Many: ".many"}
		form := plural.Cardinal.MatchPlural(language.Make(w.lang), n, 0, 0, 0, 0)
		if _, ok := w.text[key+suffix[form]]; ok {
			return key + suffix[form]
		}
	}
	return key
}

// script picks what the page's script says by itself, and the language it
// writes numbers in.
func (w words) script(service, rules bool) map[string]string {
	keys := []string{
		"lightbox.count", "lightbox.previous", "lightbox.next", "lightbox.failed",
		"sensitive", "sensitive.show", "sensitive.all",
		"vote.said.up", "vote.said.down", "vote.said.none",
	}
	if service {
		keys = append(keys, "vote.sending", "vote.unread", "vote.uncounted", "vote.offline.unread", "vote.offline.uncounted",
			"vote.refused", "vote.limited", "vote.busy", "vote.again", "vote.elsewhere", "vote.working", "vote.cancel", "vote.cancelled",
			"vote.no.stale")
	} else {
		keys = append(keys, "vote.memory")
	}
	if rules {
		keys = append(keys, "vote.no.early", "vote.hidden", "vote.said.hidden")
		if service {
			keys = append(keys, "vote.no.closed", "vote.no.upvotes-only", "vote.no.sign-in")
		} else {
			keys = append(keys, "vote.ended")
		}
	}
	out := map[string]string{"lang": w.lang}
	for _, key := range keys {
		out[key] = w.text[key]
	}
	return out
}

// date is a moment for machines and a day for readers.
type date struct {
	ISO   string // RFC 3339, which is ISO 8601 with its zone
	Words string
}

// date is nil for the zero time, so that templates leave it out.
func (w words) date(t time.Time) *date {
	if t.IsZero() {
		return nil
	}
	month := w.text["month."+strconv.Itoa(int(t.Month()))]
	day := strings.NewReplacer("{day}", strconv.Itoa(t.Day()), "{month}", month, "{year}", strconv.Itoa(t.Year()))
	pattern := w.text["date"]
	if first, ok := w.text["date.first"]; ok && t.Day() == 1 {
		pattern = first
	}
	return &date{ISO: t.Format(time.RFC3339), Words: day.Replace(pattern)}
}

// dates are when an essay came out, when it was last changed, and that again where readers of the first day have to be told. An
// essay finished before it came out was never changed for them. A day is that of the zone in which it came out.
func (w words) dates(out, change time.Time) (published, modified, updated *date) {
	if out.IsZero() || change.IsZero() {
		return w.date(out), w.date(change), nil
	}
	if !change.After(out) {
		return w.date(out), nil, nil
	}
	published, modified = w.date(out), w.date(change)
	if there := w.date(change.In(out.Location())); there.Words != published.Words {
		updated = &date{ISO: modified.ISO, Words: there.Words}
	}
	return published, modified, updated
}

// moment is a point in time in words, in its own zone, which it names by what it
// is ahead of UTC: the same wherever and whenever the page is made.
func (w words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := "UTC"
	if _, offset := t.Zone(); offset != 0 {
		sign, minutes := "+", offset/60
		if minutes < 0 {
			sign, minutes = "\u2212", -minutes
		}
		zone += sign + strconv.Itoa(minutes/60)
		if minutes%60 != 0 {
			zone += fmt.Sprintf(":%02d", minutes%60)
		}
	}
	return strings.NewReplacer("{date}", w.date(t).Words, "{time}", t.Format("15:04"), "{zone}", zone).Replace(w.text["moment"])
}

// clean takes out of outside words what has no business in a page: control
// characters and noncharacters, which HTML forbids (HTML, section 13.2.3.5),
// and the bidirectional embeddings and overrides, which can make a credit read
// backwards. Marks and isolates, which right-to-left words need, stay.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r),
			r >= '\u202a' && r <= '\u202e',
			r >= '\ufdd0' && r <= '\ufdef',
			r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}

// line is clean on a single line, for titles and attributes.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// shorten cuts a line to at most n runes, at a space where there is one, and
// marks the cut.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-1])
	if at := strings.LastIndexByte(string(r[:n]), ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.–—-") + "…"
}

// Said returns the page's own words of a key in the language nearest to a BCP 47 tag, with {names} filled from pairs of name and value.
func Said(lang, key string, pairs ...any) (string, error) {
	w, err := wordsFor(lang)
	if err != nil {
		return "", err
	}
	return w.say(key, pairs...)
}

// Day writes a day as readers of a language do; "" for the zero time.
func Day(lang string, t time.Time) (string, error) {
	w, err := wordsFor(lang)
	if err != nil {
		return "", err
	}
	if d := w.date(t); d != nil {
		return d.Words, nil
	}
	return "", nil
}

// Clean takes out of outside words what has no business on a page, and puts the rest on one line.
func Clean(s string) string { return line(s) }
