package project

// This file owns the folder of originals beside the project file. A file in it
// is named by its SHA-256, written once and never changed.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"photodesk/project/photo"
)

// Errors about an original, wrapped with the photo's name.
var (
	ErrOriginalMissing = errors.New("its original is missing")
	ErrOriginalChanged = errors.New("its original has changed")
)

// OriginalsDir is the folder of originals beside the project file.
func (p *Project) OriginalsDir() string {
	return strings.TrimSuffix(p.path, Extension) + ".originals"
}

// OriginalPath is where the photo's original lies.
func (p *Project) OriginalPath(ph Photo) string {
	return filepath.Join(p.OriginalsDir(), originalName(ph.SHA256, ph.Format))
}

// Original reads the photo's original and proves it by its hash. An error
// wraps ErrOriginalMissing or ErrOriginalChanged.
func (p *Project) Original(ph Photo) ([]byte, error) {
	data, err := os.ReadFile(p.OriginalPath(ph))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w; put it back into %s", ph.Name, ErrOriginalMissing, p.OriginalsDir())
	}
	if err != nil {
		return nil, fmt.Errorf("read the original of %s: %w", ph.Name, err)
	}
	if hashOf(data) != ph.SHA256 {
		return nil, fmt.Errorf("%s: %w; import the photo again from where it came", ph.Name, ErrOriginalChanged)
	}
	return data, nil
}

// HasOriginal reports whether the original is in its place, without reading it.
func (p *Project) HasOriginal(ph Photo) bool {
	st, err := os.Stat(p.OriginalPath(ph))
	return err == nil && st.Size() == ph.Bytes
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// keepOriginal writes the bytes under their hash, on the disk before it returns.
func (p *Project) keepOriginal(data []byte, sha string, f photo.Format) error {
	dir := p.OriginalsDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return explainFile(err)
	}
	name := filepath.Join(dir, originalName(sha, f))
	if st, err := os.Stat(name); err == nil && st.Size() == int64(len(data)) {
		return nil
	}
	tmp, err := os.CreateTemp(dir, ".incoming-*")
	if err != nil {
		return explainFile(err)
	}
	defer os.Remove(tmp.Name()) // gone already when all went well
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err == nil {
		err = syncDir(dir)
	}
	return explainFile(err)
}

// syncDir makes a rename in the folder last through a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(ignoreInvalid(err), d.Close())
}

// ignoreInvalid lets pass that some file systems can't sync a folder.
func ignoreInvalid(err error) error {
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}

func explainFile(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w; free some space and try again: %w", ErrDiskFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder of originals %w; check its permissions: %w", ErrReadOnly, err)
	}
	return err
}

// ThumbnailEdge is the long edge of a library thumbnail in pixels.
const ThumbnailEdge = 480

// Thumbnail is the photo, developed, as a small JPEG; it is made from the
// original where the file has none for the photo's recipe.
func (p *Project) Thumbnail(ctx context.Context, ph Photo) ([]byte, error) {
	recipe, err := recipeKey(ph.Recipe)
	if err != nil {
		return nil, err
	}
	var jpeg []byte
	err = p.readDB.QueryRowContext(ctx, `SELECT jpeg FROM thumbnail WHERE sha256 = ? AND recipe = ?`, ph.SHA256, recipe).Scan(&jpeg)
	if err == nil {
		return jpeg, nil
	}
	data, err := p.Original(ph)
	if err != nil {
		return nil, err
	}
	info, err := photo.Inspect(data, photo.DefaultLimits)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ph.Name, err)
	}
	if jpeg, err = makeThumbnail(data, info, ph.Recipe); err != nil {
		return nil, fmt.Errorf("%s: %w", ph.Name, err)
	}
	// Kept for the next time where that is possible; never a reason to fail.
	_ = p.aside(ctx, func(t *Tx) error { return t.putThumbnail(ph.SHA256, recipe, jpeg) })
	return jpeg, nil
}
