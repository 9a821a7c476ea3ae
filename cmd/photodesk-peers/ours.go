//go:build linux

package main

// This file owns what Photodesk does as one of the ways: a project of the corpus, its export, its import.

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/disintegration/imaging"

	"photodesk/export"
	"photodesk/export/derive"
	"photodesk/project"
	"photodesk/project/photo"
)

// prepare makes a project of all photographs, each in a block of one essay.
func prepare(ctx context.Context, file, photos string) (err error) {
	p, err := project.Create(ctx, file)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, p.Close()) }()
	rep, err := p.Import(ctx, []string{photos}, nil)
	if err != nil {
		return err
	}
	if len(rep.Failed) > 0 {
		return fmt.Errorf("import %s: %s", rep.Failed[0].Name, rep.Failed[0].Reason)
	}
	return p.Edit(ctx, "Prepare", func(tx *project.Tx) error {
		essay, err := tx.AddEssay(project.Essay{Slug: "peers", Headline: "Peers"})
		if err != nil {
			return err
		}
		after := int64(0)
		for _, ph := range rep.Imported {
			ph.CreditLine, ph.Caption, ph.Alt = "Jane Doe/Peers", "A photograph of the corpus, "+ph.Name+".", "A scene"
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
			if after, err = tx.AddBlock(essay, after, project.Block{Kind: project.KindPhoto}); err != nil {
				return err
			}
			if _, err := tx.AddPlacement(after, 0, project.Placement{PhotoID: ph.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

func exportOnce(ctx context.Context, file, out, cache string) (err error) {
	p, err := project.Open(ctx, file, project.Options{})
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, p.Close()) }()
	return timed(ctx, p, out, cache)
}

// timed exports the essay and prints how long that took.
func timed(ctx context.Context, p *project.Project, out, cache string) error {
	e, err := p.EssayBySlug(ctx, "peers")
	if err != nil {
		return err
	}
	start := time.Now()
	// The peers have fixed qualities.
	rep, err := export.Export(ctx, p, e.ID, export.Options{Out: out, Cache: cache, FixedQuality: true}, nil)
	fmt.Printf("  export alone %.3f s, %d files, %.1f MB, %d made\n", time.Since(start).Seconds(), rep.Files, float64(rep.Bytes)/1e6, rep.Made)
	return err
}

// recaption exports, then changes the caption of one photograph or of all, and exports again, three times: the program has
// been running when an editor changes a caption, and the last time is the one that counts.
func recaption(ctx context.Context, file, out, cache string, one bool) (err error) {
	p, err := project.Open(ctx, file, project.Options{})
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, p.Close()) }()
	e, err := p.EssayBySlug(ctx, "peers")
	if err != nil {
		return err
	}
	if err := timed(ctx, p, out, cache); err != nil {
		return err
	}
	photos := e.PhotoIDs()
	if one {
		photos = photos[:1]
	}
	for range 3 {
		err = p.Edit(ctx, "Recaption", func(tx *project.Tx) error {
			for _, id := range photos {
				ph, err := tx.Photo(id)
				if err != nil {
					return err
				}
				ph.Caption = "Changed at " + time.Now().Format(time.RFC3339Nano)
				if err := tx.UpdatePhoto(ph); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := timed(ctx, p, out, cache); err != nil {
			return err
		}
	}
	return nil
}

func importOnce(ctx context.Context, file, photos string) (err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	p, err := project.Create(ctx, file)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, p.Close()) }()
	start := time.Now()
	first := time.Duration(0)
	rep, err := p.Import(ctx, []string{photos}, func(pr project.ImportProgress) {
		if first == 0 && pr.Done > 0 {
			first = time.Since(start)
		}
	})
	if err != nil {
		return err
	}
	s := time.Since(start).Seconds()
	fmt.Printf("  %d imported, %d failed, %.1f a second; the first after %d ms\n", len(rep.Imported), len(rep.Failed), float64(len(rep.Imported))/s, first.Milliseconds())
	return nil
}

// multiply makes n photographs of those in a folder, told apart by a comment.
func multiply(from, to string, n int) error {
	names, err := filepath.Glob(filepath.Join(from, "*.jpg"))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("no photographs in %s: %w", from, err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for i := range n {
		data, err := os.ReadFile(names[i%len(names)])
		if err != nil {
			return err
		}
		comment := fmt.Sprintf("\xff\xfe\x00\x0acopy%04d", i)
		data = slices.Concat(data[:2], []byte(comment), data[2:])
		if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("copy-%04d.jpg", i)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// likeness prints how alike our resized photographs are to Lanczos from the full size, before any encoder.
func likeness(photos string) error {
	names, err := filepath.Glob(filepath.Join(photos, "*.jpg"))
	if err != nil {
		return err
	}
	found := map[int][]float64{}
	for _, name := range names[:min(len(names), 10)] {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := photo.Inspect(data, photo.Limits{})
		if err != nil {
			return err
		}
		if info.Orientation != 1 || info.Profile != "" {
			continue // the reference below knows neither
		}
		full, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return err
		}
		var at *image.YCbCr
		for _, w := range []int{2240, 1600, 960, 480} {
			h := (info.Height*w + info.Width/2) / info.Width
			if at == nil {
				if at, _, err = photo.Planes(data, info, photo.Recipe{}, w, h, color.NRGBA{}); err != nil {
					return err
				}
			}
			if at, err = photo.FitPlanes(at, w, h); err != nil {
				return err
			}
			want := photo.PlanesOf(imaging.Resize(full, w, h, imaging.Lanczos), color.NRGBA{})
			found[w] = append(found[w], derive.SSIM(at, want))
		}
	}
	fmt.Print("\nSSIM of our sizes, before encoding, to Lanczos from the full size: least, median\n\n")
	for _, w := range []int{2240, 1600, 960, 480} {
		if v := found[w]; len(v) > 0 {
			slices.Sort(v)
			fmt.Printf("- %d px: %.4f, %.4f\n", w, v[0], v[len(v)/2])
		}
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
