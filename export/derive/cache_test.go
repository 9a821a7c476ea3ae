package derive

import (
	"bytes"
	"fmt"
	"image/color"
	"os"
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
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(c.path(keyOf(i)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := c.Get(keyOf(0)); !ok { // and by that the latest used
		t.Fatal("gone too early")
	}
	c.Put(keyOf(4), block)
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
