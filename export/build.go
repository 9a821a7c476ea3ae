package export

// This file owns build: everything of a bundle but its place on the disk.

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"photodesk/export/derive"
	"photodesk/export/page"
	"photodesk/export/votes"
	"photodesk/project"
	"photodesk/project/photo"
)

// Version is what this Photodesk calls itself in a bundle; set at link time.
var Version = "0.1.0"

// file is one file of a bundle, in memory: a bundle of sixteen photos has some 20 MB.
type file struct {
	path string // relative to the bundle, forward slashes
	data []byte
}

// Progress says how far an export is.
type Progress struct {
	Done, Total int
	What        string // "Making photos… 3 of 8"
}

// plan is an essay with everything that decides what its bundle holds.
type plan struct {
	essay   *project.Essay
	photos  map[int64]project.Photo
	order   []int64 // photos in reading order
	theme   string
	votes   string // the address of a vote service, or ""
	project *project.Project
	cache   *derive.Cache
}

func newPlan(ctx context.Context, p *project.Project, essay int64, o Options, cache *derive.Cache) (*plan, error) {
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return nil, err
	}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return nil, err
	}
	return &plan{
		essay: e, photos: photos, order: e.PhotoIDs(), theme: cmp.Or(o.Theme, e.Theme), votes: o.VotesURL, project: p, cache: cache,
	}, nil
}

// build makes every file of the bundle, sorted by path; the manifest is last to be made and first to be read.
func (pn *plan) build(ctx context.Context, progress func(Progress)) ([]file, error) {
	made, files, err := pn.makePhotos(ctx, progress)
	if err != nil {
		return nil, err
	}
	in := page.Input{
		Essay: pn.essay, Photos: made, ProjectUID: pn.project.UID(), Theme: pn.theme, Modified: pn.essay.UpdatedAt, Version: Version,
	}
	if pn.votes != "" {
		key := pn.project.VoteKey()
		in.VotesURL = pn.votes
		in.Subject = func(kind, photoKey string) string { return votes.Sign(key, kind, pn.essay.UID, photoKey) }
	}
	card, err := pn.makeCard(ctx)
	if err != nil {
		return nil, err
	}
	if card.path != "" {
		in.Card = card.path
		files = append(files, card)
	}
	pages, err := page.Render(in)
	if err != nil {
		return nil, fmt.Errorf("render the page: %w", err)
	}
	for _, f := range pages {
		files = append(files, file{f.Path, f.Data})
	}
	story, err := storyJSON(pn.essay, made)
	if err != nil {
		return nil, err
	}
	files = append(files, file{"story.json", story})
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	// The same bytes at two places (two photos that look alike) are one file.
	files = slices.CompactFunc(files, func(a, b file) bool { return a.path == b.path && bytes.Equal(a.data, b.data) })
	manifest, err := manifestJSON(pn, made, files)
	if err != nil {
		return nil, err
	}
	return append(files, file{ManifestName, manifest}), ctx.Err()
}

// makePhotos makes the derivatives of every photo, some photos at a time.
func (pn *plan) makePhotos(ctx context.Context, progress func(Progress)) (map[int64]page.Photo, []file, error) {
	var (
		mu    sync.Mutex
		made  = map[int64]page.Photo{}
		files []file
	)
	report := func(done int) {
		progress(Progress{Done: done, Total: len(pn.order), What: fmt.Sprintf("Making photos… %d of %d", done, len(pn.order))})
	}
	report(0)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(min(runtime.GOMAXPROCS(0), 4)) // each holds a decoded photo
	for _, id := range pn.order {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			ph := pn.photos[id]
			photoFiles, pagePhoto, err := pn.makePhoto(ctx, ph)
			if err != nil {
				return fmt.Errorf("make %s: %w", ph.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			made[id] = pagePhoto
			files = append(files, photoFiles...)
			report(len(made))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	return made, files, nil
}

func (pn *plan) job(ph project.Photo) derive.Job {
	return derive.Job{
		Original: pn.project.OriginalPath(ph), SHA256: ph.SHA256, Info: headerOf(ph), Recipe: ph.Recipe, Words: pn.words(ph), Cache: pn.cache,
	}
}

// headerOf is what the library remembers of the original's header: what is in
// the cache needs no original to be opened.
func headerOf(ph project.Photo) *photo.Info {
	return &photo.Info{Format: ph.Format, Width: ph.Width, Height: ph.Height, Orientation: max(ph.Orientation, 1), Profile: ph.Profile}
}

func (pn *plan) makePhoto(ctx context.Context, ph project.Photo) ([]file, page.Photo, error) {
	job := pn.job(ph)
	w, h := photo.Size(job.Info, ph.Recipe)
	job.Specs = derive.Specs(derive.Widths(w, h))
	res, err := derive.Make(ctx, job)
	if err != nil {
		return nil, page.Photo{}, err
	}
	out := page.Photo{
		Photo: ph, Width: res.Width, Height: res.Height, Key: ph.SHA256[:12],
		Placeholder: fmt.Sprintf("#%02x%02x%02x", res.Placeholder.R, res.Placeholder.G, res.Placeholder.B),
	}
	var files []file
	sources := map[string]*page.Source{}
	for _, f := range res.Files {
		name := path.Join("photos", f.SHA256[:16]+extension(f.Format))
		files = append(files, file{name, f.Data})
		s := sources[f.MediaType]
		if s == nil {
			s = &page.Source{MediaType: f.MediaType}
			sources[f.MediaType] = s
		}
		s.Candidates = append(s.Candidates, page.Candidate{Path: name, Width: f.Width})
		if f.Format == derive.JPEG {
			out.Full = name // specs ascend: the last is the largest
		}
	}
	for _, mt := range []string{"image/webp", "image/jpeg"} { // modern first
		if s := sources[mt]; s != nil {
			out.Sources = append(out.Sources, *s)
		}
	}
	return files, out, nil
}

func extension(format string) string {
	if format == derive.JPEG {
		return ".jpg"
	}
	return "." + format
}

// words is what a derivative says of the photo: the words of this story where it has its own.
func (pn *plan) words(ph project.Photo) photo.Words {
	w := photo.Words{
		Caption: ph.Caption, Byline: ph.Byline, Credit: ph.CreditLine, Source: ph.Source, Copyright: ph.Copyright,
		Headline: ph.Headline, AltText: ph.Alt, Description: ph.Description, UsageTerms: ph.UsageTerms, SourceType: ph.SourceType,
	}
	for _, b := range pn.essay.Blocks {
		for _, pl := range b.Placements {
			if pl.PhotoID == ph.ID {
				w.Caption, w.AltText = pl.CaptionOf(ph), pl.AltOf(ph)
				return w
			}
		}
	}
	return w
}

// makeCard makes the card that stands beside a link to the essay, from its first photo that isn't covered.
func (pn *plan) makeCard(ctx context.Context) (file, error) {
	id, ok := page.CardPhoto(pn.essay, func(id int64) bool { return pn.photos[id].Sensitive })
	if !ok {
		return file{}, nil
	}
	f, err := derive.Card(ctx, pn.job(pn.photos[id]))
	if err != nil {
		return file{}, fmt.Errorf("make the card of %s: %w", pn.photos[id].Name, err)
	}
	return file{path.Join("photos", "card-"+f.SHA256[:16]+".jpg"), f.Data}, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
