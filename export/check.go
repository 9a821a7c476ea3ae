package export

// This file owns Check: every problem that stands between an essay and its bundle.

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/project/wording"
)

// Severity says whether a problem stops an export.
type Severity string

// An editor can overrule a warning, never an error; a note is good to know.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Problem is one thing that is wrong with an essay, and where.
type Problem struct {
	Severity Severity
	Code     string // stable, for scripts: "no-credit", "no-alt", …
	// Pattern is its sentence in English, with a verb of fmt for each of Values,
	// and what a window finds its own language's sentence by.
	Pattern string
	Values  []any
	Name    string // of the photo it is about, or ""
	Photo   int64  // the photo it is about, or 0
	Block   int64  // the block it is in, or 0
	// Overruled is why an editor lets the warning pass, or nil.
	Overruled *project.Overruled
}

// Open reports a warning that nobody has overruled.
func (p Problem) Open() bool { return p.Severity == SeverityWarning && p.Overruled == nil }

// Sentence is what is wrong, in English.
func (p Problem) Sentence() string { return fmt.Sprintf(p.Pattern, p.Values...) }

// String is the sentence behind the name of the photo it is about.
func (p Problem) String() string {
	if p.Name == "" {
		return p.Sentence()
	}
	return p.Name + ": " + p.Sentence()
}

// said is what the values are known by.
func (p Problem) said() []string {
	said := make([]string, len(p.Values))
	for i, v := range p.Values {
		said[i] = fmt.Sprint(v)
	}
	return said
}

// ProblemsError stops an export: Check found errors.
type ProblemsError struct{ Problems []Problem }

func (e *ProblemsError) Error() string {
	var lines []string
	for _, p := range e.Problems {
		if p.Severity == SeverityError {
			lines = append(lines, p.String())
		}
	}
	return "the essay can't be exported yet: " + strings.Join(lines, "; ")
}

// maxCardHeadline is how many characters of a headline search engines and
// cards show (schema.org NewsArticle, as Google reads it).
const maxCardHeadline = 110

// Check lists what is wrong with an essay, in reading order; errors stop its
// export. It reads no original, only whether each is in its place.
func Check(ctx context.Context, p *project.Project, essay int64) ([]Problem, error) {
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return nil, err
	}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return nil, err
	}
	overruled, err := p.Overruled(ctx, essay)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	c := checker{project: p, photos: photos, today: now.Format(time.DateOnly), now: now, seen: map[int64]bool{}}
	c.essay(e)
	c.overrule(overruled)
	return c.problems, nil
}

// overrule marks the warnings that were overruled when they said the very same:
// of the same photo in the same block, with the same values, in whatever words.
func (c *checker) overrule(list []project.Overruled) {
	for i := range c.problems {
		p := &c.problems[i]
		if p.Severity != SeverityWarning {
			continue
		}
		for _, o := range list {
			if o.Code == p.Code && o.PhotoID == p.Photo && o.BlockID == p.Block && o.Says(p.said()) {
				p.Overruled = &o
			}
		}
	}
}

type checker struct {
	project  *project.Project
	photos   map[int64]project.Photo
	today    string
	now      time.Time
	seen     map[int64]bool
	problems []Problem
}

// add adds a problem of the essay, or of one of its blocks.
func (c *checker) add(s Severity, code string, block int64, pattern string, values ...any) {
	c.problems = append(c.problems, Problem{Severity: s, Code: code, Pattern: pattern, Values: values, Block: block})
}

// addOf adds a problem of a photo.
func (c *checker) addOf(ph project.Photo, s Severity, code string, block int64, pattern string, values ...any) {
	c.problems = append(c.problems, Problem{Severity: s, Code: code, Pattern: pattern, Values: values, Name: ph.Name, Photo: ph.ID, Block: block})
}

func (c *checker) essay(e *project.Essay) {
	if strings.TrimSpace(e.Headline) == "" {
		c.add(SeverityWarning, "no-headline", 0, "The essay has no headline.")
	} else if n := utf8.RuneCountInString(e.Headline); n > maxCardHeadline {
		c.add(SeverityWarning, "long-headline", 0,
			"The headline has %d characters; cards and search results cut it after %d.", n, maxCardHeadline)
	}
	switch {
	case len(e.Blocks) == 0:
		c.add(SeverityError, "empty-essay", 0, "The essay “%s” is empty; write its text and place its photos.", e.Slug)
	case len(e.PhotoIDs()) == 0:
		c.add(SeverityError, "no-photos", 0, "The essay “%s” has no photos; place at least one.", e.Slug)
	}
	if e.Published.After(c.now) {
		c.add(SeverityNote, "published-ahead", 0, "The time of publication lies ahead: %s. The page says that day already.", e.Published.Format("2006-01-02 15:04"))
	}
	c.voteRules(e)
	for _, b := range e.Blocks {
		c.block(b)
	}
}

