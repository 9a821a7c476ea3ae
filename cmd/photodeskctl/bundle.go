package main

// This file owns the commands that work on an essay's bundle.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

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
			return errProblems
		}
		return err
	})
}

type exportCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	Out   string `required:"" help:"The bundle's folder: a new one, or a bundle to replace."`
	Zip   bool   `help:"Also write the bundle as OUT.zip."`
	Theme string `help:"The theme; without it, the essay's own."`
	Votes string `help:"The address of a vote service; without it, votes stay on the reader's device." placeholder:"URL"`

	AVIF     bool   `help:"Also make AVIF: smaller photographs, for several times the time." name:"avif"`
	Quality  string `help:"Of the photographs: measured (as small as looks the same) or fixed." enum:"measured,fixed" default:"measured"`
	Metadata string `help:"What the photographs carry: credit (caption, credit, rights), all-but-location, or none." enum:"credit,all-but-location,none" default:"credit"`
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
		policy, err := export.PolicyNamed(c.Metadata)
		if err != nil {
			return err
		}
		rep, err := export.Export(ctx, p, e.ID, export.Options{
			Out: c.Out, Zip: c.Zip, Theme: c.Theme, VotesURL: c.Votes,
			AVIF: c.AVIF, FixedQuality: c.Quality == export.QualityFixed, Metadata: policy,
		}, nil)
		var stopped *export.ProblemsError
		if errors.As(err, &stopped) {
			for _, pr := range stopped.Problems {
				out.note("%s: %s", pr.Severity, pr.Message)
			}
			return fmt.Errorf("%s was not exported: mend the errors above first", e.Slug)
		}
		if err != nil {
			return err
		}
		if rep.Forgotten != nil {
			out.note("The project could not remember this export: %v", rep.Forgotten)
		}
		res := exportJSON{Out: rep.Dir, Zip: rep.Zip, Files: rep.Files, Bytes: rep.Bytes, Made: rep.Made, Encoders: rep.Encoders, Warnings: []problemJSON{}}
		for _, pr := range rep.Problems {
			out.note("%s: %s", pr.Severity, pr.Message)
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
		return errProblems
	}
	return err
}
