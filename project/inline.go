package project

// This file owns the inline markup of text blocks: bold, italic and links, and
// nothing else. Everything that is not one of the three is text as it stands.

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a run of text in one dress.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // an absolute http, https or mailto address, or ""
}

// Spans reads one paragraph of inline markup: **bold**, *italic* and
// [text](https://address). A mark that opens nothing or closes nothing is
// text; a backslash before a mark makes it text. Joining the Text of all spans
// gives the words a reader sees.
func Spans(paragraph string) []Span {
	var p spanParser
	p.parse(paragraph, 0, Span{})
	return p.spans
}

// SpansAt is Spans with, for each byte of all their Text joined, where in the
// paragraph it stands.
func SpansAt(paragraph string) ([]Span, []int) {
	p := spanParser{places: true}
	p.parse(paragraph, 0, Span{})
	return p.spans, p.at
}

// Paragraphs splits the text of a block at its blank lines.
func Paragraphs(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var out []string
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, "\n"))
			lines = nil
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	flush()
	return out
}

// Plain is the text of a paragraph without its markup.
func Plain(paragraph string) string {
	var b strings.Builder
	for _, s := range Spans(paragraph) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// SafeLink reports whether an address may stand in a page: absolute http or
// https with a host, or mailto.
func SafeLink(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

type spanParser struct {
	spans  []Span
	places bool // at is wanted
	at     []int
}

func (p *spanParser) text(dress Span, s string) {
	if s == "" {
		return
	}
	if n := len(p.spans); n > 0 {
		last := &p.spans[n-1]
		if last.Bold == dress.Bold && last.Italic == dress.Italic && last.Link == dress.Link {
			last.Text += s
			return
		}
	}
	dress.Text = s
	p.spans = append(p.spans, dress)
}

// parse walks s once; dress is what the surrounding marks have put on. A mark
// nested in itself is text, which bounds the depth at three. s stands at from
// in the paragraph.
func (p *spanParser) parse(s string, from int, dress Span) {
	plain := strings.Builder{}
	write := func(i, n int) {
		plain.WriteString(s[i : i+n])
		for k := range n {
			if p.places {
				p.at = append(p.at, from+i+k)
			}
		}
	}
	flush := func() {
		p.text(dress, plain.String())
		plain.Reset()
	}
	for i := 0; i < len(s); {
		rest := s[i:]
		switch {
		case rest[0] == '\\' && len(rest) > 1 && strings.IndexByte(`*[]()\`, rest[1]) >= 0:
			write(i+1, 1)
			i += 2
			continue
		case strings.HasPrefix(rest, "**") && !dress.Bold:
			if inner, n := marked(rest, "**"); n > 0 {
				flush()
				d := dress
				d.Bold = true
				p.parse(inner, from+i+2, d)
				i += n
				continue
			}
			write(i, 2)
			i += 2
			continue
		case rest[0] == '*' && !dress.Italic:
			if inner, n := marked(rest, "*"); n > 0 {
				flush()
				d := dress
				d.Italic = true
				p.parse(inner, from+i+1, d)
				i += n
				continue
			}
		case rest[0] == '[' && dress.Link == "":
			if label, address, n := linked(rest); n > 0 {
				flush()
				d := dress
				d.Link = address
				p.parse(label, from+i+1, d)
				i += n
				continue
			}
		}
		write(i, 1)
		i++
	}
	flush()
}

// marked reads mark…mark at the start of s: the words inside hug their marks,
// as in CommonMark's flanking rule, so that "5 * 3 * 2" stays as it is.
func marked(s, mark string) (inner string, n int) {
	body := s[len(mark):]
	if r, _ := utf8.DecodeRuneInString(body); body == "" || unicode.IsSpace(r) {
		return "", 0
	}
	for i := 0; i < len(body); i++ {
		switch {
		case body[i] == '\\':
			i++
		case strings.HasPrefix(body[i:], mark):
			if mark == "*" && strings.HasPrefix(body[i:], "**") {
				i++ // a bold mark inside an italic run
				continue
			}
			if mark == "**" && strings.HasPrefix(body[i:], "***") {
				i++ // the inner italic closes first
			}
			if i == 0 {
				return "", 0
			}
			if r, _ := utf8.DecodeLastRuneInString(body[:i]); unicode.IsSpace(r) {
				continue
			}
			return body[:i], i + 2*len(mark)
		}
	}
	return "", 0
}

func linked(s string) (label, address string, n int) {
	end := strings.Index(s, "](")
	if end < 2 || strings.ContainsAny(s[1:end], "[]") {
		return "", "", 0
	}
	stop := strings.IndexByte(s[end:], ')')
	if stop < 0 {
		return "", "", 0
	}
	address = strings.TrimSpace(s[end+2 : end+stop])
	if !SafeLink(address) {
		return "", "", 0
	}
	return s[1:end], address, end + stop + 1
}

// EscapeSpans writes plain text so that Spans reads it back as it is.
func EscapeSpans(plain string) string {
	if !strings.ContainsAny(plain, `*[\`) {
		return plain
	}
	var b strings.Builder
	for _, r := range plain {
		if r == '*' || r == '[' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
