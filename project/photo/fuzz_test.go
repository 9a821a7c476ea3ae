package photo

// This file owns the fuzz targets: every parser and every way into a decoder. A target fails on a panic by itself; beyond that
// each says what must hold of whatever comes out.

import (
	"encoding/binary"
	"hash/crc32"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/gen2brain/jpegn"
)

func seeds() [][]byte {
	img := scene(24, 16)
	packet := xmpPacket(`<rdf:Description photoshop:Credit="AP"><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator></rdf:Description>`)
	return [][]byte{
		jpegBytes(img, exifSegment(exifBlock(true, orientationEntry(6))), xmpSegment(packet), iimSegment(iimBytes(true, 80, "Jane Doe")),
			iccSegment(matrixProfile("Display P3", displayP3, 2.2))),
		cmykJPEG(0, 255, 255, 0),
		pngBytes(img, pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+packet))),
		gifBytes(img),
		tiffFile(img, orientationEntry(3), tiffEntry{33723, 7, iimBytes(false, 80, "Ren\xe9e")}),
		webpWith(webpBytes(img), 24, 16, 0x04, "XMP ", packet),
		webpLossless(img),
		animatedWebP(40, 30, webpFrame{webpBytes(img), img.Rect}),
		jpegWith(img, jpegn.EncodeOptions{Progressive: true}),
		jpegWith(img, jpegn.EncodeOptions{RestartInterval: 1, OptimizeCoding: true, Subsampling: jpegn.Subsample422}),
		jpegWith(img, jpegn.EncodeOptions{})[:700],
		apart(img, 4),
		[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		[]byte("plain text"),
	}
}

// addSeeds adds what the tests make and, where they are, the broken files that people have sent, cut to what a fuzzer can
// work with.
func addSeeds(f *testing.F, wanted ...Format) {
	all := seeds()
	names, _ := filepath.Glob("../../../shared/photos/broken/*")
	for _, name := range names {
		if b, err := os.ReadFile(name); err == nil {
			all = append(all, b[:min(len(b), 20_000)])
		}
	}
	for _, s := range all {
		format, _ := Recognise(s)
		if len(wanted) == 0 || format == wanted[0] {
			f.Add(s)
		}
	}
}

// fuzzLimits keep a run quick.
var fuzzLimits = Limits{Pixels: 1 << 20, Metadata: 1 << 20}

// fuzzDecode decodes at two sizes what Inspect lets pass.
func fuzzDecode(t *testing.T, data []byte) {
	info, err := Inspect(data, fuzzLimits)
	if err != nil {
		return
	}
	img, err := Decode(data, info, DecodeOptions{Limits: fuzzLimits})
	if err == nil && (img.Rect.Dx() != info.Width || img.Rect.Dy() != info.Height || len(img.Pix) < 4*info.Width*info.Height) {
		t.Errorf("%v decoded, %d × %d announced", img.Rect, info.Width, info.Height)
	}
	cover := max(info.Width, info.Height) / 3
	if small, err := Decode(data, info, DecodeOptions{Cover: cover, Limits: fuzzLimits}); err == nil && max(small.Rect.Dx(), small.Rect.Dy()) < cover {
		t.Errorf("%v decoded, %d wanted", small.Rect, cover)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s[:min(len(s), 64)])
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		if format, err := Recognise(head); (format == "") != (err != nil) {
			t.Errorf("format %q with error %v", format, err)
		}
	})
}

func FuzzInspect(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(data, Limits{})
		if err == nil && (info.Width < 1 || info.Height < 1 || info.Orientation < 1 || info.Orientation > 8) {
			t.Errorf("got %+v", info)
		}
	})
}

func FuzzDecodeJPEG(f *testing.F) {
	addSeeds(f, JPEG)
	f.Fuzz(fuzzDecode)
}

// FuzzDecodePNG makes the checksums right, so that what was changed comes through to the decoder.
func FuzzDecodePNG(f *testing.F) {
	addSeeds(f, PNG)
	f.Fuzz(func(t *testing.T, data []byte) {
		for at := 8; at+12 <= len(data); {
			n := int(binary.BigEndian.Uint32(data[at:]))
			if n > len(data)-at-12 {
				break
			}
			binary.BigEndian.PutUint32(data[at+8+n:], crc32.ChecksumIEEE(data[at+4:at+8+n]))
			at += 12 + n
		}
		fuzzDecode(t, data)
	})
}

func FuzzDecodeGIF(f *testing.F) {
	addSeeds(f, GIF)
	f.Fuzz(fuzzDecode)
}

func FuzzDecodeTIFF(f *testing.F) {
	addSeeds(f, TIFF)
	f.Fuzz(fuzzDecode)
}

