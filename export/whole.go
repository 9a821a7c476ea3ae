package export

// This file owns writing one file so that it is at every moment the one before or the new one.

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// WriteWhole writes a file under another name, brings it to the disk and renames it. Where write fails, what was there stays.
func WriteWhole(name string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // gone already when all went well
	err = write(tmp)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// inFull writes what is in memory.
func inFull(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
