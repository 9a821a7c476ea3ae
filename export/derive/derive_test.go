package derive

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"

	"photodesk/project/photo"
)

// scene is a photo whose left half is red and whose right half is blue, with shading.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 200, G: uint8(60 * y / h), B: 30, A: 255}
			if 2*x >= w {
				c.R, c.B = 30, 200
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// secrets are what no derivative may carry; they are planted in the original's EXIF.
var secrets = []string{"SERIAL-4711", "Olga Owner", "my private note"}

// original is a JPEG of the scene with secrets in its metadata.
func original(t testing.TB, w, h int) []byte {
	t.Helper()
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00\x40\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00")
	exif = append(exif, (strings.Join(secrets, "\n") + strings.Repeat(" ", 64))[:64]...)
	var b bytes.Buffer
	err := jpegn.Encode(&b, photo.Opaque(scene(w, h)), &jpegn.EncodeOptions{Quality: 92, Segments: []jpegn.Segment{{Marker: 0xe1, Data: exif}}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte(secrets[0])) {
		t.Fatal("the original holds no secret")
	}
	return b.Bytes()
}

var words = photo.Words{
	Caption:    "Renée Doe opens the fair, Saturday.\nIt is the 50th <edition> & the last.",
	Byline:     "Jane Doe",
	Credit:     "Jane Doe/Agence France-Presse via Getty Images",
	Copyright:  "Copyright 2025 AP",
	Headline:   "The fair",
	AltText:    "A woman cuts a ribbon.",
	SourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
	UsageTerms: "Editorial use only",
	// Not carried:
	Instructions: "call the desk", Keywords: []string{"secret-keyword"}, City: "Bilbao",
}

func TestWidths(t *testing.T) {
	for _, tc := range []struct {
		name string
		w, h int
		want []int
	}{
		{"large", 6000, 4000, []int{480, 960, 1600, 2240}},
		{"exactly a step", 1600, 900, []int{480, 960, 1600}},
		{"between steps", 1599, 900, []int{480, 960}},
		{"small", 300, 200, []int{300}},
		{"one pixel", 1, 1, []int{1}},
		{"nothing", 0, 0, []int{1}},
		{"a tower too tall for WebP at most widths", 2400, 40000, []int{480, 960}},
		{"a thread", 10, 100_000, []int{1}},
	} {
		if got := Widths(tc.w, tc.h); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestMake(t *testing.T) {
	data := original(t, 1200, 800)
	job := Job{Data: data, Words: words, Specs: Specs(Widths(1200, 800))}
	res, err := Make(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if res.Width != 1200 || res.Height != 800 || len(res.Files) != 4 {
		t.Fatalf("got %d × %d and %d files", res.Width, res.Height, len(res.Files))
	}
	if p := res.Placeholder; p.A != 255 || p.R < 90 || p.R > 140 || p.G > 60 {
		t.Errorf("placeholder %v", p)
	}
	for i, f := range res.Files {
		spec := job.Specs[i]
		if f.Width != spec.Width || f.Height != spec.Width*2/3 || f.Format != spec.Format || f.MediaType != "image/"+spec.Format || f.SHA256 != hash(f.Data) {
			t.Errorf("file %d: %d × %d %s %s", i, f.Width, f.Height, f.Format, f.MediaType)
		}
		info, err := photo.Inspect(f.Data, photo.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if info.Width != f.Width || info.Height != f.Height || info.Profile != "sRGB" || info.GPS || len(info.Disagree) > 0 {
			t.Errorf("file %d reads as %+v", i, info)
		}
		want := words
		want.Instructions, want.Keywords, want.City = "", nil, ""
		if !reflect.DeepEqual(info.Words, want) {
			t.Errorf("file %d carries %+v", i, info.Words)
		}
		for _, s := range append([]string{"secret-keyword", "Bilbao", "call the desk"}, secrets...) {
			if bytes.Contains(f.Data, []byte(s)) {
				t.Errorf("file %d gives away %q", i, s)
			}
		}
		img, err := photo.Decode(f.Data, info, photo.DecodeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if l, r := img.NRGBAAt(f.Width/4, 5), img.NRGBAAt(f.Width*3/4, 5); l.R < 180 || l.B > 50 || r.B < 180 || r.R > 50 {
			t.Errorf("file %d: left %v, right %v", i, l, r)
		}
	}
	again, err := Make(t.Context(), job)
	if err != nil || !reflect.DeepEqual(again, res) {
		t.Errorf("a second run gives other bytes: %v", err)
	}
}

func TestMakeFollowsTheRecipe(t *testing.T) {
	job := Job{
		Data:   original(t, 1200, 800),
		Recipe: photo.Recipe{Turn: 1, Crop: &photo.Rect{X: 0, Y: 0, W: 1, H: 0.5}},
		Specs:  []Spec{{Width: 400, Format: JPEG}, {Width: 5000, Format: WebP}},
	}
	res, err := Make(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if res.Width != 800 || res.Height != 600 {
		t.Errorf("developed %d × %d", res.Width, res.Height)
	}
	if f := res.Files[0]; f.Width != 400 || f.Height != 300 {
		t.Errorf("first %d × %d", f.Width, f.Height)
	}
	if f := res.Files[1]; f.Width != 800 || f.Height != 600 {
		t.Errorf("the wider one is %d × %d, not the photo's own size", f.Width, f.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(res.Files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, b, _ := img.At(200, 150).RGBA(); r < b {
		t.Error("the upper half of the turned photo isn't the red one")
	}
}

func TestMakeWithTransparency(t *testing.T) {
	glass := scene(600, 400)
	for i := 3; i < len(glass.Pix)/2; i += 4 {
		glass.Pix[i] = 0
	}
	var data bytes.Buffer
	if err := png.Encode(&data, glass); err != nil {
		t.Fatal(err)
	}
	for _, ground := range []color.NRGBA{{}, {R: 20, G: 30, B: 40, A: 255}} {
		res, err := Make(t.Context(), Job{Data: data.Bytes(), Words: words, Specs: Specs([]int{480}), Ground: ground})
		if err != nil {
			t.Fatal(err)
		}
		want := ground
		if want == (color.NRGBA{}) {
			want = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
		}
		for _, f := range res.Files {
			img, err := photo.Decode(f.Data, nil, photo.DecodeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if got := img.NRGBAAt(100, 20); !near(got, want, 6) {
				t.Errorf("%s: %v shows through, want the ground %v", f.Format, got, want)
			}
			if below := img.NRGBAAt(100, 300); near(below, want, 6) {
				t.Errorf("%s: the opaque half is covered by the ground", f.Format)
			}
		}
	}
}

func near(a, b color.NRGBA, tolerance int) bool {
	off := func(x, y uint8) bool { return max(x, y)-min(x, y) > uint8(tolerance) }
	return !off(a.R, b.R) && !off(a.G, b.G) && !off(a.B, b.B) && !off(a.A, b.A)
}

func TestMakeRefuses(t *testing.T) {
	data := original(t, 300, 200)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tc := range []struct {
		name string
		ctx  context.Context
		job  Job
		want error
		says string
	}{
		{"a changed original", t.Context(), Job{Data: data, SHA256: hash(nil), Specs: []Spec{{Width: 100, Format: JPEG}}}, ErrChanged, ""},
		{"a missing original", t.Context(), Job{Original: filepath.Join(t.TempDir(), "gone.jpg")}, os.ErrNotExist, "gone.jpg"},
		{"no photo", t.Context(), Job{Data: []byte("text")}, photo.ErrNotPhoto, "plain text"},
		{"an unknown format", t.Context(), Job{Data: data, Specs: []Spec{{Width: 100, Format: "bmp"}}}, nil, "bmp"},
		{"no width", t.Context(), Job{Data: data, Specs: []Spec{{Format: JPEG}}}, nil, "width 0"},
		{"a wrong recipe", t.Context(), Job{Data: data, Recipe: photo.Recipe{Turn: 9}}, nil, "recipe"},
		{"cancelled", cancelled, Job{Data: data, Specs: Specs([]int{100})}, context.Canceled, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Make(tc.ctx, tc.job)
			if err == nil || tc.want != nil && !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
			if _, err := Card(tc.ctx, tc.job); tc.want != nil && !errors.Is(err, tc.want) {
				t.Errorf("Card: got %v", err)
			}
		})
	}
}

func TestCard(t *testing.T) {
	for _, tc := range []struct {
		name  string
		w, h  int
		focus *photo.Point
		size  image.Point
		red   bool // what the middle of the card shows
	}{
		{"focus on the left", 4000, 1000, &photo.Point{X: 0.2, Y: 0.5}, image.Pt(1200, 630), true},
		{"focus on the right", 4000, 1000, &photo.Point{X: 0.9, Y: 0.5}, image.Pt(1200, 630), false},
		{"upright", 1300, 2000, nil, image.Pt(1200, 630), false},
		{"smaller than a card", 600, 600, &photo.Point{X: 0.1, Y: 0.1}, image.Pt(600, 315), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := Card(t.Context(), Job{Data: original(t, tc.w, tc.h), Recipe: photo.Recipe{Focus: tc.focus}, Words: words})
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(bytes.NewReader(f.Data))
			if err != nil || img.Bounds().Size() != tc.size || f.Width != tc.size.X || f.Height != tc.size.Y {
				t.Fatalf("got %v, %v; want %v", img.Bounds(), err, tc.size)
			}
			if r, _, b, _ := img.At(tc.size.X/2+2, tc.size.Y/2).RGBA(); (r > b) != tc.red {
				t.Errorf("the middle is red %d, blue %d", r>>8, b>>8)
			}
		})
	}
}

func TestWordsThatAreTooLong(t *testing.T) {
	long := words
	long.Caption = strings.Repeat("“Große” Wörter & mehr. ", 10_000)
	long.Byline = strings.Repeat("é", 40)
	res, err := Make(t.Context(), Job{Data: original(t, 300, 200), Words: long, Specs: Specs([]int{200})})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		info, err := photo.Inspect(f.Data, photo.Limits{})
		if err != nil || !strings.HasPrefix(long.Caption, info.Words.Caption) || len(info.Words.Caption) < 8000 {
			t.Errorf("%s: caption of %d bytes, %v", f.Format, len(info.Words.Caption), err)
		}
		if info.Words.Byline != long.Byline || len(info.Disagree) > 0 {
			t.Errorf("%s: byline %q, disagree %v", f.Format, info.Words.Byline, info.Disagree)
		}
	}
}

func TestEncoderVersions(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for module, version := range map[string]string{
		"github.com/gen2brain/jpegn": jpegnVersion, "github.com/gen2brain/webp": gen2WebPVersion, "github.com/gen2brain/avif": avifVersion,
	} {
		if m := regexp.MustCompile(regexp.QuoteMeta(module) + ` (\S+)`).FindSubmatch(mod); m == nil || string(m[1]) != version {
			t.Errorf("%s is said to be %s, go.mod has %s", module, version, m)
		}
	}
	for _, f := range []string{JPEG, WebP} {
		if Encoders()[f] == "" {
			t.Errorf("no encoder named for %s", f)
		}
	}
}

func TestRealPhotos(t *testing.T) {
	for _, name := range []string{"bridge.jpg", "hilltop.jpg", "ridge.jpg", "gps.jpg"} {
		data, err := os.ReadFile(filepath.Join("../../../shared/photos", name))
		if err != nil {
			t.Logf("no real photographs on this machine: %v", err)
			return
		}
		info, err := photo.Inspect(data, photo.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		res, err := Make(t.Context(), Job{Data: data, Info: info, Words: info.Words, Specs: Specs([]int{480})})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range res.Files {
			got, err := photo.Inspect(f.Data, photo.Limits{})
			if err != nil || got.GPS || got.Words.TakenAt != "" || got.Profile != "sRGB" {
				t.Errorf("%s as %s: %+v, %v", name, f.Format, got, err)
			}
			if got.Words.Credit != info.Words.Credit || got.Words.Caption != info.Words.Caption {
				t.Errorf("%s as %s lost its words: %+v", name, f.Format, got.Words)
			}
			if f.Width*info.Height/info.Width-f.Height > 1 || got.Width != f.Width {
				t.Errorf("%s as %s is %d × %d", name, f.Format, f.Width, f.Height)
			}
		}
	}
}
