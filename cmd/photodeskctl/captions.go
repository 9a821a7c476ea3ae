package main

// This file owns the commands that work on many photos' words and rights, and on
// the warnings that an editor lets pass.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"photodesk/cmd/program"
	"photodesk/export"
	"photodesk/project"
)

type captionsCmd struct {
	Export captionsExportCmd `cmd:"" help:"Write captions as CSV: the library's, or those of an essay."`
	Import captionsImportCmd `cmd:"" help:"Read captions from CSV. Photos are known by file name and SHA-256; an empty cell changes nothing, {empty} empties a field."`
}

type captionsExportCmd struct {
	File  string `arg:"" help:"The project file."`
	Table string `arg:"" optional:"" default:"-" help:"The CSV file to write; - is standard output."`
	Essay string `help:"Only the photos of the essay with this slug, with the captions it shows."`
	BOM   bool   `name:"bom" help:"Begin with a byte-order mark, which some spreadsheets need for UTF-8."`
}

func (c *captionsExportCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) (err error) {
		list, err := wordsOf(ctx, p, c.Essay)
		if err != nil {
			return err
		}
		if c.Table == "-" {
			return project.WriteCaptions(out.stdout, list, c.BOM)
		}
		f, err := os.OpenFile(c.Table, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("write %s: it is there already; choose another name", c.Table)
		}
		if err != nil {
			return fmt.Errorf("write captions: %w", err)
		}
		if err := errors.Join(project.WriteCaptions(f, list, c.BOM), f.Close()); err != nil {
			return err
		}
		return out.result(map[string]any{"file": c.Table, "rows": len(list)}, func(w io.Writer) { fmt.Fprintf(w, "%s: %d rows\n", c.Table, len(list)) })
	})
}

func wordsOf(ctx context.Context, p *project.Project, slug string) ([]project.Words, error) {
	if slug == "" {
		photos, err := p.Photos(ctx, project.Filter{})
		return project.InLibrary(photos), err
	}
	e, err := p.EssayBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	photos, err := p.PhotosOf(ctx, e.ID)
	return project.InStory(e, photos), err
}

type captionsImportCmd struct {
	File  string `arg:"" help:"The project file."`
	Table string `arg:"" help:"The CSV file; - is standard input."`
	Yes   bool   `help:"Make the changes; without this, only say what would change."`
}

type wordChangeJSON struct {
	Photo     int64  `json:"photo"`
	Placement *int64 `json:"placement"` // whose own caption it is; null: the photo's
	Name      string `json:"name"`
	Field     string `json:"field"`
	Before    string `json:"before"`
	After     string `json:"after"`
}

