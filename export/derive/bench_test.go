package derive

import (
	"bytes"
	"image/color"
	"image/jpeg"
	"io"
	"os"
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
		{"JPEG plain", jpegn.EncodeOptions{}},
		{"JPEG optimised", jpegn.EncodeOptions{OptimizeCoding: true}},
		{"JPEG progressive", jpegn.EncodeOptions{OptimizeCoding: true, Progressive: true}},
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
	b.Run("WebP", func(b *testing.B) {
		var out []byte
		for b.Loop() {
			if out, err = encodeWebP(planes, QualityWebP); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(out))/1000, "kB")
	})
}
