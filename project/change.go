package project

// This file owns changes of words for many photos at once: what a change is,
// what it would do, and doing it as one step.

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"photodesk/project/wording"
)

// Field names words of a photo that can be changed for many photos at once.
type Field string

// The fields, in the order a list shows them.
const (
	FieldCaption   Field = "caption"
	FieldHeadline  Field = "headline"
	FieldCredit    Field = "credit" // the credit line
	FieldByline    Field = "byline"
	FieldAlt       Field = "alt"
	FieldCity      Field = "city"
	FieldState     Field = "state"
	FieldCountry   Field = "country"
	FieldSource    Field = "source"
	FieldCopyright Field = "copyright"
	FieldKeywords  Field = "keywords" // joined by commas
)

// Fields lists every field.
var Fields = []Field{
	FieldCaption, FieldHeadline, FieldCredit, FieldByline, FieldAlt, FieldCity, FieldState, FieldCountry,
	FieldSource, FieldCopyright, FieldKeywords,
}

// Of reads the field of a photo.
func (f Field) Of(ph Photo) string {
	if f == FieldKeywords {
		return strings.Join(ph.Keywords, ", ")
	}
	if at := f.at(&ph); at != nil {
		return *at
	}
	return ""
}

func (f Field) at(ph *Photo) *string {
	switch f {
	case FieldCaption:
		return &ph.Caption
	case FieldHeadline:
		return &ph.Headline
	case FieldCredit:
		return &ph.CreditLine
	case FieldByline:
		return &ph.Byline
	case FieldAlt:
		return &ph.Alt
	case FieldCity:
		return &ph.City
	case FieldState:
		return &ph.State
	case FieldCountry:
		return &ph.Country
	case FieldSource:
		return &ph.Source
	case FieldCopyright:
		return &ph.Copyright
	}
	return nil
}

// put writes the field of a photo.
func (f Field) put(ph *Photo, text string) {
	if f == FieldKeywords {
		ph.Keywords = SplitKeywords(text)
	} else if at := f.at(ph); at != nil {
		*at = text
	}
}

// SplitKeywords reads keywords that stand in one text, apart by commas or lines.
func SplitKeywords(text string) []string {
	var out []string
	for word := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ","), ",") {
		if word = strings.TrimSpace(word); word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

// Words are a photo's words: its own, or where Placement is not nil those that a
// story shows.
type Words struct {
	Photo     Photo
	Placement *Placement
}

// InLibrary are photos with their own words.
func InLibrary(photos []Photo) []Words {
	out := make([]Words, len(photos))
	for i, ph := range photos {
		out[i].Photo = ph
	}
	return out
}

// InStory are the photos of an essay in reading order, with the words it shows.
func InStory(e *Essay, photos map[int64]Photo) []Words {
	var out []Words
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			if ph, ok := photos[pl.PhotoID]; ok {
				out = append(out, Words{ph, &pl})
			}
		}
	}
	return out
}

// Get reads a field; caption and alt text are the story's where it has its own.
func (w Words) Get(f Field) string {
	switch {
	case w.Placement != nil && f == FieldCaption:
		return w.Placement.CaptionOf(w.Photo)
	case w.Placement != nil && f == FieldAlt:
		return w.Placement.AltOf(w.Photo)
	}
	return f.Of(w.Photo)
}

// own is the placement whose own words the field is, or 0: the photo's.
func (w Words) own(f Field) int64 {
	if pl := w.Placement; pl != nil && (f == FieldCaption && pl.Caption != nil || f == FieldAlt && pl.Alt != nil) {
		return pl.ID
	}
	return 0
}

// Values are what variables in a caption stand for, for these words.
func (w Words) Values(today time.Time) wording.Values {
	ph := w.Photo
	v := wording.Values{
		"city": ph.City, "state": ph.State, "country": ph.Country, "place": ph.Place(), "byline": ph.Byline, "credit": ph.CreditLine,
		"source": ph.Source, "copyright": ph.Copyright, "headline": ph.Headline, "caption": w.Get(FieldCaption),
		"keywords": FieldKeywords.Of(ph), "file": ph.Name, "name": strings.TrimSuffix(ph.Name, filepath.Ext(ph.Name)),
		"today": today.Format("2 January 2006"),
	}
	v.SetDate(ph.TakenAt)
	return v
}

// WordChange is one field of one photo, before and after.
type WordChange struct {
	PhotoID     int64
	PlacementID int64  // whose own caption or alt text it is; 0: the photo's
	Name        string // of the photo
	Field       Field
	Before      string
	After       string
	// Left names codes and variables that could not be expanded and stay in After.
	Left []string
}

// ErrChanged is wrapped when words are no longer what a change was made from.
var ErrChanged = errors.New("was changed meanwhile; look at it again")

// Apply makes changes, all or none. It returns an error wrapping ErrChanged when
// a field doesn't read as Before says.
func (t *Tx) Apply(changes []WordChange) error {
	for _, c := range changes {
		if err := t.apply(c); err != nil {
			return fmt.Errorf("%s of %s: %w", c.Field, c.Name, err)
		}
	}
	return nil
}

func (t *Tx) apply(c WordChange) error {
	if c.PlacementID != 0 {
		pl, err := t.Placement(c.PlacementID)
		if err != nil {
			return err
		}
		at := &pl.Caption
		if c.Field == FieldAlt {
			at = &pl.Alt
		}
		if *at == nil || **at != c.Before {
			return ErrChanged
		}
		*at = &c.After
		return t.UpdatePlacement(pl)
	}
	ph, err := t.Photo(c.PhotoID)
	if err != nil {
		return err
	}
	if c.Field.Of(ph) != c.Before {
		return ErrChanged
	}
	c.Field.put(&ph, c.After)
	return t.UpdatePhoto(ph)
}

// changeList gathers changes, each place once.
type changeList struct {
	list []WordChange
	seen map[[3]any]bool
}

// add notes a change of words unless it changes nothing or its place has one.
func (l *changeList) add(w Words, f Field, after string, left []string) bool {
	before := w.Get(f)
	key := [3]any{w.Photo.ID, w.own(f), f}
	if before == after || l.seen[key] {
		return before == after
	}
	if l.seen == nil {
		l.seen = map[[3]any]bool{}
	}
	l.seen[key] = true
	l.list = append(l.list, WordChange{
		PhotoID: w.Photo.ID, PlacementID: w.own(f), Name: w.Photo.Name, Field: f, Before: before, After: after, Left: left,
	})
	return true
}
