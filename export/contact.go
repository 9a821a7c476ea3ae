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
	// Damaged are the file names of the shown photos whose originals are damaged; the sheet says so on each.
	Damaged []string
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
	s, rep, err := pn.sheet(o)
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
	rep.File, rep.Photos, rep.Bytes, rep.Missing = out, len(s.Photos), int64(len(data)), missing
	return *rep, nil
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

// sheet is the essay as a sheet; the report counts what is covered, and what turns out to be damaged while it is set.
func (pn *plan) sheet(o ContactOptions) (s sheet.Sheet, rep *ContactReport, err error) {
	e, rep := pn.essay, &ContactReport{}
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
		return s, rep, err
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
			rep.Covered++
		}
		cell.JPEG = func(ctx context.Context, w, h float64) (jpg []byte, mark string, err error) {
			if mark, err = pn.damage(ph); err != nil {
				return nil, "", err
			}
			if mark != "" {
				rep.Damaged = append(rep.Damaged, ph.Name)
			}
			jpg, err = pn.printed(ctx, ph, w, h)
			return jpg, mark, err
		}
		s.Photos = append(s.Photos, cell)
	}
	return s, rep, err
}

// damage is what a sheet says of a photo whose original is damaged: what is missing is grey, and looks like a photo of fog.
func (pn *plan) damage(ph project.Photo) (string, error) {
	if ph.Format != photo.JPEG {
		return "", nil
	}
	data, err := os.ReadFile(pn.project.OriginalPath(ph))
	if err != nil {
		return "", nil // one whose pixels are ready needs no original; of one that does, derive.Make says what is wrong
	}
	info, err := photo.Inspect(data, photo.Limits{})
	switch {
	case err != nil || !info.Damaged:
		return "", nil
	case info.Lost > 0:
		return page.Said(pn.essay.Lang, "sheet.lost", "n", info.Lost)
	}
	return page.Said(pn.essay.Lang, "sheet.damaged")
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
