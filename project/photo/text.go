package photo

// This file owns text as suppliers encode it: UTF-8, Windows-1252 taken for Latin-1, and UTF-8 encoded twice.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decodeText turns raw bytes into clean text. utf8Said is whether the file declares UTF-8; where it doesn't, bytes that
// are valid UTF-8 are taken for it all the same, since nothing else happens to be.
func decodeText(raw []byte, utf8Said bool) string {
	raw = trimCutRune(raw)
	var s string
	if utf8.Valid(raw) {
		s = undoDouble(string(raw))
	} else if utf8Said && len(raw) > 0 && mostlyUTF8(raw) {
		s = strings.ToValidUTF8(string(raw), "\ufffd")
	} else if b, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
		s = string(b)
	}
	return cleanText(s)
}

// trimCutRune drops a rune that a length limit cut in its middle, when all before it is UTF-8 with at least one other
// rune beyond ASCII to prove it.
func trimCutRune(raw []byte) []byte {
	for cut := 1; cut < utf8.UTFMax && cut < len(raw); cut++ {
		at := len(raw) - cut
		if utf8.RuneStart(raw[at]) && raw[at] >= utf8.RuneSelf && !utf8.FullRune(raw[at:]) {
			if head := raw[:at]; utf8.Valid(head) && utf8.RuneCount(head) < len(head) {
				return head
			}
		}
	}
	return raw
}

// mostlyUTF8 tells UTF-8 with a broken spot from Windows-1252 under a false flag.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good > bad
}

// cleanText trims what software pads with, makes line breaks uniform and drops control characters. Line breaks stay.
func cleanText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			return r
		}
		return -1
	}, s)
	return strings.TrimSpace(s)
}

// undoDouble undoes UTF-8 that was taken for Windows-1252 and encoded again ("RenÃ©e"), where that is unmistakable: every
// rune beyond ASCII must be part of such a pair, what comes out must be Western letters or typographic signs, and at least
// one pair must not be explainable as a letter before a dash or a quotation mark.
func undoDouble(s string) string {
	raw := make([]byte, 0, len(s))
	sure := false
	prev := rune(0)
	for _, r := range s {
		b, ok := windows1252(r)
		if !ok {
			return s
		}
		raw = append(raw, b)
		if prev >= utf8.RuneSelf && b >= 0x80 && b < 0xc0 && !unicode.Is(unicode.Pd, r) && !unicode.In(r, unicode.Pi, unicode.Pf) && r != '…' {
			sure = true
		}
		prev = r
	}
	if !sure || !utf8.Valid(raw) {
		return s
	}
	for _, r := range string(raw) {
		switch {
		case r < utf8.RuneSelf, r >= 0xa0 && r <= 0x17f, r >= 0x2010 && r <= 0x203a, r == '€', r == '™':
		default:
			return s
		}
	}
	return string(raw)
}

// windows1252 is the byte that Windows-1252, or Latin-1 in its unassigned places, has for r.
func windows1252(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
