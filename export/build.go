package export

// This file owns build: everything of a bundle but its place on the disk.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/color"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"photodesk/export/derive"
	"photodesk/export/page"
	"photodesk/export/votes"
	"photodesk/project"
	"photodesk/project/photo"
)

// Version is what this Photodesk calls itself in a bundle; set at link time.
var Version = "0.1.0"

// file is one file of a bundle.
type file struct {
	path string // relative to the bundle, forward slashes
	data []byte // nil once it is written
	size int64
	sha  string // SHA-256 in lower-case hex
}

func newFile(name string, data []byte) file {
	return file{path: name, data: data, size: int64(len(data)), sha: hashOf(data)}
}

// sink takes a photo's files as they are made, from several goroutines: an export writes them, and forgets their data, so
// that a bundle of five hundred photos needs no more memory than one of five.
type sink interface {
	put(file) (file, error)
	// reuse takes a file with this content that was finished before; ok is false where there is none.
	reuse(name, sha string) (f file, ok bool)
}

// inMemory keeps what it is given.
type inMemory struct{}

func (inMemory) put(f file) (file, error)          { return f, nil }
func (inMemory) reuse(string, string) (file, bool) { return file{}, false }

// dropped lets go of what it is given: the names are all that is wanted.
type dropped struct{ inMemory }

func (dropped) put(f file) (file, error) {
	f.data = nil
	return f, nil
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
	theme   page.Theme
	votes   string // the address of a vote service, or ""
	project *project.Project
	cache   *derive.Cache
	options Options
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
	theme, err := ThemeNamed(cmp.Or(o.Theme, e.Theme))
	if err != nil {
		return nil, err
	}
	return &plan{
		essay: e, photos: photos, order: e.PhotoIDs(), theme: theme, votes: o.VotesURL, project: p, cache: cache,
		options: o,
	}, nil
}

// built is a bundle's files and what became of its photos.
type built struct {
	files []file // by path; the manifest, which is last to be made and first to be read, at the end
	made  int    // derivatives that no cache had
}

// build makes every file of the bundle. Those of the photos go through keep.
func (pn *plan) build(ctx context.Context, keep sink, progress func(Progress)) (built, error) {
	building.Add(1)
	defer building.Add(-1)
	photos, err := pn.makePhotos(ctx, keep, progress)
	if err != nil {
		return built{}, err
	}
	files := photos.files
	in := pn.input(photos)
	if pn.votes != "" {
		key := pn.project.VoteKey()
		in.VotesURL = pn.votes
		rules := rulesOf(pn.essay)
		in.Subject = func(kind, photoKey string) string { return votes.SignRuled(key, kind, pn.essay.UID, photoKey, rules) }
	}
	pages, err := page.Render(in)
	if err != nil {
		return built{}, fmt.Errorf("render the page: %w", err)
	}
	for _, f := range pages {
		files = append(files, newFile(f.Path, f.Data))
	}
	story, err := storyJSON(pn.essay, photos.pages)
	if err != nil {
		return built{}, err
	}
	files = append(files, newFile("story.json", story))
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	// The same bytes at two places (two photos that look alike) are one file.
	files = slices.CompactFunc(files, func(a, b file) bool { return a.path == b.path && a.sha == b.sha })
	problems, err := Check(ctx, pn.project, pn.essay.ID)
	if err != nil {
		return built{}, err
	}
	manifest, err := manifestJSON(pn, photos.pages, photos.qualities, problems, files)
	if err != nil {
		return built{}, err
	}
	return built{append(files, newFile(ManifestName, manifest)), photos.made}, ctx.Err()
}

// rulesOf are an essay's vote rules as they travel in its tokens; zero for an
// essay that never had any.
func rulesOf(e *project.Essay) votes.Rules {
	if e.RulesAt.IsZero() {
		return votes.Rules{}
	}
	at := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.Unix()
	}
	from := e.VoteRules
	return votes.Rules{
		Revision: at(e.RulesAt), Opens: at(from.Opens), Closes: at(from.Closes),
		UpvotesOnly: from.UpvotesOnly, Hidden: from.Hidden, SignIn: from.SignIn,
	}
}

