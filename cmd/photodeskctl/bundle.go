package main

// This file owns the commands that work on an essay's bundle.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"photodesk/cmd/program"
	"photodesk/export"
	"photodesk/project"
)

type checkCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `help:"Only the essay with this slug."`
}

func (c *checkCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		heads, err := p.Essays(ctx)
		if err != nil {
			return err
		}
		if c.Essay != "" {
			e, err := p.EssayBySlug(ctx, c.Essay)
			if err != nil {
				return err
			}
			heads = []project.EssayHead{{ID: e.ID, Slug: e.Slug}}
		}
		found := []problemJSON{}
		failed := false
		for _, h := range heads {
			problems, err := export.Check(ctx, p, h.ID)
			if err != nil {
				return err
			}
			for _, pr := range problems {
				failed = failed || pr.Severity == export.SeverityError
				found = append(found, problemOf(pr, h.Slug))
			}
		}
		err = out.result(map[string]any{"problems": found}, func(w io.Writer) {
			for _, pr := range found {
				fmt.Fprintf(w, "%s: %s: %s [%s]\n", pr.Essay, pr.Severity, pr.Message, pr.Code)
				if pr.Overruled != nil {
					fmt.Fprintf(w, "    overruled: %s\n", *pr.Overruled)
				}
			}
			if len(found) == 0 {
				fmt.Fprintln(w, "No problems.")
			}
		})
		if err == nil && failed {
			return program.ErrProblems
		}
		return err
	})
}

// photoFlags decide which photographs a bundle has, and so what they are called.
type photoFlags struct {
	AVIF     bool   `help:"Also make AVIF: smaller photographs, for several times the time." name:"avif"`
	Quality  string `help:"Of the photographs: measured (as small as looks the same) or fixed." enum:"measured,fixed" default:"measured"`
	Metadata string `help:"What the photographs carry: credit (caption, credit, rights), all-but-location, or none." enum:"credit,all-but-location,none" default:"credit"`
}

func (f photoFlags) options() (export.Options, error) {
	policy, err := export.PolicyNamed(f.Metadata)
	return export.Options{AVIF: f.AVIF, FixedQuality: f.Quality == export.QualityFixed, Metadata: policy}, err
}

type htmlCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	Embed bool   `help:"Print the code of a frame instead, which shows the essay's card in another page."`
	photoFlags
}

func (c *htmlCmd) Run(ctx context.Context, out *output) error {
	return withOwnOrView(ctx, c.File, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		o, err := c.options()
		if err != nil {
			return err
		}
		html := ""
		if c.Embed {
			html, err = export.EmbedCode(ctx, p, e.ID)
		} else {
			html, err = export.HTML(ctx, p, e.ID, o, nil)
		}
		if err != nil {
			return stopped(err, e.Slug, out)
		}
		return out.result(map[string]string{"html": html}, func(w io.Writer) { fmt.Fprintln(w, strings.TrimSpace(html)) })
	})
}

// stopped says each error that a check found, and that they come first.
func stopped(err error, slug string, out *output) error {
	var found *export.ProblemsError
	if !errors.As(err, &found) {
		return err
	}
	for _, pr := range found.Problems {
		out.note("%s: %s", pr.Severity, pr)
	}
	return fmt.Errorf("%s was not exported: mend the errors above first", slug)
}

type exportCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	Out   string `required:"" help:"The bundle's folder: a new one, or a bundle to replace."`
	Zip   bool   `help:"Also write the bundle as OUT.zip."`
	Theme string `help:"The theme, by name or as ./FOLDER; without it, the essay's own."`
	Votes string `help:"The address of a vote service; without it, votes stay on the reader's device." placeholder:"URL"`
	photoFlags
}

