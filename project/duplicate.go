package project

// This file owns copying an essay: within its project, and into another one
// with its photos.

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// DuplicateEssay adds a copy of an essay to the same project, under a slug of
// its own, and returns its id.
func (p *Project) DuplicateEssay(ctx context.Context, essay int64) (int64, error) {
	var id int64
	err := p.Edit(ctx, p.label("Duplicate essay"), func(t *Tx) error {
		e, err := t.Essay(essay)
		if err != nil {
			return err
		}
		id, err = t.addCopy(e, nil)
		return err
	})
	return id, err
}

// CopyEssayTo adds a copy of an essay with its photos to another project and
// returns the essay's id there. A photo that is there already is used as it is.
// progress may be nil.
func (p *Project) CopyEssayTo(ctx context.Context, essay int64, other *Project, progress func(done, total int, name string)) (int64, error) {
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return 0, err
	}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return 0, err
	}
	list := slices.SortedFunc(maps.Values(photos), func(a, b Photo) int { return cmp.Compare(a.ID, b.ID) })
	if err := eachOriginal(ctx, list, progress, func(ph Photo) error {
		data, err := p.Original(ph)
		if err != nil {
			return err
		}
		return other.keepOriginal(data, ph.SHA256, ph.Format)
	}); err != nil {
		return 0, fmt.Errorf("copy essay %s to %s: %w", e.Slug, other.Name(), err)
	}
	var id int64
	err = other.Edit(ctx, p.label("Copy essay %s", e.Slug), func(t *Tx) error {
		ids := map[int64]int64{}
		for _, old := range e.PhotoIDs() {
			ph := photos[old]
			known, err := t.photoBySHA(ph.SHA256)
			if err == nil {
				ids[old] = known.ID
				continue
			}
			if ids[old], err = t.AddPhoto(ph); err != nil {
				return err
			}
			found, err := p.Found(ctx, ph)
			if err != nil {
				return err
			}
			if err := t.putFound(ph.SHA256, found); err != nil {
				return err
			}
		}
		id, err = t.addCopy(e, ids)
		return err
	})
	return id, err
}

// addCopy adds the essay as a new one: a new name to vote widgets, a free slug,
// no status, not yet published, and its photos by the ids of this project (nil: the same).
func (t *Tx) addCopy(e *Essay, ids map[int64]int64) (int64, error) {
	head := *e
	head.UID, head.Status, head.Canonical, head.Published = "", StatusDraft, "", time.Time{}
	var err error
	if head.Slug, err = t.FreeSlug(e.Slug); err != nil {
		return 0, err
	}
	id, err := t.AddEssay(head)
	if err != nil {
		return 0, err
	}
	last := int64(0)
	for _, b := range e.Blocks {
		for i := range b.Placements {
			if ids != nil {
				b.Placements[i].PhotoID = ids[b.Placements[i].PhotoID]
			}
		}
		if last, err = t.AddBlock(id, last, b); err != nil {
			return 0, err
		}
	}
	return id, nil
}