// input is what the page is made of, but for votes.
func (pn *plan) input(photos *madePhotos) page.Input {
	return page.Input{
		Essay: pn.essay, Photos: photos.pages, ProjectUID: pn.project.UID(), Theme: pn.theme, Published: pn.essay.Published, Modified: pn.essay.UpdatedAt,
		Version: Version, Card: photos.card,
	}
}

// madePhotos is what became of an essay's photos.
type madePhotos struct {
	pages     map[int64]page.Photo
	qualities map[int64]map[string]int // by photo and format
	files     []file
	card      string // its path, or ""
	made      int
}

// makePhotos makes the derivatives of every photo and the card, some photos at a time, the largest ones first: what is left
// at the end is little, and keeps every processor busy.
func (pn *plan) makePhotos(ctx context.Context, keep sink, progress func(Progress)) (*madePhotos, error) {
	all := &madePhotos{pages: map[int64]page.Photo{}, qualities: map[int64]map[string]int{}}
	var mu sync.Mutex
	report := func(done int) {
		progress(Progress{Done: done, Total: len(pn.order), What: fmt.Sprintf("Making photos… %d of %d", done, len(pn.order))})
	}
	report(0)
	order := slices.Clone(pn.order)
	slices.SortStableFunc(order, func(a, b int64) int {
		return cmp.Compare(pn.photos[b].Width*pn.photos[b].Height, pn.photos[a].Width*pn.photos[a].Height)
	})
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers())
	for _, id := range order {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			ph := pn.photos[id]
			one, err := pn.makePhoto(ctx, ph, keep)
			if err != nil {
				return fmt.Errorf("make %s: %w", ph.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			all.pages[id], all.qualities[id] = one.page, one.quality
			all.files = append(all.files, one.files...)
			all.made += one.made
			report(len(all.pages))
			return nil
		})
	}
	group.Go(func() error { // the smallest job of all
		card, ok, err := pn.makeCard(ctx)
		if err != nil || !ok {
			return err
		}
		if card, err = keep.put(card); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		all.card = card.path
		all.files = append(all.files, card)
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return all, nil
}

// workers is how many photos are made at one time; each holds a decoded photo.
func workers() int { return min(runtime.GOMAXPROCS(0), 4) }

func (pn *plan) job(ph project.Photo) derive.Job {
	return derive.Job{
		Original: pn.project.OriginalPath(ph), SHA256: ph.SHA256, Info: headerOf(ph), Recipe: ph.Recipe, Words: pn.words(ph),
		Policy: pn.options.Metadata, Ground: pn.ground(ph), Measured: !pn.options.FixedQuality, Cache: pn.cache,
	}
}

// photoJob is the job of a photo's derivatives.
func (pn *plan) photoJob(ph project.Photo) derive.Job {
	job := pn.job(ph)
	w, h := photo.Size(job.Info, ph.Recipe)
	job.Specs = derive.Specs(derive.Widths(w, h), pn.options.formats()...)
	return job
}

// ground is what shows through the photo. Nothing shows through a JPEG: another theme makes no pixel of it anew.
func (pn *plan) ground(ph project.Photo) color.NRGBA {
	if ph.Format == photo.JPEG {
		return color.NRGBA{}
	}
	return pn.theme.Ground()
}

// headerOf is what the library remembers of the original's header: what is in
// the cache needs no original to be opened.
func headerOf(ph project.Photo) *photo.Info {
	return &photo.Info{Format: ph.Format, Width: ph.Width, Height: ph.Height, Orientation: max(ph.Orientation, 1), Profile: ph.Profile}
}

// madePhoto is what became of one photo.
type madePhoto struct {
	page    page.Photo
	files   []file
	quality map[string]int // by format
	made    int
}

func (pn *plan) makePhoto(ctx context.Context, ph project.Photo, keep sink) (madePhoto, error) {
	res, files, err := pn.files(ctx, pn.photoJob(ph), keep)
	if err != nil {
		return madePhoto{}, err
	}
	out := madePhoto{files: files, quality: map[string]int{}, made: res.Made}
	out.page = page.Photo{
		Photo: ph, Width: res.Width, Height: res.Height, Key: ph.SHA256[:12],
		Placeholder: fmt.Sprintf("#%02x%02x%02x", res.Placeholder.R, res.Placeholder.G, res.Placeholder.B),
	}
	sources := map[string]*page.Source{}
	for _, f := range res.Files {
		name := nameOf(f)
		out.quality[f.Format] = f.Quality
		s := sources[f.Format]
		if s == nil {
			s = &page.Source{MediaType: f.MediaType}
			sources[f.Format] = s
		}
		s.Candidates = append(s.Candidates, page.Candidate{Path: name, Width: f.Width})
		if f.Format == derive.JPEG {
			out.page.Full = name // specs ascend: the last is the largest
		}
	}
	for _, format := range []string{derive.AVIF, derive.WebP, derive.JPEG} { // the smallest files first
		if s := sources[format]; s != nil {
			out.page.Sources = append(out.page.Sources, *s)
		}
	}
	return out, nil
}

// files brings a photo's files into the bundle: as they were finished before, or made now.
func (pn *plan) files(ctx context.Context, job derive.Job, keep sink) (derive.Result, []file, error) {
	if res, ok := derive.Recall(job); ok {
		var files []file
		for _, f := range res.Files {
			if err := ctx.Err(); err != nil {
				return res, nil, err
			}
			var kept file
			if kept, ok = keep.reuse(nameOf(f), f.SHA256); !ok {
				break
			}
			files = append(files, kept)
		}
		if ok {
			return res, files, nil
		}
	}
	res, err := derive.Make(ctx, job)
	if err != nil {
		return res, nil, err
	}
	var files []file
	for _, f := range res.Files {
		kept, err := keep.put(file{path: nameOf(f), data: f.Data, size: int64(len(f.Data)), sha: f.SHA256})
		if err != nil {
			return res, nil, err
		}
		if kept.data == nil {
			photo.GiveBack(f.Data)
		}
		files = append(files, kept)
	}
	derive.Remember(job, res)
	return res, files, nil
}

// nameOf is a derivative's place in a bundle.
func nameOf(f derive.File) string { return path.Join("photos", f.SHA256[:16]+extension(f.Format)) }

func extension(format string) string {
	if format == derive.JPEG {
		return ".jpg"
	}
	return "." + format
}

// words is what there is to say of the photo, in the words of this story where it has its own; the metadata policy decides
// what a derivative says of it.
func (pn *plan) words(ph project.Photo) photo.Words {
	w := photo.Words{
		Caption: ph.Caption, Byline: ph.Byline, Credit: ph.CreditLine, Source: ph.Source, Copyright: ph.Copyright,
		Headline: ph.Headline, AltText: ph.Alt, Description: ph.Description, UsageTerms: ph.UsageTerms, SourceType: ph.SourceType,
		Instructions: ph.Instruction, Keywords: ph.Keywords, TakenAt: ph.TakenAt,
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
func (pn *plan) makeCard(ctx context.Context) (f file, ok bool, err error) {
	id, ok := page.CardPhoto(pn.essay, func(id int64) bool { return pn.photos[id].Sensitive })
	if !ok {
		return file{}, false, nil
	}
	card, err := derive.Card(ctx, pn.job(pn.photos[id]))
	if err != nil {
		return file{}, false, fmt.Errorf("make the card of %s: %w", pn.photos[id].Name, err)
	}
	return newFile(path.Join("photos", "card-"+card.SHA256[:16]+".jpg"), card.Data), true, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
