package project

// This file owns the benchmark of a project at a desk's size: 10,000 photos and
// 200 essays, one of them of 500 blocks, beside one of 100 photos. What is
// reported is how many times longer the large one takes, median by median.

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const rssEnv = "PHOTODESK_RSS" // the project that the child opens

// fill adds photos (rows without originals: nothing here reads one), essays,
// and one essay of 500 blocks, which is in both projects.
func fill(ctx context.Context, p *Project, photos, essays int) error {
	names := []string{"Jane Doe", "Renée Doe", "Jean-Paul al-Doe", "John Roe", "Олена Доу", "李明"}
	places := []string{"Saint-Nazaire", "Bilbao", "Київ", "Besançon", "上海", "Porto"}
	for from := 0; from < photos; from += 1000 {
		err := p.Edit(ctx, "Import", func(t *Tx) error {
			for i := from; i < min(from+1000, photos); i++ {
				sha := fmt.Sprintf("%064x", i+1)
				_, err := t.AddPhoto(Photo{
					SHA256: sha, Name: fmt.Sprintf("DSC_%05d.jpg", i), Format: "jpeg", Bytes: 8 << 20, Width: 6000, Height: 4000,
					Caption: fmt.Sprintf("Walkers cross the footbridge at %s on day %d, the first since the storm took the old one.", places[i%6], i),
					Byline:  names[i%6], Credit: "AP", CreditLine: names[i%6] + "/AP", City: places[i%6], Keywords: []string{"storm", strconv.Itoa(i)},
				})
				if err != nil {
					return err
				}
				if err := t.putThumbnail(sha, emptyRecipe, make([]byte, 14<<10)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return p.Edit(ctx, "Essays", func(t *Tx) error {
		for n := range essays {
			blocks := 20
			if n == 0 {
				blocks = 500
			}
			id, err := t.AddEssay(Essay{Slug: fmt.Sprintf("essay-%d", n), Headline: "Storm"})
			if err != nil {
				return err
			}
			last := int64(0)
			for i := range blocks {
				b := Block{Kind: KindText, Text: "It blew hard on the coast."}
				if i%2 == 1 {
					b = Block{Kind: KindPhoto, Placements: []Placement{{PhotoID: int64((n*20+i)%photos + 1)}}}
				}
				if last, err = t.AddBlock(id, last, b); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func BenchmarkScale(b *testing.B) {
	ctx := b.Context()
	make := func(name string, photos, essays int) *Project {
		p, err := Create(ctx, filepath.Join(b.TempDir(), name+Extension))
		if err == nil {
			err = fill(ctx, p, photos, essays)
		}
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = p.Close() })
		return p
	}
	small, large := make("small", 100, 4), make("large", 10_000, 200)

	n := 0 // so that each edit changes something
	for _, op := range []struct {
		name  string
		limit float64
		do    func(*Project) error
	}{
		{"open", 2, func(p *Project) error {
			q, err := Open(ctx, p.Path(), Options{ReadOnly: true})
			if err != nil {
				return err
			}
			return q.Close()
		}},
		{"first library screen", 2, func(p *Project) error {
			photos, err := p.PhotoPage(ctx, Filter{}, 0, 60)
			for _, ph := range photos[:min(len(photos), 12)] {
				if err == nil {
					_, err = p.Thumbnail(ctx, ph)
				}
			}
			return err
		}},
		{"search", 5, func(p *Project) error {
			photos, err := p.PhotoPage(ctx, Filter{Search: "besancon dsc_0002"}, 0, 60)
			if err == nil && len(photos) == 0 {
				err = ErrNoRow
			}
			return err
		}},
		{"caption edit", 2, func(p *Project) error {
			return p.Edit(ctx, "Edit caption", func(t *Tx) error {
				ph, err := t.Photo(50)
				if err != nil {
					return err
				}
				n++
				ph.Caption = fmt.Sprint("Waves break, take ", n)
				return t.UpdatePhoto(ph)
			})
		}},
		{"reorder of 500 blocks", 2, func(p *Project) error {
			return p.Edit(ctx, "Move block", func(t *Tx) error {
				n++
				return t.MoveBlock(int64(100+n%300), int64(1+n%97))
			})
		}},
		{"undo", 2, func(p *Project) error {
			if _, err := p.Undo(ctx); err != nil {
				return err
			}
			_, err := p.Redo(ctx)
			return err
		}},
	} {
		b.Run(strings.ReplaceAll(op.name, " ", "_"), func(b *testing.B) {
			var times [2][]time.Duration
			for range max(b.N, 15) { // side by side, so that a busy machine slows both
				for i, p := range []*Project{small, large} {
					start := time.Now()
					if err := op.do(p); err != nil {
						b.Fatal(err)
					}
					times[i] = append(times[i], time.Since(start))
				}
			}
			median := func(d []time.Duration) float64 {
				slices.Sort(d)
				return float64(d[len(d)/2])
			}
			s, l := median(times[0]), median(times[1])
			b.ReportMetric(s/1e6, "ms-small")
			b.ReportMetric(l/1e6, "ms-large")
			b.ReportMetric(l/s, "×small")
			b.ReportMetric(op.limit, "×limit")
			b.ReportMetric(0, "ns/op")
		})
	}
	b.Run("resident_memory", func(b *testing.B) {
		cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestResidentChild$")
		cmd.Env = append(os.Environ(), rssEnv+"="+large.Path())
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		_, kb, _ := strings.Cut(string(out), "VmHWM:")
		n, err := strconv.ParseFloat(strings.Fields(kb)[0], 64)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(n/1024, "MB")
		b.ReportMetric(100, "MB-limit")
		b.ReportMetric(0, "ns/op")
	})
}

// TestResidentChild opens a project headless and tells what memory that took;
// by itself it does nothing.
func TestResidentChild(t *testing.T) {
	path := os.Getenv(rssEnv)
	if path == "" {
		return
	}
	p, err := Open(t.Context(), path, Options{ReadOnly: true})
	must(t, err)
	defer p.Close()
	_, err = p.Essays(t.Context())
	must(t, err)
	_, err = p.PhotoPage(t.Context(), Filter{}, 0, 60)
	must(t, err)
	_, err = p.Counts(t.Context())
	must(t, err)
	status, err := os.ReadFile("/proc/self/status")
	must(t, err)
	fmt.Println(string(status))
}
