package export

// This file proves that a redaction hides for good: what was under it is in no file of a bundle, neither as pixels of any
// size and format, nor in a preview that the original carried along.

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gen2brain/avif"
	"github.com/gen2brain/jpegn"

	"photodesk/export/derive"
	"photodesk/project"
	"photodesk/project/photo"
)

// code is a secret that can be recognised: squares of black and white.
type code [8][8]bool

func newCode(seed uint64) (c code) {
	r := rand.New(rand.NewPCG(seed, seed))
	for row := range c {
		for column := range c[row] {
			c[row][column] = r.IntN(2) == 1
		}
	}
	return c
}

// The photo, and the code in it: its edges lie on those of the JPEG's blocks, so that no block shows a part of it.
const secretW, secretH = 1600, 1280

var secretArea = photo.Rect{X: 0.25, Y: 0.25, W: 0.25, H: 0.25}

func (c code) photo(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			v := color.NRGBA{uint8(120 + 60*fx), uint8(110 + 50*fy), uint8(150 - 40*fx*fy), 255}
			cx, cy := (fx-secretArea.X)/secretArea.W, (fy-secretArea.Y)/secretArea.H
			if cx >= 0 && cx < 1 && cy >= 0 && cy < 1 {
				v = color.NRGBA{A: 255}
				if c[int(8*cy)][int(8*cx)] {
					v = color.NRGBA{255, 255, 255, 255}
				}
			}
			img.SetNRGBA(x, y, v)
		}
	}
	return img
}

func encodeJPEG(t *testing.T, img image.Image, segments ...jpegn.Segment) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegn.Encode(&b, img, &jpegn.EncodeOptions{Quality: 92, Segments: segments}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// original is the photo with three previews of itself: in EXIF, in XMP and among Photoshop's resources.
func (c code) original(t *testing.T) (data, preview []byte) {
	t.Helper()
	preview = encodeJPEG(t, c.photo(160, 128))

	// EXIF (CIPA DC-008, 4.6): an empty directory and a second one that says where the preview is.
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x0e\x00\x00\x00\x03\x00")
	entry := func(tag, kind uint16, value int) {
		exif = binary.LittleEndian.AppendUint16(exif, tag)
		exif = binary.LittleEndian.AppendUint16(exif, kind)
		exif = binary.LittleEndian.AppendUint32(exif, 1)
		exif = binary.LittleEndian.AppendUint32(exif, uint32(value))
	}
	entry(0x0103, 3, 6)             // JPEG
	entry(0x0201, 4, 14+2+3*12+4)   // where
	entry(0x0202, 4, len(preview))  // how long
	exif = append(exif, 0, 0, 0, 0) // no third directory
	exif = append(exif, preview...)

	xmp := "http://ns.adobe.com/xap/1.0/\x00" + `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"><xmp:Thumbnails><rdf:Alt>` +
		`<rdf:li rdf:parseType="Resource"><xmpGImg:format>JPEG</xmpGImg:format><xmpGImg:image>` + base64.StdEncoding.EncodeToString(preview) +
		`</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails></rdf:Description></rdf:RDF></x:xmpmeta>`

	// Resource 0x040c (Adobe Photoshop file formats, thumbnail resource format): 28 bytes and a JPEG.
	resource := make([]byte, 28)
	for i, v := range []uint32{1, 160, 128, 480, 480 * 128, uint32(len(preview)), 24<<16 | 1} {
		binary.BigEndian.PutUint32(resource[4*i:], v)
	}
	resource = append(resource, preview...)
	photoshop := []byte("Photoshop 3.0\x008BIM\x04\x0c\x00\x00")
	photoshop = binary.BigEndian.AppendUint32(photoshop, uint32(len(resource)))
	photoshop = append(photoshop, resource...)
	if len(photoshop)%2 == 1 {
		photoshop = append(photoshop, 0)
	}
	data = encodeJPEG(t, c.photo(secretW, secretH), jpegn.Segment{Marker: 0xe1, Data: exif}, jpegn.Segment{Marker: 0xe1, Data: []byte(xmp)},
		jpegn.Segment{Marker: 0xed, Data: photoshop})
	return data, preview
}

// secretEssay is a project whose one photo holds the code, developed by a recipe.
func secretEssay(t *testing.T, original []byte, recipe photo.Recipe) (*project.Project, int64) {
	t.Helper()
	p, essay := newEssay(t, 0)
	name := filepath.Join(t.TempDir(), "plate.jpg")
	must(t, os.WriteFile(name, original, 0o644))
	rep, err := p.Import(t.Context(), []string{name}, nil)
	must(t, err)
	if len(rep.Imported) != 1 {
		t.Fatalf("import: %+v", rep)
	}
	must(t, p.Edit(t.Context(), "Place", func(tx *project.Tx) error {
		ph := rep.Imported[0]
		ph.Caption, ph.Alt, ph.CreditLine, ph.Recipe = "A car leaves the harbour.", "A car.", "Jane Doe/AP", recipe
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		_, err := tx.AddBlock(essay, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: ph.ID}}})
		return err
	}))
	return p, essay
}

