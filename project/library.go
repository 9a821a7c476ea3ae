package project

// This file owns what a photo of the library is, and how the library is asked
// for photos. Plain values; SQLite is in store_*.go.

import (
	"time"

	"photodesk/project/photo"
)

// Photo is one photograph of the library with its words. The original lies
// beside the project file under its SHA-256 and is never written again.
type Photo struct {
	ID     int64
	SHA256 string // of the original's bytes, 64 hexadecimal digits
	Name   string // the file name it came with
	Format photo.Format
	Bytes  int64
	// Width and Height are pixels as displayed, after orientation, before the recipe.
	Width, Height int
	Orientation   int // EXIF, 1 to 8
	Profile       string

	Caption     string
	Byline      string // the maker's name
	Credit      string // the credit field as the supplier filled it
	CreditLine  string // what the page shows; normalised from Byline and Credit, or the editor's own
	Source      string
	Copyright   string
	Headline    string
	City        string
	State       string
	Country     string
	Alt         string
	Description string // extended description
	Instruction string // special instructions
	UsageTerms  string
	SourceType  string // IPTC digital source type, a URI; how AI labels travel
	Keywords    []string
	TakenAt     string // ISO 8601 as the camera wrote it, zone only where it is known
	Embargo     string // YYYY-MM-DD, not to be shown before; or ""
	Expires     string // YYYY-MM-DD, not to be shown from then on; or ""
	Sensitive   bool   // covered until the reader chooses
	// SensitiveWhy is what the cover says, in the essay's language; "" is what it always says.
	SensitiveWhy string
	GPS          bool // whether the original tells where it was taken
	Recipe       photo.Recipe

	AddedAt time.Time
	Uses    int // placements in any essay
	// Lost says that the original is missing or has another size. Nobody stores
	// it: whoever shows photos asks HasOriginal.
	Lost bool
}

// Place is city, state and country as a line.
func (p Photo) Place() string {
	out := ""
	for _, s := range []string{p.City, p.State, p.Country} {
		if s == "" {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += s
	}
	return out
}

// Filter narrows the library; the zero Filter is every photo.
type Filter struct {
	Search    string // words, all of which occur in caption, credit, byline, name, headline, place or keywords
	Unused    bool   // in no essay
	NoCaption bool
	NoCredit  bool
	NoAlt     bool
	Sensitive bool
}

// Counts is how many photos each filter would leave.
type Counts struct {
	All, Unused, NoCaption, NoCredit, NoAlt, Sensitive int
}
