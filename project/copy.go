package project

// This file owns copies of a project: Save a copy, the packed file for sending
// and its unpacking. A copy is whole and has no trace of what was undone.

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"photodesk/project/photo"
)

// PackExtension ends the name of a packed project.
const PackExtension = ".photodesk-pack"

// packID marks a packed project ("PhDp"), so that no desk edits one in place.
const packID = 0x50684470

// packChunk is how many bytes of an original one row of a pack holds.
const packChunk = 1 << 20

// ErrPacked is wrapped by Open for a packed project.
var ErrPacked = errors.New("packed for sending; unpack it first")

// SaveCopy writes a copy of the project to dest, which must not exist, with
// its originals beside it (linked where the disk can). The copy has no undo
// history. progress may be nil, here and in Pack and Unpack.
func (p *Project) SaveCopy(ctx context.Context, dest string, progress func(done, total int, name string)) error {
	if err := p.copyTo(ctx, dest, applicationID, func(ctx context.Context, _ *sql.DB, photos []Photo) error {
		return withFolder(strings.TrimSuffix(dest, Extension)+".originals", len(photos), func(dir string) error {
			return eachOriginal(ctx, photos, progress, func(ph Photo) error { return p.copyOriginal(ph, dir) })
		})
	}); err != nil {
		return fmt.Errorf("save a copy as %s: %w", dest, explainFile(explain(err)))
	}
	return nil
}

// Pack writes the project with its originals into one file, for sending.
func (p *Project) Pack(ctx context.Context, dest string, progress func(done, total int, name string)) error {
	if err := p.copyTo(ctx, dest, packID, func(ctx context.Context, db *sql.DB, photos []Photo) error {
		if _, err := db.ExecContext(ctx, `CREATE TABLE original (sha256 TEXT, n INTEGER, data BLOB NOT NULL, PRIMARY KEY (sha256, n))`); err != nil {
			return err
		}
		return eachOriginal(ctx, photos, progress, func(ph Photo) error { return p.packOriginal(ctx, db, ph) })
	}); err != nil {
		return fmt.Errorf("pack as %s: %w", dest, explainFile(explain(err)))
	}
	return nil
}

// copyTo makes the copy under a temporary name, lets fill add the originals,
// and renames it into place: dest is never half a copy.
func (p *Project) copyTo(ctx context.Context, dest string, id int, fill func(context.Context, *sql.DB, []Photo) error) error {
	tmp, err := temporaryName(dest)
	if err != nil {
		return err
	}
	defer os.Remove(tmp) // gone already when all went well
	p.gate.Lock()        // between edits
	err = vacuumInto(ctx, p.path, tmp)
	p.gate.Unlock()
	if err != nil {
		return err
	}
	db, err := openCopy(tmp)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := stripHistory(ctx, db); err != nil {
		return err
	}
	photos, err := readPhotos(ctx, db, ` ORDER BY p.id`)
	if err != nil {
		return err
	}
	if err := fill(ctx, db, photos); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, id)); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(tmp, dest); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dest))
}

// vacuumInto copies a project file; it reads through SQLite, since a plain read
// in the program that has the file open would drop its locks.
func vacuumInto(ctx context.Context, path, dest string) error {
	db, err := sql.Open("sqlite", dsn(path, "ro"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, dest)
	return err
}

func temporaryName(dest string) (string, error) {
	if _, err := os.Lstat(dest); err == nil {
		return "", fmt.Errorf("it %w; choose another name", ErrExists)
	}
	return filepath.Join(filepath.Dir(dest), "."+filepath.Base(dest)+"-"+newUID()), nil
}

func openCopy(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, "rw"))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// stripHistory takes out what an editor took back, and writes the file anew so
// that no page still holds it.
func stripHistory(ctx context.Context, db *sql.DB) error {
	for _, q := range []string{
		`DELETE FROM undo_change`, `DELETE FROM undo_step`, `DELETE FROM sqlite_sequence WHERE name IN ('undo_step', 'undo_change')`,
		`DELETE FROM thumbnail WHERE sha256 NOT IN (SELECT sha256 FROM photo)`,
		`DELETE FROM found WHERE sha256 NOT IN (SELECT sha256 FROM photo)`,
		`DELETE FROM revision WHERE essay_id NOT IN (SELECT id FROM essay)`,
		`DELETE FROM tally WHERE essay_id NOT IN (SELECT id FROM essay)`,
		// A deleted word stays in the index until its part is merged.
		`INSERT INTO photo_search (photo_search) VALUES ('delete-all')`, searchFill(),
		`VACUUM`,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("strip the history: %w", err)
		}
	}
	return nil
}

