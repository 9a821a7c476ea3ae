package project

// This file owns what an essay is: its head, its blocks in order, and the
// placements of photos in them. Plain values; SQLite is in store_*.go.

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"photodesk/project/photo"
)

// BlockKind says what a block is.
type BlockKind string

// The kinds of block an essay is made of.
const (
	KindText    BlockKind = "text"    // one paragraph or several, with bold, italic and links
	KindHeading BlockKind = "heading" // a heading inside the story
	KindQuote   BlockKind = "quote"   // a pull quote with its attribution
	KindPhoto   BlockKind = "photo"   // one placement
	KindGallery BlockKind = "gallery" // several placements, see Layout
	KindCompare BlockKind = "compare" // two placements, before and after
	KindDivider BlockKind = "divider" // a pause in the story
	KindVote    BlockKind = "vote"    // the essay's vote widget, at a place of the editor's choice
)

// Kinds lists every block kind in the order an inserter offers them.
var Kinds = []BlockKind{KindText, KindHeading, KindQuote, KindPhoto, KindGallery, KindCompare, KindDivider, KindVote}

// Layout says how a gallery shows its photos.
type Layout string

// The layouts of a gallery block.
const (
	LayoutGrid      Layout = "grid"
	LayoutPair      Layout = "pair"
	LayoutSlideshow Layout = "slideshow"
)

// Width says how far a photo reaches beyond the text column.
type Width string

// The widths of a placement.
const (
	WidthColumn Width = "column"
	WidthWide   Width = "wide"
	WidthFull   Width = "full"
)

// Status says how far an essay has come.
type Status string

// The states of an essay.
const (
	StatusDraft Status = "draft"
	StatusReady Status = "ready"
)

// Essay is one photo essay with its blocks in order.
type Essay struct {
	ID         int64
	UID        string // names the essay to the vote widget; never changes
	Slug       string // names the essay to people and folders; unique in the project
	Headline   string
	Standfirst string
	Byline     string
	Dateline   string
	Lang       string // BCP 47, for example "en" or "ar"
	Dir        string // "ltr" or "rtl"
	Theme      string // "" is the default theme
	Votes      bool   // whether the essay has a vote widget at its end
	VoteRules  VoteRules
	// RulesAt is when VoteRules were last changed, also by an undo; zero for an
	// essay that never had any. Every change makes it later.
	RulesAt   time.Time
	Canonical string // where the essay will be read, an absolute URL, or ""
	// Published is when the essay came out or will, as the editor says: to the second, in the zone in which it was
	// written; zero where nobody said. No export and no publishing sets it.
	Published time.Time
	Status    Status
	CreatedAt time.Time
	UpdatedAt time.Time
	Blocks    []Block
	// Corrections stand at the end of the essay, oldest first.
	Corrections []Correction
}

// VoteRules are what the voters on an essay and its photos are held to. The zero
// value holds them to nothing.
type VoteRules struct {
	// Opens and Closes are when votes are first taken and no longer, to the second,
	// in the zone in which the editor wrote them; zero for no such moment. Compare
	// rules by Same.
	Opens, Closes time.Time
	UpvotesOnly   bool // no downvotes
	Hidden        bool // who has not voted sees no results, until voting closes
	SignIn        bool // who has no account at the vote service can't vote
}

// None reports whether there is no rule.
func (r VoteRules) None() bool { return r.Same(VoteRules{}) }

// Same reports whether two say the same, at the same moments.
func (r VoteRules) Same(other VoteRules) bool {
	return r.Opens.Equal(other.Opens) && r.Closes.Equal(other.Closes) &&
		r.UpvotesOnly == other.UpvotesOnly && r.Hidden == other.Hidden && r.SignIn == other.SignIn
}

// Block is one piece of an essay.
type Block struct {
	ID          int64
	EssayID     int64
	Kind        BlockKind
	Text        string // text (paragraphs apart by a blank line; inline markup as Spans reads it), heading, quote
	Attribution string // who is quoted
	Layout      Layout // of a gallery
	Placements  []Placement
}

