package main

// This file owns the commands that work on a project file.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"photodesk/assets"
	"photodesk/cmd/program"
	"photodesk/project"
)

// withProject opens a project, runs fn and closes it.
func withProject(ctx context.Context, file string, o project.Options, fn func(*project.Project) error) (err error) {
	p, err := project.Open(ctx, file, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	return fn(p)
}

var view = project.Options{ReadOnly: true}

// withOwnOrView opens a project for writing, or as a view when a desk has it
// open or its folder can't be written: for what only remembers something.
func withOwnOrView(ctx context.Context, file string, fn func(*project.Project) error) error {
	p, err := project.Open(ctx, file, project.Options{})
	if errors.As(err, new(*project.LockedError)) || errors.Is(err, project.ErrReadOnly) {
		return withProject(ctx, file, view, fn)
	}
	if err != nil {
		return err
	}
	return errors.Join(fn(p), p.Close())
}

type newCmd struct {
	File   string `arg:"" help:"The project file to make."`
	Sample bool   `help:"Put the sample essay into it."`
}

func (c *newCmd) Run(ctx context.Context, out *output) (err error) {
	p, err := project.Create(ctx, c.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if c.Sample {
		folder, err := fs.Sub(assets.Sample, "sample")
		if err != nil {
			return err
		}
		if _, err := p.AddFromFolder(ctx, folder, "sample.json"); err != nil {
			return fmt.Errorf("put the sample into %s: %w", c.File, err)
		}
	}
	return out.result(map[string]string{"file": p.Path()}, func(w io.Writer) { fmt.Fprintln(w, p.Path()) })
}

type importCmd struct {
	File  string   `arg:"" help:"The project file."`
	Paths []string `arg:"" help:"Photographs, and folders of them."`
}

func (c *importCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		rep, err := p.Import(ctx, c.Paths, func(pr project.ImportProgress) {
			if pr.Failed != "" {
				out.note("%s %s", pr.Name, pr.Failed)
			}
		})
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil {
			out.note("Cancelled; what was done stays.")
		}
		res := importJSON{Imported: photosJSON(rep.Imported), Duplicates: []duplicateJSON{}, Failed: []failureJSON{}, Warnings: []failureJSON{}}
		for _, d := range rep.Duplicates {
			res.Duplicates = append(res.Duplicates, duplicateJSON{d.Name, d.PhotoID})
		}
		for _, f := range rep.Failed {
			res.Failed = append(res.Failed, failureJSON{f.Name, f.Reason})
		}
		for _, w := range rep.Warnings {
			res.Warnings = append(res.Warnings, failureJSON{w.Name, w.Text})
			out.note("%s: %s", w.Name, w.Text)
		}
		printErr := out.result(res, func(w io.Writer) {
			for _, ph := range rep.Imported {
				fmt.Fprintf(w, "%4d  %-24s %5d × %-5d  %s\n", ph.ID, ph.Name, ph.Width, ph.Height, ph.CreditLine)
			}
			fmt.Fprintf(w, "%d imported, %d already there, %d failed\n", len(rep.Imported), len(rep.Duplicates), len(rep.Failed))
		})
		switch {
		case printErr != nil:
			return printErr
		case err != nil || len(rep.Failed) > 0:
			return program.ErrProblems
		case len(rep.Imported)+len(rep.Duplicates) == 0:
			return errors.New("no photographs there")
		}
		return nil
	})
}

type pasteCmd struct {
	File  string `arg:"" help:"The project file."`
	Story string `arg:"" help:"A file with the story as plain text; - is standard input."`
	Slug  string `help:"The essay's slug; without it, made from the headline."`
	Lang  string `help:"The language of the story; without it, read from its words where they leave no doubt, else English." placeholder:"TAG"`
}

// maxStory is far beyond any story and short of a mistaken film.
const maxStory = 4 << 20