type rowJSON struct {
	Line   int    `json:"line"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

type captionsJSON struct {
	Rows    int              `json:"rows"`
	Changes []wordChangeJSON `json:"changes"`
	Unused  []rowJSON        `json:"unused"` // rows that match no photo, and why
	Unknown []string         `json:"unknown"`
	Done    bool             `json:"done"`
}

func (c *captionsImportCmd) Run(ctx context.Context, out *output) error {
	in := out.stdin
	if c.Table != "-" {
		f, err := os.Open(c.Table)
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read %s: no such file", c.Table)
		}
		if err != nil {
			return fmt.Errorf("read captions: %w", err)
		}
		defer f.Close()
		in = f
	}
	o := view
	if c.Yes {
		o = project.Options{}
	}
	return withProject(ctx, c.File, o, func(p *project.Project) error {
		table, err := p.PlanCaptions(ctx, in)
		if err != nil {
			return err
		}
		if c.Yes && len(table.Changes) > 0 {
			if err := p.Edit(ctx, "Import captions", func(tx *project.Tx) error { return tx.Apply(table.Changes) }); err != nil {
				return err
			}
		}
		res := captionsJSON{Rows: table.Rows, Changes: []wordChangeJSON{}, Unused: []rowJSON{}, Unknown: append([]string{}, table.Unknown...), Done: c.Yes}
		for _, ch := range table.Changes {
			res.Changes = append(res.Changes, wordChangeJSON{ch.PhotoID, orNull(ch.PlacementID), ch.Name, string(ch.Field), ch.Before, ch.After})
		}
		for _, t := range table.Trouble {
			res.Unused = append(res.Unused, rowJSON{t.Line, t.Name, t.Reason})
			out.note("line %d, %s: %s", t.Line, t.Name, t.Reason)
		}
		for _, name := range table.Unknown {
			out.note("the column “%s” means nothing here; it is left aside", name)
		}
		err = out.result(res, func(w io.Writer) {
			for _, ch := range table.Changes {
				fmt.Fprintf(w, "%s: %s\n  - %s\n  + %s\n", ch.Name, ch.Field, ch.Before, ch.After)
			}
			verb := "would change"
			if c.Yes {
				verb = "changed"
			}
			fmt.Fprintf(w, "%d rows, %d fields %s, %d rows left aside\n", table.Rows, len(table.Changes), verb, len(table.Trouble))
		})
		if err == nil && len(table.Trouble) > 0 {
			return program.ErrProblems
		}
		return err
	})
}

type overruleCmd struct {
	File     string `arg:"" help:"The project file."`
	Essay    string `required:"" help:"The essay's slug."`
	Code     string `required:"" help:"The warning's code, as check prints it in brackets."`
	Photo    string `help:"Only for the photo with this file name."`
	Reason   string `help:"Why the warning is let pass. It is kept, and stands in bundle.json."`
	TakeBack bool   `help:"Make the warning count again."`
}

func (c *overruleCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		problems, err := export.Check(ctx, p, e.ID)
		if err != nil {
			return err
		}
		photos, err := p.PhotosOf(ctx, e.ID)
		if err != nil {
			return err
		}
		var meant []export.Problem
		for _, pr := range problems {
			if pr.Code != c.Code || c.Photo != "" && photos[pr.Photo].Name != c.Photo || (pr.Overruled != nil) != c.TakeBack {
				continue
			}
			if pr.Severity != export.SeverityWarning {
				return fmt.Errorf("%s is an %s; only warnings can be overruled: %s", pr.Code, pr.Severity, pr)
			}
			meant = append(meant, pr)
		}
		if len(meant) == 0 {
			return fmt.Errorf("the check of %s has no such warning: %s", e.Slug, strings.TrimSpace(c.Code+" "+c.Photo))
		}
		label := "Overrule a warning"
		if c.TakeBack {
			label = "Take back an overruling"
		}
		err = p.Edit(ctx, label, func(tx *project.Tx) error {
			for _, pr := range meant {
				if c.TakeBack {
					if err := tx.TakeBackOverruling(pr.Overruled.ID); err != nil {
						return err
					}
				} else if _, err := tx.Overrule(pr.Overruling(e.ID, c.Reason)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return out.result(map[string]int{"warnings": len(meant)}, func(w io.Writer) {
			for _, pr := range meant {
				fmt.Fprintln(w, pr)
			}
		})
	})
}

type rightsCmd struct {
	File    string   `arg:"" help:"The project file."`
	Photos  []string `arg:"" help:"File names of photos in the library."`
	Expires *string  `help:"The day from which the photos may not be shown any more, or never." placeholder:"YYYY-MM-DD"`
	Embargo *string  `help:"The day before which they may not be shown, or none." placeholder:"YYYY-MM-DD"`
}

func (c *rightsCmd) Run(ctx context.Context, out *output) error {
	expires, err := day(c.Expires, "never")
	if err != nil {
		return fmt.Errorf("--expires: %w", err)
	}
	embargo, err := day(c.Embargo, "none")
	if err != nil {
		return fmt.Errorf("--embargo: %w", err)
	}
	if expires == nil && embargo == nil {
		return errors.New("rights: say --expires or --embargo")
	}
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		library, err := p.Photos(ctx, project.Filter{})
		if err != nil {
			return err
		}
		var meant []project.Photo
		for _, name := range c.Photos {
			found := 0
			for _, ph := range library {
				if ph.Name == name {
					meant, found = append(meant, ph), found+1
				}
			}
			if found != 1 {
				return fmt.Errorf("rights: %d photos in the library are called %s", found, name)
			}
		}
		err = p.Edit(ctx, "Renew rights", func(tx *project.Tx) error {
			for _, ph := range meant {
				if expires != nil {
					ph.Expires = *expires
				}
				if embargo != nil {
					ph.Embargo = *embargo
				}
				if err := tx.UpdatePhoto(ph); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return out.result(map[string]int{"photos": len(meant)}, func(w io.Writer) { fmt.Fprintf(w, "%d photos renewed\n", len(meant)) })
	})
}

// day reads a day, or the word for none; nil stays nil.
func day(text *string, none string) (*string, error) {
	if text == nil {
		return nil, nil
	}
	at := strings.TrimSpace(*text)
	if strings.EqualFold(at, none) {
		empty := ""
		return &empty, nil
	}
	if _, err := time.Parse(time.DateOnly, at); err != nil {
		return nil, fmt.Errorf("%q is no day; write it as 2027-03-31, or “%s”", at, none)
	}
	return &at, nil
}