// Placement is a photo in a block, with what this story says of it.
type Placement struct {
	ID      int64
	BlockID int64
	PhotoID int64
	Caption *string // nil: the photo's own caption
	Alt     *string // nil: the photo's own alt text
	Width   Width
	Vote    bool   // whether the photo has a vote widget of its own
	Pasted  string // the caption line as it was pasted, kept raw; "" when not pasted
}

// Correction is a dated note to the reader.
type Correction struct {
	ID      int64
	EssayID int64
	At      time.Time
	Text    string
}

// CaptionOf is the caption the story shows for the placed photo.
func (pl Placement) CaptionOf(ph Photo) string {
	if pl.Caption != nil {
		return *pl.Caption
	}
	return ph.Caption
}

// AltOf is the alt text the story gives the placed photo.
func (pl Placement) AltOf(ph Photo) string {
	if pl.Alt != nil {
		return *pl.Alt
	}
	return ph.Alt
}

// Votable reports whether readers can vote on anything of the essay.
func (e *Essay) Votable() bool {
	if e.Votes {
		return true
	}
	for _, b := range e.Blocks {
		if b.Kind == KindVote || slices.ContainsFunc(b.Placements, func(pl Placement) bool { return pl.Vote }) {
			return true
		}
	}
	return false
}

// PhotoIDs lists the photos of the essay in reading order, each once.
func (e *Essay) PhotoIDs() []int64 {
	var ids []int64
	seen := map[int64]bool{}
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			if !seen[pl.PhotoID] {
				seen[pl.PhotoID] = true
				ids = append(ids, pl.PhotoID)
			}
		}
	}
	return ids
}

// ErrInvalid is wrapped by every error about a value that a project does not take.
var ErrInvalid = errors.New("not valid")

// SlugError says why a slug is none; it wraps ErrInvalid.
type SlugError struct {
	Slug string
	photo.Sentence
}

func (e *SlugError) Error() string {
	return fmt.Sprintf("slug %q is %v: %s", e.Slug, ErrInvalid, e.Sentence)
}

// Unwrap is ErrInvalid.
func (e *SlugError) Unwrap() error { return ErrInvalid }

// Validate checks the essay's own fields, not its blocks.
func (e *Essay) Validate() error {
	if err := ValidSlug(e.Slug); err != nil {
		return err
	}
	if e.Dir != "ltr" && e.Dir != "rtl" {
		return fmt.Errorf("direction %q is %w: use ltr or rtl", e.Dir, ErrInvalid)
	}
	for _, m := range []struct {
		at time.Time
		of string
	}{{e.Published, "of publication"}, {e.VoteRules.Opens, "for votes"}, {e.VoteRules.Closes, "for votes"}} {
		if unix := m.at.Unix(); !m.at.IsZero() && (unix < 1 || unix > math.MaxUint32) {
			return fmt.Errorf("the time %s %s is %w: it lies before 1970 or after 2105", m.at.Format(time.DateOnly), m.of, ErrInvalid)
		}
	}
	return nil
}

// ValidSlug checks that a slug can name a folder on any system and a part of
// an address: lowercase letters, digits and single hyphens, at most 80.
func ValidSlug(slug string) error {
	bad := func(pattern string, values ...any) error {
		return &SlugError{slug, photo.Sentence{Pattern: pattern, Values: values}}
	}
	switch {
	case slug == "":
		return bad("it is empty; use a few words joined by hyphens")
	case len(slug) > 80:
		return bad("it is longer than 80 characters")
	case strings.HasPrefix(slug, "-"), strings.HasSuffix(slug, "-"), strings.Contains(slug, "--"):
		return bad("hyphens stand between words, one at a time")
	}
	for _, r := range slug {
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
			return bad("“%s” is not a lowercase letter, digit or hyphen", string(r))
		}
	}
	return nil
}

// Validate checks one block by itself.
func (b *Block) Validate() error {
	known := false
	for _, k := range Kinds {
		known = known || b.Kind == k
	}
	if !known {
		return fmt.Errorf("block kind %q is %w", b.Kind, ErrInvalid)
	}
	if b.Kind == KindGallery {
		switch b.Layout {
		case LayoutGrid, LayoutPair, LayoutSlideshow:
		default:
			return fmt.Errorf("gallery layout %q is %w: use grid, pair or slideshow", b.Layout, ErrInvalid)
		}
	}
	return nil
}
