package derive

// This file owns the cache: derivatives kept on disk between exports, under keys that say all that went into them.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"photodesk/project/photo"
)

// recipeVersion is part of every key. Raise it when the same job should give other pixels than before.
const recipeVersion = 3

// What a key is for.
const (
	purposeWidth = "width"
	purposeCard  = "card"
	purposeAbout = "about"
)

// chain notes the widths that the specs come down by: each is made from the one before, so they all decide its pixels.
func (job *Job) chain(specs []Spec) {
	job.widths = nil
	for _, s := range specs {
		job.widths = append(job.widths, s.Width)
	}
	slices.Sort(job.widths)
	job.widths = slices.Compact(job.widths)
}

// key names what becomes of the job's original for a spec; purpose tells derivatives from cards. Words have no part in it:
// they are put in afterwards, so that a new caption costs no pixel.
func (job *Job) key(s Spec, purpose string) string {
	r := job.Recipe
	widths := job.widths
	switch purpose {
	case purposeWidth:
		r.Focus = nil // moves no pixel there
		at, _ := slices.BinarySearch(widths, s.Width)
		widths = widths[at:]
	case purposeAbout:
		r.Focus, widths = nil, nil
	case purposeCard:
		widths = nil
	}
	b, err := json.Marshal(struct {
		Version  int
		Original string
		Purpose  string
		Spec     Spec
		Encoder  string
		Engine   string
		Recipe   photo.Recipe
		Ground   color.NRGBA
		Measured bool
		Widths   []int
	}{recipeVersion, job.SHA256, purpose, s, encoderOf(s.Format), photo.Engine(), r, job.Ground, purpose == purposeAbout && job.Measured, widths})
	if err != nil {
		return "" // a recipe that JSON can't say (NaN) was refused before; an empty key is never kept
	}
	return hash(b)
}

// Cache is a folder of derivatives. It can be deleted at any time, and used by several goroutines and programs at once:
// an entry is renamed into place whole, and checked against its own hash when it is read. The nil Cache keeps nothing.
type Cache struct {
	dir string
	max int64

	mu       sync.Mutex
	measured bool
	tidying  bool
	tidied   sync.WaitGroup
	size     int64 // of the entries, about: other programs may add some
}

// Open uses dir, which is made if need be, as a cache of about maxBytes; the entries least lately used go first.
func Open(dir string, maxBytes int64) (*Cache, error) {
	// What isn't published yet is nobody else's business.
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	return &Cache{dir: dir, max: maxBytes}, nil
}

const entrySuffix = ".derivative"

func (c *Cache) path(key string) string { return filepath.Join(c.dir, key[:2], key+entrySuffix) }

// Get gives the entry of a key. A damaged entry is none.
func (c *Cache) Get(key string) ([]byte, bool) {
	if c == nil || len(key) < 2 {
		return nil, false
	}
	sum, data, err := readEntry(c.path(key))
	if err != nil || sha256.Sum256(data) != sum {
		return nil, false
	}
	return data, true
}

// used notes that an entry was of use, which only decides what goes first: once an hour does.
func used(name string, st fs.FileInfo) {
	if now := time.Now(); now.Sub(st.ModTime()) > time.Hour {
		_ = os.Chtimes(name, now, now)
	}
}

// readEntry reads an entry's hash, then its data into borrowed memory.
func readEntry(name string) (sum [sha256.Size]byte, data []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return sum, nil, err
	}
	if _, err := io.ReadFull(f, sum[:]); err != nil {
		return sum, nil, err
	}
	data = photo.Borrow(int(st.Size()) - sha256.Size)
	_, err = io.ReadFull(f, data)
	used(name, st)
	return sum, data, err
}

// has reports whether there is an entry of a key, which it doesn't read.
func (c *Cache) has(key string) bool {
	if c == nil || len(key) < 2 {
		return false
	}
	st, err := os.Stat(c.path(key))
	return err == nil && st.Size() > sha256.Size
}

