package derive

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/gen2brain/avif"

	"photodesk/project/photo"
)

func TestAVIF(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 5}, {481, 321}} {
		w, h := size[0], size[1]
		planes := photo.PlanesOf(photo.Fit(scene(600, 400), w, h), color.NRGBA{})
		plain, err := encode(planes, AVIF, QualityAVIF)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]segments{
			"words":      newSegments(carry("", words, photo.Camera{}), nil),
			"a profile":  newSegments(carry("", words, photo.Camera{}), []byte("some profile")),
			"no words":   newSegments(carry("", photo.Words{}, photo.Camera{}), nil),
			"long words": newSegments(carry("", photo.Words{Caption: string(bytes.Repeat([]byte("é"), 20000))}, photo.Camera{}), nil),
		} {
			data, err := wrapAVIF(plain, s)
			if err != nil {
				t.Fatalf("%v, %s: %v", size, name, err)
			}
			if s.xmp != nil && !bytes.Contains(data, s.xmp) {
				t.Errorf("%v, %s: the words are missing", size, name)
			}
			back, err := avif.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%v, %s: %v", size, name, err)
			}
			if back.Bounds().Dx() != w || back.Bounds().Dy() != h {
				t.Errorf("%v, %s: decoded as %v", size, name, back.Bounds())
			}
			if w < 100 || s.profile == nil {
				continue
			}
			for _, at := range [][2]int{{100, 60}, {400, 60}, {100, 260}, {400, 260}} {
				got := color.NRGBAModel.Convert(back.At(at[0], at[1])).(color.NRGBA)
				if want := photo.RGBOf(planes).NRGBAAt(at[0], at[1]); !near(got, want, 24) {
					t.Errorf("%s: %v at %v, want %v", name, got, at, want)
				}
			}
		}
	}
}

func FuzzWrapAVIF(f *testing.F) {
	plain, err := encode(photo.PlanesOf(scene(32, 32), color.NRGBA{}), AVIF, QualityAVIF)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add(plain[:len(plain)/2])
	s := newSegments(carry("", words, photo.Camera{}), nil)
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, err := wrapAVIF(b, s); err == nil && !bytes.Contains(out, s.xmp) {
			t.Error("no error and no words")
		}
	})
}

func TestAVIFTime(t *testing.T) {
	one, err := AVIFTime(1, 6000, 4000)
	if err != nil || one <= 0 {
		t.Fatalf("%v, %v", one, err)
	}
	if eight, _ := AVIFTime(8, 6000, 4000); eight != 8*one {
		t.Errorf("eight photos take %v, one %v", eight, one)
	}
}
