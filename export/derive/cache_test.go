package derive

import (
	"bytes"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"photodesk/project/photo"
)

func open4k(t *testing.T) *Cache {
	t.Helper()
	c, err := Open(filepath.Join(t.TempDir(), "cache"), 4<<10)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func keyOf(i int) string { return hash(fmt.Append(nil, i)) }

func TestCacheKeeps(t *testing.T) {
	c := open4k(t)
	if _, ok := c.Get(keyOf(1)); ok {
		t.Error("an empty cache answers")
	}
	c.Put(keyOf(1), []byte("one"))
	if b, ok := c.Get(keyOf(1)); !ok || string(b) != "one" {
		t.Errorf("got %q, %v", b, ok)
	}
	t.Run("a damaged entry is none", func(t *testing.T) {
		if err := os.WriteFile(c.path(keyOf(1)), bytes.Repeat([]byte("x"), 50), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Get(keyOf(1)); ok {
			t.Error("it was given out")
		}
	})
	t.Run("the folder can be deleted under it", func(t *testing.T) {
		if err := os.RemoveAll(c.dir); err != nil {
			t.Fatal(err)
		}
		c.Put(keyOf(2), []byte("two"))
		if _, ok := c.Get(keyOf(2)); !ok {
			t.Error("nothing kept")
		}
	})
	t.Run("cleared", func(t *testing.T) {
		keep := filepath.Join(c.dir, "notes")
		if err := os.MkdirAll(keep, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := c.Clear(); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Get(keyOf(2)); ok {
			t.Error("something left")
		}
		if _, err := os.Stat(keep); err != nil {
			t.Errorf("what isn't the cache's went too: %v", err)
		}
	})
	t.Run("nil keeps nothing", func(t *testing.T) {
		var none *Cache
		none.Put(keyOf(1), nil)
		if _, ok := none.Get(keyOf(1)); ok || none.Clear() != nil {
			t.Error("it does")
		}
	})
}

func TestCachePrunesTheLeastUsed(t *testing.T) {
	c := open4k(t)
	block := make([]byte, 850)
	for i := range 4 {
		c.Put(keyOf(i), block)
		c.tidied.Wait()
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(c.path(keyOf(i)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := c.Get(keyOf(0)); !ok { // and by that the latest used
		t.Fatal("gone too early")
	}
	c.Put(keyOf(4), block)
	c.tidied.Wait()
	for i, want := range []bool{true, false, true, true, true} {
		if _, ok := c.Get(keyOf(i)); ok != want {
			t.Errorf("entry %d: kept %v, want %v", i, ok, want)
		}
	}
}

func TestCacheConcurrently(t *testing.T) {
	c := open4k(t)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 50 {
				key := keyOf(i % 7)
				c.Put(key, bytes.Repeat([]byte(key), 3+g%2))
				if b, ok := c.Get(key); ok && !bytes.HasPrefix(b, []byte(key)) {
					t.Errorf("entry %s holds %s", key, b)
				}
			}
		})
	}
	wg.Wait()
}

// otherProgram tells a copy of the tests which cache to work on.
const otherProgram = "PHOTODESK_TEST_CACHE"

// crowd has a cache that is far too small work under everything that can happen to it, and looks at all that it gives.
func crowd(t *testing.T, c *Cache) {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 200 {
				n := (i*7 + g) % 23
				key := keyOf(n)
				c.Put(key, bytes.Repeat([]byte(key), 10+n))
				if b, ok := c.Get(keyOf((n + 5) % 23)); ok && !bytes.Equal(b, bytes.Repeat([]byte(keyOf((n+5)%23)), 10+(n+5)%23)) {
					t.Errorf("entry %d holds another's bytes", (n+5)%23)
				}
				if i%20 == g {
					_ = os.Remove(c.path(keyOf(n)))
				}
			}
		})
	}
	wg.Wait()
}

func TestCacheOfTwoProgramsAtOnce(t *testing.T) {
	if dir := os.Getenv(otherProgram); dir != "" {
		c, err := Open(dir, 8<<10)
		if err != nil {
			t.Fatal(err)
		}
		crowd(t, c)
		return
	}
	dir := t.TempDir()
	c, err := Open(dir, 8<<10)
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(os.Args[0], "-test.run", "^TestCacheOfTwoProgramsAtOnce$")
	other.Env = append(os.Environ(), otherProgram+"="+dir)
	var said bytes.Buffer
	other.Stdout, other.Stderr = &said, &said
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- other.Wait() }()
	for running := true; running; {
		crowd(t, c)
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("the other program: %v\n%s", err, said.String())
			}
			running = false
		default:
		}
	}
	c.tidied.Wait()
	if c, err = Open(dir, 1<<20); err != nil { // with room for all
		t.Fatal(err)
	}
	for n := range 23 {
		c.Put(keyOf(n), []byte("at last"))
		if b, ok := c.Get(keyOf(n)); !ok || string(b) != "at last" {
			t.Errorf("entry %d: %q, %v", n, b, ok)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "*", "*.tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("half-written entries are left: %v, %v", left, err)
	}
}

