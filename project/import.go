package project

// This file owns bringing photographs in:
//
//	paths ── walk ── workers: read, hash, inspect, thumbnail, keep the original ── in order ── Edit: photo row
//
// Workers go ahead of each other; rows are committed one by one in the order
// of the paths, so that the library reads like the folder. Cancelling keeps
// what is done.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"photodesk/project/photo"
	"photodesk/project/wording"
)

// Failure is a file that could not be brought in, and why.
type Failure struct {
	Name   string
	Path   string
	Reason string // in English
	Err    error  // the reason as an error, a *photo.Refusal where the file is to blame
}

// Duplicate is a file whose bytes the library has already.
type Duplicate struct {
	Name    string
	Path    string
	PhotoID int64
}

// Warning is something the editor should know of a photo that was brought in.
type Warning struct {
	Name string
	Text string // in English
	Says photo.Sentence
}

// ImportReport tells what became of each file.
type ImportReport struct {
	Imported   []Photo
	Duplicates []Duplicate
	Failed     []Failure
	Warnings   []Warning
	Ignored    int // files of a folder that neither look nor read like photographs
}

// ImportProgress is told after each file, in order.
type ImportProgress struct {
	Done, Total int
	Name        string
	Failed      string // the reason, or ""
}

// String says how far an import is, as the window's status line shows it.
func (pr ImportProgress) String() string {
	return fmt.Sprintf("Processing files… %d of %d", pr.Done, pr.Total)
}

// Import brings photographs into the library from files and folders (walked
// whole, in the order of their names). A file that can't be read is reported
// and the rest go on. All of it is one undo step. When ctx is cancelled, what
// is done stays and the report comes with ctx's error; any other error means
// that the project could not be written.
func (p *Project) Import(ctx context.Context, paths []string, progress func(ImportProgress)) (ImportReport, error) {
	if progress == nil {
		progress = func(ImportProgress) {}
	}
	var rep ImportReport
	files := p.walk(paths, &rep)
	results := make([]chan incoming, len(files))
	for i := range results {
		results[i] = make(chan incoming, 1)
	}

	workCtx, stop := context.WithCancel(ctx)
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0) + 2) // some wait for the disk
	feeder := make(chan struct{})
	go func() {
		defer close(feeder)
		for i, f := range files {
			if workCtx.Err() != nil {
				return
			}
			if i == 0 { // alone: the sooner something is to be seen
				results[i] <- p.prepare(workCtx, f)
				continue
			}
			workers.Go(func() error {
				results[i] <- p.prepare(workCtx, f)
				return nil
			})
		}
	}()
	defer func() {
		stop()
		<-feeder
		_ = workers.Wait()
	}()

	fold := "import/" + newUID()
	for done := 0; done < len(files); {
		if ctx.Err() != nil {
			return rep, ctx.Err()
		}
		var ready []*incoming
		select {
		case in := <-results[done]:
			ready = append(ready, &in)
		case <-ctx.Done():
			return rep, ctx.Err()
		}
	more: // what else is ready by now shares the transaction
		for done+len(ready) < len(files) && len(ready) < importTogether {
			select {
			case in := <-results[done+len(ready)]:
				ready = append(ready, &in)
			default:
				break more
			}
		}
		if ctx.Err() != nil && slices.ContainsFunc(ready, func(in *incoming) bool { return errors.Is(in.err, context.Canceled) }) {
			return rep, ctx.Err()
		}
		if err := p.admit(ctx, fold, len(files), ready, &rep); err != nil {
			return rep, err
		}
		for _, in := range ready {
			done++
			pr := ImportProgress{Done: done, Total: len(files), Name: in.file.name}
			if in.err != nil {
				pr.Failed = in.err.Error()
			}
			progress(pr)
		}
	}
	return rep, nil
}

// importTogether is how many photos share a transaction at the most. The first is alone, so that it is seen at once.
const importTogether = 16

type file struct {
	path, name string
	inFolder   bool // found by walking: may be anything
}

