package wording

// This file owns code replacements: the list a desk keeps, as a squad by its
// numbers, and the text file that such lists travel in.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Code is short writing and what it stands for; the first text is the usual one.
type Code struct {
	Code  string
	Texts []string
}

// CodeError says why a code can't be one.
type CodeError struct {
	Pattern string
	Values  []any
}

func (e *CodeError) Error() string { return fmt.Sprintf(e.Pattern, e.Values...) }

// CodeTrouble is a line of a list that is no code.
type CodeTrouble struct {
	Line int    // from 1
	Text string // of the line, as much as shows which it is
	Err  *CodeError
}

func (t CodeTrouble) String() string {
	return fmt.Sprintf("Line %d, “%s”: %v", t.Line, t.Text, t.Err)
}

// ValidCode says why a code can't be one, or nil: it has no white space and none
// of the marks that a code is typed between, and stands for something.
func ValidCode(c Code) error {
	if e := flaw(c); e != nil {
		return e
	}
	return nil
}

func flaw(c Code) *CodeError {
	bad := func(pattern string, values ...any) *CodeError { return &CodeError{pattern, values} }
	switch {
	case c.Code == "":
		return bad("it is empty")
	case len(c.Code) > maxCode:
		return bad("it is longer than %d characters", maxCode)
	case !utf8.ValidString(c.Code), strings.ContainsFunc(c.Code, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`\={}#/`, r)
	}):
		return bad(`white space and \ = { } # / can’t stand in a code`)
	case len(c.Texts) == 0:
		return bad("it stands for nothing")
	}
	for _, t := range c.Texts {
		if strings.TrimSpace(t) == "" || strings.ContainsAny(t, "\t\r\n") {
			return bad("what it stands for is one line of words")
		}
	}
	return nil
}

// Codes finds codes by what was typed.
type Codes struct{ exact, folded map[string][]string }

// NewCodes makes a list findable. Of two codes that are the same the later one counts.
func NewCodes(list []Code) *Codes {
	c := &Codes{map[string][]string{}, map[string][]string{}}
	for _, one := range list {
		if len(one.Texts) > 0 {
			c.exact[one.Code], c.folded[fold(one.Code)] = one.Texts, one.Texts
		}
	}
	return c
}

// Find is what a code stands for: as it is written, else whatever its case.
// "9#2" is the second alternative of 9.
func (c *Codes) Find(typed string) (string, bool) {
	if c == nil {
		return "", false
	}
	n := 1
	name, alternative, chosen := strings.Cut(typed, "#")
	if chosen {
		var err error
		if n, err = strconv.Atoi(alternative); err != nil {
			return "", false
		}
	}
	texts, ok := c.exact[name]
	if !ok {
		texts, ok = c.folded[fold(name)]
	}
	if !ok || n < 1 || n > len(texts) {
		return "", false
	}
	return texts[n-1], true
}

// ParseCodes reads a list as Photo Mechanic's code files have it: a line a code,
// then a tab, then what it stands for, further alternatives after further tabs.
// Lines that are empty or begin with // or # are left out. trouble names each
// line that is no code; of a code that comes twice the later line counts.
func ParseCodes(text string) (list []Code, trouble []CodeTrouble) {
	at := map[string]int{}
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\ufeff")
	for i, line := range strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "#") {
			continue
		}
		code, rest, found := strings.Cut(line, "\t")
		c := Code{Code: strings.TrimSpace(code)}
		for part := range strings.SplitSeq(rest, "\t") {
			if part = strings.TrimSpace(part); part != "" {
				c.Texts = append(c.Texts, part)
			}
		}
		err := flaw(c)
		if !found {
			err = &CodeError{Pattern: "there is no tab in it"}
		}
		if err != nil {
			line = strings.TrimSpace(line)
			if utf8.RuneCountInString(line) > 40 {
				line = string([]rune(line)[:40]) + "…"
			}
			trouble = append(trouble, CodeTrouble{i + 1, line, err})
			continue
		}
		if known, twice := at[c.Code]; twice {
			list[known] = c
			continue
		}
		at[c.Code] = len(list)
		list = append(list, c)
	}
	return list, trouble
}

// FormatCodes writes a list as ParseCodes reads it.
func FormatCodes(list []Code) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(c.Code)
		for _, t := range c.Texts {
			b.WriteByte('\t')
			b.WriteString(t)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
