package project

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name+Extension) }
	must(t, os.WriteFile(file("text"), []byte(strings.Repeat("not a project ", 100)), 0o644))
	must(t, os.WriteFile(file("empty"), nil, 0o644))
	must(t, os.Mkdir(file("folder"), 0o755))
	other, err := sql.Open("sqlite", "file:"+file("other"))
	must(t, err)
	_, err = other.Exec(`PRAGMA journal_mode = WAL; CREATE TABLE t (x)`)
	must(t, err)
	must(t, other.Close())
	future, err := Create(t.Context(), file("future"))
	must(t, err)
	_, err = future.writer.ExecContext(t.Context(), `PRAGMA user_version = 1000`)
	must(t, err)
	must(t, future.Close())
	must(t, os.Remove(file("future")+".lock"))

	for name, want := range map[string]error{
		"gone": ErrNotFound, "text": ErrNotProject, "empty": ErrNotProject, "folder": ErrNotProject, "other": ErrNotProject, "future": ErrNewer,
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(file(name))
			p, err := Open(t.Context(), file(name), Options{})
			if err == nil {
				_ = p.Close()
			}
			if !errors.Is(err, want) || !strings.Contains(err.Error(), name+Extension) {
				t.Fatalf("Open = %v, want %v with the file's name", err, want)
			}
			if after, _ := os.ReadFile(file(name)); string(after) != string(before) {
				t.Error("the file was changed")
			}
			if _, err := os.Stat(file(name) + ".lock"); err == nil {
				t.Error("a lock was left beside a file that is no project of ours")
			}
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	p := newProject(t)
	if _, err := Create(t.Context(), p.Path()); !errors.Is(err, ErrExists) {
		t.Errorf("Create over a project = %v, want ErrExists", err)
	}
	if _, err := Create(t.Context(), filepath.Join(t.TempDir(), "no", "such", "x"+Extension)); err == nil || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("Create in no folder = %v", err)
	}
}

func TestSecondDeskIsToldWho(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	_, err := Open(ctx, p.Path(), Options{})
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
		t.Fatalf("second Open = %v, want a LockedError with our own process", err)
	}
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err }))
	v, err := Open(ctx, p.Path(), Options{ReadOnly: true})
	must(t, err)
	defer v.Close()
	if _, err := v.EssayBySlug(ctx, "a"); err != nil {
		t.Error(err)
	}
	if err := v.Edit(ctx, "x", func(*Tx) error { return nil }); !errors.Is(err, ErrView) {
		t.Errorf("Edit of a view = %v, want ErrView", err)
	}
	// The owner still writes while a view is open, and the view is told.
	told := make(chan Event, 8)
	defer v.Watch(func(e Event) { told <- e })()
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "b"}); return err }))
	select {
	case e := <-told:
		if !e.Elsewhere || !e.Touches("essay") {
			t.Errorf("the view was told %+v", e)
		}
	case <-ctx.Done():
	}
	if _, err := v.EssayBySlug(ctx, "b"); err != nil {
		t.Error(err)
	}
}

// A desk that was killed leaves its lock file; the lock itself went with it.
func TestCrashedOwnersLockIsFree(t *testing.T) {
	p := newProject(t)
	must(t, p.Close())
	must(t, os.WriteFile(p.Path()+".lock", []byte(`{"user":"jane","host":"desk","pid":1}`), 0o644))
	again, err := Open(t.Context(), p.Path(), Options{})
	must(t, err)
	must(t, again.Close())
}

func TestJournalSettings(t *testing.T) {
	p := newProject(t)
	for pragma, want := range map[string]string{
		"journal_mode": "delete", "synchronous": "3", "foreign_keys": "1", "trusted_schema": "0", "page_size": "8192",
		"busy_timeout": "5000", "application_id": "1349010539",
	} {
		var got string
		must(t, p.writer.QueryRowContext(t.Context(), `PRAGMA `+pragma).Scan(&got))
		if got != want {
			t.Errorf("%s = %s, want %s", pragma, got, want)
		}
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		// Root may write anywhere; the same test runs as nobody.
		runAs(t, "nobody")
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "desk"+Extension)
	p, err := Create(t.Context(), path)
	must(t, err)
	must(t, p.Edit(t.Context(), "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err }))
	// A folder that turns read-only under a desk: the edit fails, what was
	// before it stays, and editing goes on when the folder can be written again.
	before := state(t, p)
	rename := func() error {
		return p.Edit(t.Context(), "Edit essay", func(tx *Tx) error {
			e, err := tx.Essay(1)
			if err != nil {
				return err
			}
			e.Headline = "Storm"
			return tx.UpdateEssay(e)
		})
	}
	must(t, os.Chmod(dir, 0o555))
	if err := rename(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Edit in a read-only folder = %v, want ErrReadOnly", err)
	}
	if _, err := p.Import(t.Context(), []string{testFiles(t, 1)}, nil); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Import into a read-only folder = %v, want ErrReadOnly", err)
	}
	if got := state(t, p); got != before {
		t.Errorf("after a failed edit:\n%s\nwant\n%s", got, before)
	}
	must(t, os.Chmod(dir, 0o755))
	must(t, rename())
	must(t, p.Close())
	must(t, os.Remove(path+".lock"))
	must(t, os.Chmod(dir, 0o555))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })

	if _, err := Create(t.Context(), filepath.Join(dir, "new"+Extension)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Create in a read-only folder = %v, want ErrReadOnly", err)
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Open in a read-only folder = %v, want ErrReadOnly", err)
	}
	v, err := Open(t.Context(), path, Options{ReadOnly: true})
	must(t, err)
	defer v.Close()
	if _, err := v.EssayBySlug(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

// runAs runs the calling test alone in a process of another user.
func runAs(t *testing.T, user string) {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	dir, err := os.MkdirTemp("", "photodesk-test-") // not under this user's own temporary folder
	must(t, err)
	defer os.RemoveAll(dir)
	must(t, os.Chmod(dir, 0o777))
	data, err := os.ReadFile(exe)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "test"), data, 0o755))
	cmd := exec.CommandContext(t.Context(), "setpriv", "--reuid="+user, "--regid=nogroup", "--clear-groups",
		filepath.Join(dir, "test"), "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env, cmd.Dir = append(os.Environ(), "TMPDIR="+dir, "HOME="+dir), dir
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("as %s: %v\n%s", user, err, out)
	}
}

