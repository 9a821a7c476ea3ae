package project

// This file owns originals that went missing or were changed: finding them
// out, and finding them again under any name, by hash.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// OriginalState says how an original is.
type OriginalState string

// The states of an original.
const (
	OriginalMissing OriginalState = "missing"
	OriginalChanged OriginalState = "changed"
)

// LostOriginal is a photo whose original is not as it was imported.
type LostOriginal struct {
	Photo Photo
	State OriginalState
}

// VerifyOriginals reads every original and proves it by its hash. progress may
// be nil; ctx's error comes with what was found until then.
func (p *Project) VerifyOriginals(ctx context.Context, progress func(done, total int, name string)) ([]LostOriginal, error) {
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		return nil, err
	}
	var lost []LostOriginal
	for i, ph := range photos {
		if err := ctx.Err(); err != nil {
			return lost, err
		}
		switch _, err := p.Original(ph); {
		case errors.Is(err, ErrOriginalMissing):
			lost = append(lost, LostOriginal{ph, OriginalMissing})
		case err != nil:
			lost = append(lost, LostOriginal{ph, OriginalChanged})
		}
		if progress != nil {
			progress(i+1, len(photos), ph.Name)
		}
	}
	return lost, nil
}

// LostOriginals lists the photos whose originals are missing or have another
// size, without reading them.
func (p *Project) LostOriginals(ctx context.Context) ([]LostOriginal, error) {
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		return nil, err
	}
	var lost []LostOriginal
	for _, ph := range photos {
		st, err := os.Stat(p.OriginalPath(ph))
		switch {
		case err != nil:
			lost = append(lost, LostOriginal{ph, OriginalMissing})
		case st.Size() != ph.Bytes:
			lost = append(lost, LostOriginal{ph, OriginalChanged})
		}
	}
	return lost, nil
}

// Relink looks through files and folders for the lost originals, by hash and
// under any name, and puts them back. It returns the photos that are whole
// again and those still lost.
func (p *Project) Relink(ctx context.Context, lost []LostOriginal, paths []string, progress func(done, total int, name string)) (found []Photo, still []LostOriginal, err error) {
	want := map[string]LostOriginal{}
	sizes := map[int64]bool{}
	for _, l := range lost {
		want[l.Photo.SHA256] = l
		sizes[l.Photo.Bytes] = true
	}
	var rep ImportReport
	files := p.walk(paths, &rep)
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return found, leftOf(want, lost), err
		}
		if progress != nil {
			progress(i+1, len(files), f.name)
		}
		// A file of another size can't be one of them, and need not be read.
		if st, err := os.Stat(f.path); err != nil || !sizes[st.Size()] {
			continue
		}
		data, err := os.ReadFile(f.path)
		if err != nil {
			continue
		}
		l, ok := want[hashOf(data)]
		if !ok {
			continue
		}
		if err := p.replaceOriginal(data, l.Photo); err != nil {
			return found, leftOf(want, lost), fmt.Errorf("relink %s: %w", l.Photo.Name, err)
		}
		delete(want, l.Photo.SHA256)
		found = append(found, l.Photo)
	}
	return found, leftOf(want, lost), nil
}

// replaceOriginal puts the right bytes in place of wrong ones of the same size too.
func (p *Project) replaceOriginal(data []byte, ph Photo) error {
	if err := os.Remove(p.OriginalPath(ph)); err != nil && !os.IsNotExist(err) {
		return explainFile(err)
	}
	return p.keepOriginal(data, ph.SHA256, ph.Format)
}

func leftOf(want map[string]LostOriginal, lost []LostOriginal) []LostOriginal {
	var left []LostOriginal
	for _, l := range lost {
		if _, ok := want[l.Photo.SHA256]; ok {
			left = append(left, l)
		}
	}
	return left
}

// Patrol proves originals by their hash one after the other for as long as ctx
// lasts, resting nine times as long as each took: it costs a tenth of a disk
// at most. lost is told of each that is not as it was, once.
func (p *Project) Patrol(ctx context.Context, lost func(LostOriginal)) {
	told := map[string]bool{}
	for after := int64(0); ctx.Err() == nil; {
		photos, err := p.PhotoPage(ctx, Filter{}, after, 1)
		if err != nil {
			return // closed, or past helping: whoever reads next says so
		}
		rest := time.Minute // once around
		if len(photos) == 1 {
			ph := photos[0]
			after = ph.ID
			start := time.Now()
			_, err := p.Original(ph)
			rest = 9 * time.Since(start)
			if err != nil && !told[ph.SHA256] {
				told[ph.SHA256] = true
				state := OriginalChanged
				if errors.Is(err, ErrOriginalMissing) {
					state = OriginalMissing
				}
				lost(LostOriginal{ph, state})
			}
		} else {
			after = 0
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}
