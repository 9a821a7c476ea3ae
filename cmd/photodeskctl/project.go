package main

// This file owns the commands that look after a project file: copies, packs,
// originals, compaction, and what changed since an export.

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"photodesk/cmd/program"
	"photodesk/export/votes"
	"photodesk/project"
)

type copyCmd struct {
	File string `arg:"" help:"The project file."`
	Dest string `arg:"" help:"The copy to make."`
}

func (c *copyCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		if err := p.SaveCopy(ctx, c.Dest, nil); err != nil {
			return err
		}
		return out.result(map[string]string{"file": c.Dest}, func(w io.Writer) { fmt.Fprintln(w, c.Dest) })
	})
}

type packCmd struct {
	File string `arg:"" help:"The project file."`
	Dest string `arg:"" help:"The packed file to make, with the originals inside."`
}

func (c *packCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		if err := p.Pack(ctx, c.Dest, nil); err != nil {
			return err
		}
		return out.result(map[string]string{"file": c.Dest}, func(w io.Writer) { fmt.Fprintln(w, c.Dest) })
	})
}

type unpackCmd struct {
	Pack string `arg:"" help:"The packed file."`
	Dest string `arg:"" help:"The project file to make."`
}

func (c *unpackCmd) Run(ctx context.Context, out *output) error {
	if err := project.Unpack(ctx, c.Pack, c.Dest, nil); err != nil {
		return err
	}
	return out.result(map[string]string{"file": c.Dest}, func(w io.Writer) { fmt.Fprintln(w, c.Dest) })
}

type lostJSON struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	State  string `json:"state"` // missing or changed
}

func lostList(lost []project.LostOriginal) []lostJSON {
	list := []lostJSON{}
	for _, l := range lost {
		list = append(list, lostJSON{l.Photo.ID, l.Photo.Name, l.Photo.SHA256, string(l.State)})
	}
	return list
}

type originalsCmd struct {
	File   string   `arg:"" help:"The project file."`
	Search []string `help:"Look through these files and folders for lost originals, and put them back." placeholder:"PATH"`
}

func (c *originalsCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		lost, err := p.VerifyOriginals(ctx, nil)
		if err != nil {
			return err
		}
		var found []project.Photo
		if len(c.Search) > 0 && len(lost) > 0 {
			if found, lost, err = p.Relink(ctx, lost, c.Search, nil); err != nil {
				return err
			}
		}
		err = out.result(map[string]any{"lost": lostList(lost), "found": photosJSON(found)}, func(w io.Writer) {
			for _, ph := range found {
				fmt.Fprintf(w, "%s: its original is back\n", ph.Name)
			}
			for _, l := range lost {
				fmt.Fprintf(w, "%s: its original is %s\n", l.Photo.Name, l.State)
			}
			if len(lost) == 0 {
				fmt.Fprintln(w, "Every original is as it was imported.")
			}
		})
		if err == nil && len(lost) > 0 {
			return program.ErrProblems
		}
		return err
	})
}

type compactCmd struct {
	File string `arg:"" help:"The project file."`
	Yes  bool   `help:"Free it; without this, only say what would be freed."`
}

func (c *compactCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, project.Options{}, func(p *project.Project) error {
		do, verb := p.PlanCompaction, "would free"
		if c.Yes {
			do, verb = p.Compact, "freed"
		}
		plan, err := do(ctx)
		if err != nil {
			return err
		}
		res := map[string]any{"originals": len(plan.Originals), "bytes": plan.Bytes, "thumbnails": plan.Thumbnails, "fileBytes": plan.FileBytes, "done": c.Yes}
		return out.result(res, func(w io.Writer) {
			fmt.Fprintf(w, "Compacting %s %d originals (%.1f MB), %d thumbnails and %.1f MB of the file.\n",
				verb, len(plan.Originals), float64(plan.Bytes)/1e6, plan.Thumbnails, float64(plan.FileBytes)/1e6)
		})
	})
}

type changesCmd struct {
	File  string `arg:"" help:"The project file."`
	Essay string `required:"" help:"The essay's slug."`
}

type differenceJSON struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (c *changesCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		rev, diffs, err := p.ChangesSinceExport(ctx, e.ID)
		if errors.Is(err, project.ErrNoRow) {
			return fmt.Errorf("%s was not exported yet", e.Slug)
		}
		if err != nil {
			return err
		}
		list := []differenceJSON{}
		for _, d := range diffs {
			list = append(list, differenceJSON(d))
		}
		res := map[string]any{"exported": rev.At.UTC().Format(time.RFC3339), "folder": rev.Folder, "changes": list}
		return out.result(res, func(w io.Writer) {
			fmt.Fprintf(w, "Exported %s to %s\n", rev.At.Local().Format(time.DateTime), rev.Folder)
			for _, d := range diffs {
				fmt.Fprintf(w, "%s\n  - %s\n  + %s\n", d.What, d.Before, d.After)
			}
		})
	})
}

type copyEssayCmd struct {
	File  string `arg:"" help:"The project file."`
	Other string `arg:"" help:"The project to copy to."`
	Essay string `required:"" help:"The essay's slug."`
}

func (c *copyEssayCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		e, err := p.EssayBySlug(ctx, c.Essay)
		if err != nil {
			return err
		}
		return withProject(ctx, c.Other, project.Options{}, func(other *project.Project) error {
			id, err := p.CopyEssayTo(ctx, e.ID, other, nil)
			if err != nil {
				return err
			}
			there, err := other.Essay(ctx, id)
			if err != nil {
				return err
			}
			return out.result(map[string]string{"slug": there.Slug}, func(w io.Writer) { fmt.Fprintln(w, there.Slug) })
		})
	})
}

type keyCmd struct {
	File string `arg:"" help:"The project file."`
}

// Run prints the public half of the project's vote key, as a vote service takes it.
func (c *keyCmd) Run(ctx context.Context, out *output) error {
	return withProject(ctx, c.File, view, func(p *project.Project) error {
		public := p.VoteKey().Public().(ed25519.PublicKey)
		key := base64.RawURLEncoding.EncodeToString(public)
		return out.result(map[string]string{"id": votes.KeyID(public), "publicKey": key}, func(w io.Writer) { fmt.Fprintln(w, key) })
	})
}
