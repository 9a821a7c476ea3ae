// Package derive makes the derivatives of a photograph: the sizes and formats that a reader's browser chooses from.
//
// The original is decoded once, no larger than the widest derivative needs; each size is made from the next larger one;
// encoders run beside each other:
//
//	original ─▶ decode at scale ─▶ develop ─▶ 2240 ─▶ 1600 ─▶ 960 ─▶ 480
//	                                           │       │       │      │
//	                                       WebP+JPEG  …       …      …   + words, sRGB
//
// A derivative carries the words that credit and describe the photo, and nothing else of the original: no place, serial
// number, owner's name or embedded preview. The same job gives the same bytes wherever the encoders are the same.
package derive

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"slices"

	"photodesk/project/photo"
)

// The formats of a Spec.
const (
	JPEG = "jpeg"
	WebP = "webp"
	AVIF = "avif"
)

// The qualities that look alike in all formats.
const (
	QualityJPEG = 82
	QualityWebP = 80
	QualityAVIF = 63
)

// Policy says which words of an original its derivatives carry. No policy lets a place, a serial number, an owner's name or
// an embedded preview through.
type Policy string

// The policies.
const (
	PolicyCredit         Policy = ""                 // what credits and describes the photo; nothing else
	PolicyAllButLocation Policy = "all-but-location" // that, and all the other words and camera settings that name no place
	PolicyNone           Policy = "none"             // no words at all
)

// ErrChanged says that an original is no longer the file that the project knows by its hash.
var ErrChanged = errors.New("the original has been changed since it was imported")

// Spec asks for one derivative.
type Spec struct {
	Width   int    // pixels; a width beyond the photo's own gives the photo's own
	Format  string // JPEG, WebP or AVIF
	Quality int    // 1 to 100; 0 is the format's usual one
}

// Job is what to make of one photo.
type Job struct {
	Original string      // path of the original; read only where Data is nil and the cache can't answer
	Data     []byte      // the original's bytes, instead of Original
	SHA256   string      // of the original, in lower-case hex; "" computes it, else a changed original is refused
	Info     *photo.Info // nil inspects the original
	Recipe   photo.Recipe
	Words    photo.Words // what the derivatives say, as far as Policy lets them
	Policy   Policy
	Ground   color.NRGBA // what shows through a transparent photo; the zero value is white
	Measured bool        // let each photo's own likeness lower the qualities where nobody sees it; see measure.go
	Specs    []Spec
	Cache    *Cache // nil makes everything anew
	// Yield, where there is one, is asked before each step and may wait: the job then runs on the caller's thread alone, for
	// whom priority is a matter of that thread.
	Yield func(context.Context) error

	widths []int // of the specs, ascending; see chain
}

// File is one derivative in memory.
type File struct {
	Width, Height int
	Quality       int
	Format        string // JPEG, WebP or AVIF
	MediaType     string // "image/jpeg", "image/webp" or "image/avif"
	SHA256        string // of Data, in lower-case hex
	Data          []byte
}

// Result is what Make made.
type Result struct {
	Files         []File      // in the order of the job's specs
	Placeholder   color.NRGBA // opaque; shown until the photo arrives
	Width, Height int         // pixels of the developed photo at full size, for intrinsic sizes
	Made          int         // how many files the cache didn't have
}

// widths are the steps that serve phones, columns, wide and full-width placements at one to two device pixels.
var widths = []int{480, 960, 1600, 2240}

// maxSide is the longest side that a WebP can have (RFC 9649, section 2.5); derivatives of both formats keep to it.
const maxSide = 16383

// Widths are the derivative widths that suit a developed photo of w by h pixels, ascending. None is wider than the photo;
// one smaller than the first step has its own width, and there is always one.
func Widths(w, h int) []int {
	var out []int
	for _, width := range widths {
		if width <= w && heightAt(w, h, width) <= maxSide {
			out = append(out, width)
		}
	}
	if len(out) > 0 {
		return out
	}
	own := max(w, 1)
	for heightAt(w, h, own) > maxSide {
		own = max(1, min(own-1, own*maxSide/h))
	}
	return []int{own}
}

// Specs asks for every width in each format (JPEG and WebP where none is named) at its usual quality, ascending.
func Specs(widths []int, formats ...string) []Spec {
	if len(formats) == 0 {
		formats = []string{JPEG, WebP}
	}
	var out []Spec
	for _, w := range widths {
		for _, f := range formats {
			out = append(out, Spec{Width: w, Format: f})
		}
	}
	return out
}

// heightAt is the height of a w by h photo at another width.
func heightAt(w, h, width int) int {
	if w <= 0 {
		return max(h, 1)
	}
	return max(1, (h*width+w/2)/w)
}

// normal fills in defaults for a photo of this width.
func (s Spec) normal(photoWidth int) (Spec, error) {
	if !slices.Contains([]string{JPEG, WebP, AVIF}, s.Format) {
		return s, fmt.Errorf("unknown derivative format %q", s.Format)
	}
	if s.Width < 1 {
		return s, fmt.Errorf("derivative width %d: want at least 1", s.Width)
	}
	if s.Quality < 0 || s.Quality > 100 {
		return s, fmt.Errorf("derivative quality %d: want 0 to 100", s.Quality)
	}
	s.Width = min(s.Width, photoWidth)
	if s.Quality == 0 {
		s.Quality = map[string]int{JPEG: QualityJPEG, WebP: QualityWebP, AVIF: QualityAVIF}[s.Format]
	}
	return s, nil
}
