package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"
)

// benchPhoto is a real 24-megapixel photograph, or one made here with as much detail.
func benchPhoto(b *testing.B) []byte {
	if data := realPhoto(b, "nuthatch.jpg"); data != nil {
		return data
	}
	img := scene(6000, 4000)
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = uint8(min(255, int(img.Pix[i])+noise.IntN(16)))
		}
	}
	return jpegBytes(img)
}

func BenchmarkInspect(b *testing.B) {
	data := benchPhoto(b)
	for b.Loop() {
		if _, err := Inspect(data, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecode runs beside the standard library's decode to RGBA, which is what it replaces.
func BenchmarkDecode(b *testing.B) {
	data := benchPhoto(b)
	info := must(Inspect(data, Limits{}))
	for _, c := range []struct {
		name  string
		cover int
	}{{"full", 0}, {"cover 2240", 2240}, {"cover 480", 480}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Decode(data, info, DecodeOptions{Cover: c.cover}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("standard library", func(b *testing.B) {
		for b.Loop() {
			img, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			imaging.Clone(img)
		}
	})
}

// BenchmarkResize runs beside Lanczos.
func BenchmarkResize(b *testing.B) {
	img := must(Decode(benchPhoto(b), nil, DecodeOptions{Cover: 2240}))
	b.Run("Fit 1600", func(b *testing.B) {
		for b.Loop() {
			Fit(img, 1600, 1067)
		}
	})
	b.Run("Lanczos 1600", func(b *testing.B) {
		for b.Loop() {
			imaging.Resize(img, 1600, 1067, imaging.Lanczos)
		}
	})
}

// BenchmarkPlanes is the first step of every derivative, beside what it replaces: all of the photo by Lanczos in colours.
func BenchmarkPlanes(b *testing.B) {
	data := benchPhoto(b)
	full, err := jpegPlanes(data, 1)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("FitPlanes 24 MP to 2240", func(b *testing.B) {
		for b.Loop() {
			m, err := FitPlanes(full, 2240, 1493)
			if err != nil {
				b.Fatal(err)
			}
			Recycle(m)
		}
	})
	colours := must(Decode(data, nil, DecodeOptions{}))
	b.Run("imaging 24 MP to 2240", func(b *testing.B) {
		for b.Loop() {
			imaging.Resize(colours, 2240, 1493, imaging.Lanczos)
		}
	})
}

// BenchmarkEncode runs beside the standard library's encoder on the pixels that suit it best.
func BenchmarkEncode(b *testing.B) {
	img := Fit(must(Decode(benchPhoto(b), nil, DecodeOptions{Cover: 2240})), 2240, 1493)
	b.Run("EncodeJPEG 2240", func(b *testing.B) {
		for b.Loop() {
			if err := EncodeJPEG(io.Discard, img, 82); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("standard library 2240", func(b *testing.B) {
		rgba := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
		for b.Loop() {
			if err := jpeg.Encode(io.Discard, rgba, &jpeg.Options{Quality: 82}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkThumbnail(b *testing.B) {
	data := benchPhoto(b)
	info := must(Inspect(data, Limits{}))
	for b.Loop() {
		if _, err := Thumbnail(data, info, Recipe{}, 320); err != nil {
			b.Fatal(err)
		}
	}
}
