package main

// This file owns the command that says when an essay came out.

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"photodesk/project"
)

type publishedCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
	At    string `required:"" help:"When it came out or will, with its zone; or none." placeholder:"RFC3339"`
}

func (c *publishedCmd) Run(ctx context.Context, out *output) error {
	var at time.Time
	if text := strings.TrimSpace(c.At); !strings.EqualFold(text, "none") {
		var err error
		if at, err = time.Parse(time.RFC3339, text); err != nil {
			return fmt.Errorf("--at: %q is no time with a zone; write it as 2026-12-24T18:00:00+01:00, or “none”", text)
		}
	}
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		err := p.Edit(ctx, "Change publication time", func(tx *project.Tx) error {
			found, err := p.EssayBySlug(ctx, c.Essay)
			if err != nil {
				return err
			}
			e, err := tx.Essay(found.ID)
			if err != nil {
				return err
			}
			e.Published = at
			return tx.UpdateEssay(e)
		})
		if err != nil {
			return err
		}
		said := ""
		if !at.IsZero() {
			said = at.Format(time.RFC3339)
		}
		return out.result(map[string]string{"slug": c.Essay, "published": said}, func(w io.Writer) { fmt.Fprintln(w, said) })
	})
}
