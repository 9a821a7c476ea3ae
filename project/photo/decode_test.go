package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// turnedFor is the scene as a camera stores it under an orientation, so that the scene comes out upright.
func turnedFor(orientation int, img *image.NRGBA) *image.NRGBA {
	inverse := []int{0, 1, 2, 3, 4, 5, 8, 7, 6}[orientation]
	return upright(img, inverse)
}

func TestOrientation(t *testing.T) {
	want := scene(96, 64)
	for o := 1; o <= 8; o++ {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			stored := turnedFor(o, want)
			exif := exifBlock(false, orientationEntry(o))
			for name, data := range map[string][]byte{
				"jpeg": jpegBytes(stored, exifSegment(exif)),
				"png":  pngBytes(stored, pngChunk("eXIf", exif)),
				"tiff": tiffFile(stored, orientationEntry(o)),
				"webp": webpWith(webpBytes(stored), stored.Rect.Dx(), stored.Rect.Dy(), 0x08, "EXIF", string(exif)),
			} {
				info, err := Inspect(data, Limits{})
				if err != nil || info.Width != 96 || info.Height != 64 || info.Orientation != o {
					t.Fatalf("%s: got %+v, %v", name, info, err)
				}
				img, err := Decode(data, info, DecodeOptions{})
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if d := difference(img, want); d > 4 {
					t.Errorf("%s: %s differs by %.1f levels", name, quarters(img), d)
				}
				if again, err := Decode(data, nil, DecodeOptions{}); err != nil || !bytes.Equal(again.Pix, img.Pix) {
					t.Errorf("%s: without info: other pixels, %v", name, err)
				}
			}
		})
	}
	t.Run("nonsense is upright", func(t *testing.T) {
		info, err := Inspect(jpegBytes(want, exifSegment(exifBlock(false, orientationEntry(9)))), Limits{})
		if err != nil || info.Orientation != 1 {
			t.Errorf("got %+v, %v", info, err)
		}
	})
}

func TestDecodeFormats(t *testing.T) {
	img := scene(97, 63)
	glass := scene(97, 63)
	for y := range 30 {
		for x := range 40 {
			glass.Pix[glass.PixOffset(x, y)+3] = 0
		}
	}
	grey := image.NewGray(image.Rect(0, 0, 97, 63))
	grey16 := image.NewGray16(grey.Rect)
	deep := image.NewNRGBA64(grey.Rect)
	for y := range 63 {
		for x := range 97 {
			grey.SetGray(x, y, color.Gray{Y: uint8(2 * x)})
			grey16.SetGray16(x, y, color.Gray16{Y: uint16(2*x) * 0x101})
			deep.Set(x, y, img.At(x, y))
		}
	}
	greyRGB := must(toNRGBA(grey))
	for _, tc := range []struct {
		name      string
		data      []byte
		want      *image.NRGBA
		tolerance float64
	}{
		{"jpeg", jpegBytes(img), img, 3},
		{"jpeg grey", jpegBytes(grey), greyRGB, 3},
		{"png", pngBytes(img), img, 0},
		{"png with transparency", pngBytes(glass), glass, 0},
		{"png grey", pngBytes(grey), greyRGB, 0},
		{"png grey 16", pngBytes(grey16), greyRGB, 0},
		{"png 16", pngBytes(deep), img, 0},
		{"gif", gifBytes(img), img, 25},
		{"tiff", tiffFile(img), img, 0},
		{"tiff grey", tiffFile(grey), greyRGB, 0},
		{"webp", webpBytes(img), img, 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Decode(tc.data, nil, DecodeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Rect.Min != (image.Point{}) {
				t.Errorf("starts at %v", got.Rect.Min)
			}
			if d := difference(got, tc.want); d > tc.tolerance {
				t.Errorf("differs by %.2f levels", d)
			}
		})
	}
	t.Run("webp keeps transparency", func(t *testing.T) {
		got, err := Decode(webpBytes(glass), nil, DecodeOptions{})
		if err != nil || got.NRGBAAt(5, 5).A != 0 || got.NRGBAAt(80, 50).A != 255 {
			t.Errorf("alpha lost: %v", err)
		}
	})
}

// The library's own conversion takes VP8's limited range for full range and loses contrast; ours must not.
func TestWebPRange(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range 32 {
		for x := range 64 {
			img.SetNRGBA(x, y, color.NRGBA{A: 255})
		}
	}
	data := webpBytes(img)
	got := must(Decode(data, nil, DecodeOptions{}))
	if black, white := got.NRGBAAt(32, 8), got.NRGBAAt(32, 56); black.R > 2 || white.R < 253 {
		t.Errorf("black %v, white %v", black, white)
	}
	if naive, err := webp.Decode(bytes.NewReader(data)); err == nil {
		if r, _, _, _ := naive.At(32, 8).RGBA(); r>>8 < 8 {
			t.Log("golang.org/x/image/webp converts rightly by now; webpPixels can go")
		}
	}
}

