package project

// This file owns the review of credit lines: those that were put into the
// house's shape, or that could not be read, beside what their supplier wrote.

import (
	"context"
	"slices"
	"strings"

	"photodesk/project/wording"
)

// CreditReading is a photo's credit line and what it was made from.
type CreditReading struct {
	Photo Photo
	Raw   string // as the supplier or the pasted story wrote it
	Clean string // in the house's shape; Raw where it could not be read
	Sure  bool   // false: it could not be read, and somebody should look
	Story bool   // it came with a pasted story, not with the file
}

// TakenBack reports whether the photo's line is as it was supplied, though it
// could be cleaned.
func (r CreditReading) TakenBack() bool { return r.Photo.CreditLine == r.Raw && r.Clean != r.Raw }

// CreditsToReview lists, in the order of import, every photo whose credit line
// was cleaned, whose cleaning was taken back, or whose credit could not be read.
// Lines that an editor wrote are not among them. only narrows it to these
// photos; nil is the whole library.
func (p *Project) CreditsToReview(ctx context.Context, only []int64) ([]CreditReading, error) {
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		return nil, err
	}
	placed, err := p.placements(ctx)
	if err != nil {
		return nil, err
	}
	pasted := map[int64][]string{}
	for _, pl := range placed {
		if pl.Pasted != "" && !slices.Contains(pasted[pl.PhotoID], pl.Pasted) {
			pasted[pl.PhotoID] = append(pasted[pl.PhotoID], pl.Pasted)
		}
	}
	wanted := map[int64]bool{}
	for _, id := range only {
		wanted[id] = true
	}
	var out []CreditReading
	for _, ph := range photos {
		if only != nil && !wanted[ph.ID] {
			continue
		}
		slices.Sort(pasted[ph.ID])
		if r, ok := creditReading(ph, pasted[ph.ID]); ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// creditReading finds what a photo's line was made from, if there is anything to review in it.
func creditReading(ph Photo, pasted []string) (CreditReading, bool) {
	line := strings.TrimSpace(ph.CreditLine)
	try := func(c wording.Credit, story bool) (CreditReading, bool) {
		raw := strings.TrimSpace(c.Raw)
		worth := c.Line != raw || !c.Sure
		if raw == "" || !worth || line != c.Line && line != raw {
			return CreditReading{}, false
		}
		return CreditReading{Photo: ph, Raw: raw, Clean: c.Line, Sure: c.Sure, Story: story}, true
	}
	if r, ok := try(wording.CreditLine(ph.Byline, ph.Credit), false); ok && ph.Credit != "" {
		return r, true
	}
	if ph.Credit == "" {
		if _, c, ok := wording.SplitCaption(ph.Caption); ok {
			if r, ok := try(c, false); ok {
				return r, true
			}
		}
	}
	for _, text := range pasted {
		if _, c, ok := wording.SplitCaption(text); ok {
			if r, ok := try(c, true); ok {
				return r, true
			}
		}
	}
	return CreditReading{}, false
}

// SetCreditLine writes the line that the page shows for a photo.
func (t *Tx) SetCreditLine(photo int64, line string) error {
	ph, err := t.Photo(photo)
	if err != nil {
		return err
	}
	ph.CreditLine = line
	return t.UpdatePhoto(ph)
}
