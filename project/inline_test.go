package project

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSpans(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []Span
	}{
		"plain":              {"a b", []Span{{Text: "a b"}}},
		"bold":               {"a **b** c", []Span{{Text: "a "}, {Text: "b", Bold: true}, {Text: " c"}}},
		"italic":             {"*b*", []Span{{Text: "b", Italic: true}}},
		"bold in italic":     {"*a **b** c*", []Span{{Text: "a ", Italic: true}, {Text: "b", Bold: true, Italic: true}, {Text: " c", Italic: true}}},
		"bold and italic":    {"***b***", []Span{{Text: "b", Bold: true, Italic: true}}},
		"link":               {"see [the *map*](https://example.org/a?b=1)", []Span{{Text: "see "}, {Text: "the ", Link: "https://example.org/a?b=1"}, {Text: "map", Italic: true, Link: "https://example.org/a?b=1"}}},
		"arithmetic":         {"5 * 3 * 2", []Span{{Text: "5 * 3 * 2"}}},
		"unclosed":           {"**a", []Span{{Text: "**a"}}},
		"escaped":            {`\*a\*`, []Span{{Text: "*a*"}}},
		"script link":        {"[x](javascript:alert(1))", []Span{{Text: "[x](javascript:alert(1))"}}},
		"markup is text":     {"<b>x</b>", []Span{{Text: "<b>x</b>"}}},
		"empty marks":        {"****", []Span{{Text: "****"}}},
		"brackets":           {"[a] (b)", []Span{{Text: "[a] (b)"}}},
		"other writing":      {"**خبر** عاجل", []Span{{Text: "خبر", Bold: true}, {Text: " عاجل"}}},
		"mailto":             {"[m](mailto:a@example.org)", []Span{{Text: "m", Link: "mailto:a@example.org"}}},
		"relative address":   {"[m](/x)", []Span{{Text: "[m](/x)"}}},
		"stars around space": {"** a **", []Span{{Text: "** a **"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Spans(c.in); !reflect.DeepEqual(got, c.want) {
				t.Errorf("Spans(%q) = %+v, want %+v", c.in, got, c.want)
			}
		})
	}
}

func TestSpansAt(t *testing.T) {
	const text = `é **b*i*** [xs](https://a.example) \*s`
	_, at := SpansAt(text)
	var got []byte
	for _, i := range at {
		got = append(got, text[i])
	}
	if string(got) != "é bi xs *s" || at[len(at)-3] != len(text)-4 || at[len(at)-1] != len(text)-1 {
		t.Errorf("the bytes are at %v: %q", at, got)
	}
}

func TestParagraphs(t *testing.T) {
	got := Paragraphs("a\r\nb\r\n\r\n\r\n  c \n")
	if want := []string{"a\nb", "c"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Paragraphs = %q, want %q", got, want)
	}
}

func FuzzSpans(f *testing.F) {
	for _, s := range []string{"**a** *b* [c](https://d)", `\*`, "***a**b*", "[[a](b)](c)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		total := 0
		for _, sp := range Spans(s) {
			if sp.Text == "" {
				t.Fatalf("Spans(%q) has an empty span", s)
			}
			if sp.Link != "" && !SafeLink(sp.Link) {
				t.Fatalf("Spans(%q) lets %q through", s, sp.Link)
			}
			total += len(sp.Text)
		}
		if total > len(s) {
			t.Fatalf("Spans(%q) made words up", s)
		}
		spans, at := SpansAt(s)
		if !reflect.DeepEqual(spans, Spans(s)) || len(at) != total {
			t.Fatalf("SpansAt(%q) = %v, %v", s, spans, at)
		}
		for i, b := range []byte(Plain(s)) {
			if s[at[i]] != b || i > 0 && at[i] <= at[i-1] {
				t.Fatalf("SpansAt(%q) has byte %d at %d", s, i, at[i])
			}
		}
		if utf8.ValidString(s) && !utf8.ValidString(Plain(s)) {
			t.Fatalf("Plain(%q) is not UTF-8", s)
		}
		if !strings.ContainsAny(s, `*[\`) && Plain(s) != s {
			t.Fatalf("Plain(%q) = %q", s, Plain(s))
		}
	})
}
