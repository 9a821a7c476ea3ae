package export

// This file owns the folder that a bundle is made in, beside its place, until all of it is there.

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// staging is that folder. Files go in while others are still being made.
type staging struct{ dir string }

func newStaging(out string) (*staging, error) {
	parent := filepath.Dir(out)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(parent, "."+filepath.Base(out)+".staging-")
	if err != nil {
		return nil, err
	}
	return &staging{dir}, os.Chmod(dir, 0o755)
}

// put writes a file and lets go of its data. Two photos that look alike give the same file twice.
func (s *staging) put(f file) (file, error) {
	name := filepath.Join(s.dir, filepath.FromSlash(f.path))
	err := writeFile(name, f.data)
	if errors.Is(err, os.ErrExist) {
		err = nil // named by its content
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
