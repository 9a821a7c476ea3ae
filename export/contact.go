package export

// This file owns the contact sheet of an essay.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"photodesk/export/derive"
	"photodesk/export/page"
	"photodesk/export/sheet"
	"photodesk/project"
	"photodesk/project/photo"
)

// ContactOptions say how a contact sheet looks.
type ContactOptions struct {
	Out           string // the PDF; a file that is there is replaced
	Letter        bool   // US Letter; A4 otherwise
	Columns       int    // 2 (three rows) or 3 (four); 0 is 2
	ShowSensitive bool   // covered photos too
	Cache         string // as in Options
}

// ContactReport tells what was written.
type ContactReport struct {
	File    string // absolute
	Photos  int
	Covered int // of them
	Bytes   int64
	// Missing are the scripts, by name, that no font on this machine can draw. The sheet has that name in brackets for them.
	Missing []string
}

// contactPPI is what offset and desk printers make use of.
const contactPPI = 250

// Contact writes a contact sheet of the essay's photographs, as their recipes make them, with what the story says of each. It
// carries no metadata of the originals. Errors of an essay don't stop it: a sheet is what they are talked over with.
func Contact(ctx context.Context, p *project.Project, essay int64, o ContactOptions, progress func(Progress)) (ContactReport, error) {
	if o.Out == "" {
		return ContactReport{}, errors.New("contact sheet: name a file for it")
	}
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return ContactReport{}, fmt.Errorf("contact sheet: %w", err)
	}
	if err := mayReplaceSheet(out); err != nil {
		return ContactReport{}, err
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	pn, err := newPlan(ctx, p, essay, Options{Metadata: derive.PolicyNone, FixedQuality: true, Cache: o.Cache}, openCache(o.Cache))
	if err != nil {
		return ContactReport{}, err
	}
	fail := func(err error) (ContactReport, error) {
		return ContactReport{}, fmt.Errorf("contact sheet of %s: %w", pn.essay.Slug, explain(err))
	}
	if len(pn.order) == 0 {
		return fail(errors.New("the essay has no photos; place some first"))
	}
	s, covered, err := pn.sheet(o)
	if err != nil {
		return fail(err)
	}
	report := func(done int) {
		progress(Progress{Done: done, Total: len(s.Photos), What: fmt.Sprintf("Making photos… %d of %d", done, len(s.Photos))})
	}
	report(0)
	building.Add(1)
	defer building.Add(-1)
	data, missing, err := s.PDF(ctx, report)
	if err != nil {
		return fail(err)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return fail(err)
	}
	if err := WriteWhole(out, inFull(data)); err != nil {
		return fail(err)
	}
	return ContactReport{File: out, Photos: len(s.Photos), Covered: covered, Bytes: int64(len(data)), Missing: missing}, nil
}

// mayReplaceSheet refuses whatever is there and is no PDF.
func mayReplaceSheet(out string) error {
	f, err := os.Open(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("contact sheet: %w", err)
	}
	defer f.Close()
	start := make([]byte, 5)
	if _, err := io.ReadFull(f, start); err != nil || string(start) != "%PDF-" {
		return fmt.Errorf("contact sheet: %s is there and is no PDF; choose another name", out)
	}
	return nil
}

// sheet is the essay as a sheet.
func (pn *plan) sheet(o ContactOptions) (s sheet.Sheet, covered int, err error) {
	e := pn.essay
	say := func(key string, pairs ...any) (words string) {
		if err == nil {
			words, err = page.Said(e.Lang, key, pairs...)
		}
		return words
	}
	s = sheet.Sheet{
		Headline: cmp.Or(page.Clean(e.Headline), say("untitled")), Kicker: say("sheet"), Lang: e.Lang, RTL: e.Dir == "rtl",
		Letter: o.Letter, Columns: cmp.Or(o.Columns, 2),
	}
	day, dayErr := page.Day(e.Lang, e.UpdatedAt.UTC())
	if err = cmp.Or(err, dayErr); err != nil {
		return s, 0, err
	}
	s.Line = joined("  ·  ", page.Clean(e.Byline), page.Clean(e.Dateline), day, e.Slug)
	// Place and day run as the essay does, whatever the place's letters: a digit beside them would take their direction.
	mark := "\u200e"
	if s.RTL {
		mark = "\u200f"
	}
	for i, id := range pn.order {
		ph := pn.photos[id]
		words := pn.words(ph)
		cell := sheet.Photo{
			Number: i + 1, Name: page.Clean(ph.Name), Caption: page.Clean(words.Caption),
			Credit: cmp.Or(page.Clean(ph.CreditLine), say("credits.none")),
			Where:  joined(", "+mark, page.Clean(ph.Place()), takenOn(e.Lang, ph.TakenAt)),
		}
		if cell.Where != "" {
			cell.Where = mark + cell.Where
		}
		if ph.Sensitive && !o.ShowSensitive {
			cell.Covered = say("sensitive") + ". " + cmp.Or(page.Clean(ph.SensitiveWhy), say("sensitive.why"))
			covered++
		}
		cell.JPEG = func(ctx context.Context, w, h float64) ([]byte, error) { return pn.printed(ctx, ph, w, h) }
		s.Photos = append(s.Photos, cell)
	}
	return s, covered, err
}

// takenOn is the day that a photo says it was taken, as far as it says.
func takenOn(lang, taken string) string {
	day, err := time.Parse(time.DateOnly, taken[:min(len(taken), len(time.DateOnly))])
	if err != nil {
		return ""
	}
	words, _ := page.Day(lang, day) // what it could fail at has failed in sheet
	return words
}

func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// printed is a photo as JPEG, as large as print shows in a box of points.
func (pn *plan) printed(ctx context.Context, ph project.Photo, boxW, boxH float64) ([]byte, error) {
	job := pn.job(ph)
	w, h := photo.Size(job.Info, ph.Recipe)
	scale := min(boxW/float64(w), boxH/float64(h)) * contactPPI / 72
	job.Specs = []derive.Spec{{Width: max(1, min(w, int(float64(w)*scale+0.5))), Format: derive.JPEG}}
	res, err := derive.Make(ctx, job)
	if err != nil {
		return nil, err
	}
	return res.Files[0].Data, nil
}