// normal fills in the specs' defaults for a photo of this width, and notes how they hang together.
func (job *Job) normal(width int) ([]Spec, error) {
	specs := make([]Spec, len(job.Specs))
	for i, s := range job.Specs {
		var err error
		if specs[i], err = s.normal(width); err != nil {
			return nil, err
		}
	}
	job.chain(specs)
	return specs, nil
}

// Ready reports whether the cache has all that Make would make of the job. It reads no pixel.
func Ready(job Job) bool {
	if job.Info == nil || job.SHA256 == "" {
		return false
	}
	w, _ := photo.Size(job.Info, job.Recipe)
	specs, err := job.normal(w)
	if err != nil {
		return false
	}
	about, known := job.recall()
	for _, s := range specs {
		s.Quality = about.quality(s)
		known = known && job.Cache.has(job.key(s, purposeWidth))
	}
	return known
}

// Put keeps an entry. A full disk or a missing folder only means that it is made again next time, so nothing is returned.
func (c *Cache) Put(key string, data []byte) {
	if c == nil || len(key) < 2 {
		return
	}
	sum := sha256.Sum256(data)
	if err := writeWhole(c.path(key), sum[:], data); err != nil {
		return
	}
	c.grow(int64(sha256.Size + len(data)))
}

// grow counts what was added. The folder is measured behind whoever adds to it: an export doesn't wait for ten thousand
// entries to be looked at.
func (c *Cache) grow(by int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size += by
	if c.measured && c.size <= c.max || c.tidying {
		return
	}
	c.measured, c.tidying = true, true
	before := c.size
	c.tidied.Go(func() {
		for {
			size := c.prune()
			c.mu.Lock()
			came := c.size - before // meanwhile; counted twice at worst
			c.size = size + came
			if came == 0 || c.size <= c.max {
				c.tidying = false
				c.mu.Unlock()
				return
			}
			before = c.size
			c.mu.Unlock()
		}
	})
}

// writeWhole writes under a temporary name and renames, so that no reader ever sees half a file.
func writeWhole(name string, parts ...[]byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write cache entry: %w", err)
	}
	tmp, err := os.CreateTemp(dir, "*.tmp")
	if err != nil {
		return fmt.Errorf("write cache entry: %w", err)
	}
	for _, part := range parts {
		if err == nil {
			_, err = tmp.Write(part)
		}
	}
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("write cache entry: %w", err)
	}
	return nil
}

// prune removes the oldest entries down to nine tenths of the limit, and what a crash left behind. It gives the size that
// is left.
func (c *Cache) prune() (size int64) {
	type entry struct {
		path string
		size int64
		used time.Time
	}
	var entries []entry
	_ = filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // a part that can't be listed is left alone
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		switch {
		case strings.HasSuffix(path, entrySuffix), strings.HasSuffix(path, finishedSuffix):
			entries = append(entries, entry{path, info.Size(), info.ModTime()})
			size += info.Size()
		case strings.HasSuffix(path, ".tmp") && time.Since(info.ModTime()) > time.Hour:
			_ = os.Remove(path)
		}
		return nil
	})
	if size <= c.max {
		return size
	}
	slices.SortFunc(entries, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range entries {
		if size <= c.max/10*9 {
			return size
		}
		if os.Remove(e.path) == nil {
			size -= e.size
		}
	}
	return size
}

// Clear removes every entry.
func (c *Cache) Clear() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size = 0
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return fmt.Errorf("clear cache: %w", err)
	}
	for _, e := range entries {
		// Only the folders that keys make: a cache pointed at the wrong place takes nothing else with it.
		if _, err := hex.DecodeString(e.Name()); err != nil || len(e.Name()) != 2 || !e.IsDir() {
			continue
		}
		if err := os.RemoveAll(filepath.Join(c.dir, e.Name())); err != nil {
			return fmt.Errorf("clear cache: %w", err)
		}
	}
	return nil
}
