package project

// This file owns what can be done to the words of many photos: find and
// replace, prefix, suffix, setting a field, expanding codes and variables. It
// says what would change; Apply does it.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"photodesk/project/wording"
)

// BatchKind says what a Batch does.
type BatchKind string

// What can be done to many photos at once.
const (
	BatchReplace BatchKind = "replace" // Find becomes With
	BatchPrefix  BatchKind = "prefix"  // With before what is there
	BatchSuffix  BatchKind = "suffix"  // With behind what is there
	BatchSet     BatchKind = "set"     // With in place of what is there: a credit, a template
	BatchExpand  BatchKind = "expand"  // codes and variables are written out
)

// Batch is one such thing. With may hold codes and variables; they are written
// out for each photo.
type Batch struct {
	Kind       BatchKind
	Fields     []Field
	Find, With string
	MatchCase  bool
	WholeWords bool
	OnlyEmpty  bool // BatchSet leaves fields alone that have words
}

// Validate says what is missing before the batch can do anything; an error wraps ErrInvalid.
func (b Batch) Validate() error {
	switch {
	case len(b.Fields) == 0:
		return fmt.Errorf("the change is %w: choose a field", ErrInvalid)
	case b.Kind == BatchReplace && b.Find == "":
		return fmt.Errorf("the change is %w: write what to find", ErrInvalid)
	case (b.Kind == BatchPrefix || b.Kind == BatchSuffix || b.Kind == BatchSet) && b.With == "":
		return fmt.Errorf("the change is %w: write the words", ErrInvalid)
	}
	for _, f := range b.Fields {
		if !slices.Contains(Fields, f) {
			return fmt.Errorf("field %q is %w", f, ErrInvalid)
		}
	}
	return nil
}

// Label says what the batch does, as an undo step is called.
func (b Batch) Label() string {
	switch b.Kind {
	case BatchReplace:
		return "Replace words"
	case BatchPrefix:
		return "Add words before"
	case BatchSuffix:
		return "Add words behind"
	case BatchExpand:
		return "Expand codes and variables"
	}
	if len(b.Fields) == 1 {
		return "Set " + string(b.Fields[0])
	}
	return "Set words"
}

// Changes lists what the batch would change, in the order of list.
func (b Batch) Changes(list []Words, codes *wording.Codes, today time.Time) ([]WordChange, error) {
	if err := b.Validate(); err != nil {
		return nil, err
	}
	var find *regexp.Regexp
	if b.Kind == BatchReplace {
		flags := "(?i)"
		if b.MatchCase {
			flags = ""
		}
		find = regexp.MustCompile(flags + regexp.QuoteMeta(b.Find))
	}
	var out changeList
	for _, w := range list {
		values := w.Values(today)
		for _, f := range b.Fields {
			before := w.Get(f)
			after, left := b.change(before, f, find, codes, values)
			out.add(w, f, after, left)
		}
	}
	return out.list, nil
}

func (b Batch) change(before string, f Field, find *regexp.Regexp, codes *wording.Codes, values wording.Values) (string, []string) {
	if b.Kind == BatchExpand {
		if f == FieldCaption { // a caption can't stand for itself
			values = withoutCaption(values)
		}
		e := wording.Expand(before, codes, values)
		return e.Text, append(e.Unknown, e.Empty...)
	}
	e := wording.Expand(b.With, codes, values)
	with, left := e.Text, append(e.Unknown, e.Empty...)
	switch b.Kind {
	case BatchReplace:
		after := b.replace(before, find, with)
		if f == FieldKeywords {
			after = FieldKeywords.Of(Photo{Keywords: SplitKeywords(after)})
		}
		if after == before {
			return before, nil
		}
		return after, left
	case BatchPrefix, BatchSuffix:
		if f == FieldKeywords { // a keyword more, at that end
			all := append(SplitKeywords(before), SplitKeywords(with)...)
			if b.Kind == BatchPrefix {
				all = append(SplitKeywords(with), SplitKeywords(before)...)
			}
			return strings.Join(SplitKeywords(strings.Join(all, ",")), ", "), left
		}
		if b.Kind == BatchPrefix {
			return with + before, left
		}
		return before + with, left
	}
	if b.OnlyEmpty && strings.TrimSpace(before) != "" {
		return before, nil
	}
	if f == FieldKeywords {
		with = strings.Join(SplitKeywords(with), ", ")
	}
	return with, left
}

func withoutCaption(values wording.Values) wording.Values {
	out := wording.Values{}
	for name, text := range values {
		if name != "caption" {
			out[name] = text
		}
	}
	return out
}

// replace puts with in place of each find; of whole words only where asked.
func (b Batch) replace(text string, find *regexp.Regexp, with string) string {
	var out strings.Builder
	last := 0
	for _, m := range find.FindAllStringIndex(text, -1) {
		if b.WholeWords && (insideWord(text, m[0]) || insideWord(text, m[1])) {
			continue
		}
		out.WriteString(text[last:m[0]])
		out.WriteString(with)
		last = m[1]
	}
	out.WriteString(text[last:])
	return out.String()
}

// insideWord reports whether a place in a text has letters on both sides.
func insideWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	behind, _ := utf8.DecodeRuneInString(text[at:])
	return letter(before) && letter(behind)
}

func letter(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}
