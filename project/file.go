package project

// This file owns a project file's life: create, open, migrate, close, and the
// errors that say why one can't be opened.

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Extension ends the name of a project file.
const Extension = ".photodesk"

// applicationID marks a SQLite file as a Photodesk project ("PhDk").
const applicationID = 0x5068446b

// Errors of Create and Open, wrapped with the file's name and what to do.
var (
	ErrExists     = errors.New("already exists")
	ErrNotFound   = errors.New("no such file")
	ErrNotProject = errors.New("not a Photodesk project")
	ErrNewer      = errors.New("made by a newer Photodesk")
	ErrOlder      = errors.New("made by an older Photodesk")
	ErrReadOnly   = errors.New("can't be written")
	ErrDiskFull   = errors.New("the disk is full")
)

//go:embed migrations/*.sql
var migrations embed.FS

// Project is an open project file. All its methods may be called from any goroutine.
type Project struct {
	path     string
	uid      string
	voteSeed []byte
	readOnly bool
	say      func(pattern string, values ...any) string // in the editor's language
	lock     *fileLock
	writeDB  *sql.DB
	readDB   *sql.DB

	gate   sync.Mutex // one edit at a time; guards writer and fold state in the file
	writer *sql.Conn  // carries the TEMP triggers that record undo

	watchers watchers
	follower *follower // of a view
	now      func() time.Time
}

// Options say how to open a project.
type Options struct {
	// ReadOnly opens a view beside another Photodesk that holds the lock.
	ReadOnly bool
}

// Create makes a new project file at path, which must not exist yet, and opens
// it. It returns an error wrapping ErrExists, ErrReadOnly or ErrDiskFull.
func Create(ctx context.Context, path string) (*Project, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("create %s: it %w; open it, or choose another name", path, ErrExists)
	}
	dir := filepath.Dir(path)
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return nil, fmt.Errorf("create %s: there is no folder %s; make it first", path, dir)
	}
	p, err := open(ctx, path, true, Options{})
	if err != nil {
		// Nothing was in it yet: leave no half-made file behind.
		_ = os.Remove(path)
		_ = os.Remove(path + "-journal")
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return p, nil
}

// Open opens the project file at path. It returns an error wrapping
// ErrNotFound, ErrNotProject, ErrNewer or ErrReadOnly, or a *LockedError when
// another Photodesk holds the file.
func Open(ctx context.Context, path string, o Options) (*Project, error) {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open %s: %w; check the name, or make it with New", path, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("open project: %w", err)
	case st.IsDir():
		return nil, fmt.Errorf("open %s: %w: it is a folder", path, ErrNotProject)
	}
	p, err := open(ctx, path, false, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return p, nil
}

func open(ctx context.Context, path string, create bool, o Options) (_ *Project, err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	p := &Project{path: abs, readOnly: o.ReadOnly, now: time.Now}
	defer func() {
		if err != nil {
			_ = p.Close()
		}
	}()
	if !create {
		// What the file is comes first: a stranger's file gets no lock beside it.
		if err := checkIdentity(ctx, abs, o.ReadOnly); err != nil {
			return nil, err
		}
	}
	if !o.ReadOnly {
		if p.lock, err = takeLock(abs, p.now()); err != nil {
			return nil, err
		}
		if err := p.openWriter(ctx, create); err != nil {
			return nil, explain(err)
		}
	}
	if p.readDB, err = sql.Open("sqlite", dsn(abs, "ro")+"&_query_only=1"); err != nil {
		return nil, err
	}
	p.readDB.SetMaxOpenConns(4)
	var key string
	err = p.readDB.QueryRowContext(ctx, `SELECT u.value, k.value FROM project u, project k WHERE u.name = 'uid' AND k.name = 'vote_key'`).Scan(&p.uid, &key)
	if err != nil {
		return nil, explain(err)
	}
	if p.voteSeed, err = hex.DecodeString(key); err != nil || len(p.voteSeed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%w: its vote key makes no sense", ErrDamaged)
	}
	if o.ReadOnly {
		if err := p.follow(ctx); err != nil {
			return nil, explain(err)
		}
	}
	return p, nil
}

// openWriter opens the one connection that writes, brings the schema up to
// date and sets up the recording of undo.
func (p *Project) openWriter(ctx context.Context, create bool) error {
	mode := "rw"
	if create {
		mode = "rwc"
	}
	var err error
	if p.writeDB, err = sql.Open("sqlite", dsn(p.path, mode)); err != nil {
		return err
	}
	p.writeDB.SetMaxOpenConns(1)
	if p.writer, err = p.writeDB.Conn(ctx); err != nil {
		return err
	}
	if create {
		// The page size counts only before the first page is written.
		if _, err := p.writer.ExecContext(ctx, `PRAGMA page_size = 8192`); err != nil {
			return err
		}
	}
	if err := p.migrate(ctx); err != nil {
		return err
	}
	if err := p.indexSearch(ctx); err != nil {
		return err
	}
	return p.recordUndo(ctx)
}