func TestDecodeCover(t *testing.T) {
	data := jpegBytes(scene(800, 600))
	for cover, want := range map[int]int{0: 800, 801: 800, 800: 800, 401: 800, 400: 400, 201: 400, 200: 200, 100: 100, 1: 100} {
		img, err := Decode(data, nil, DecodeOptions{Cover: cover})
		if err != nil || img.Rect.Dx() != want {
			t.Errorf("cover %d: got %v wide, %v; want %d", cover, img.Rect.Dx(), err, want)
		}
		if q := quarters(img); q != "RGBW" {
			t.Errorf("cover %d: quarters %s", cover, q)
		}
	}
}

// What a file carries as its preview may be years older than its photo.
func TestPreviewIsIgnored(t *testing.T) {
	other := image.NewNRGBA(image.Rect(0, 0, 160, 120))
	fill(other, other.Rect, color.NRGBA{20, 20, 20, 255})
	preview := jpegBytes(other)
	exif := exifBlock(false, orientationEntry(1))
	second := len(exif)
	exif = appendIFD(exif, []tiffEntry{
		{0x103, 3, []byte{6, 0}},
		{0x201, 4, binary.LittleEndian.AppendUint32(nil, uint32(second+2+3*12+4))},
		{0x202, 4, binary.LittleEndian.AppendUint32(nil, uint32(len(preview)))},
	})
	binary.LittleEndian.PutUint32(exif[second-4:], uint32(second))
	exif = append(exif, preview...)
	data := jpegBytes(scene(640, 480), exifSegment(exif))
	info := must(Inspect(data, Limits{}))
	if info.Width != 640 || info.Height != 480 {
		t.Fatalf("got %+v", info)
	}
	for _, edge := range []int{640, 160, 80} {
		if q := quarters(must(Decode(data, info, DecodeOptions{Cover: edge}))); q != "RGBW" {
			t.Errorf("decoded to cover %d: %s", edge, q)
		}
		if q := quarters(must(Thumbnail(data, info, Recipe{}, edge))); q != "RGBW" {
			t.Errorf("thumbnail of %d: %s", edge, q)
		}
		planes, _, err := Planes(data, info, Recipe{}, edge, edge*3/4, color.NRGBA{})
		if err != nil || quarters(RGBOf(planes)) != "RGBW" {
			t.Errorf("planes of %d: %v", edge, err)
		}
	}
}

