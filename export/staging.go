package export

// This file owns the folder that a bundle is made in, beside its place, until all of it is there.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"photodesk/export/derive"
)

// staging is that folder. Files go in while others are still being made.
type staging struct {
	dir    string
	before string // the bundle that it will replace, or ""
	cache  *derive.Cache
	mode   fs.FileMode // of a new file
}

func newStaging(out string, cache *derive.Cache) (*staging, error) {
	parent := filepath.Dir(out)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	prefix := "." + filepath.Base(out) + ".staging-"
	sweep(parent, prefix)
	dir, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return nil, err
	}
	s := &staging{dir: dir, cache: cache}
	if st, err := os.Lstat(out); err == nil && st.IsDir() { // behind a link it would stay, and share its files with the new one
		s.before = out
	}
	if err := errors.Join(os.Chmod(dir, 0o755), s.probe()); err != nil {
		return nil, errors.Join(err, s.remove())
	}
	return s, nil
}

// sweep removes staging folders that a crash left behind: nobody makes a bundle for a day.
func sweep(parent, prefix string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return // the export will say what is wrong with it
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if st, err := e.Info(); err == nil && time.Since(st.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

// probe finds out the mode that a new file gets.
func (s *staging) probe() error {
	name := filepath.Join(s.dir, "probe")
	if err := writeFile(name, nil); err != nil {
		return err
	}
	st, err := os.Lstat(name)
	if err != nil {
		return err
	}
	s.mode = st.Mode()
	return os.Remove(name)
}

// reuse takes a photo's file that was finished before, out of the bundle that is replaced or out of the cache: another name
// of the same file, where that can be. Its bytes are proved where they now lie.
func (s *staging) reuse(name, sha string) (file, bool) {
	to := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return file{}, false
	}
	if s.before != "" && os.Link(filepath.Join(s.before, filepath.FromSlash(name)), to) == nil {
		if st, err := os.Lstat(to); err == nil && st.Mode() == s.mode && derive.SameHash(to, sha) {
			return file{path: name, size: st.Size(), sha: sha}, true
		}
		if os.Remove(to) != nil {
			return file{}, false
		}
	}
	size, ok := s.cache.Lend(sha, to)
	if !ok {
		return file{}, false
	}
	if st, err := os.Lstat(to); err != nil || st.Mode() != s.mode {
		_ = os.Remove(to)
		return file{}, false
	}
	return file{path: name, size: size, sha: sha}, true
}

// put writes a file and lets go of its data. Two photos that look alike give the same file twice.
func (s *staging) put(f file) (file, error) {
	name := filepath.Join(s.dir, filepath.FromSlash(f.path))
	err := writeFile(name, f.data)
	if errors.Is(err, os.ErrExist) {
		err = nil // named by its content
	} else if err == nil && path.Dir(f.path) == "photos" {
		s.cache.Keep(f.sha, name)
	}
	f.data = nil
	return f, err
}

// place gives the folder out's name; what was there before goes with remove.
func (s *staging) place(ctx context.Context, out string) error {
	if err := syncTree(s.dir); err != nil {
		return err
	}
	// From here on it is quick, and cancelling is too late.
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := swap(s.dir, out); err != nil {
		return err
	}
	return syncDir(filepath.Dir(out))
}

// remove removes what is left under the folder's name: what is unfinished, or the bundle before.
func (s *staging) remove() error { return os.RemoveAll(s.dir) }

// writeFile writes a file that must not be there yet; syncTree brings it to the disk.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
