package wording

// This file owns what short writing stands for: codes such as \9\ or =9=, and
// variables such as {city}, expanded in one pass over a text.
//
//	text ── codes (known ones) ── variables (filled ones) ── text, and what was left as it stood

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Values are what variables stand for, by name. A variable that is in it with
// no words is known but empty: it stays in the text and is named in Expansion.
type Values map[string]string

// Expansion is a text after Expand, and what of it could not be expanded.
type Expansion struct {
	Text    string
	Changed bool
	Unknown []string // codes and variables that there are none of, as they stand in the text: `\99\`, "{citty}"
	Empty   []string // variables that have no words for this photo, as they stand in the text
}

// Variables are the names that Values of a photograph can have, for a help text.
var Variables = []string{
	"city", "state", "country", "place", "date", "weekday", "day", "month", "year", "time", "byline", "credit",
	"source", "copyright", "headline", "caption", "keywords", "name", "file", "today",
}

// Expand writes out the codes and variables in a text. A code stands between
// backslashes or equals signs (\9\, =9=); \9#2\ is its second alternative. A
// variable stands between braces; {date:ap}, {date:us} and {date:iso} write the
// date in another house's style. What a code stands for may hold variables, but
// nothing that was put in is read as a code again. What is unknown or empty
// stays as it was typed.
func Expand(text string, codes *Codes, values Values) Expansion {
	var e Expansion
	e.Text = e.variables(e.codes(text, codes), values)
	e.Changed = e.Text != text
	return e
}

// Expands reports whether a text holds anything that Expand would look at.
func Expands(text string) bool { return strings.ContainsAny(text, `\{=`) }

func (e *Expansion) codes(text string, codes *Codes) string {
	var b strings.Builder
	rest := text
	before := rune(' ')
	for rest != "" {
		i := strings.IndexAny(rest, `\=`)
		if i < 0 {
			break
		}
		if i > 0 {
			before, _ = utf8.DecodeLastRuneInString(rest[:i])
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		whole, name, ok := cutCode(rest, before)
		if !ok {
			b.WriteByte(rest[0])
			before, rest = rune(rest[0]), rest[1:]
			continue
		}
		if put, ok := codes.Find(name); ok {
			b.WriteString(put)
		} else {
			b.WriteString(whole)
			note(&e.Unknown, whole)
		}
		before, rest = 'x', rest[len(whole):]
	}
	b.WriteString(rest)
	return b.String()
}

// maxCode bounds a code: what is longer is writing that happens to hold two marks.
const maxCode = 32

// cutCode reads a code at the beginning of s: the mark, no white space, the same
// mark. Equals signs count only where no word touches them on either side, since
// they occur in ordinary text and in addresses.
func cutCode(s string, before rune) (whole, name string, ok bool) {
	mark := s[0]
	end := strings.IndexByte(s[1:], mark)
	if end < 1 || end > maxCode {
		return "", "", false
	}
	name, whole = s[1:1+end], s[:end+2]
	if strings.IndexFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '{' || r == '}' }) >= 0 {
		return "", "", false
	}
	if mark == '=' {
		after, _ := utf8.DecodeRuneInString(s[len(whole):])
		if isWordRune(before) || len(s) > len(whole) && (isWordRune(after) || after == '=') || strings.ContainsAny(name, `/\`) {
			return "", "", false
		}
	}
	return whole, name, true
}

func (e *Expansion) variables(text string, values Values) string {
	var b strings.Builder
	rest := text
	for {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			break
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		end := strings.IndexByte(rest, '}')
		if end < 0 || !variableName(rest[1:end]) {
			b.WriteByte('{')
			rest = rest[1:]
			continue
		}
		whole := rest[:end+1]
		switch put, known := values[strings.ToLower(whole[1:end])]; {
		case !known:
			b.WriteString(whole)
			note(&e.Unknown, whole)
		case strings.TrimSpace(put) == "":
			b.WriteString(whole)
			note(&e.Empty, whole)
		default:
			b.WriteString(put)
		}
		rest = rest[len(whole):]
	}
	b.WriteString(rest)
	return b.String()
}

// variableName reports what can stand between braces: a few letters, digits and signs.
func variableName(s string) bool {
	if s == "" || len(s) > maxCode {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != ':' {
			return false
		}
	}
	return true
}

func note(list *[]string, what string) {
	if !slices.Contains(*list, what) {
		*list = append(*list, what)
	}
}

// SetDate fills the variables that follow from a day and, where it is known, the
// time: date, weekday, day, month, year, time, and the date in other styles.
// taken is ISO 8601, whole or only its date; anything else makes them empty.
func (v Values) SetDate(taken string) {
	names := []string{"date", "date:ap", "date:us", "date:iso", "weekday", "day", "month", "year", "time"}
	for _, n := range names {
		v[n] = ""
	}
	if len(taken) < len(time.DateOnly) {
		return
	}
	day, err := time.Parse(time.DateOnly, taken[:len(time.DateOnly)])
	if err != nil {
		return
	}
	v["date"], v["date:us"], v["date:iso"] = day.Format("2 January 2006"), day.Format("January 2, 2006"), day.Format(time.DateOnly)
	v["date:ap"] = apMonths[day.Month()] + day.Format(" 2, 2006")
	v["weekday"], v["day"], v["month"], v["year"] = day.Format("Monday"), strconv.Itoa(day.Day()), day.Format("January"), day.Format("2006")
	if rest := taken[len(time.DateOnly):]; len(rest) >= 6 && (rest[0] == 'T' || rest[0] == ' ') {
		if _, err := time.Parse("15:04", rest[1:6]); err == nil {
			v["time"] = rest[1:6]
		}
	}
}

// apMonths are the months as The Associated Press abbreviates them with a date.
var apMonths = [13]string{
	"", "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
}
