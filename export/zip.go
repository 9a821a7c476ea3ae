package export

// This file owns the zip of a bundle: the same files under the essay's slug,
// the same bytes for the same bundle.

import (
	"archive/zip"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// zipTime stands for no time: the first that a zip can say.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// WriteZip zips the bundle that stands in dir, file by file; done, which may be nil, hears of each.
func WriteZip(ctx context.Context, out io.Writer, dir string, done func(name string)) error {
	m, err := ReadManifest(dir)
	if err != nil {
		return err
	}
	slug := m.Essay.Slug
	if !filepath.IsLocal(slug) || slug == "." || strings.ContainsAny(slug, `/\`) {
		return fmt.Errorf("%s %w: %q is no slug", dir, ErrNotBundle, slug)
	}
	w := zip.NewWriter(out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	for _, f := range append(m.Files, ManifestFile{Path: ManifestName}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			return fmt.Errorf("%s %w: it names %q, outside itself", dir, ErrNotBundle, f.Path)
		}
		if err := zipFile(w, path.Join(slug, f.Path), filepath.Join(dir, filepath.FromSlash(f.Path))); err != nil {
			return err
		}
		if done != nil {
			done(f.Path)
		}
	}
	return w.Close()
}

// zipFile adds one file; photos are compressed already.
func zipFile(w *zip.Writer, name, from string) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime}
	if path.Base(path.Dir(name)) == "photos" {
		h.Method = zip.Store
	}
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	part, err := w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, f)
	return err
}

// writeZip writes a bundle's zip, whole or not at all.
func writeZip(ctx context.Context, name, dir string) error {
	return WriteWhole(name, func(w io.Writer) error { return WriteZip(ctx, w, dir, nil) })
}