func (c *pasteCmd) Run(ctx context.Context, out *output) error {
	if _, err := language.Parse(c.Lang); c.Lang != "" && err != nil {
		return fmt.Errorf("--lang: %q is no language tag; write it as en or pt-BR", c.Lang)
	}
	text, err := c.read(out.stdin)
	if err != nil {
		return err
	}
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		story, err := p.Match(ctx, text)
		if err != nil {
			return err
		}
		if story.Headline == "" && len(story.Paragraphs) == 0 && len(story.Captions) == 0 {
			return fmt.Errorf("paste %s: there is no text in it", c.Story)
		}
		if c.Lang != "" {
			story.Lang = c.Lang
		}
		id, err := p.Paste(ctx, story, c.Slug)
		if err != nil {
			return err
		}
		e, err := p.Essay(ctx, id)
		if err != nil {
			return err
		}
		res := pasteJSON{Slug: e.Slug, Language: e.Lang, Headline: story.Headline, Byline: story.Byline, Paragraphs: story.Paragraphs, Captions: []captionJSON{}}
		if res.Paragraphs == nil {
			res.Paragraphs = []string{}
		}
		for _, cp := range story.Captions {
			res.Captions = append(res.Captions, captionJSON{
				Caption: cp.Text, Credit: cp.Credit.Line, Raw: cp.Credit.Raw, Changed: cp.Credit.Changed,
				Byline: cp.Credit.Byline, Provider: cp.Credit.Provider, Distributor: cp.Credit.Distributor, Photo: orNull(cp.PhotoID),
			})
			if cp.PhotoCredit != "" {
				out.note("The story credits %q; the photo keeps its own credit, %q.", cp.Credit.Line, cp.PhotoCredit)
			}
		}
		return out.result(res, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %q, %d paragraphs, %d captions\n", e.Slug, story.Headline, len(story.Paragraphs), len(story.Captions))
			for _, cp := range res.Captions {
				if cp.Changed {
					fmt.Fprintf(w, "credit %q now reads %q\n", cp.Raw, cp.Credit)
				}
			}
		})
	})
}

func (c *pasteCmd) read(stdin io.Reader) (string, error) {
	in := stdin
	if c.Story != "-" {
		f, err := os.Open(c.Story)
		if errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("paste %s: no such file", c.Story)
		}
		if err != nil {
			return "", fmt.Errorf("paste: %w", err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxStory+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("paste: %w", err)
	case len(data) > maxStory:
		return "", fmt.Errorf("paste %s: it is longer than %d MB, which no story is", c.Story, maxStory>>20)
	case !utf8.Valid(data):
		return "", fmt.Errorf("paste %s: it is not UTF-8 text; save it as UTF-8", c.Story)
	}
	return string(data), nil
}

type listCmd struct {
	File string `arg:"" help:"The project file."`
}

func (c *listCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		heads, err := p.Essays(ctx)
		if err != nil {
			return err
		}
		photos, err := p.Photos(ctx, project.Filter{})
		if err != nil {
			return err
		}
		res := listJSON{Essays: []essayJSON{}, Photos: photosJSON(photos)}
		for _, h := range heads {
			res.Essays = append(res.Essays, essayJSON{h.Slug, h.Headline, h.Blocks, h.Photos})
		}
		return out.result(res, func(w io.Writer) {
			for _, e := range res.Essays {
				fmt.Fprintf(w, "%-32s %3d blocks %3d photos  %s\n", e.Slug, e.Blocks, e.Photos, e.Headline)
			}
			for _, ph := range photos {
				fmt.Fprintf(w, "%4d  %-24s %5d × %-5d  %s\n", ph.ID, ph.Name, ph.Width, ph.Height, ph.CreditLine)
			}
		})
	})
}

type undoCmd struct {
	File string `arg:"" help:"The project file."`
}

func (c *undoCmd) Run(ctx context.Context, out *output) error {
	return replay(ctx, c.File, out, "Undid", (*project.Project).Undo)
}

type redoCmd struct {
	File string `arg:"" help:"The project file."`
}

func (c *redoCmd) Run(ctx context.Context, out *output) error {
	return replay(ctx, c.File, out, "Redid", (*project.Project).Redo)
}

func replay(ctx context.Context, file string, out *output, did string, do func(*project.Project, context.Context) (project.Step, error)) error {
	return withProject(ctx, file, project.Options{}, func(p *project.Project) error {
		step, err := do(p, ctx)
		if err != nil {
			return err
		}
		return out.result(stepOf(step), func(w io.Writer) { fmt.Fprintf(w, "%s: %s\n", did, step.Label) })
	})
}

func stepOf(s project.Step) stepJSON {
	return stepJSON{s.ID, s.Label, s.At.UTC().Format(time.RFC3339), s.Undone}
}

type logCmd struct {
	File string `arg:"" help:"The project file."`
}

func (c *logCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		steps, err := p.History(ctx)
		if err != nil {
			return err
		}
		res := []stepJSON{}
		for _, s := range steps {
			res = append(res, stepOf(s))
		}
		return out.result(map[string]any{"steps": res}, func(w io.Writer) {
			for _, s := range steps {
				mark := " "
				if s.Undone {
					mark = "↶"
				}
				fmt.Fprintf(w, "%s %s  %s\n", mark, s.At.Local().Format(time.DateTime), s.Label)
			}
		})
	})
}
