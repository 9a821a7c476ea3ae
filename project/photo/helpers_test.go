package photo

// This file owns the photographs that the tests make for themselves.

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gen2brain/jpegn"
	"github.com/gen2brain/webp"
	"golang.org/x/image/tiff"
)

// scene is a photo whose quarters are red, green, blue and white, clockwise from the top left, with soft shading.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, sceneColour(x*2 >= w, y*2 >= h, uint8(20*x/w+20*y/h)))
		}
	}
	return img
}

func sceneColour(right, low bool, shade uint8) color.NRGBA {
	switch {
	case !right && !low:
		return color.NRGBA{R: 220, G: shade, B: shade, A: 255}
	case right && !low:
		return color.NRGBA{R: shade, G: 200, B: shade, A: 255}
	case right && low:
		return color.NRGBA{R: shade, G: shade, B: 210, A: 255}
	}
	return color.NRGBA{R: 235 - shade, G: 235 - shade, B: 235 - shade, A: 255}
}

// quarters names the colours of the four quarters clockwise from the top left, "RGBW" for the scene as it is.
func quarters(img image.Image) string {
	b := img.Bounds()
	var out []byte
	for _, p := range [][2]int{{1, 1}, {3, 1}, {3, 3}, {1, 3}} {
		c := color.NRGBAModel.Convert(img.At(b.Min.X+b.Dx()*p[0]/4, b.Min.Y+b.Dy()*p[1]/4)).(color.NRGBA)
		switch {
		case c.R > 150 && c.G > 150 && c.B > 150:
			out = append(out, 'W')
		case c.R > 120:
			out = append(out, 'R')
		case c.G > 120:
			out = append(out, 'G')
		case c.B > 120:
			out = append(out, 'B')
		default:
			out = append(out, '?')
		}
	}
	return string(out)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func jpegBytes(img image.Image, segments ...jpegn.Segment) []byte {
	var b bytes.Buffer
	if err := jpegn.Encode(&b, img, &jpegn.EncodeOptions{Quality: 95, Subsampling: jpegn.Subsample444, Segments: segments}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func pngBytes(img image.Image, chunks ...[]byte) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	const afterHeader = 8 + 25
	out := append([]byte(nil), b.Bytes()[:afterHeader]...)
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, b.Bytes()[afterHeader:]...)
}

func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func gifBytes(img image.Image) []byte {
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func webpBytes(img image.Image) []byte {
	var b bytes.Buffer
	if err := webp.Encode(&b, img, webp.Options{Quality: 95, Method: 1}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func webpLossless(img image.Image) []byte {
	var b bytes.Buffer
	if err := webp.Encode(&b, img, webp.Options{Lossless: true, Quality: 50, Method: 1}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// webpWith puts chunks (kind and data in turn) behind the pixels of a WebP.
func webpWith(plain []byte, w, h int, flags byte, chunks ...string) []byte {
	head := []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), 0, byte(h - 1), byte((h - 1) >> 8), 0}
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	add := func(kind, data string) {
		out = append(out, kind...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		out = append(out, data...)
		if len(data)%2 == 1 {
			out = append(out, 0)
		}
	}
	add("VP8X", string(head))
	out = append(out, plain[12:]...)
	for i := 0; i+1 < len(chunks); i += 2 {
		add(chunks[i], chunks[i+1])
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

type tiffEntry struct {
	tag, kind uint16
	value     []byte
}

// exifBlock is a little-endian TIFF structure with these entries in IFD0 and, where given, a GPS directory.
func exifBlock(gps bool, entries ...tiffEntry) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00")
	if gps {
		entries = append(entries, tiffEntry{0x8825, 4, nil})
	}
	return appendIFD(b, entries)
}

var typeSize = map[uint16]int{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}

func appendIFD(b []byte, entries []tiffEntry) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(entries)))
	data := start + 2 + 12*len(entries) + 4
	var tail []byte
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, e.tag)
		b = binary.LittleEndian.AppendUint16(b, e.kind)
		if e.tag == 0x8825 { // pointer to the GPS directory behind everything
			b = binary.LittleEndian.AppendUint32(b, 1)
			b = binary.LittleEndian.AppendUint32(b, uint32(data+len(tail)))
			continue
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(len(e.value)/typeSize[e.kind]))
		if len(e.value) <= 4 {
			b = append(b, append(append([]byte(nil), e.value...), 0, 0, 0, 0)[:4]...)
		} else {
			b = binary.LittleEndian.AppendUint32(b, uint32(data+len(tail)))
			tail = append(tail, e.value...)
		}
	}
	b = append(append(b, 0, 0, 0, 0), tail...)
	if n := len(entries); n > 0 && entries[n-1].tag == 0x8825 {
		degrees := bytes.Repeat([]byte{1, 0, 0, 0}, 6)
		b = appendIFD(b, []tiffEntry{{2, 5, degrees}, {4, 5, degrees}})
	}
	return b
}

func orientationEntry(o int) tiffEntry { return tiffEntry{0x112, 3, []byte{byte(o), 0}} }

func exifSegment(block []byte) jpegn.Segment {
	return jpegn.Segment{Marker: 0xe1, Data: append([]byte("Exif\x00\x00"), block...)}
}

func xmpSegment(packet string) jpegn.Segment {
	return jpegn.Segment{Marker: 0xe1, Data: append([]byte(xmpHeader), packet...)}
}

func iccSegment(profile []byte) jpegn.Segment {
	return jpegn.Segment{Marker: 0xe2, Data: append([]byte(iccHeader+"\x01\x01"), profile...)}
}

func iimSegment(iim []byte) jpegn.Segment {
	return jpegn.Segment{Marker: 0xed, Data: append([]byte(psHeader), photoshopBlock(iim)...)}
}

func photoshopBlock(iim []byte) []byte {
	b := []byte("8BIM\x04\x25\x00\x00\x00\x00\x00\x03abc\x008BIM\x04\x04\x00\x00") // an odd block of another kind before
	b = binary.BigEndian.AppendUint32(b, uint32(len(iim)))
	return append(b, iim...)
}

// iimBytes lays out record-2 datasets, number and value in turn.
func iimBytes(utf8 bool, pairs ...any) []byte {
	var b []byte
	if utf8 {
		b = append(b, 0x1c, 1, 90, 0, 3, 0x1b, '%', 'G')
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v := pairs[i+1].(string)
		b = append(b, 0x1c, 2, byte(pairs[i].(int)), byte(len(v)>>8), byte(len(v)))
		b = append(b, v...)
	}
	return b
}

func xmpPacket(inner string) string {
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
		`<rdf:RDF xmlns:rdf="` + nsRDF + `" xmlns:dc="` + nsDC + `" xmlns:photoshop="` + nsPhotoshop + `" xmlns:xmpRights="` + nsRights +
		`" xmlns:Iptc4xmpCore="` + nsIptcCore + `" xmlns:Iptc4xmpExt="` + nsIptcExt + `" xmlns:plus="` + nsPlus + `" xmlns:exif="` + nsExif +
		`">` + inner + `</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

// tiffFile is a TIFF with further entries in its directory, which is moved to the end.
func tiffFile(img image.Image, more ...tiffEntry) []byte {
	var buf bytes.Buffer
	if err := tiff.Encode(&buf, img, nil); err != nil {
		panic(err)
	}
	b := buf.Bytes()
	at := binary.LittleEndian.Uint32(b[4:])
	n := int(binary.LittleEndian.Uint16(b[at:]))
	var old [][]byte
	for i := range n {
		old = append(old, append([]byte(nil), b[int(at)+2+12*i:][:12]...))
	}
	for _, e := range more {
		rec := binary.LittleEndian.AppendUint16(nil, e.tag)
		rec = binary.LittleEndian.AppendUint16(rec, e.kind)
		rec = binary.LittleEndian.AppendUint32(rec, uint32(len(e.value)/typeSize[e.kind]))
		if len(e.value) <= 4 {
			rec = append(rec, append(append([]byte(nil), e.value...), 0, 0, 0, 0)[:4]...)
		} else {
			rec = binary.LittleEndian.AppendUint32(rec, uint32(len(b)))
			b = append(b, e.value...)
		}
		old = append(old, rec)
	}
	slices.SortFunc(old, func(a, b []byte) int {
		return int(binary.LittleEndian.Uint16(a)) - int(binary.LittleEndian.Uint16(b))
	})
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(old)))
	for _, rec := range old {
		b = append(b, rec...)
	}
	return append(b, 0, 0, 0, 0)
}

// cmykJPEG is 8 by 8 pixels of one colour in four components, as Adobe writes them: inverted, transform 0.
func cmykJPEG(c, m, y, k byte) []byte {
	b := []byte("\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")
	b = append(b, 0xff, 0xdb, 0, 67, 0)
	b = append(b, bytes.Repeat([]byte{8}, 64)...)
	b = append(b, 0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	b = append(b, 0xff, 0xc4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7) // DC: category 7 is "0"
	b = append(b, 0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // AC: end of block is "0"
	b = append(b, 0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	var bits uint64
	for _, v := range []byte{c, m, y, k} {
		diff := max(127-int(v), -127) // inverted; all of -127…-64 and 64…127 are of category 7
		if diff < 0 {
			diff += 127
		}
		bits = bits<<9 | uint64(diff&0x7f)<<1
	}
	for i := 4; i >= 0; i-- { // 36 bits, padded with ones to 40
		v := byte((bits<<4 | 0xf) >> (8 * i))
		if b = append(b, v); v == 0xff {
			b = append(b, 0)
		}
	}
	return append(b, 0xff, 0xd9)
}

// matrixProfile is a version 2 profile with these colorants (rows X, Y, Z) and one gamma.
func matrixProfile(name string, m [3][3]float64, gamma float64) []byte {
	num := func(b []byte, v float64) []byte {
		return binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	desc := append([]byte("desc\x00\x00\x00\x00\x00\x00\x00"), byte(len(name)+1))
	desc = append(append(desc, name...), make([]byte, 80)...)
	tags := []string{"desc", string(desc)}
	for i, c := range []string{"r", "g", "b"} {
		v := []byte("XYZ \x00\x00\x00\x00")
		for row := range 3 {
			v = num(v, m[row][i])
		}
		curve := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00")
		binary.BigEndian.PutUint16(curve[12:], uint16(math.Round(gamma*256)))
		tags = append(tags, c+"XYZ", string(v), c+"TRC", string(curve))
	}
	return iccBytes("RGB ", tags...)
}

// iccBytes is a profile of a colour space with tags, name and data in turn.
func iccBytes(space string, tags ...string) []byte {
	head := make([]byte, 128)
	copy(head[12:], "mntr"+space+"XYZ ")
	copy(head[36:], "acsp")
	b := binary.BigEndian.AppendUint32(head, uint32(len(tags)/2))
	at := len(b) + 12*len(tags)/2
	var body []byte
	for i := 0; i < len(tags); i += 2 {
		b = append(b, tags[i]...)
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(body)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tags[i+1])))
		body = append(body, tags[i+1]...)
	}
	b = append(b, body...)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}

var displayP3 = [3][3]float64{{0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}}

// realPhoto reads one of the real photographs, nil where this machine has none.
func realPhoto(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../shared/photos", filepath.FromSlash(name)))
	if err != nil {
		t.Logf("no real photographs on this machine: %v", err)
		return nil
	}
	return b
}

// difference is the mean absolute difference of two photos of one size, in levels of 255.
func difference(a, b *image.NRGBA) float64 {
	if a.Rect.Size() != b.Rect.Size() {
		return 255
	}
	sum := 0
	for y := range a.Rect.Dy() {
		for x := range 4 * a.Rect.Dx() {
			d := int(a.Pix[y*a.Stride+x]) - int(b.Pix[y*b.Stride+x])
			sum += max(d, -d)
		}
	}
	return float64(sum) / float64(4*a.Rect.Dx()*a.Rect.Dy())
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