// walk lists the files that the paths mean. What can't be listed is a failure in the report.
func (p *Project) walk(paths []string, rep *ImportReport) []file {
	var files []file
	fail := func(path string, err error) {
		if errors.Is(err, fs.ErrNotExist) {
			err = photo.Refuse(fs.ErrNotExist, "there is no such file")
		} else if errors.Is(err, fs.ErrPermission) {
			err = photo.Refuse(fs.ErrPermission, "may not be read; check its permissions")
		}
		rep.Failed = append(rep.Failed, Failure{Name: filepath.Base(path), Path: path, Reason: err.Error(), Err: err})
	}
	for _, path := range paths {
		st, err := os.Stat(path)
		if err != nil {
			fail(path, err)
			continue
		}
		if !st.IsDir() {
			files = append(files, file{path: path, name: filepath.Base(path)})
			continue
		}
		_ = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				fail(at, err)
			case at != path && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.Type().IsRegular(), d.Type()&fs.ModeSymlink != 0 && isFile(at):
				files = append(files, file{path: at, name: d.Name(), inFolder: true})
			}
			return nil
		})
	}
	return files
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular()
}

// minEdge is the long side, in pixels, below which a file is no photograph:
// web pages and zips of suppliers are full of buttons and tracking dots.
const minEdge = 64

// ErrTooSmall is the reason for a file that can't be a photograph by its size.
var ErrTooSmall = errors.New("is too small for a photograph")

// incoming is one file after the workers' part.
type incoming struct {
	file  file
	photo Photo
	info  *photo.Info
	thumb []byte
	err   error
}

// prepare does all of a file's work that needs no transaction. A panic of a
// decoder is that file's failure.
func (p *Project) prepare(ctx context.Context, f file) (in incoming) {
	in.file = f
	defer func() {
		if r := recover(); r != nil {
			in.err = photo.Refuse(photo.ErrDamaged, "is damaged in a way that its reader does not survive (%v)", r)
		}
	}()
	if in.err = ctx.Err(); in.err != nil {
		return in
	}
	data, err := readBounded(f.path, photo.DefaultLimits.Bytes)
	if err != nil {
		in.err = err
		return in
	}
	defer photo.GiveBack(data)
	if in.info, in.thumb, in.err = photo.Introduce(data, photo.DefaultLimits, ThumbnailEdge); in.err != nil {
		return in
	}
	if max(in.info.Width, in.info.Height) < minEdge {
		in.err = photo.Refuse(ErrTooSmall, "is too small for a photograph: %d × %d pixels; it is a button or an icon, ask for the photo itself", in.info.Width, in.info.Height)
		return in
	}
	in.photo = fromFile(f.name, data, in.info)
	if in.err = ctx.Err(); in.err != nil {
		return in
	}
	in.err = p.keepOriginal(data, in.photo.SHA256, in.info.Format)
	return in
}

// readBounded reads a file into borrowed memory.
func readBounded(path string, limit int64) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, photo.Refuse(photo.ErrNotPhoto, "is not a file")
	}
	if st.Size() > limit {
		return nil, photo.Refuse(photo.ErrTooLarge, "is too large: %d MB; the limit is %d MB", st.Size()>>20, limit>>20)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := photo.Borrow(int(st.Size()))
	if n, err := io.ReadFull(f, data); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	} else if n < len(data) {
		return nil, photo.Refuse(photo.ErrTruncated, "got shorter while it was read; import it again when it is whole")
	}
	return data, nil
}

