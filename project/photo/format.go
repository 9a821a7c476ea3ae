package photo

// This file owns recognition: a photograph is known by its bytes, never by its name.

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Format names how a photograph's bytes are laid out.
type Format string

// The formats that are recognised. AVIF and HEIC are recognised so that they can be refused by name.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	GIF  Format = "gif"
	WebP Format = "webp"
	TIFF Format = "tiff"
	AVIF Format = "avif"
	HEIC Format = "heic"
)

// Label is the format as people write it, "JPEG" or "WebP".
func (f Format) Label() string {
	if f == WebP {
		return "WebP"
	}
	return strings.ToUpper(string(f))
}

// Ext is the usual file name extension with its dot, ".jpg" or ".webp".
func (f Format) Ext() string {
	switch f {
	case JPEG:
		return ".jpg"
	case TIFF:
		return ".tif"
	}
	return "." + string(f)
}

// MediaType is the registered media type, as in "image/jpeg".
func (f Format) MediaType() string { return "image/" + string(f) }

// Recognise tells the format from the first bytes of a file; 64 are enough, 512 make for better reasons.
// It returns ErrEmpty or ErrNotPhoto with what the bytes look like instead.
func Recognise(head []byte) (Format, error) {
	switch {
	case len(head) == 0:
		return "", ErrEmpty
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return GIF, nil
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return WebP, nil
	case bytes.HasPrefix(head, []byte("II*\x00\x10\x00\x00\x00CR")):
		return "", Refuse(ErrNotPhoto, "is not a photograph: a camera raw file; develop it to JPEG first")
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return TIFF, nil
	}
	if f, ok := recogniseHEIF(head); ok {
		return f, nil
	}
	return "", Refuse(ErrNotPhoto, looksLike(head))
}

// recogniseHEIF reads the brands of an ISO base media file (ISO/IEC 14496-12, ftyp box).
func recogniseHEIF(head []byte) (Format, bool) {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return "", false
	}
	size := int(head[2])<<8 | int(head[3])
	end := min(max(size, 12), len(head))
	for at := 8; at+4 <= end; at += 4 {
		switch string(head[at : at+4]) {
		case "avif", "avis":
			return AVIF, true
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return HEIC, true
		}
	}
	return "", false
}

var lookalikes = []struct{ prefix, pattern string }{
	{"%PDF", "is not a photograph: a PDF"},
	{"PK\x03\x04", "is not a photograph: a zip archive or an office file"},
	{"8BPS", "is not a photograph: a Photoshop file; save it as JPEG"},
	{"\xd0\xcf\x11\xe0", "is not a photograph: an old office file"},
	{"BM", "is not a photograph: a Windows bitmap; save it as JPEG"},
	{"{\\rtf", "is not a photograph: rich text"},
	{"\x1aE\xdf\xa3", "is not a photograph: a film"},
	{"ID3", "is not a photograph: sound"},
	{"<svg", "is not a photograph: a drawing (SVG)"},
	{"<!DOCTYPE", "is not a photograph: a web page"},
	{"<!doctype", "is not a photograph: a web page"},
	{"<html", "is not a photograph: a web page"},
	{"FUJIFILMCCD-RAW", "is not a photograph: a camera raw file; develop it to JPEG first"},
}

func looksLike(head []byte) string {
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, l := range lookalikes {
		if bytes.HasPrefix(trimmed, []byte(l.prefix)) {
			return l.pattern
		}
	}
	if len(head) >= 8 && string(head[4:8]) == "ftyp" {
		return "is not a photograph: a film or a camera raw file"
	}
	if isText(head) {
		return "is not a photograph: plain text"
	}
	return "is not a photograph: unknown bytes"
}

func isText(head []byte) bool {
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 && len(head)-i >= utf8.UTFMax {
			return false
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' {
			return false
		}
		i += n
	}
	return true
}
