package wording

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func FuzzParseCredit(f *testing.F) {
	for _, c := range creditCases {
		f.Add(c.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		c := ParseCredit(raw)
		if c.Raw != raw {
			t.Errorf("raw %q became %q", raw, c.Raw)
		}
		checkCredit(t, c)
	})
}

func checkCredit(t *testing.T, c Credit) {
	t.Helper()
	trimmed := strings.TrimSpace(c.Raw)
	if trimmed != "" && c.Line == "" {
		t.Errorf("credit %q is lost", c.Raw)
	}
	if !c.Sure && c.Line != trimmed || c.Changed != (c.Line != trimmed) {
		t.Errorf("flags: %+v", c)
	}
	if utf8.ValidString(c.Raw) && !utf8.ValidString(c.Line+c.Byline+c.Provider+c.Distributor) {
		t.Errorf("invalid text: %+v", c)
	}
	if again := ParseCredit(c.Line); again.Line != c.Line || again.Sure != c.Sure {
		t.Errorf("%q → %q → %q (sure %v, %v)", c.Raw, c.Line, again.Line, c.Sure, again.Sure)
	}
	if c.Sure && c.Byline == "" && c.Provider == "" {
		t.Errorf("nobody in %+v", c)
	}
}

func FuzzSplitCaption(f *testing.F) {
	for _, c := range captionCases {
		f.Add(c.line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		caption, credit, ok := SplitCaption(line)
		if !ok {
			if caption != line || credit != (Credit{}) {
				t.Errorf("%q not split but changed: %q, %+v", line, caption, credit)
			}
			return
		}
		if letters(caption+credit.Raw) != letters(line) {
			t.Errorf("letters of %q lost: %q, %q", line, caption, credit.Raw)
		}
		if strings.TrimSpace(caption) == "" || !credit.Sure {
			t.Errorf("%q cut into %q, %+v", line, caption, credit)
		}
		checkCredit(t, credit)
	})
}

func FuzzParseStory(f *testing.F) {
	for _, c := range append(append([]storyCase{}, plainStories...), oddStories...) {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := ParseStory(text)
		total := letters(s.Headline) + letters(s.Byline) + letters(strings.Join(s.Paragraphs, ""))
		for _, c := range s.Captions {
			total += letters(c.Raw)
			if !within(letters(c.Text+c.Credit.Raw), letters(c.Raw)) {
				t.Errorf("caption %q, credit %q from elsewhere than %q", c.Text, c.Credit.Raw, c.Raw)
			}
			if utf8.ValidString(text) && !utf8.ValidString(c.Text+c.Raw+c.File) {
				t.Errorf("invalid text: %+v", c)
			}
			if c.Credit.Line != "" {
				checkCredit(t, c.Credit)
			}
		}
		for _, p := range s.Paragraphs {
			if tidy(p) != p || p == "" {
				t.Errorf("untidy paragraph %q", p)
			}
		}
		// Nothing dropped: but for the "By" of a byline every letter is somewhere.
		if missing := len([]rune(letters(strings.ToValidUTF8(text, "")))) - len([]rune(total)); missing > 3 && s.Byline == "" || missing > 12 {
			t.Errorf("%d letters missing from %q: %+v", missing, text, s)
		}
		Pair(s.Captions, []Hint{{Name: "a.jpg", Caption: s.Headline}, {Name: s.Headline + ".jpg", Caption: text}})
	})
}

// letters are the letters and digits of s.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// within reports whether every letter of part is in whole, as often.
func within(part, whole string) bool {
	have := map[rune]int{}
	for _, r := range whole {
		have[r]++
	}
	for _, r := range part {
		if have[r]--; have[r] < 0 {
			return false
		}
	}
	return true
}