func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, "1m")
	ctx := t.Context()
	p, err := Create(ctx, filepath.Join(dir, "desk"+Extension))
	must(t, err)
	defer p.Close()
	must(t, p.Edit(ctx, "New essay", func(tx *Tx) error { _, err := tx.AddEssay(Essay{Slug: "a"}); return err }))
	before := state(t, p)

	// An import that does not fit says so and leaves the project whole.
	photos := testFiles(t, 2)
	big := filepath.Join(photos, "photo-00.jpg")
	data, err := os.ReadFile(big)
	must(t, err)
	must(t, os.WriteFile(big, append(data, make([]byte, 2<<20)...), 0o644))
	if _, err := p.Import(ctx, []string{big}, nil); !errors.Is(err, ErrDiskFull) {
		t.Errorf("Import = %v, want ErrDiskFull", err)
	}
	// So does an edit.
	huge := strings.Repeat("x", 2<<20)
	edit := func(text string) error {
		return p.Edit(ctx, "Add text", func(tx *Tx) error {
			_, err := tx.AddBlock(1, 0, Block{Kind: KindText, Text: text})
			return err
		})
	}
	if err := edit(huge); !errors.Is(err, ErrDiskFull) {
		t.Errorf("Edit = %v, want ErrDiskFull", err)
	}
	if got := state(t, p); got != before {
		t.Errorf("after a full disk:\n%s\nwant\n%s", got, before)
	}
	must(t, edit("short")) // there is room for this
	entries, err := os.ReadDir(p.OriginalsDir())
	must(t, err)
	if len(entries) != 0 {
		t.Errorf("half an original was left: %v", entries)
	}

	full := smallDisk(t, "16k")
	if _, err := Create(context.Background(), filepath.Join(full, "x"+Extension)); !errors.Is(err, ErrDiskFull) {
		t.Errorf("Create on a full disk = %v, want ErrDiskFull", err)
	}
	if entries, _ := os.ReadDir(full); len(entries) > 1 { // the lock may stay
		t.Errorf("Create left %v", entries)
	}
}

func TestQuickCheckFindsDamage(t *testing.T) {
	p := newProject(t)
	for i, do := range edits(t, p) {
		if err := do(); err != nil {
			t.Fatal(i, err)
		}
	}
	must(t, p.QuickCheck(t.Context()))
	must(t, p.Close())
	data, err := os.ReadFile(p.Path())
	must(t, err)
	for i := 3 * 8192; i < len(data)-4096; i += 8192 { // the heads of pages, not the file's own
		copy(data[i:], "nonsense")
	}
	must(t, os.WriteFile(p.Path(), data, 0o644))
	p, err = Open(t.Context(), p.Path(), Options{})
	if err != nil { // so damaged that it does not even open: said so too
		if !errors.Is(err, ErrNotProject) {
			t.Errorf("Open = %v", err)
		}
		return
	}
	defer p.Close()
	if err := p.QuickCheck(t.Context()); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotProject) {
		t.Errorf("QuickCheck = %v, want ErrDamaged", err)
	}
}

// Where a lock can't be taken at all, the words say which file and what may be behind it.
func TestFolderThatCannotLock(t *testing.T) {
	p := newProject(t)
	must(t, p.Close())
	must(t, os.Remove(p.Path()+".lock"))
	must(t, os.Mkdir(p.Path()+".lock", 0o755)) // nothing can be locked by this name
	_, err := Open(t.Context(), p.Path(), Options{})
	if err == nil || !strings.Contains(err.Error(), "can't lock") {
		t.Errorf("Open = %v, want words about locking", err)
	}
	v, err := Open(t.Context(), p.Path(), Options{ReadOnly: true})
	must(t, err)
	must(t, v.Close())
}