// eachOriginal does something with every photo's original, until ctx ends.
func eachOriginal(ctx context.Context, photos []Photo, progress func(done, total int, name string), do func(Photo) error) error {
	for i, ph := range photos {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(ph); err != nil {
			return fmt.Errorf("original of %s: %w", ph.Name, err)
		}
		if progress != nil {
			progress(i+1, len(photos), ph.Name)
		}
	}
	return nil
}

// withFolder fills a folder with n originals. One that was not there is gone
// again where that fails.
func withFolder(dir string, n int, fill func(dir string) error) error {
	if n == 0 {
		return nil
	}
	_, err := os.Lstat(dir)
	ours := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := fill(dir); err != nil {
		if ours {
			err = errors.Join(err, os.RemoveAll(dir))
		}
		return err
	}
	return syncDir(dir)
}

func (p *Project) copyOriginal(ph Photo, dir string) error {
	from := p.OriginalPath(ph)
	to := filepath.Join(dir, filepath.Base(from))
	if _, err := os.Lstat(to); err == nil || os.Link(from, to) == nil {
		return nil
	}
	if err := copyFile(from, to); err != nil && !errors.Is(err, fs.ErrNotExist) { // a missing one is missing in the copy too
		return err
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	tmp, err := os.CreateTemp(filepath.Dir(to), ".incoming-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = io.Copy(tmp, in)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), to)
}

// packOriginal writes an original as rows of a megabyte each.
func (p *Project) packOriginal(ctx context.Context, db *sql.DB, ph Photo) error {
	data, err := p.Original(ph)
	if errors.Is(err, ErrOriginalMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for n := 0; len(data) > 0; n++ {
		part := data[:min(len(data), packChunk)]
		data = data[len(part):]
		if _, err := tx.ExecContext(ctx, `INSERT INTO original VALUES (?, ?, ?)`, ph.SHA256, n, part); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// Unpack makes the project dest, which must not exist, of a packed one. Each
// original is proved by its hash.
func Unpack(ctx context.Context, pack, dest string, progress func(done, total int, name string)) error {
	if err := unpack(ctx, pack, dest, progress); err != nil {
		return fmt.Errorf("unpack %s: %w", pack, explainFile(explain(err)))
	}
	return nil
}

func unpack(ctx context.Context, pack, dest string, progress func(done, total int, name string)) error {
	if id, err := applicationIDOf(ctx, pack); err != nil || id != packID {
		return errors.Join(err, fmt.Errorf("it is no packed project; choose a file that ends in %s", PackExtension))
	}
	tmp, err := temporaryName(dest)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	if err := vacuumInto(ctx, pack, tmp); err != nil {
		return err
	}
	from, err := sql.Open("sqlite", dsn(pack, "ro")+"&_query_only=1")
	if err != nil {
		return err
	}
	defer from.Close()
	db, err := openCopy(tmp)
	if err != nil {
		return err
	}
	defer db.Close()
	photos, err := readPhotos(ctx, db, ` WHERE p.sha256 IN (SELECT sha256 FROM original) ORDER BY p.id`)
	if err != nil {
		return err
	}
	if err := withFolder(strings.TrimSuffix(dest, Extension)+".originals", len(photos), func(dir string) error {
		return eachOriginal(ctx, photos, progress, func(ph Photo) error { return unpackOriginal(ctx, from, ph, dir) })
	}); err != nil {
		return err
	}
	for _, q := range []string{`DROP TABLE original`, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID), `VACUUM`} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := errors.Join(db.Close(), ctx.Err()); err != nil {
		return err
	}
	if err := os.Rename(tmp, dest); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dest))
}

func unpackOriginal(ctx context.Context, from *sql.DB, ph Photo, dir string) error {
	tmp, err := os.CreateTemp(dir, ".incoming-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	sum := sha256.New()
	err = writeChunks(ctx, from, ph.SHA256, tmp, sum)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != ph.SHA256 {
		return ErrOriginalChanged
	}
	return os.Rename(tmp.Name(), filepath.Join(dir, originalName(ph.SHA256, ph.Format)))
}

func originalName(sha string, f photo.Format) string { return sha + f.Ext() }

func writeChunks(ctx context.Context, from *sql.DB, sha string, out io.Writer, sum hash.Hash) error {
	rows, err := from.QueryContext(ctx, `SELECT data FROM original WHERE sha256 = ? ORDER BY n`, sha)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var part []byte
		if err := rows.Scan(&part); err != nil {
			return err
		}
		if _, err := io.MultiWriter(out, sum).Write(part); err != nil {
			return err
		}
	}
	return rows.Err()
}
