package export

import (
	"os"
	"path/filepath"
	"testing"

	"photodesk/project"
)

// photoIn is the path of one derivative of a bundle.
func photoIn(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "photos", "[0-9a-f]*.jpg"))
	must(t, err)
	if len(found) == 0 {
		t.Fatal("the bundle has no photos")
	}
	return found[0]
}

// alter writes into a file without giving it another name or size.
func alter(t *testing.T, name string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt([]byte("altered"), 100)
	must(t, err)
	must(t, f.Close())
}

func whole(t *testing.T, dir string) {
	t.Helper()
	v, err := Verify(dir)
	must(t, err)
	if !v.OK() {
		t.Errorf("%s is not what its manifest says: %+v", filepath.Base(dir), v)
	}
}

func sameFile(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Stat(a)
	must(t, err)
	y, err := os.Stat(b)
	must(t, err)
	return os.SameFile(x, y)
}

func TestFinishedFilesAreUsedAgain(t *testing.T) {
	p, essay := newEssay(t, 2)
	cache := t.TempDir()
	out := filepath.Join(t.TempDir(), "bundle")
	export := func(t *testing.T, out string, wantMade bool) {
		t.Helper()
		rep, err := Export(t.Context(), p, essay, Options{Out: out, Cache: cache}, nil)
		must(t, err)
		if (rep.Made > 0) != wantMade {
			t.Errorf("%d derivatives made", rep.Made)
		}
		whole(t, out)
	}
	export(t, out, true)

	t.Run("the bundle before", func(t *testing.T) {
		before, err := os.Stat(photoIn(t, out))
		must(t, err)
		export(t, out, false)
		after, err := os.Stat(photoIn(t, out))
		must(t, err)
		if !os.SameFile(before, after) {
			t.Error("a photo was written anew")
		}
	})
	t.Run("a file of the bundle before that was altered", func(t *testing.T) {
		alter(t, photoIn(t, out))
		export(t, out, false)
	})
	t.Run("a file of it with other permissions", func(t *testing.T) {
		must(t, os.Chmod(photoIn(t, out), 0o600))
		export(t, out, false)
		st, err := os.Stat(photoIn(t, out))
		must(t, err)
		if st.Mode().Perm() == 0o600 {
			t.Error("nobody else can read the photo")
		}
	})
	t.Run("a file of it that is a link", func(t *testing.T) {
		name := photoIn(t, out)
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		must(t, os.Rename(name, elsewhere))
		must(t, os.Symlink(elsewhere, name))
		export(t, out, false)
		st, err := os.Lstat(name)
		must(t, err)
		if !st.Mode().IsRegular() {
			t.Error("the link was taken over")
		}
	})
	t.Run("two bundles have nothing in common", func(t *testing.T) {
		second := filepath.Join(t.TempDir(), "second")
		export(t, second, false)
		a, b := photoIn(t, out), photoIn(t, second)
		if filepath.Base(a) != filepath.Base(b) || sameFile(t, a, b) {
			t.Errorf("%s and %s are one file", a, b)
		}
		alter(t, a)
		whole(t, second)
		must(t, os.RemoveAll(out))
		export(t, out, false)
		whole(t, second)
		if sameFile(t, photoIn(t, out), photoIn(t, second)) {
			t.Error("now they are one file")
		}
	})
	t.Run("a finished file in the cache that was altered", func(t *testing.T) {
		found, err := filepath.Glob(filepath.Join(cache, "*", "*.finished"))
		must(t, err)
		if len(found) == 0 {
			t.Skip("this file system counts no names")
		}
		must(t, os.RemoveAll(out))
		for _, name := range found {
			alter(t, name)
		}
		export(t, out, false)
	})
	t.Run("a new caption", func(t *testing.T) {
		must(t, p.Edit(t.Context(), "Edit caption", func(tx *project.Tx) error {
			ph, err := tx.Photo(1)
			if err != nil {
				return err
			}
			ph.Caption = "Reworded at the last minute."
			return tx.UpdatePhoto(ph)
		}))
		export(t, out, false)
	})
	t.Run("any file of the cache deleted", func(t *testing.T) {
		found, err := filepath.Glob(filepath.Join(cache, "*", "*"))
		must(t, err)
		for i, name := range found {
			if i%2 == 0 {
				must(t, os.Remove(name))
			}
		}
		rep, err := Export(t.Context(), p, essay, Options{Out: filepath.Join(t.TempDir(), "third"), Cache: cache}, nil)
		must(t, err)
		whole(t, rep.Dir)
	})
}
