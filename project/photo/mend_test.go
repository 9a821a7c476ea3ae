package photo

// This file tests damaged JPEGs: what is left of them is shown, with a warning that says how much is missing.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"
)

func jpegWith(img image.Image, o jpegn.EncodeOptions) []byte {
	var b bytes.Buffer
	o.Quality = 90
	if err := jpegn.Encode(&b, img, &o); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// coded is where the coded data of a JPEG's first scan begins.
func coded(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; at += 2 + int(binary.BigEndian.Uint16(data[at+2:])) {
		if data[at+1] == 0xda {
			return at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		}
	}
	panic("no scan")
}

// apart is a JPEG whose components come in scans of their own, all without subsampling and with the same detail; four of
// them are inks.
func apart(img image.Image, components int) []byte {
	grey := jpegWith(img, jpegn.EncodeOptions{Subsampling: jpegn.SubsampleGray})
	from := coded(grey)
	scan := grey[from : len(grey)-2]
	b := []byte("\xff\xd8")
	if components == 4 {
		b = append(b, "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	for at := 2; at < from; {
		size := 2 + int(binary.BigEndian.Uint16(grey[at+2:]))
		switch grey[at+1] {
		case 0xc0:
			b = append(b, 0xff, 0xc0, 0, byte(8+3*components))
			b = append(append(b, grey[at+4:at+9]...), byte(components))
			for i := range components {
				b = append(b, byte(i+1), 0x11, 0)
			}
		case 0xdb, 0xc4:
			b = append(b, grey[at:at+size]...)
		}
		at += size
	}
	for i := range components {
		b = append(b, 0xff, 0xda, 0, 8, 1, byte(i+1), 0, 0, 63, 0)
		b = append(b, scan...)
	}
	return append(b, 0xff, 0xd9)
}

// damageCase is a JPEG with a hole or without an end.
type damageCase struct {
	name     string
	data     []byte
	whole    []byte
	says     string
	from, to float64 // rows that must be grey, in parts of the height; none where both are 0
	keeps    float64 // rows above this part must be as they were
}

func damageCases() []damageCase {
	img := meadow(320, 240)
	noise := rand.New(rand.NewPCG(3, 4))
	for i := range img.Pix { // so that every row takes as many bytes
		if i%4 != 3 {
			img.Pix[i] = uint8(min(255, int(img.Pix[i])+noise.IntN(12)))
		}
	}
	cut := func(data []byte, part float64) []byte {
		from := coded(data)
		return bytes.Clone(data[:from+int(part*float64(len(data)-from))])
	}
	var cases []damageCase
	for _, v := range []struct {
		name string
		data []byte
	}{
		{"baseline", jpegWith(img, jpegn.EncodeOptions{Subsampling: jpegn.Subsample420})},
		{"4:4:4", jpegWith(img, jpegn.EncodeOptions{Subsampling: jpegn.Subsample444})},
		{"4:2:2", jpegWith(img, jpegn.EncodeOptions{Subsampling: jpegn.Subsample422})},
		{"grey", jpegWith(img, jpegn.EncodeOptions{Subsampling: jpegn.SubsampleGray})},
		{"tables of its own", jpegWith(img, jpegn.EncodeOptions{OptimizeCoding: true})},
		{"restart markers", jpegWith(img, jpegn.EncodeOptions{RestartInterval: 7})},
	} {
		cases = append(cases,
			damageCase{v.name + " cut in the middle", cut(v.data, 0.5), v.data, "about", 0.62, 1, 0.38},
			damageCase{v.name + " cut at a fifth", cut(v.data, 0.2), v.data, "about", 0.32, 1, 0.1},
			damageCase{v.name + " without its end mark", v.data[:len(v.data)-2], v.data, "all of the picture is there", 0, 0, 1},
			damageCase{v.name + " cut, garbage behind", append(cut(v.data, 0.5), bytes.Repeat([]byte("\xff\x37garbage"), 300)...), v.data, "about", 0.64, 1, 0.36},
			damageCase{v.name + " with the end mark of a tool", append(append(cut(v.data, 0.5), make([]byte, 200)...), 0xff, 0xd9), v.data, "about", 0.66, 1, 0.36},
		)
	}
	// A hole in the middle: what comes after it is found again by its restart markers.
	marked := jpegWith(img, jpegn.EncodeOptions{RestartInterval: 10, Subsampling: jpegn.Subsample444})
	from := coded(marked)
	for _, h := range []struct {
		name string
		fill byte
	}{{"zeros", 0}, {"erased", 0xff}, {"noise", 1}} {
		holed := bytes.Clone(marked)
		hole := holed[from+(len(marked)-from)*45/100 : from+(len(marked)-from)*55/100]
		for i := range hole {
			if hole[i] = h.fill; h.fill == 1 {
				hole[i] = byte(noise.IntN(256))
			}
		}
		cases = append(cases, damageCase{"a hole of " + h.name, holed, marked, "it is damaged", 0, 0, 0.4})
	}
	alone := apart(img, 3)
	cases = append(cases,
		damageCase{"components apart, cut in the first", cut(alone, 0.16), alone, "about", 0.64, 1, 0},
		damageCase{"components apart, cut in the second", cut(alone, 0.6), alone, "look wrong", 0, 0, 0},
		damageCase{"inks, cut in the last", cut(apart(img, 4), 0.9), apart(img, 4), "look wrong", 0, 0, 0},
	)
	progressive := jpegWith(img, jpegn.EncodeOptions{Progressive: true})
	cases = append(cases,
		damageCase{"progressive, cut in the averages", cut(progressive, 0.05), progressive, "about", 0.9, 1, 0},
		damageCase{"progressive, cut in the detail", cut(progressive, 0.7), progressive, "fine detail", 0, 0, 0},
	)
	return cases
}

func TestDamagedJPEGIsShown(t *testing.T) {
	for _, tc := range damageCases() {
		t.Run(tc.name, func(t *testing.T) {
			info, err := Inspect(tc.data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if info.Width != 320 || info.Height != 240 || !strings.Contains(fmt.Sprint(info.Warnings), tc.says) {
				t.Errorf("%d × %d, warnings %q", info.Width, info.Height, info.Warnings)
			}
			got, err := Decode(tc.data, info, DecodeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			want := must(Decode(tc.whole, nil, DecodeOptions{}))
			rows := func(img *image.NRGBA, from, to float64) *image.NRGBA {
				h := float64(img.Rect.Dy())
				return fromOrigin(img.SubImage(image.Rect(0, int(from*h), img.Rect.Dx(), int(to*h))).(*image.NRGBA))
			}
			if tc.keeps > 0 {
				if d := difference(rows(got, 0, tc.keeps), rows(want, 0, tc.keeps)); d > 0 {
					t.Errorf("what was whole differs by %.2f levels", d)
				}
			}
			if tc.to > 0 {
				lost := rows(got, tc.from, tc.to)
				grey := image.NewNRGBA(lost.Rect)
				fill(grey, grey.Rect, color.NRGBA{128, 128, 128, 255})
				if d := difference(lost, grey); d > 3 {
					t.Errorf("what is missing is %.1f levels from grey", d)
				}
			}
			// What decoders are given is a JPEG that the strictest of them takes.
			c := must(scan(tc.data, JPEG, DefaultLimits))
			if _, err := jpeg.Decode(bytes.NewReader(c.mended)); err != nil && tc.says != "fine detail" {
				t.Errorf("the standard library: %v", err)
			}
			if again := must(scan(c.mended, JPEG, DefaultLimits)); strings.Contains(fmt.Sprint(again.warnings), "missing") && tc.says != "fine detail" {
				t.Errorf("mended twice: %q", again.warnings)
			}
			if small := must(Thumbnail(tc.data, nil, Recipe{}, 80)); small.Rect.Dx() != 80 {
				t.Errorf("thumbnail of %v", small.Rect)
			}
		})
	}
}

func TestHoleHealsAtTheNextRestart(t *testing.T) {
	for _, tc := range damageCases() {
		if !strings.HasPrefix(tc.name, "a hole") {
			continue
		}
		got, want := must(Decode(tc.data, nil, DecodeOptions{})), must(Decode(tc.whole, nil, DecodeOptions{}))
		same := 0
		for y := range 240 {
			if bytes.Equal(got.Pix[y*got.Stride:][:4*320], want.Pix[y*want.Stride:][:4*320]) {
				same++
			}
		}
		if same < 240*70/100 {
			t.Errorf("%s: %d of 240 rows are as they were", tc.name, same)
		}
	}
}

func TestTooLittleLeft(t *testing.T) {
	data := jpegWith(meadow(640, 480), jpegn.EncodeOptions{})
	from := coded(data)
	for _, n := range []int{from - 1, from, from + 1, from + 20} {
		if _, err := Inspect(data[:n], Limits{}); !errors.Is(err, ErrTruncated) || !strings.Contains(err.Error(), "ask for it again") {
			t.Errorf("cut at %d of %d: %v", n, len(data), err)
		}
	}
}

// Whole JPEGs aren't touched, however they are coded, whatever follows them.
func TestWholeJPEGIsLeftAlone(t *testing.T) {
	img := meadow(333, 217)
	flat := image.NewNRGBA(image.Rect(0, 0, 640, 480)) // its coded data are a run of one byte
	fill(flat, flat.Rect, color.NRGBA{90, 120, 60, 255})
	for _, tc := range []struct {
		name string
		data []byte
	}{
		{"baseline", jpegWith(img, jpegn.EncodeOptions{})},
		{"restarts", jpegWith(img, jpegn.EncodeOptions{RestartInterval: 3})},
		{"restart after every unit", jpegWith(img, jpegn.EncodeOptions{RestartInterval: 1, Subsampling: jpegn.Subsample422})},
		{"progressive", jpegWith(img, jpegn.EncodeOptions{Progressive: true})},
		{"progressive restarts", jpegWith(img, jpegn.EncodeOptions{Progressive: true, RestartInterval: 5})},
		{"flat", jpegWith(flat, jpegn.EncodeOptions{OptimizeCoding: true})},
		{"apart", apart(img, 3)},
		{"inks", apart(img, 4)},
		{"bytes after the end", append(jpegWith(img, jpegn.EncodeOptions{}), bytes.Repeat([]byte("\x00\xff\x37trailer\xff\xd8"), 90)...)},
	} {
		info, err := Inspect(tc.data, Limits{})
		if err != nil || strings.Contains(fmt.Sprint(info.Warnings), "damaged") {
			t.Errorf("%s: %+v, %v", tc.name, info, err)
		}
		// And if one of them is walked all the same, nothing comes of it.
		m, err := mend(tc.data)
		words, _ := m.words()
		if err != nil || words != "" {
			t.Errorf("%s: walked, %q, %v", tc.name, words, err)
			continue
		}
		a, b := must(Decode(tc.data, nil, DecodeOptions{})), must(Decode(m.data, nil, DecodeOptions{}))
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("%s: walked, its pixels differ by %.2f levels", tc.name, difference(a, b))
		}
	}
}

// Cut anywhere, a JPEG is either refused with a reason or shown with a warning.
func TestJPEGCutAnywhere(t *testing.T) {
	for name, data := range map[string][]byte{
		"baseline":    jpegWith(meadow(96, 64), jpegn.EncodeOptions{RestartInterval: 2, Segments: []jpegn.Segment{exifSegment(exifBlock(true, orientationEntry(6)))}}),
		"progressive": jpegWith(meadow(96, 64), jpegn.EncodeOptions{Progressive: true}),
	} {
		for n := range len(data) {
			info, err := Inspect(data[:n], Limits{})
			if err == nil {
				_, err = Decode(data[:n], info, DecodeOptions{})
				if !strings.Contains(fmt.Sprint(info.Warnings), "missing") && !strings.Contains(fmt.Sprint(info.Warnings), "damaged") {
					t.Fatalf("%s cut at %d of %d: no warning but %q", name, n, len(data), info.Warnings)
				}
			}
			if err != nil && !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrEmpty) && !errors.Is(err, ErrNotPhoto) {
				t.Fatalf("%s cut at %d of %d: %v", name, n, len(data), err)
			}
		}
	}
}