func FuzzDecodeWebP(f *testing.F) {
	addSeeds(f, WebP)
	f.Fuzz(fuzzDecode)
}

// FuzzPlanes goes the way of an export, FuzzThumbnail that of the library's grid.
func FuzzPlanes(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(data, fuzzLimits)
		if err != nil {
			return
		}
		for _, r := range []Recipe{{}, {Turn: 1}, {Crop: &Rect{0.1, 0.2, 0.5, 0.5}, Redactions: []Redaction{{Rect: Rect{0, 0, 0.3, 0.9}, Style: RedactPixelate}}}} {
			w, h := Size(info, r)
			w, h = Within(w, h, 50)
			planes, _, err := Planes(data, info, r, w, h, color.NRGBA{})
			if err == nil && (planes.Rect.Dx() != w || planes.Rect.Dy() != h) {
				t.Errorf("%v, want %d × %d", planes.Rect, w, h)
			}
		}
	})
}

func FuzzThumbnail(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(data, fuzzLimits)
		if err != nil {
			return
		}
		for _, r := range []Recipe{{}, {Straighten: 3, Turn: 3, Contrast: 10}} {
			img, err := Thumbnail(data, info, r, 40)
			if err == nil && (img.Rect.Dx() > 40 || img.Rect.Dy() > 40 || img.Rect.Empty()) {
				t.Errorf("a thumbnail of %v", img.Rect)
			}
		}
	})
}

// FuzzMend: what is made of a damaged JPEG is one that needs no mending.
func FuzzMend(f *testing.F) {
	addSeeds(f, JPEG)
	f.Fuzz(func(t *testing.T, data []byte) {
		if format, err := Recognise(data); err != nil || format != JPEG {
			return
		}
		c, err := scan(data, JPEG, fuzzLimits)
		if err != nil || c.mended == nil {
			return
		}
		if len(c.mended) > 2*len(data)+c.width*c.height+4096 {
			t.Errorf("%d bytes made of %d, for %d × %d pixels", len(c.mended), len(data), c.width, c.height)
		}
		again, err := scan(c.mended, JPEG, fuzzLimits)
		if err != nil {
			t.Fatalf("what was made of it is refused: %v", err)
		}
		if again.width != c.width || again.height != c.height {
			t.Errorf("%d × %d became %d × %d", c.width, c.height, again.width, again.height)
		}
	})
}

func FuzzEXIF(f *testing.F) {
	f.Add(exifBlock(true, orientationEntry(6), tiffEntry{0x10e, 2, []byte("A photo.\x00")}, tiffEntry{0x829a, 5, []byte{1, 0, 0, 0, 250, 0, 0, 0}}))
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 60_000 {
			return
		}
		data := jpegBytes(scene(8, 8), exifSegment(block))
		if e := readEXIF(data, JPEG); e.orientation < 1 || e.orientation > 8 {
			t.Errorf("orientation %d", e.orientation)
		}
		CameraOf(data)
	})
}

// FuzzICC converts with whatever profile can be read.
func FuzzICC(f *testing.F) {
	f.Add(matrixProfile("Display P3", displayP3, 2.2))
	f.Add(iccBytes("RGB ", "desc", "mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS\x00\x00\x00\x02\x00\x00\x00\x1c\x00x", "A2B0", "mft2\x00\x00\x00\x00"))
	f.Add(iccBytes("GRAY", "kTRC", "para\x00\x00\x00\x00\x00\x03\x00\x00"+string(make([]byte, 20))))
	f.Fuzz(func(t *testing.T, profile []byte) {
		if _, err := parseProfile(profile); err != nil {
			return
		}
		if len(profile) < 60_000 {
			if _, err := Decode(jpegBytes(scene(8, 8), iccSegment(profile)), nil, DecodeOptions{}); err != nil {
				t.Errorf("a profile refused the photo: %v", err)
			}
		}
	})
}

func FuzzParseXMP(f *testing.F) {
	f.Add([]byte(xmpPacket(`<rdf:Description photoshop:Credit="AP"><dc:subject><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></dc:subject></rdf:Description>`)))
	f.Fuzz(func(t *testing.T, packet []byte) {
		found, _, _ := parseXMP(packet)
		for _, r := range found {
			if r.Value == "" {
				t.Errorf("empty reading of %s", r.Field)
			}
		}
	})
}

func FuzzParseIIM(f *testing.F) {
	f.Add(photoshopBlock(iimBytes(true, 80, "Jane Doe", 55, "20250308", 60, "101500+0100")))
	f.Fuzz(func(t *testing.T, block []byte) {
		for _, r := range append(parseIIM(photoshopIIM(block)), parseIIM(block)...) {
			if r.Value == "" {
				t.Errorf("empty reading of %s", r.Field)
			}
		}
	})
}
