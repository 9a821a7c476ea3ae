package page

// This file owns what the renderer is given, and what it refuses.

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"photodesk/project"
)

// Candidate is one derivative: a path relative to the bundle, with forward
// slashes, and its width in pixels.
type Candidate struct {
	Path  string
	Width int
}

// Source is one format of a photo, its candidates in any order.
type Source struct {
	MediaType  string // for example "image/webp"
	Candidates []Candidate
}

// Photo is a photo of the library with its derivatives.
type Photo struct {
	project.Photo
	// Width and Height are pixels after the recipe, in the ratio of the largest derivative.
	Width, Height int
	Placeholder   string   // #rrggbb, the dominant colour; "" for none
	Sources       []Source // modern formats first, JPEG last
	Full          string   // path of the largest JPEG, where the photo's link leads
	Key           string   // first 12 hexadecimal digits of the original's SHA-256
}

// Input is everything that a page is made of.
type Input struct {
	Essay      *project.Essay
	Photos     map[int64]Photo // by project.Photo.ID; every photo of the essay
	ProjectUID string          // with Essay.UID it names the essay to the vote widget
	Theme      Theme
	Card       string    // path of a 1200×630 JPEG of the photo that CardPhoto names, or ""
	Published  time.Time // in the zone that readers are told days in; zero where unknown
	Modified   time.Time // zero where unknown
	Version    string    // of Photodesk

	// VotesURL is the address of the vote service that counts, by the protocol
	// of package votes: absolute, https except on a loopback host, with or without a
	// path, no query, no fragment. "" leaves votes on the reader's device.
	VotesURL string
	// Subject gives the signed name of the essay ("essay", "") or of a photo
	// ("photo" and its Key) to the service. Needed with VotesURL; never gives "".
	Subject func(kind, photoKey string) string
}

// File is one file of a bundle.
type File struct {
	Path      string // relative to the bundle, forward slashes
	Data      []byte
	MediaType string
}

// ErrInput is wrapped by every error about what Render was given.
var ErrInput = errors.New("page can't be made")

var (
	keyPattern  = regexp.MustCompile(`^[0-9a-f]{12}$`)
	pathPattern = regexp.MustCompile(`^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$`)
	tonePattern = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// check finds what would make a broken page. What an editor can mend (words
// that are missing) is the business of package export's check, not of this one.
func (in Input) check() error {
	if in.Essay == nil {
		return fmt.Errorf("%w: no essay", ErrInput)
	}
	if in.VotesURL != "" && in.Subject == nil {
		return fmt.Errorf("%w: a vote service without names for what it counts", ErrInput)
	}
	if in.Card != "" {
		if err := checkPath(in.Card); err != nil {
			return err
		}
	}
	for _, id := range in.Essay.PhotoIDs() {
		p, ok := in.Photos[id]
		if !ok {
			return fmt.Errorf("%w: photo %d is in the essay but was not given", ErrInput, id)
		}
		if err := p.check(); err != nil {
			return fmt.Errorf("photo %q: %w", p.Name, err)
		}
	}
	return nil
}

func (p Photo) check() error {
	switch {
	case !keyPattern.MatchString(p.Key):
		return fmt.Errorf("%w: key %q is not 12 hexadecimal digits", ErrInput, p.Key)
	case p.Width <= 0 || p.Height <= 0:
		return fmt.Errorf("%w: it measures %d×%d", ErrInput, p.Width, p.Height)
	case p.Placeholder != "" && !tonePattern.MatchString(p.Placeholder):
		return fmt.Errorf("%w: placeholder %q is not #rrggbb", ErrInput, p.Placeholder)
	case len(p.Sources) == 0:
		return fmt.Errorf("%w: it has no derivatives", ErrInput)
	}
	if err := checkPath(p.Full); err != nil {
		return err
	}
	for _, s := range p.Sources {
		if len(s.Candidates) == 0 {
			return fmt.Errorf("%w: it has no derivatives in %s", ErrInput, s.MediaType)
		}
		for _, c := range s.Candidates {
			if err := checkPath(c.Path); err != nil {
				return err
			}
			if c.Width <= 0 {
				return fmt.Errorf("%w: derivative %s is %d wide", ErrInput, c.Path, c.Width)
			}
		}
	}
	return nil
}

// checkPath takes what a srcset can hold unescaped and what stays in the bundle.
func checkPath(p string) error {
	if !pathPattern.MatchString(p) || path.Clean(p) != p || strings.HasPrefix(p, "..") {
		return fmt.Errorf("%w: %q is no path inside a bundle", ErrInput, p)
	}
	return nil
}

// CardPhoto names the photo of an essay that may stand on a social card and in
// the embed: the first in reading order that is not covered. Reports false
// where there is none.
func CardPhoto(e *project.Essay, covered func(photoID int64) bool) (photoID int64, ok bool) {
	for _, id := range e.PhotoIDs() {
		if !covered(id) {
			return id, true
		}
	}
	return 0, false
}
