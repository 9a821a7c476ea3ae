package publish

// This file owns folders of this machine and of what it mounts. os.Root keeps every name within.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"photodesk/export"
)

type folder struct {
	dir  string
	root *os.Root // nil until the folder is there
}

func openFolder(b *bundle, t Target) (store, error) {
	if apart, err := apart(b.dir, t.Path); err != nil || !apart {
		return nil, errors.Join(err, fmt.Errorf("the bundle lies in %s; choose a folder that neither holds it nor lies within it", b.dir))
	}
	s := &folder{dir: t.Path}
	root, err := os.OpenRoot(t.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case errors.Is(err, syscall.ENOTDIR):
		return nil, fmt.Errorf("%s is a file; choose a folder", t.Path)
	case err != nil:
		return nil, err
	}
	s.root = root
	return s, nil
}

// apart reports whether neither folder lies within the other.
func apart(a, b string) (bool, error) {
	a, err := real(a)
	if err != nil {
		return false, err
	}
	if b, err = real(b); err != nil {
		return false, err
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if rel, err := filepath.Rel(pair[0], pair[1]); err == nil && filepath.IsLocal(rel) {
			return false, nil
		}
	}
	return true, nil
}

// real is a path without links, as far as it is there.
func real(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	for at, rest := name, ""; ; at, rest = filepath.Dir(at), filepath.Join(filepath.Base(at), rest) {
		if there, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(there, rest), nil
		}
		if at == filepath.Dir(at) {
			return name, nil
		}
	}
}

func (s *folder) list(_ context.Context, dir string) (map[string]entry, error) {
	out := map[string]entry{}
	if s.root == nil {
		return out, nil
	}
	d, err := s.root.Open(path.Join(".", dir))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer d.Close()
	infos, err := d.Readdir(-1)
	for _, i := range infos {
		out[i.Name()] = entry{i.Size(), i.IsDir()}
	}
	return out, err
}

func (s *folder) read(_ context.Context, name string) ([]byte, error) {
	if s.root == nil {
		return nil, fs.ErrNotExist
	}
	f, err := s.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f, name)
}

func readBounded(r io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxRead+1))
	if err == nil && len(data) > maxRead {
		err = fmt.Errorf("%s is longer than %d MB, which no page is", name, maxRead>>20)
	}
	return data, err
}

// partOf is what a file is called until it is whole.
func partOf(name string) string { return path.Join(path.Dir(name), "."+path.Base(name)+partEnd) }

const partEnd = ".photodesk-part"

// parts picks out what was left when a run was broken off.
func parts(names map[string]entry) []string {
	var out []string
	for name, e := range names {
		if !e.folder && strings.HasPrefix(path.Base(name), ".") && strings.HasSuffix(name, partEnd) {
			out = append(out, name)
		}
	}
	return out
}

func (s *folder) leftovers(names map[string]entry) []string { return parts(names) }

func (s *folder) put(ctx context.Context, f export.ManifestFile, body io.ReadSeeker) error {
	if s.root == nil {
		if err := os.MkdirAll(s.dir, 0o755); err != nil {
			return err
		}
		root, err := os.OpenRoot(s.dir)
		if err != nil {
			return err
		}
		s.root = root // the journal is put alone, before all others
	}
	if err := s.root.MkdirAll(path.Dir(f.Path), 0o755); err != nil {
		return err
	}
	part := partOf(f.Path)
	err := s.write(part, f, body)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = s.root.Rename(part, f.Path)
	}
	if err != nil {
		_ = s.root.Remove(part)
		return err
	}
	return nil
}

// write brings a file to the disk and reads it back.
func (s *folder) write(part string, f export.ManifestFile, body io.Reader) error {
	if err := s.root.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	w, err := s.root.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, body)
	if err == nil {
		err = w.Sync()
	}
	if err == nil {
		_, err = w.Seek(0, io.SeekStart)
	}
	sum := ""
	if err == nil {
		sum, _, err = hashOf(w)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if sum != f.SHA256 {
		return fmt.Errorf("it %w; check the disk", ErrUnproved)
	}
	return nil
}

func (s *folder) remove(_ context.Context, name string) error {
	if s.root == nil {
		return fs.ErrNotExist
	}
	return s.root.Remove(name)
}

func (s *folder) room(context.Context) (int64, bool) { return 0, false }

func (s *folder) close() error {
	if s.root == nil {
		return nil
	}
	return s.root.Close()
}