// dsn names a file to SQLite with the settings every connection has: no commit
// is acknowledged before it is on the disk, journal and folder included.
func dsn(path, mode string) string {
	return uri(path) + "?mode=" + mode + "&_txlock=immediate&_defensive=1&_dqs=0" +
		"&_pragma=busy_timeout(5000)&_pragma=journal_mode(DELETE)&_pragma=synchronous(EXTRA)" +
		"&_pragma=fullfsync(1)&_pragma=foreign_keys(1)&_pragma=trusted_schema(OFF)"
}

// uri names a file as SQLite wants it: whole, since the first part of another
// name would be read as a host.
func uri(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return u.String()
}

// checkIdentity tells whether the file is a project that this program can open.
func checkIdentity(ctx context.Context, path string, readOnly bool) error {
	id, err := applicationIDOf(ctx, path)
	if err != nil {
		return err
	}
	switch id {
	case applicationID:
	case packID:
		return fmt.Errorf("it is %w", ErrPacked)
	default:
		return fmt.Errorf("it is %w; choose a file that ends in %s", ErrNotProject, Extension)
	}
	var version int
	if err := readBare(ctx, path, `PRAGMA user_version`, &version); err != nil {
		return err
	}
	latest, err := latestVersion()
	if err != nil {
		return err
	}
	if version > latest {
		return fmt.Errorf("it was %w (file version %d, this one reads up to %d); install the current Photodesk", ErrNewer, version, latest)
	}
	if version < latest && readOnly {
		return fmt.Errorf("it was %w; open it for writing once, which brings it up to date", ErrOlder)
	}
	return nil
}

func applicationIDOf(ctx context.Context, path string) (id int, err error) {
	err = readBare(ctx, path, `PRAGMA application_id`, &id)
	return id, err
}

// readBare reads one value from a file that may be a stranger's: it sets
// nothing. It may write, since a crash can have left a journal that has to be
// rolled back before anything can be read.
func readBare(ctx context.Context, path, query string, dest any) error {
	db, err := sql.Open("sqlite", uri(path)+"?mode=rw&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	return explain(db.QueryRowContext(ctx, query).Scan(dest))
}

func latestVersion() (int, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	return len(names), err
}

// migrate brings the file to the latest user_version, each step in one
// transaction with its number. An older file is copied beside itself first.
func (p *Project) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := p.writer.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version > 0 && version < len(names) {
		backup := fmt.Sprintf("%s.before-%d", strings.TrimSuffix(p.path, Extension), len(names)) + Extension
		if _, err := os.Lstat(backup); errors.Is(err, fs.ErrNotExist) {
			if _, err := p.writer.ExecContext(ctx, `VACUUM INTO ?`, backup); err != nil {
				return fmt.Errorf("keep a copy before migrating: %w", err)
			}
		}
	}
	for i := version; i < len(names); i++ {
		script, err := migrations.ReadFile(names[i])
		if err != nil {
			return err
		}
		if err := p.migrateOne(ctx, i+1, string(script)); err != nil {
			return fmt.Errorf("migrate to version %d: %w", i+1, err)
		}
	}
	return nil
}

func (p *Project) migrateOne(ctx context.Context, version int, script string) error {
	tx, err := p.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	if version == 1 {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO project (name, value) VALUES ('uid', ?)`, newUID()); err != nil {
			return err
		}
	}
	if version == 2 {
		if _, err := tx.ExecContext(ctx, searchFill()); err != nil {
			return err
		}
		_, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO project (name, value) VALUES ('vote_key', ?)`, hex.EncodeToString(key.Seed())); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close waits for a running edit, closes the file and frees its lock.
func (p *Project) Close() error {
	if p.follower != nil {
		p.follower.stop()
		p.follower = nil
	}
	p.gate.Lock()
	defer p.gate.Unlock()
	var errs []error
	if p.writer != nil {
		errs = append(errs, p.writer.Close())
		p.writer = nil
	}
	for _, db := range []*sql.DB{p.readDB, p.writeDB} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	// The handles stay: who still reads is told that the file is closed.
	if p.lock != nil {
		errs = append(errs, p.lock.release())
		p.lock = nil
	}
	return errors.Join(errs...)
}

// Path is the project file's absolute path.
func (p *Project) Path() string { return p.path }

// Name is the project's name as people say it: the file's, without folder and extension.
func (p *Project) Name() string {
	return strings.TrimSuffix(filepath.Base(p.path), Extension)
}

// UID names the project to vote widgets; a copy keeps it.
func (p *Project) UID() string { return p.uid }

// VoteKey signs the names by which a vote service knows the project's essays
// and photos; the service is given its public half. A copy keeps it.
func (p *Project) VoteKey() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(p.voteSeed) }

// ReadOnly reports whether the project was opened as a view.
func (p *Project) ReadOnly() bool { return p.readOnly }

// explain puts what SQLite reports into words an editor can act on; err stays wrapped.
func explain(err error) error {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return err
	}
	switch se.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("it is %w, or it is damaged: %w", ErrNotProject, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w; free some space and try again: %w", ErrDiskFull, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("it %w; check the folder's permissions, or copy the project elsewhere: %w", ErrReadOnly, err)
	}
	return err
}
