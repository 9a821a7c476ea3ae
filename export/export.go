package export

// This file owns Export: the bundle's place on the disk, and nothing half-made in it.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"photodesk/export/derive"
	"photodesk/export/page"
	"photodesk/project"
)

// Report tells what was written.
type Report struct {
	Dir      string // absolute
	Zip      string // absolute, or ""
	Files    int
	Bytes    int64
	Made     int // derivatives made now; the others were ready
	Encoders map[string]string
	Problems []Problem // warnings and notes that did not stop it
	// Forgotten is why the project could not remember this export, or nil.
	Forgotten error
}

// Errors of Export beside a *ProblemsError.
var (
	// ErrForeign keeps a folder that isn't a bundle, or holds other files too.
	ErrForeign = errors.New("holds files that Photodesk did not write")
	// ErrSignIn is wrapped where an essay's voters have to sign in and nobody
	// counts who could know them: on a device everybody could vote.
	ErrSignIn = errors.New("readers have to sign in to vote, which takes a vote service; give its address, or let everybody vote")
)

// Export writes the essay's bundle. It returns a *ProblemsError when Check
// finds errors; warnings come with the report. Whatever fails, the bundle
// that was there before stays as it was.
func Export(ctx context.Context, p *project.Project, essay int64, o Options, progress func(Progress)) (rep Report, err error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	problems, err := Check(ctx, p, essay)
	if err != nil {
		return Report{}, err
	}
	if hasErrors(problems) {
		return Report{}, &ProblemsError{problems}
	}
	out, err := filepath.Abs(o.Out)
	if err != nil || o.Out == "" {
		return Report{}, fmt.Errorf("export: name a folder for the bundle")
	}
	if err := mayReplace(out); err != nil {
		return Report{}, err
	}
	if err := page.CheckVotesURL(o.VotesURL); err != nil {
		return Report{}, err
	}
	pn, err := newPlan(ctx, p, essay, o, openCache(o.Cache))
	if err != nil {
		return Report{}, err
	}
	if o.VotesURL == "" && pn.essay.VoteRules.SignIn && pn.essay.Votable() {
		return Report{}, fmt.Errorf("export %s: %w", pn.essay.Slug, ErrSignIn)
	}
	st, err := newStaging(out, pn.cache)
	if err != nil {
		return Report{}, fmt.Errorf("export %s to %s: %w", pn.essay.Slug, out, explain(err))
	}
	defer func() {
		if rm := st.remove(); err == nil {
			err = rm
		}
	}()
	b, err := pn.build(ctx, st, progress)
	if err != nil {
		return Report{}, fmt.Errorf("export %s: %w", pn.essay.Slug, explain(err))
	}
	progress(Progress{Done: len(pn.order), Total: len(pn.order), What: "Writing the bundle…"})
	rep = Report{Dir: out, Files: len(b.files), Made: b.made, Encoders: o.Encoders(), Problems: problems}
	for i, f := range b.files {
		rep.Bytes += f.size
		if f.data != nil {
			if b.files[i], err = st.put(f); err != nil {
				return Report{}, fmt.Errorf("export %s to %s: %w", pn.essay.Slug, out, explain(err))
			}
		}
	}
	if err := st.place(ctx, out); err != nil {
		return Report{}, fmt.Errorf("export %s to %s: %w", pn.essay.Slug, out, explain(err))
	}
	if o.Zip {
		rep.Zip = out + ".zip"
		if err := writeZip(ctx, rep.Zip, out); err != nil {
			return rep, fmt.Errorf("zip %s: %w", out, explain(err))
		}
	}
	if !p.ReadOnly() {
		// The bundle stands; that it can't be remembered must not hide it.
		rep.Forgotten = p.AddRevision(ctx, essay, out, project.SnapshotOf(pn.essay, pn.photos))
	}
	return rep, nil
}

// cacheBytes bounds the derivatives kept between exports.
const cacheBytes = 2 << 30

// openCache is nil where there can be no cache: that only costs time.
func openCache(dir string) *derive.Cache {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(base, "photodesk", "derivatives")
	}
	if known, ok := caches.Load(dir); ok {
		return known.(*derive.Cache)
	}
	cache, err := derive.Open(dir, cacheBytes)
	if err != nil {
		return nil
	}
	known, _ := caches.LoadOrStore(dir, cache)
	return known.(*derive.Cache)
}

// caches are those in use, by folder: each measures its folder once.
var caches sync.Map

// mayReplace refuses every existing folder but an empty one and a bundle that
// holds nothing else.
func mayReplace(out string) error {
	entries, err := os.ReadDir(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is a file; choose another folder for the bundle", out)
	case err != nil:
		return fmt.Errorf("look into %s: %w", out, err)
	case len(entries) == 0:
		return nil
	}
	m, err := ReadManifest(out)
	if errors.Is(err, ErrNotBundle) {
		return fmt.Errorf("%s %w; choose another folder for the bundle", out, ErrForeign)
	}
	if err != nil {
		return err
	}
	foreign, err := foreignFiles(out, m)
	if err != nil {
		return err
	}
	if len(foreign) > 0 {
		return fmt.Errorf("%s %w, such as %s; move them out, or choose another folder for the bundle", out, ErrForeign, foreign[0])
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some file systems can't sync a folder
	}
	return errors.Join(err, d.Close())
}

func explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w; free some space and try again: %w", project.ErrDiskFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder %w; check its permissions, or choose another: %w", project.ErrReadOnly, err)
	}
	return err
}