type exportJSON struct {
	Out   string `json:"out"`
	Zip   string `json:"zip,omitempty"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
	Made  int    `json:"made"` // derivatives that were not ready from before
	// Encoders are what made each format.
	Encoders map[string]string `json:"encoders"`
	// Warnings are the problems that did not stop the export.
	Warnings []problemJSON `json:"warnings"`
}

func (c *exportCmd) Run(ctx context.Context, out *output) error {
	return withOwnOrView(ctx, c.File, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		o, err := c.options()
		if err != nil {
			return err
		}
		o.Out, o.Zip, o.Theme, o.VotesURL = c.Out, c.Zip, c.Theme, c.Votes
		rep, err := export.Export(ctx, p, e.ID, o, nil)
		if err != nil {
			return stopped(err, e.Slug, out)
		}
		if rep.Forgotten != nil {
			out.note("The project could not remember this export: %v", rep.Forgotten)
		}
		res := exportJSON{Out: rep.Dir, Zip: rep.Zip, Files: rep.Files, Bytes: rep.Bytes, Made: rep.Made, Encoders: rep.Encoders, Warnings: []problemJSON{}}
		for _, pr := range rep.Problems {
			out.note("%s: %s", pr.Severity, pr)
			res.Warnings = append(res.Warnings, problemOf(pr, e.Slug))
		}
		return out.result(res, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %d files, %.1f MB\n", rep.Dir, rep.Files, float64(rep.Bytes)/1e6)
			if rep.Zip != "" {
				fmt.Fprintln(w, rep.Zip)
			}
			fmt.Fprintf(w, "photographs: %d made, the rest ready from before\n", rep.Made)
			for _, format := range slices.Sorted(maps.Keys(rep.Encoders)) {
				fmt.Fprintf(w, "%s by %s\n", format, rep.Encoders[format])
			}
		})
	})
}

type contactCmd struct {
	File          string `arg:"" help:"The project file."`
	Essay         string `required:"" help:"The essay's slug."`
	Out           string `required:"" help:"The PDF to write; one that is there is replaced."`
	Paper         string `help:"a4 or letter." enum:"a4,letter" default:"a4"`
	Columns       int    `help:"2 (six photos a page) or 3 (twelve)." default:"2"`
	ShowSensitive bool   `help:"Show sensitive photos, which are covered otherwise."`
}

type contactJSON struct {
	File    string   `json:"file"`
	Photos  int      `json:"photos"`
	Covered int      `json:"covered"`
	Bytes   int64    `json:"bytes"`
	Missing []string `json:"missing"` // scripts that no font here can draw
	Damaged []string `json:"damaged"` // photos whose files are damaged
}

func (c *contactCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		o := export.ContactOptions{Out: c.Out, Letter: c.Paper == "letter", Columns: c.Columns, ShowSensitive: c.ShowSensitive}
		rep, err := export.Contact(ctx, p, e.ID, o, nil)
		if err != nil {
			return err
		}
		for _, script := range rep.Missing {
			out.note("no font on this machine can draw %s; the sheet has [%s] in its place: install a font for it, and make the sheet again", script, script)
		}
		for _, name := range rep.Damaged {
			out.note("%s is damaged, and the sheet says so on it: ask for it again", name)
		}
		res := contactJSON{rep.File, rep.Photos, rep.Covered, rep.Bytes, append([]string{}, rep.Missing...), append([]string{}, rep.Damaged...)}
		err = out.result(res, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %d photos, %d of them covered, %.1f MB\n", rep.File, rep.Photos, rep.Covered, float64(rep.Bytes)/1e6)
		})
		if err == nil && len(rep.Missing)+len(rep.Damaged) > 0 {
			return program.ErrProblems
		}
		return err
	})
}

type indexCmd struct {
	Dir       string `arg:"" help:"The folder whose folders are bundles."`
	Title     string `help:"The page's headline."`
	Lang      string `help:"The language of the page's own words; without it, that of the newest essay."`
	Canonical string `help:"The address where the folder will be read; with it there is a feed." placeholder:"URL"`
	Theme     string `help:"The theme, by name or as ./FOLDER."`
}

func (c *indexCmd) Run(out *output) error {
	rep, err := export.Index(c.Dir, export.SiteOptions{Title: c.Title, Lang: c.Lang, Canonical: c.Canonical, Theme: c.Theme})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(rep.Skipped)) {
		out.note("%s: %s", name, rep.Skipped[name])
	}
	err = out.result(map[string]any{"folder": rep.Dir, "essays": rep.Essays, "files": rep.Files, "skipped": rep.Skipped}, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %d essays\n", filepath.Join(rep.Dir, "index.html"), rep.Essays)
	})
	if err == nil && len(rep.Skipped) > 0 {
		return program.ErrProblems
	}
	return err
}

type previewCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	Addr  string `default:"127.0.0.1:0" help:"Where to listen, on this machine only."`
}

func (c *previewCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		pv, err := export.StartPreview(ctx, p, e.ID, c.Addr)
		if err != nil {
			return err
		}
		if err := out.result(map[string]string{"url": pv.URL()}, func(w io.Writer) { fmt.Fprintln(w, pv.URL()) }); err != nil {
			return errors.Join(err, pv.Close())
		}
		<-ctx.Done()
		return pv.Close()
	})
}

type verifyCmd struct {
	Dir string `arg:"" help:"The bundle's folder."`
}

type verifyJSON struct {
	OK      bool     `json:"ok"`
	Files   int      `json:"files"`
	Missing []string `json:"missing"`
	Changed []string `json:"changed"`
	Foreign []string `json:"foreign"`
}

func (c *verifyCmd) Run(_ context.Context, out *output) error {
	v, err := export.Verify(c.Dir)
	if err != nil {
		return err
	}
	list := func(s []string) []string { return append([]string{}, s...) }
	res := verifyJSON{v.OK(), v.Files, list(v.Missing), list(v.Changed), list(v.Foreign)}
	err = out.result(res, func(w io.Writer) {
		for _, l := range []struct {
			what  string
			paths []string
		}{{"missing", v.Missing}, {"changed", v.Changed}, {"not of the bundle", v.Foreign}} {
			for _, path := range l.paths {
				fmt.Fprintf(w, "%s: %s\n", l.what, path)
			}
		}
		fmt.Fprintf(w, "%d files as written\n", v.Files)
		if v.OK() {
			fmt.Fprintln(w, "Nothing is missing, changed or added.")
		}
	})
	if err == nil && !v.OK() {
		return program.ErrProblems
	}
	return err
}

type schemaCmd struct {
	Of string `arg:"" enum:"story,bundle" help:"story or bundle."`
}

func (c *schemaCmd) Run(out *output) error {
	schema := export.StorySchema
	if c.Of == "bundle" {
		schema = export.BundleSchema
	}
	_, err := out.stdout.Write(schema)
	return err
}