// pictures decodes every file of a bundle that is a picture, and gives all files by name.
func pictures(t *testing.T, dir string) (map[string]*image.NRGBA, map[string][]byte) {
	t.Helper()
	shown, all := map[string]*image.NRGBA{}, map[string][]byte{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		all[name] = data
		format, err := photo.Recognise(data[:min(len(data), 512)])
		switch {
		case format == photo.AVIF:
			img, err := avif.Decode(bytes.NewReader(data))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			out := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
			for y := range out.Rect.Dy() {
				for x := range out.Rect.Dx() {
					out.Set(x, y, img.At(x, y))
				}
			}
			shown[name] = out
		case err == nil:
			if shown[name], err = photo.Decode(data, nil, photo.DecodeOptions{}); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}))
	return shown, all
}

// likeness is how well the mean levels of the code's squares correlate with the code, 1 where they are it, wherever in a
// picture it may be: the card is a cut whose place isn't to be relied on.
func (c code) likeness(img *image.NRGBA) float64 {
	scale := float64(img.Rect.Dx()) / secretW
	cellW, cellH := secretArea.W*secretW*scale/8, secretArea.H*secretH*scale/8
	x0, y0 := secretArea.X*secretW*scale, secretArea.Y*secretH*scale
	best := 0.0
	height := int(secretH * scale)
	for cut := 0; cut <= max(0, height-img.Rect.Dy()); cut++ { // rows that a card leaves out at the top
		var xs, ys []float64
		for row := range 8 {
			for column := range 8 {
				area := image.Rect(int(x0+cellW*float64(column)+1), int(y0+cellH*float64(row)+1)-cut, int(x0+cellW*float64(column+1)), int(y0+cellH*float64(row+1))-cut)
				if !area.In(img.Rect) {
					continue
				}
				sum := 0
				for y := area.Min.Y; y < area.Max.Y; y++ {
					for x := area.Min.X; x < area.Max.X; x++ {
						p := img.NRGBAAt(x, y)
						sum += int(p.R) + int(p.G) + int(p.B)
					}
				}
				xs = append(xs, float64(sum)/float64(area.Dx()*area.Dy()))
				v := 0.0
				if c[row][column] {
					v = 1
				}
				ys = append(ys, v)
			}
		}
		if len(xs) == 64 {
			best = max(best, math.Abs(correlation(xs, ys)))
		}
	}
	return best
}

func correlation(a, b []float64) float64 {
	n := float64(len(a))
	var sa, sb, saa, sbb, sab float64
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
		saa, sbb, sab = saa+a[i]*a[i], sbb+b[i]*b[i], sab+a[i]*b[i]
	}
	va, vb := n*saa-sa*sa, n*sbb-sb*sb
	if va <= 0 || vb <= 0 {
		return 0
	}
	return (n*sab - sa*sb) / math.Sqrt(va*vb)
}

