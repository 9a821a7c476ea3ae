package derive

import (
	"bytes"
	"errors"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"
	"github.com/gen2brain/jpegn"

	"photodesk/project/photo"
)

func benchPhoto(b *testing.B) []byte {
	if data, err := os.ReadFile("../../../shared/photos/nuthatch.jpg"); err == nil {
		return data
	}
	return original(b, 6000, 4000)
}

// BenchmarkMake runs beside the way that the standard library and imaging make the same JPEGs: each from the full size.
func BenchmarkMake(b *testing.B) {
	data := benchPhoto(b)
	info, err := photo.Inspect(data, photo.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	sizes := Widths(info.Width, info.Height)
	var jpegs []Spec
	for _, w := range sizes {
		jpegs = append(jpegs, Spec{Width: w, Format: JPEG})
	}
	for _, c := range []struct {
		name  string
		specs []Spec
	}{{"JPEG and WebP", Specs(sizes)}, {"JPEG", jpegs}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Make(b.Context(), Job{Data: data, Info: info, Words: words, Specs: c.specs}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("JPEG by standard library and imaging", func(b *testing.B) {
		for b.Loop() {
			img, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			for _, w := range sizes {
				if err := jpeg.Encode(io.Discard, imaging.Resize(img, w, 0, imaging.Lanczos), &jpeg.Options{Quality: QualityJPEG}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkEncode weighs time against bytes at 2240 pixels.
func BenchmarkEncode(b *testing.B) {
	img, err := photo.Decode(benchPhoto(b), nil, photo.DecodeOptions{Cover: 2240})
	if err != nil {
		b.Fatal(err)
	}
	planes := photo.PlanesOf(photo.Fit(img, 2240, 1493), color.NRGBA{})
	for _, c := range []struct {
		name string
		o    jpegn.EncodeOptions
	}{
		{"jpegn plain", jpegn.EncodeOptions{}},
		{"jpegn optimised", jpegn.EncodeOptions{OptimizeCoding: true}},
		{"jpegn progressive", jpegn.EncodeOptions{OptimizeCoding: true, Progressive: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				c.o.Quality = QualityJPEG
				if err := jpegn.Encode(&out, planes, &c.o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len())/1000, "kB")
		})
	}
	for _, c := range []struct {
		format  string
		quality int
	}{{JPEG, QualityJPEG}, {WebP, QualityWebP}} {
		b.Run("ours "+c.format, func(b *testing.B) {
			var out []byte
			for b.Loop() {
				if out, err = encode(planes, c.format, c.quality); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(out))/1000, "kB")
		})
	}
}

// BenchmarkCache runs beside what the cache can't do without: reading, writing and hashing as many bytes.
func BenchmarkCache(b *testing.B) {
	c, err := Open(b.TempDir(), 1<<30)
	if err != nil {
		b.Fatal(err)
	}
	data := make([]byte, 500_000)
	for i := range data {
		data[i] = byte(i * i >> 7)
	}
	key, sha := hash([]byte("key")), hash(data)
	plain := filepath.Join(b.TempDir(), "plain")
	if err := os.WriteFile(plain, data, 0o600); err != nil {
		b.Fatal(err)
	}
	c.Put(key, data)
	c.Keep(sha, plain)
	out := filepath.Join(b.TempDir(), "out")
	job := Job{SHA256: sha, Specs: Specs(widths), Cache: c}
	specs, err := job.normal(6000)
	if err != nil {
		b.Fatal(err)
	}

	bare := func(name string, do func() error) float64 {
		per := 0.0
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			per = float64(b.Elapsed()) / float64(b.N)
		})
		return per
	}
	against := func(name string, bare float64, what string, do func() bool) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if !do() {
					b.Fatal("the cache had nothing")
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/bare, "of-"+what)
		})
	}
	read := bare("bare read", func() error { _, err := os.ReadFile(plain); return err })
	hashed := bare("bare read and SHA-256", func() error {
		data, err := os.ReadFile(plain)
		hash(data)
		return err
	})
	written := bare("bare write", func() error {
		err := os.WriteFile(out, data, 0o600)
		return errors.Join(err, os.Remove(out))
	})
	against("key", read, "read", func() bool { return job.key(specs[0], purposeWidth) != "" })
	against("get", read, "read", func() bool { _, ok := c.Get(key); return ok })
	against("get, to hashing", hashed, "read-and-SHA-256", func() bool { _, ok := c.Get(key); return ok })
	against("put", written, "write", func() bool { c.Put(key, data); return true })
	if err := os.Remove(plain); err != nil { // the cache's is the only name now: it lends by linking
		b.Fatal(err)
	}
	against("lend", hashed, "read-and-SHA-256", func() bool {
		_, ok := c.Lend(sha, out)
		return ok && os.Remove(out) == nil
	})
}
