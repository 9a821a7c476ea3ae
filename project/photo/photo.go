// Package photo knows one photograph: what format its bytes are in, how large it is, which words its supplier left inside
// it, and how its pixels look once they are upright, in sRGB and developed by the editor's recipe.
//
// The original is bytes in memory and is never altered. Work goes one way:
//
//	bytes ── Inspect ──▶ *Info            header, bounds and words; no pixels
//	bytes ── Decode ───▶ *image.NRGBA     upright, sRGB, perhaps at a fraction of the size
//	pixels ─ Develop ──▶ *image.NRGBA     redacted, turned, straightened, cropped, toned
//
// No bytes, however broken, make the package panic: each entry point recovers for the file it was given.
package photo

// Limits bound what a file may ask of the machine. They are checked against the header, before pixels are allocated.
type Limits struct {
	Bytes    int64 // size of the file
	Pixels   int   // width times height
	Metadata int   // bytes of one XMP packet, IIM block or colour profile
}

// DefaultLimits admit a stitched panorama of a 100-megapixel camera and refuse decompression bombs.
var DefaultLimits = Limits{Bytes: 512 << 20, Pixels: 150_000_000, Metadata: 8 << 20}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Pixels <= 0 {
		l.Pixels = DefaultLimits.Pixels
	}
	if l.Metadata <= 0 {
		l.Metadata = DefaultLimits.Metadata
	}
	return l
}

// Info is what can be known of a photograph without decoding its pixels.
type Info struct {
	Format        Format
	Width, Height int    // pixels as displayed, after orientation
	Orientation   int    // EXIF orientation, 1 to 8; 1 is upright
	Profile       string // "sRGB", "Display P3", "Adobe RGB (1998)", …; "" when the file says nothing
	Words         Words
	Found         []Reading // every reading as found, preferred origin first
	Disagree      []string  // fields whose readings differ, in the order of Fields
	Sensitive     bool      // marked SMOUT, the agencies' word for graphic content
	GPS           bool      // the file says where it was taken
	Warnings      []Sentence
	// Damaged says that pixels are missing or may be wrong, of which Warnings tell; Lost is how many percent of the picture
	// are missing and shown grey, as far as the file tells.
	Damaged bool
	Lost    int
}

// Words are the words a photograph carries, under the newsroom's names. The zero value of a field means "not said".
type Words struct {
	Caption       string   `json:"caption,omitempty"`
	CaptionWriter string   `json:"captionWriter,omitempty"`
	Byline        string   `json:"byline,omitempty"` // several names are joined with ", "
	BylineTitle   string   `json:"bylineTitle,omitempty"`
	Credit        string   `json:"credit,omitempty"`
	Source        string   `json:"source,omitempty"`
	Copyright     string   `json:"copyright,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	Title         string   `json:"title,omitempty"`
	City          string   `json:"city,omitempty"`
	State         string   `json:"state,omitempty"`
	Country       string   `json:"country,omitempty"`
	Instructions  string   `json:"instructions,omitempty"`
	UsageTerms    string   `json:"usageTerms,omitempty"`
	AltText       string   `json:"altText,omitempty"`
	Description   string   `json:"description,omitempty"` // the extended description for accessibility
	SourceType    string   `json:"sourceType,omitempty"`  // IPTC digital source type, a URI; says what was made by a machine
	Keywords      []string `json:"keywords,omitempty"`
	TakenAt       string   `json:"takenAt,omitempty"`      // ISO 8601, with a zone only where one is known
	EmbargoUntil  string   `json:"embargoUntil,omitempty"` // YYYY-MM-DD, or as long as XMP says it
	ExpiresOn     string   `json:"expiresOn,omitempty"`    // YYYY-MM-DD, or as long as XMP says it
}

// The origins of a Reading, in order of preference.
const (
	OriginXMP  = "XMP"
	OriginIIM  = "IPTC-IIM"
	OriginEXIF = "EXIF"
)

// Reading is one value as one part of the file states it.
type Reading struct {
	Field  string `json:"field"`  // one of Fields
	Origin string `json:"origin"` // OriginXMP, OriginIIM or OriginEXIF
	Value  string `json:"value"`
	Lang   string `json:"lang,omitempty"` // BCP 47 tag or "x-default", where XMP gives one
}