// voteRules checks when votes are taken, and of whom.
func (c *checker) voteRules(e *project.Essay) {
	r := e.VoteRules
	if !e.Votable() {
		return
	}
	switch {
	case r.Closes.IsZero():
	case !r.Closes.After(r.Opens):
		c.add(SeverityError, "votes-close-first", 0, "Voting closes before it opens; change one of the times under Votes.")
	case !r.Closes.After(c.now):
		c.add(SeverityWarning, "votes-closed", 0, "Voting closed on %s; readers see the final result.", r.Closes.Format("2006-01-02 15:04"))
	}
	if r.SignIn {
		c.add(SeverityNote, "votes-sign-in", 0, "Readers sign in to vote, which takes a vote service with accounts.")
	}
}

func (c *checker) block(b project.Block) {
	switch {
	case b.Kind == project.KindCompare && len(b.Placements) != 2:
		c.add(SeverityWarning, "compare", b.ID, "A compare block shows two photos; this one has %d.", len(b.Placements))
	case b.Kind == project.KindGallery && len(b.Placements) == 0:
		c.add(SeverityWarning, "empty-block", b.ID, "A gallery block has no photo; it is left out.")
	case b.Kind == project.KindPhoto && len(b.Placements) == 0:
		c.add(SeverityWarning, "empty-block", b.ID, "A photo block has no photo; it is left out.")
	}
	for _, pl := range b.Placements {
		c.placement(b, pl)
	}
}

func (c *checker) placement(b project.Block, pl project.Placement) {
	ph := c.photos[pl.PhotoID]
	warn := func(code, pattern string, values ...any) {
		c.addOf(ph, SeverityWarning, code, b.ID, pattern, values...)
	}
	if !c.seen[ph.ID] {
		c.seen[ph.ID] = true
		c.photo(b, ph)
	} else {
		warn("photo-twice", "it is in the essay more than once.")
	}
	caption, alt := pl.CaptionOf(ph), pl.AltOf(ph)
	if strings.TrimSpace(caption) == "" {
		warn("no-caption", "it has no caption.")
	} else {
		for _, l := range wording.LintCaption(caption) {
			warn(l.Code, l.Pattern, l.Values...)
		}
	}
	if strings.TrimSpace(alt) == "" {
		warn("no-alt", "it has no alt text; readers who can't see it are told its caption instead.")
	} else {
		for _, l := range wording.LintAlt(alt, caption) {
			warn(l.Code, l.Pattern, l.Values...)
		}
	}
	if pl.Pasted != "" {
		if _, credit, ok := wording.SplitCaption(pl.Pasted); ok && credit.Line != ph.CreditLine {
			warn("credit-differs", "the pasted story credits “%s”, the photo “%s”.", credit.Line, ph.CreditLine)
		}
	}
	if w, _ := photo.Size(headerOf(ph), ph.Recipe); w < neededWidth[pl.Width] {
		warn("low-resolution", tooSmall[pl.Width], w, neededWidth[pl.Width])
	}
}

// neededWidth is how many pixels a width asks for on an ordinary screen.
var neededWidth = map[project.Width]int{project.WidthColumn: 680, project.WidthWide: 1080, project.WidthFull: 1600}

var tooSmall = map[project.Width]string{
	project.WidthColumn: "it is %d pixels wide, too small to be sharp at column width (%d).",
	project.WidthWide:   "it is %d pixels wide, too small to be sharp at wide width (%d).",
	project.WidthFull:   "it is %d pixels wide, too small to be sharp at full width (%d).",
}

// photo checks what is true of a photo wherever it stands.
func (c *checker) photo(b project.Block, ph project.Photo) {
	if strings.TrimSpace(ph.CreditLine) == "" {
		c.addOf(ph, SeverityError, "no-credit", b.ID, "it has no credit line.")
	}
	if !c.project.HasOriginal(ph) {
		c.addOf(ph, SeverityError, "missing-original", b.ID,
			"its original is missing or has changed; put it back into %s.", c.project.OriginalsDir())
	}
	if ph.Embargo != "" && ph.Embargo > c.today {
		c.addOf(ph, SeverityError, "embargoed", b.ID, "it is under embargo until %s; wait, or change the day under Rights.", ph.Embargo)
	}
	if ph.Expires != "" && ph.Expires <= c.today {
		c.addOf(ph, SeverityError, "expired", b.ID, "its licence ended on %s; renew it under Rights, or take the photo out.", ph.Expires)
	}
	if ph.GPS {
		c.addOf(ph, SeverityNote, "gps", b.ID, "its original says where it was taken; an export leaves that out.")
	}
}

func hasErrors(problems []Problem) bool {
	for _, p := range problems {
		if p.Severity == SeverityError {
			return true
		}
	}
	return false
}

// Overruling is what the project keeps when an editor overrules the warning.
func (p Problem) Overruling(essay int64, reason string) project.Overruled {
	return project.Overruled{EssayID: essay, Code: p.Code, PhotoID: p.Photo, BlockID: p.Block, Values: p.said(), Message: p.String(), Reason: reason}
}