// admit writes prepared files into the project in one transaction, or into the report why not. Only an error of the project
// itself is returned.
func (p *Project) admit(ctx context.Context, fold string, total int, ready []*incoming, rep *ImportReport) error {
	var whole []*incoming
	for _, in := range ready {
		switch {
		case in.err == nil:
			whole = append(whole, in)
		case errors.Is(in.err, ErrDiskFull) || errors.Is(in.err, ErrReadOnly):
			return fmt.Errorf("keep %s: %w", in.file.name, in.err)
		case in.file.inFolder && errors.Is(in.err, photo.ErrNotPhoto) && !looksLikePhoto(in.file.name):
			rep.Ignored++
		default:
			rep.Failed = append(rep.Failed, Failure{Name: in.file.name, Path: in.file.path, Reason: in.err.Error(), Err: in.err})
		}
	}
	if len(whole) == 0 {
		return nil
	}
	label := p.label("Import %s", whole[0].file.name)
	if total > 1 {
		label = p.label("Import %d files", total)
	}
	known := make([]int64, len(whole)) // the photo that the library had already, or 0
	err := p.Edit(ctx, label, func(t *Tx) error {
		for i, in := range whole {
			had, err := t.photoBySHA(in.photo.SHA256)
			if err == nil {
				known[i] = had.ID
				continue
			}
			if !errors.Is(err, ErrNoRow) {
				return err
			}
			if err := t.Fold(fold, 0); err != nil {
				return err
			}
			if in.photo.ID, err = t.AddPhoto(in.photo); err != nil {
				return err
			}
			in.photo.AddedAt = t.now
			if err := t.putThumbnail(in.photo.SHA256, emptyRecipe, in.thumb); err != nil {
				return err
			}
			if err := t.putFound(in.photo.SHA256, in.info.Found); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, in := range whole {
		if known[i] != 0 {
			rep.Duplicates = append(rep.Duplicates, Duplicate{Name: in.file.name, Path: in.file.path, PhotoID: known[i]})
			continue
		}
		rep.Imported = append(rep.Imported, in.photo)
		for _, w := range in.info.Warnings {
			rep.Warnings = append(rep.Warnings, Warning{Name: in.file.name, Text: w.String(), Says: w})
		}
	}
	return nil
}

// looksLikePhoto goes by the name; only files found in a folder are judged by it.
func looksLikePhoto(name string) bool {
	return slices.Contains([]string{".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".tif", ".tiff", ".avif", ".heic", ".heif"},
		strings.ToLower(filepath.Ext(name)))
}

// fromFile is the library's photo of a file, with the words it came with. Only
// the credit line is put into the house's shape, beside the fields as found.
func fromFile(name string, data []byte, info *photo.Info) Photo {
	w := info.Words
	ph := Photo{
		SHA256: hashOf(data), Name: name, Format: info.Format, Bytes: int64(len(data)),
		Width: info.Width, Height: info.Height, Orientation: info.Orientation, Profile: info.Profile,
		Caption: w.Caption, Byline: w.Byline, Credit: w.Credit, Source: w.Source, Copyright: w.Copyright, Headline: w.Headline,
		City: w.City, State: w.State, Country: w.Country, Alt: w.AltText, Description: w.Description,
		Instruction: w.Instructions, UsageTerms: w.UsageTerms, SourceType: w.SourceType, Keywords: w.Keywords,
		TakenAt: w.TakenAt, Embargo: w.EmbargoUntil, Expires: w.ExpiresOn,
		Sensitive: info.Sensitive, GPS: info.GPS,
	}
	ph.CreditLine = wording.CreditLine(w.Byline, w.Credit).Line
	if w.Credit == "" {
		// Some suppliers leave the credit at the end of the caption only.
		if _, c, ok := wording.SplitCaption(w.Caption); ok && c.Sure {
			ph.CreditLine = c.Line
		}
	}
	return ph
}

const emptyRecipe = "{}"

func recipeKey(r photo.Recipe) (string, error) {
	key, err := json.Marshal(r)
	return string(key), err
}

func makeThumbnail(data []byte, info *photo.Info, r photo.Recipe) ([]byte, error) {
	img, err := photo.Thumbnail(data, info, r, ThumbnailEdge)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := photo.EncodeJPEG(&b, img, 82); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (t *Tx) putThumbnail(sha, recipe string, jpeg []byte) error {
	return t.exec(`INSERT INTO thumbnail (sha256, recipe, jpeg) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET jpeg = excluded.jpeg`,
		sha, recipe, jpeg)
}

func (t *Tx) putFound(sha string, found []photo.Reading) error {
	if found == nil {
		found = []photo.Reading{}
	}
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO found (sha256, readings) VALUES (?, ?) ON CONFLICT DO UPDATE SET readings = excluded.readings`,
		sha, string(text))
}

// aside writes what is no part of the editor's work, such as a thumbnail.
func (p *Project) aside(ctx context.Context, fn func(*Tx) error) error {
	return p.change(ctx, "keep aside", func(t *Tx) (Event, error) { return Event{}, fn(t) })
}
