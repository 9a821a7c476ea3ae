package publish

// This file owns publishing into a zip file, which is written whole.

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"photodesk/export"
)

// publishZip writes the zip anew unless it holds this very bundle. A file that is no zip of this essay is refused.
func publishZip(ctx context.Context, b *bundle, t Target, o Options, rep Report) (Report, error) {
	fail := func(err error) (Report, error) {
		return rep, fmt.Errorf("publish to %s: %w", t, cause(ctx, explain(err)))
	}
	before, err := zipped(t.Path)
	if err != nil {
		return fail(err)
	}
	if before != nil {
		m, err := export.ParseManifest(before, t.Path)
		if err != nil || m.Essay.UID != b.manifest.Essay.UID {
			return fail(fmt.Errorf("%s %w for this essay; choose another name", t.Path, ErrForeign))
		}
	}
	files := append(append([]export.ManifestFile(nil), b.manifest.Files...), described(export.ManifestName, b.json))
	if bytes.Equal(before, b.json) {
		rep.Kept = len(files)
		return rep, nil
	}
	for _, f := range files {
		rep.Sent = append(rep.Sent, File{f.Path, f.Size})
		rep.Bytes += f.Size
	}
	if o.DryRun {
		return rep, nil
	}
	if err := writeZip(ctx, b, t.Path, len(files), o.Progress); err != nil {
		return fail(err)
	}
	return rep, nil
}

// zipped is the bundle.json in a zip, or nil where there is no file of that name.
func zipped(name string) ([]byte, error) {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, fmt.Errorf("%s %w: it is no zip; choose another name", name, ErrForeign)
	}
	defer z.Close()
	for _, f := range z.File {
		if path.Base(f.Name) == export.ManifestName {
			r, err := f.Open()
			if err != nil {
				return nil, err
			}
			defer r.Close()
			return readBounded(r, f.Name)
		}
	}
	return nil, fmt.Errorf("%s %w: it is no zip of a bundle; choose another name", name, ErrForeign)
}

func writeZip(ctx context.Context, b *bundle, name string, total int, progress func(Progress)) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	at := Progress{Total: total}
	progress(at)
	return export.WriteWhole(name, func(w io.Writer) error {
		return export.WriteZip(ctx, w, b.dir, func(file string) {
			at.Done, at.Path = at.Done+1, file
			progress(at)
		})
	})
}
