package photo

// This file owns the fields, and which reading of a field becomes the photo's own where several parts of the file have one.

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	fieldCaption       = "caption"
	fieldCaptionWriter = "captionWriter"
	fieldByline        = "byline"
	fieldBylineTitle   = "bylineTitle"
	fieldCredit        = "credit"
	fieldSource        = "source"
	fieldCopyright     = "copyright"
	fieldHeadline      = "headline"
	fieldTitle         = "title"
	fieldCity          = "city"
	fieldState         = "state"
	fieldCountry       = "country"
	fieldInstructions  = "instructions"
	fieldUsageTerms    = "usageTerms"
	fieldAltText       = "altText"
	fieldDescription   = "description"
	fieldSourceType    = "sourceType"
	fieldKeywords      = "keywords"
	fieldTakenAt       = "takenAt"
	fieldEmbargo       = "embargoUntil"
	fieldExpires       = "expiresOn"
)

// Fields are the names that Reading.Field and Info.Disagree use, which are also the JSON names of Words.
func Fields() []string {
	return []string{
		fieldCaption, fieldCaptionWriter, fieldByline, fieldBylineTitle, fieldCredit, fieldSource, fieldCopyright,
		fieldHeadline, fieldTitle, fieldCity, fieldState, fieldCountry, fieldInstructions, fieldUsageTerms, fieldAltText,
		fieldDescription, fieldSourceType, fieldKeywords, fieldTakenAt, fieldEmbargo, fieldExpires,
	}
}

// text is where w keeps a field, nil for keywords and unknown ones.
func (w *Words) text(field string) *string {
	switch field {
	case fieldCaption:
		return &w.Caption
	case fieldCaptionWriter:
		return &w.CaptionWriter
	case fieldByline:
		return &w.Byline
	case fieldBylineTitle:
		return &w.BylineTitle
	case fieldCredit:
		return &w.Credit
	case fieldSource:
		return &w.Source
	case fieldCopyright:
		return &w.Copyright
	case fieldHeadline:
		return &w.Headline
	case fieldTitle:
		return &w.Title
	case fieldCity:
		return &w.City
	case fieldState:
		return &w.State
	case fieldCountry:
		return &w.Country
	case fieldInstructions:
		return &w.Instructions
	case fieldUsageTerms:
		return &w.UsageTerms
	case fieldAltText:
		return &w.AltText
	case fieldDescription:
		return &w.Description
	case fieldSourceType:
		return &w.SourceType
	case fieldTakenAt:
		return &w.TakenAt
	case fieldEmbargo:
		return &w.EmbargoUntil
	case fieldExpires:
		return &w.ExpiresOn
	}
	return nil
}

// Value is the text of a field by its name in Fields; keywords are joined with ", ".
func (w Words) Value(field string) string {
	if field == fieldKeywords {
		return strings.Join(w.Keywords, ", ")
	}
	if p := w.text(field); p != nil {
		return *p
	}
	return ""
}

// choose fills Words, Disagree and Sensitive from the readings, which come preferred origin first.
func (info *Info) choose() {
	for _, field := range Fields() {
		byOrigin := firstByOrigin(info.Found, field)
		if len(byOrigin) == 0 {
			continue
		}
		if field == fieldKeywords {
			info.Words.Keywords = keywords(info.Found, byOrigin[0].Origin)
		} else {
			*info.Words.text(field) = fullest(field, byOrigin)
		}
		if disagree(info.Found, field, byOrigin) {
			info.Disagree = append(info.Disagree, field)
		}
	}
	for _, r := range info.Found {
		if (r.Field == fieldInstructions || r.Field == fieldKeywords) && smout.MatchString(r.Value) {
			info.Sensitive = true
		}
	}
}

// Disagreeing lists the fields whose readings differ, in the order of Fields: what Info.Disagree said when they were read.
func Disagreeing(found []Reading) []string {
	var out []string
	for _, field := range Fields() {
		if byOrigin := firstByOrigin(found, field); len(byOrigin) > 0 && disagree(found, field, byOrigin) {
			out = append(out, field)
		}
	}
	return out
}

// smout is a whole word: neither Portsmouth nor Smouthe.
var smout = regexp.MustCompile(`(?i)(?:^|[^\pL\pN_])smout(?:$|[^\pL\pN_])`)

// firstByOrigin is each origin's leading reading of a field: the one without another language where there are several.
func firstByOrigin(found []Reading, field string) []Reading {
	var out []Reading
	for _, r := range found {
		if r.Field != field {
			continue
		}
		i := slices.IndexFunc(out, func(o Reading) bool { return o.Origin == r.Origin })
		if i < 0 {
			out = append(out, r)
		} else if r.Lang == langDefault && out[i].Lang != langDefault {
			out[i] = r
		}
	}
	return out
}

func keywords(found []Reading, origin string) []string {
	var out []string
	for _, r := range found {
		if r.Field == fieldKeywords && r.Origin == origin && !slices.Contains(out, r.Value) {
			out = append(out, r.Value)
		}
	}
	return out
}

// fullest is the preferred reading, or for a time one of the others that says the same to the second.
func fullest(field string, readings []Reading) string {
	value := readings[0].Value
	if field == fieldTakenAt {
		for _, r := range readings[1:] {
			if len(r.Value) > len(value) && strings.HasPrefix(r.Value, value) {
				value = r.Value
			}
		}
	}
	return value
}

func disagree(found []Reading, field string, readings []Reading) bool {
	for i, a := range readings {
		for _, b := range readings[i+1:] {
			if field == fieldKeywords {
				if !sameSet(keywords(found, a.Origin), keywords(found, b.Origin)) {
					return true
				}
			} else if !agree(field, a, b) {
				return true
			}
		}
	}
	return false
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.EqualFunc(a, b, sameWord)
}

// sameWord forgives a keyword that IIM cut at its 64 bytes.
func sameWord(a, b string) bool { return a == b || cutAt(a, b, 64) || cutAt(b, a, 64) }

// agree reports whether two readings say the same, though one may be cut by IIM's limits or tell the time less exactly.
func agree(field string, a, b Reading) bool {
	av, bv := squeeze(a.Value), squeeze(b.Value)
	if av == bv {
		return true
	}
	switch field {
	case fieldTakenAt, fieldEmbargo, fieldExpires:
		return sameTime(av, bv)
	}
	limit := iimLimit(field)
	return a.Origin == OriginIIM && cutAt(av, bv, limit) || b.Origin == OriginIIM && cutAt(bv, av, limit)
}

// sameTime reports whether two ISO 8601 times are one instant, or one is the other told less exactly.
func sameTime(a, b string) bool {
	at, errA := time.Parse(time.RFC3339, a)
	bt, errB := time.Parse(time.RFC3339, b)
	if errA == nil && errB == nil {
		return at.Truncate(time.Second).Equal(bt.Truncate(time.Second))
	}
	a, b = secondFraction.ReplaceAllString(a, "$1"), secondFraction.ReplaceAllString(b, "$1")
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

var secondFraction = regexp.MustCompile(`(:\d\d)\.\d+`)

// cutAt reports whether short is long, cut at about limit bytes: a whole rune or a trimmed space may be missing too.
func cutAt(short, long string, limit int) bool {
	return limit > 0 && len(short) >= limit-4 && strings.HasPrefix(long, short)
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