func TestCacheKnowsItsSizeAfterARestart(t *testing.T) {
	dir := t.TempDir()
	block := make([]byte, 850)
	for i := range 8 { // each a program of its own
		c, err := Open(dir, 4<<10)
		if err != nil {
			t.Fatal(err)
		}
		c.Put(keyOf(i), block)
		c.tidied.Wait()
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(c.path(keyOf(i)), old, old); err != nil {
			t.Fatal(err)
		}
		size := int64(0)
		for n := range 8 {
			if st, err := os.Stat(c.path(keyOf(n))); err == nil {
				size += st.Size()
			}
		}
		if size > 4<<10 {
			t.Errorf("after %d entries it holds %d bytes", i+1, size)
		}
		if _, ok := c.Get(keyOf(i)); !ok {
			t.Errorf("the latest entry, %d, is gone", i)
		}
		if err := os.Chtimes(c.path(keyOf(i)), old, old); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCacheLends(t *testing.T) {
	c, err := Open(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	data := []byte("a photo with its words")
	if err := os.WriteFile(at("bundle"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	sha := hash(data)
	if _, ok := c.Lend(sha, at("none")); ok {
		t.Error("it lends what it doesn't have")
	}
	c.Keep(sha, at("bundle"))
	lent := func(t *testing.T, to string) {
		t.Helper()
		if n, ok := c.Lend(sha, at(to)); !ok || n != int64(len(data)) {
			t.Fatalf("nothing lent: %d, %v", n, ok)
		}
		if b, err := os.ReadFile(at(to)); err != nil || !bytes.Equal(b, data) {
			t.Errorf("lent %q, %v", b, err)
		}
	}
	lent(t, "second")
	lent(t, "third")
	for _, pair := range [][2]string{{"bundle", "second"}, {"bundle", "third"}, {"second", "third"}} {
		a, err := os.Stat(at(pair[0]))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.Stat(at(pair[1]))
		if err != nil {
			t.Fatal(err)
		}
		if os.SameFile(a, b) {
			t.Errorf("%s and %s are one file", pair[0], pair[1])
		}
	}
	if _, ok := c.Lend(sha, at("third")); ok {
		t.Error("it writes over a file")
	}

	t.Run("two at the same moment get two files", func(t *testing.T) {
		for _, name := range []string{"bundle", "second", "third"} { // now the cache is the only one
			if err := os.Remove(at(name)); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				if _, ok := c.Lend(sha, at(fmt.Sprint(i))); !ok {
					t.Errorf("%d got nothing", i)
				}
			})
		}
		wg.Wait()
		for i := range 8 {
			for j := range i {
				a, err := os.Stat(at(fmt.Sprint(i)))
				if err != nil {
					t.Fatal(err)
				}
				if b, err := os.Stat(at(fmt.Sprint(j))); err != nil || os.SameFile(a, b) {
					t.Errorf("%d and %d are one file, %v", i, j, err)
				}
			}
		}
	})
	t.Run("what was altered is none", func(t *testing.T) {
		if err := os.WriteFile(c.finished(sha), []byte("A photo with its words"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Lend(sha, at("altered")); ok {
			t.Error("it was lent")
		}
		if _, err := os.Stat(at("altered")); err == nil {
			t.Error("it was left there")
		}
		if _, err := os.Stat(c.finished(sha)); err == nil {
			t.Error("it is still in the cache")
		}
	})
}

func TestMakeUsesTheCache(t *testing.T) {
	c, err := Open(t.TempDir(), 10<<20)
	if err != nil {
		t.Fatal(err)
	}
	data := original(t, 600, 400)
	info, err := photo.Inspect(data, photo.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	job := Job{Data: data, SHA256: hash(data), Info: info, Words: words, Specs: Specs([]int{480}), Cache: c}
	first, err := Make(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	card, err := Card(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}

	// Without the original only the cache can answer.
	gone := job
	gone.Data, gone.Original = nil, filepath.Join(t.TempDir(), "gone.jpg")
	if again, err := Make(t.Context(), gone); err != nil || again.Made != 0 || !reflect.DeepEqual(again.Files, first.Files) {
		t.Errorf("got other files, %v", err)
	}
	if again, err := Card(t.Context(), gone); err != nil || !reflect.DeepEqual(again, card) {
		t.Errorf("got another card, %v", err)
	}
	for name, change := range map[string]func(*Job){
		"recipe":  func(j *Job) { j.Recipe.Brightness = 1 },
		"ground":  func(j *Job) { j.Ground = color.NRGBA{A: 255} },
		"quality": func(j *Job) { j.Specs = []Spec{{Width: 480, Format: JPEG, Quality: 50}} },
		"width":   func(j *Job) { j.Specs = Specs([]int{479}) },
		"hash":    func(j *Job) { j.SHA256 = hash(nil) },
	} {
		other := gone
		change(&other)
		if _, err := Make(t.Context(), other); err == nil {
			t.Errorf("another %s was answered from the cache", name)
		}
	}
	reworded := gone
	reworded.Words.Caption = "Reworded at the last minute"
	if again, err := Make(t.Context(), reworded); err != nil || again.Made != 0 || !bytes.Contains(again.Files[0].Data, []byte("last minute")) {
		t.Errorf("a new caption makes pixels anew, or isn't in the file: %v", err)
	}
	moved := gone
	moved.Recipe.Focus = &photo.Point{X: 0.1, Y: 0.1}
	if _, err := Make(t.Context(), moved); err != nil {
		t.Errorf("a focal point makes derivatives anew: %v", err)
	}
	if _, err := Card(t.Context(), moved); err == nil {
		t.Error("a card ignores the focal point")
	}
}
