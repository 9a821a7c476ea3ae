package main

// This file owns the command that brings votes back to the desk.

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"photodesk/export"
	"photodesk/project"
)

type talliesCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	Votes string `help:"The address of the vote service; without it, what is known from before is printed." placeholder:"URL"`
	CSV   string `help:"Also write the table there, as CSV." placeholder:"FILE" name:"csv"`
}

type tallyJSON struct {
	Photo  string `json:"photo,omitempty"` // the file's name; none is the essay's own
	Points int    `json:"points"`
	Up     int    `json:"up"`
	Down   int    `json:"down"`
	At     string `json:"at"`
}

func (c *talliesCmd) Run(ctx context.Context, out *output) error {
	return withOwnOrView(ctx, c.File, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		if c.Votes != "" {
			if p.ReadOnly() {
				return fmt.Errorf("%s is open in another Photodesk: tallies can't be kept in it; close it there first", c.File)
			}
			if _, err := export.RefreshTallies(ctx, p, e.ID, c.Votes); err != nil {
				return err
			}
		}
		tallies, err := p.Tallies(ctx, e.ID)
		if err != nil {
			return err
		}
		photos, err := p.PhotosOf(ctx, e.ID)
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, ph := range photos {
			names[ph.SHA256] = ph.Name
		}
		list := []tallyJSON{}
		for _, t := range tallies {
			list = append(list, tallyJSON{names[t.Photo], t.Points(), t.Up, t.Down, t.At.UTC().Format(time.RFC3339)})
		}
		if c.CSV != "" {
			if err := writeTable(c.CSV, func(w io.Writer) error { return p.WriteTallies(ctx, w, e.ID) }); err != nil {
				return err
			}
		}
		return out.result(map[string]any{"tallies": list}, func(w io.Writer) {
			for _, t := range list {
				name := t.Photo
				if name == "" {
					name = "(the essay)"
				}
				fmt.Fprintf(w, "%+d\t%d up, %d down\t%s\n", t.Points, t.Up, t.Down, name)
			}
			if len(list) == 0 {
				fmt.Fprintln(w, "Nothing is known yet; ask a service with --votes URL.")
			}
		})
	})
}

// writeTable writes a new file.
func writeTable(name string, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return write(f)
}
