package project

// This file owns collection: what no essay, no library row and no undo step
// can reach is freed, on command only, and never without saying first what.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Compaction is what Compact frees.
type Compaction struct {
	Originals  []string // file names in the folder of originals
	Bytes      int64    // of those originals
	Thumbnails int
	FileBytes  int64 // pages of the project file that hold nothing
}

// reachable are the hashes that the library or the undo history name.
const reachable = `
	SELECT sha256 FROM photo
	UNION SELECT json_extract(new, '$.sha256') FROM undo_change WHERE tbl = 'photo' AND col = '+'
	UNION SELECT json_extract(old, '$.sha256') FROM undo_change WHERE tbl = 'photo' AND col = '-'`

// PlanCompaction says what Compact would free; it changes nothing.
func (p *Project) PlanCompaction(ctx context.Context) (Compaction, error) {
	var c Compaction
	keep := map[string]bool{}
	rows, err := p.readDB.QueryContext(ctx, reachable)
	if err != nil {
		return c, fmt.Errorf("plan compaction: %w", explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return c, fmt.Errorf("plan compaction: %w", err)
		}
		keep[sha] = true
	}
	if err := rows.Err(); err != nil {
		return c, fmt.Errorf("plan compaction: %w", explain(err))
	}
	entries, err := os.ReadDir(p.OriginalsDir())
	if err != nil && !os.IsNotExist(err) {
		return c, fmt.Errorf("plan compaction: %w", err)
	}
	for _, e := range entries {
		sha, _, _ := strings.Cut(e.Name(), ".")
		// Only what we wrote: 64 digits and an extension, or a half-written one.
		ours := len(sha) == 64 || strings.HasPrefix(e.Name(), ".incoming-")
		if st, err := e.Info(); err == nil && ours && !keep[sha] && st.Mode().IsRegular() {
			c.Originals = append(c.Originals, e.Name())
			c.Bytes += st.Size()
		}
	}
	err = p.readDB.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM thumbnail WHERE sha256 NOT IN (`+reachable+`)),
		(SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size)`).Scan(&c.Thumbnails, &c.FileBytes)
	if err != nil {
		return c, fmt.Errorf("plan compaction: %w", explain(err))
	}
	return c, nil
}

// Compact frees what PlanCompaction says and returns what it freed.
func (p *Project) Compact(ctx context.Context) (Compaction, error) {
	c, err := p.PlanCompaction(ctx)
	if err != nil {
		return c, err
	}
	err = p.aside(ctx, func(t *Tx) error {
		for _, tbl := range []string{"thumbnail", "found"} {
			if err := t.exec(`DELETE FROM ` + tbl + ` WHERE sha256 NOT IN (` + reachable + `)`); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	for _, name := range c.Originals {
		if err := os.Remove(filepath.Join(p.OriginalsDir(), name)); err != nil && !os.IsNotExist(err) {
			return c, fmt.Errorf("compact: %w", err)
		}
	}
	p.gate.Lock()
	defer p.gate.Unlock()
	if _, err := p.writer.ExecContext(ctx, `VACUUM`); err != nil {
		return c, fmt.Errorf("compact: %w", explain(err))
	}
	return c, nil
}
