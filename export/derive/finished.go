package derive

// This file owns finished derivatives: files as they stand in a bundle, words and all. The cache has them as second names of
// the bundle's own files, which costs neither time nor space, and lends them to the next bundle.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image/color"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"photodesk/project/photo"
)

// wordsVersion is part of every record. Raise it when the same words and pixels should give other bytes than before.
const wordsVersion = 1

const finishedSuffix = ".finished"

// record is what Make made, without the bytes.
type record struct {
	Colour        [3]byte
	Width, Height int
	Files         []File
}

// recordKey names what Make makes of the job, words included; "" where the cache can't tell.
func (job *Job) recordKey() string {
	if job.Cache == nil || job.Info == nil || job.SHA256 == "" ||
		job.Policy == PolicyAllButLocation { // its words are partly in the original alone
		return ""
	}
	about, known := job.recall()
	w, _ := photo.Size(job.Info, job.Recipe)
	specs, err := job.normal(w)
	if err != nil || !known {
		return ""
	}
	pixels := make([]string, len(specs))
	for i, s := range specs {
		s.Quality = about.quality(s)
		pixels[i] = job.key(s, purposeWidth)
	}
	say := newSegments(carry(job.Policy, job.Words, photo.Camera{}), about.Profile)
	b, err := json.Marshal(struct {
		Version           int
		Pixels            []string
		XMP, IIM, Profile []byte
	}{wordsVersion, pixels, say.xmp, say.iim, say.profile})
	if err != nil {
		return ""
	}
	return hash(b)
}

// Recall gives what Make made of the same job before, without Data: the files' hashes, for Lend. It reads no pixel.
func Recall(job Job) (Result, bool) {
	b, ok := job.Cache.Get(job.recordKey())
	var r record
	if !ok || json.Unmarshal(b, &r) != nil || len(r.Files) != len(job.Specs) {
		return Result{}, false
	}
	return Result{
		Files: r.Files, Width: r.Width, Height: r.Height,
		Placeholder: color.NRGBA{R: r.Colour[0], G: r.Colour[1], B: r.Colour[2], A: 255},
	}, true
}

// Remember is for Recall.
func Remember(job Job, res Result) {
	r := record{Colour: [3]byte{res.Placeholder.R, res.Placeholder.G, res.Placeholder.B}, Width: res.Width, Height: res.Height}
	for _, f := range res.Files {
		f.Data = nil
		r.Files = append(r.Files, f)
	}
	if b, err := json.Marshal(r); err == nil {
		job.Cache.Put(job.recordKey(), b)
	}
}

func (c *Cache) finished(sha string) string { return filepath.Join(c.dir, sha[:2], sha+finishedSuffix) }

// Keep gives the cache a finished file by a second name of the one at from, which nobody may write into from now on. Where
// files can't have two names, or nobody counts them, nothing is kept.
func (c *Cache) Keep(sha, from string) {
	if c == nil || len(sha) != 2*sha256.Size {
		return
	}
	st, err := os.Lstat(from)
	if err != nil || names(st) == 0 {
		return
	}
	err = os.Link(from, c.finished(sha))
	if errors.Is(err, fs.ErrNotExist) && os.MkdirAll(filepath.Dir(c.finished(sha)), 0o700) == nil {
		err = os.Link(from, c.finished(sha))
	}
	if err == nil {
		c.grow(st.Size())
	}
}

// Lend puts the finished file of a hash at a path where nothing is yet, and gives its size; ok is false where the cache has
// none that is whole. No two bundles are given the same file, only equal ones: who alters one must not alter the other.
func (c *Cache) Lend(sha, to string) (size int64, ok bool) {
	if c == nil || len(sha) != 2*sha256.Size {
		return 0, false
	}
	name := c.finished(sha)
	st, err := os.Lstat(name)
	if err != nil || !st.Mode().IsRegular() {
		return 0, false
	}
	if names(st) == 1 && os.Link(name, to) == nil {
		// Another program may have done the same in this moment: then both give it back, and copy.
		if st, err := os.Lstat(to); err == nil && names(st) == 2 {
			if SameHash(to, sha) {
				used(name, st)
				return st.Size(), true
			}
			_ = os.Remove(name)
		}
		_ = os.Remove(to)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, false
	}
	if hash(data) != sha {
		_ = os.Remove(name)
		return 0, false
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, false
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(to)
		return 0, false
	}
	return int64(len(data)), true
}

var buffers = sync.Pool{New: func() any { return new([256 << 10]byte) }}

// SameHash reports whether the file has the SHA-256, in lower-case hex.
func SameHash(name, sha string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	buf := buffers.Get().(*[256 << 10]byte)
	defer buffers.Put(buf)
	sum := sha256.New()
	// Without its other methods the file has nothing to offer but reading into buf.
	_, err = io.CopyBuffer(sum, struct{ io.Reader }{f}, buf[:])
	return err == nil && hex.EncodeToString(sum.Sum(nil)) == sha
}