// A transparent photo lies on the ground that the theme has, in each format that can be transparent.
func TestTransparencyShowsTheGround(t *testing.T) {
	glass := scene(96, 64)
	for y := range 32 {
		for x := range 48 {
			glass.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	deep := image.NewNRGBA64(glass.Rect)
	palette := image.NewPaletted(glass.Rect, color.Palette{color.NRGBA{}, color.NRGBA{0, 200, 0, 255}, color.NRGBA{220, 0, 0, 255}, color.NRGBA{0, 0, 210, 255}, color.NRGBA{230, 230, 230, 255}})
	for y := range 64 {
		for x := range 96 {
			deep.Set(x, y, glass.At(x, y))
			palette.Set(x, y, glass.At(x, y))
		}
	}
	ground := color.NRGBA{R: 18, G: 18, B: 20, A: 255}
	for name, data := range map[string][]byte{
		"png": pngBytes(glass), "png 16": pngBytes(deep), "png palette": pngBytes(palette), "gif": gifBytes(palette), "tiff": tiffFile(glass),
		"webp": webpBytes(glass), "webp lossless": webpLossless(glass),
	} {
		info := must(Inspect(data, Limits{}))
		for _, tc := range []struct{ ground, want color.NRGBA }{{ground, ground}, {color.NRGBA{}, color.NRGBA{255, 255, 255, 255}}} {
			planes, _, err := Planes(data, info, Recipe{}, 96, 64, tc.ground)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			img := RGBOf(planes)
			if got := img.NRGBAAt(20, 15); math.Abs(float64(got.R)-float64(tc.want.R)) > 4 || math.Abs(float64(got.B)-float64(tc.want.B)) > 4 {
				t.Errorf("%s: %v shows through, want %v", name, got, tc.want)
			}
			if q := quarters(img); q[1:] != "GBW" {
				t.Errorf("%s: quarters %s", name, q)
			}
		}
	}
}

func TestCMYK(t *testing.T) {
	data := cmykJPEG(0, 255, 255, 0) // red
	info, err := Inspect(data, Limits{})
	if err != nil || info.Profile != "CMYK" || len(info.Warnings) == 0 {
		t.Fatalf("got %+v, %v", info, err)
	}
	img, err := Decode(data, info, DecodeOptions{Cover: 1})
	if err != nil {
		t.Fatal(err)
	}
	if c := img.NRGBAAt(4, 4); c.R < 240 || c.G > 15 || c.B > 15 {
		t.Errorf("red came out as %v", c)
	}
}

func TestColour(t *testing.T) {
	flat := func(r, g, b uint8) *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
		fill(img, img.Rect, color.NRGBA{r, g, b, 255})
		return img
	}
	srgb := [3][3]float64{{0.436066, 0.385147, 0.143066}, {0.222488, 0.716873, 0.060608}, {0.013916, 0.097076, 0.714096}}
	adobe := adobeRGB()
	for _, tc := range []struct {
		name    string
		profile []byte
		in      [3]uint8
		want    [3]uint8 // relative colorimetric, clipped to what sRGB has
	}{
		{"display p3 grey stays", matrixProfile("Display P3", displayP3, 2.2), [3]uint8{128, 128, 128}, [3]uint8{128, 128, 128}},
		{"adobe rgb green is more than sRGB has", matrixProfile(adobeRGBName, adobe.matrix, 563.0/256), [3]uint8{0, 255, 0}, [3]uint8{0, 255, 0}},
		{"adobe rgb colours gain", matrixProfile(adobeRGBName, adobe.matrix, 563.0/256), [3]uint8{200, 100, 100}, [3]uint8{227, 98, 98}},
		{"srgb colorants with gamma 1.0", matrixProfile("linear", srgb, 1), [3]uint8{55, 55, 55}, [3]uint8{128, 128, 128}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			img := must(Decode(pngBytes(flat(tc.in[0], tc.in[1], tc.in[2]), pngChunk("iCCP", append([]byte("x\x00\x00"), deflated(tc.profile)...))), nil, DecodeOptions{}))
			c := img.NRGBAAt(8, 8)
			for i, got := range [3]uint8{c.R, c.G, c.B} {
				if math.Abs(float64(got)-float64(tc.want[i])) > 2 {
					t.Fatalf("%v became %v, want %v", tc.in, c, tc.want)
				}
			}
		})
	}
	t.Run("names", func(t *testing.T) {
		info := must(Inspect(jpegBytes(flat(1, 2, 3), iccSegment(matrixProfile("Display P3", displayP3, 2.2))), Limits{}))
		if info.Profile != "Display P3" || slices.ContainsFunc(info.Warnings, func(w Sentence) bool { return strings.HasPrefix(w.Pattern, "its colour") }) {
			t.Errorf("got %q, %v", info.Profile, info.Warnings)
		}
	})
	t.Run("sRGB is left untouched", func(t *testing.T) {
		if newConverter(profile{matrix: srgb, curves: [3]curve{srgbCurve, srgbCurve, srgbCurve}}).isSRGB() != true {
			t.Error("not recognised")
		}
	})
	t.Run("lookup tables are left and kept", func(t *testing.T) {
		lut := iccBytes("RGB ", "A2B0", "mft2\x00\x00\x00\x00")
		data := jpegBytes(flat(200, 100, 100), iccSegment(lut))
		info := must(Inspect(data, Limits{}))
		if len(info.Warnings) == 0 || !bytes.Equal(KeptProfile(data), lut) {
			t.Errorf("warnings %v, kept %d bytes", info.Warnings, len(KeptProfile(data)))
		}
		if KeptProfile(jpegBytes(flat(1, 2, 3), iccSegment(matrixProfile("Display P3", displayP3, 2.2)))) != nil {
			t.Error("kept a profile that is converted")
		}
	})
	t.Run("broken profiles are warned of", func(t *testing.T) {
		info := must(Inspect(jpegBytes(flat(1, 2, 3), iccSegment([]byte("no profile"))), Limits{}))
		if len(info.Warnings) == 0 {
			t.Error("no warning")
		}
	})
}

func srgbCurve(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func TestCutPixelsAreDamage(t *testing.T) {
	// A TIFF whose strips point beyond its end has a whole directory, so only decoding tells.
	data := tiffFile(scene(64, 64))
	_, err := Decode(data[:len(data)/2], nil, DecodeOptions{})
	if !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestEncodeJPEG(t *testing.T) {
	img := scene(64, 48)
	img.SetNRGBA(0, 0, color.NRGBA{A: 0})
	for _, quality := range []int{-5, 80, 500} {
		var b bytes.Buffer
		if err := EncodeJPEG(&b, img, quality); err != nil {
			t.Fatal(err)
		}
		back, err := jpeg.Decode(&b)
		if err != nil || quarters(back) != "RGBW" {
			t.Errorf("quality %d: %v", quality, err)
		}
	}
	if err := EncodeJPEG(&bytes.Buffer{}, image.NewNRGBA(image.Rectangle{}), 80); err == nil {
		t.Error("nothing encoded without an error")
	}
}

func TestEachRow(t *testing.T) {
	seen := make([]int, 101)
	eachRow(len(seen), func(y int) { seen[y]++ })
	if slices.Min(seen) != 1 || slices.Max(seen) != 1 {
		t.Errorf("rows were called %v times", seen)
	}
	eachRow(0, func(int) { t.Error("called without rows") })
	var err error
	func() {
		defer guard(&err)
		eachRow(10, func(y int) { _ = seen[1000+y] })
	}()
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("a panic in a worker gave %v", err)
	}
}