func TestRedactedIsGone(t *testing.T) {
	one, other := newCode(1), newCode(2)
	original, preview := one.original(t)
	second, _ := other.original(t)

	// What is looked for can be found: the original gives three previews away, and an export without a redaction the code.
	name := filepath.Join(t.TempDir(), "original.jpg")
	must(t, os.WriteFile(name, original, 0o644))
	for _, tag := range []string{"-EXIF:ThumbnailImage", "-Photoshop:PhotoshopThumbnail", "-XMP:ThumbnailImage"} {
		out, err := exec.CommandContext(t.Context(), "exiftool", "-b", tag, name).Output()
		if err != nil {
			t.Fatalf("exiftool, which make test installs: %v", err)
		}
		if !bytes.Equal(out, preview) {
			t.Fatalf("exiftool reads %d bytes as the original's %s, want %d", len(out), tag, len(preview))
		}
	}
	bundle := func(original []byte, recipe photo.Recipe, o Options) string {
		t.Helper()
		p, essay := secretEssay(t, original, recipe)
		o.Out = filepath.Join(t.TempDir(), "bundle")
		_, err := Export(t.Context(), p, essay, o, nil)
		must(t, err)
		return o.Out
	}
	open, _ := pictures(t, bundle(original, photo.Recipe{}, Options{Cache: t.TempDir(), AVIF: true}))
	if len(open) < 10 {
		t.Fatalf("%d pictures in the bundle, want three widths in three formats and a card: %v", len(open), slices.Collect(maps.Keys(open)))
	}
	for name, img := range open {
		if got := one.likeness(img); got < 0.95 {
			t.Errorf("%s without a redaction is like the code by %.2f: this test would miss it", name, got)
		}
	}

	for _, style := range []string{photo.RedactBlack, photo.RedactPixelate} {
		cache := t.TempDir()
		recipe := photo.Recipe{Redactions: []photo.Redaction{{Rect: secretArea, Style: style, Seed: 77}}}
		for _, policy := range []derive.Policy{derive.PolicyCredit, derive.PolicyAllButLocation, derive.PolicyNone} {
			o := Options{Cache: cache, AVIF: true, Metadata: policy}
			t.Run(style+" "+o.PolicyName(), func(t *testing.T) {
				dir := bundle(original, recipe, o)
				shown, all := pictures(t, dir)
				if len(shown) != len(open) {
					t.Errorf("%d pictures, %d without a redaction", len(shown), len(open))
				}
				most := 0.0
				for name, img := range shown {
					most = max(most, one.likeness(img))
					// The 64 squares lie under at most 36 cells of noise. By chance they are like a given code by 1/√35 = 0.17, and
					// hardly ever by three times that; another code, which was never there, shows what chance gives.
					if got, chance := one.likeness(img), other.likeness(img); got > 0.5 {
						t.Errorf("%s is like the code by %.2f, like another one by %.2f", name, got, chance)
					}
				}
				t.Logf("most like the code: %.2f", most)
				for name, data := range all {
					carriesNothing(t, name, data, preview)
				}
				out, err := exec.CommandContext(t.Context(), "exiftool", "-r", "-q", "-a", "-G1", "-ThumbnailImage", "-PreviewImage", "-JpgFromRaw",
					"-OtherImage", "-PhotoshopThumbnail", "-XMP:ThumbnailImage", "-MPF:all", dir).Output()
				if s := strings.TrimSpace(string(out)); strings.Contains(s, "Image") || strings.Contains(s, "humb") {
					t.Errorf("exiftool finds a preview (%v):\n%s", err, s)
				}
				if policy != derive.PolicyCredit {
					return // words make no pixel
				}
				// A photo with another code under the same redaction gives the same files: nobody can tell which one it was.
				_, twin := pictures(t, bundle(second, recipe, o))
				for name, data := range all {
					if strings.HasPrefix(name, "photos/") && !bytes.Equal(twin[name], data) {
						t.Errorf("%s tells one code from the other", name)
					}
				}
			})
		}
	}
}

// carriesNothing looks through a file's bytes for a preview: as it was, in base64, or as any JPEG within another file.
func carriesNothing(t *testing.T, name string, data, preview []byte) {
	t.Helper()
	from := bytes.Index(preview, []byte("\xff\xda")) / 3 * 3 // base64 is aligned to three bytes; tables before it are the standard's
	for at := from; at+48 <= len(preview); at += 48 {
		piece := preview[at : at+48]
		if bytes.Contains(data, piece[:32]) || bytes.Contains(data, []byte(base64.StdEncoding.EncodeToString(piece))) {
			t.Errorf("%s has a piece of the preview, from byte %d", name, at)
			break
		}
	}
	if within := bytes.LastIndex(data, []byte("\xff\xd8\xff")); within > 0 && (bytes.HasPrefix(data, []byte("\xff\xd8")) || bytes.HasPrefix(data, []byte("RIFF"))) {
		t.Errorf("%s has a JPEG within, from byte %d", name, within)
	}
}
