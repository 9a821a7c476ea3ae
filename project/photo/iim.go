package photo

// This file owns IPTC-IIM, the older of the two homes of a photograph's words (IPTC-NAA IIM 4.2), with the encodings
// that suppliers leave in it.

import (
	"bytes"
	"encoding/binary"
	"strings"
	"time"
)

// iimFields maps datasets of record 2 to fields; limit is the standard's length in bytes, at which suppliers' software
// really cuts.
var iimFields = map[byte]struct {
	field string
	limit int
}{
	5:   {fieldTitle, 64},
	25:  {fieldKeywords, 64},
	30:  {fieldEmbargo, 8},
	37:  {fieldExpires, 8},
	40:  {fieldInstructions, 256},
	80:  {fieldByline, 32},
	85:  {fieldBylineTitle, 32},
	90:  {fieldCity, 32},
	95:  {fieldState, 32},
	101: {fieldCountry, 64},
	105: {fieldHeadline, 256},
	110: {fieldCredit, 32},
	115: {fieldSource, 32},
	116: {fieldCopyright, 128},
	120: {fieldCaption, 2000},
	122: {fieldCaptionWriter, 32},
}

// iimLimit is the length in bytes at which IIM cuts a field, 0 where it has none.
func iimLimit(field string) int {
	for _, f := range iimFields {
		if f.field == field {
			return f.limit
		}
	}
	return 0
}

const maxDatasets = 5000

// parseIIM reads the datasets of a block. A cut block gives what came before the cut. Repeated bylines and keywords come
// as one reading each.
func parseIIM(block []byte) []Reading {
	utf8Said := false
	values := map[byte][]string{}
	var order []byte
	for n := 0; len(block) >= 5 && block[0] == 0x1c && n < maxDatasets; n++ {
		record, dataset := block[1], block[2]
		size := int(binary.BigEndian.Uint16(block[3:]))
		block = block[5:]
		if size&0x8000 != 0 { // extended: the low bits say how many bytes hold the length
			digits := size & 0x7fff
			if digits > 4 || digits > len(block) {
				break
			}
			size = 0
			for _, b := range block[:digits] {
				size = size<<8 | int(b)
			}
			block = block[digits:]
		}
		if size > len(block) {
			break
		}
		raw := block[:size]
		block = block[size:]
		switch {
		case record == 1 && dataset == 90:
			utf8Said = bytes.Equal(raw, []byte("\x1b%G"))
		case record == 2:
			if v := decodeText(raw, utf8Said); v != "" {
				if values[dataset] == nil {
					order = append(order, dataset)
				}
				values[dataset] = append(values[dataset], v)
			}
		}
	}
	var out []Reading
	for _, dataset := range order {
		f, known := iimFields[dataset]
		if !known {
			continue
		}
		vs := values[dataset]
		switch f.field {
		case fieldKeywords:
			for _, v := range vs {
				out = append(out, Reading{Field: f.field, Origin: OriginIIM, Value: v})
			}
			continue
		case fieldByline:
			vs = []string{strings.Join(vs, ", ")}
		case fieldEmbargo, fieldExpires:
			vs = []string{iimDate(vs[0])}
		}
		if vs[0] != "" {
			out = append(out, Reading{Field: f.field, Origin: OriginIIM, Value: vs[0]})
		}
	}
	if d := values[55]; len(d) > 0 {
		if date := iimDate(d[0]); date != "" {
			if t := values[60]; len(t) > 0 {
				date += iimTime(t[0])
			}
			out = append(out, Reading{Field: fieldTakenAt, Origin: OriginIIM, Value: date})
		}
	}
	return out
}

// iimDate turns CCYYMMDD, also as careless software writes it, into YYYY-MM-DD; "" for what is no date.
func iimDate(s string) string {
	for _, layout := range []string{"20060102", "2006-01-02", "2006:01:02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// iimTime turns HHMMSS with an optional ±HHMM into THH:MM:SS±HH:MM; "" for what is no time.
func iimTime(s string) string {
	s = strings.ReplaceAll(s, ":", "")
	if t, err := time.Parse("150405-0700", s); err == nil {
		return t.Format("T15:04:05-07:00")
	}
	if t, err := time.Parse("150405", s); err == nil {
		return t.Format("T15:04:05")
	}
	return ""
}
