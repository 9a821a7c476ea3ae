package photo

// This file holds hostile files to their price: what they make the package allocate and how long they keep it busy.

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gen2brain/jpegn"
)

// spent is how many bytes f allocates, freed or not, over all goroutines; more than it ever holds at one time.
func spent(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// claiming is a JPEG whose frame header claims another size.
func claiming(data []byte, w, h int) []byte {
	b := bytes.Clone(data)
	at := bytes.Index(b, []byte("\xff\xc0"))
	binary.BigEndian.PutUint16(b[at+5:], uint16(h))
	binary.BigEndian.PutUint16(b[at+7:], uint16(w))
	return b
}

// pngOf lays out a PNG of one IDAT.
func pngOf(w, h int, depth, kind byte, raw int) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	zeros := make([]byte, 1<<16)
	for n := raw; n > 0; n -= len(zeros) {
		_, _ = z.Write(zeros[:min(n, len(zeros))])
	}
	_ = z.Close()
	b := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(head, depth, kind, 0, 0, 0))...)
	return append(append(b, pngChunk("IDAT", packed.Bytes())...), pngChunk("IEND", nil)...)
}

// tiffDirectory is a little-endian TIFF of one directory; a value longer than four bytes is written as it is given, as an offset.
func tiffDirectory(tail []byte, entries ...[4]uint32) []byte { // tag, kind, count, value
	b := binary.LittleEndian.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), uint16(len(entries)))
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, uint16(e[1]))
		b = binary.LittleEndian.AppendUint32(b, e[2])
		b = binary.LittleEndian.AppendUint32(b, e[3])
	}
	return append(append(b, 0, 0, 0, 0), tail...)
}

type hostile struct {
	name string
	data []byte
	err  error // nil: it may be taken
	cost uint64
}

const mega = 1 << 20

func bombs() []hostile {
	small := jpegBytes(scene(64, 48))
	twice := append([]byte("\xff\xd8\xff\xd8\x00\x20"), make([]byte, 30)...)
	twice = append(twice, small[2:]...)
	gif := gifBytes(scene(8, 8))
	copy(gif[6:], "\xff\xff\xff\xff")
	lossless := webpLossless(scene(64, 48))
	at := bytes.Index(lossless, []byte("VP8L"))
	wide := bytes.Clone(lossless)
	binary.LittleEndian.PutUint32(wide[at+9:], 0x3fff|0x3fff<<14) // 16384 × 16384
	lossy := webpBytes(scene(64, 48))
	at = bytes.Index(lossy, []byte("VP8 "))
	binary.LittleEndian.PutUint16(lossy[at+14:], 0x3fff)
	binary.LittleEndian.PutUint16(lossy[at+16:], 0x3fff)
	elsewhere := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 60000), 60000)
	scans := jpegWith(scene(640, 480), jpegn.EncodeOptions{Progressive: true})
	from := bytes.Index(scans, []byte("\xff\xda"))
	next := from + 2 + bytes.Index(scans[from+2:], []byte("\xff\xda"))
	again := append(bytes.Clone(scans[:len(scans)-2]), bytes.Repeat(scans[next:next+40], 3000)...)
	return []hostile{
		{"jpeg claiming 400 MP", claiming(small, 20000, 20000), ErrTooLarge, mega},
		{"jpeg claiming what its bytes can't hold", claiming(small, 12000, 12000), ErrTruncated, mega},
		{"jpeg that begins twice", twice, ErrDamaged, mega},
		{"jpeg of thousands of scans", again, ErrUnsupported, mega},
		{"png of 74 bytes", pngOf(60000, 60000, 8, 2, 0), ErrTooLarge, mega},
		{"png well packed", pngOf(13000, 13000, 1, 0, 13000*(1+13000/8)), ErrTooLarge, mega},
		{"png without its pixels", pngOf(12000, 12000, 16, 6, 100), ErrTruncated, mega},
		{"gif", gif, ErrTooLarge, mega},
		{"webp lossless", wide, ErrTooLarge, mega},
		{"webp lossy", lossy, ErrTooLarge, mega},
		{"webp canvas", webpWith(webpBytes(scene(64, 48)), 1<<14, 1<<14, 0), ErrTooLarge, mega},
		{"webp animated canvas", animatedWebP(1<<14, 1<<14, webpFrame{webpBytes(scene(64, 48)), image.Rect(0, 0, 64, 48)}), ErrTooLarge, mega},
		{"tiff", tiffDirectory(nil, [4]uint32{256, 4, 1, 60000}, [4]uint32{257, 4, 1, 60000}), ErrTooLarge, mega},
		{"tiff whose size is elsewhere", tiffDirectory(elsewhere, [4]uint32{256, 4, 2, 38}, [4]uint32{257, 4, 2, 38}), ErrDamaged, mega},
		{"tiff claiming what its bytes can't hold", tiffDirectory(nil, [4]uint32{256, 4, 1, 12000}, [4]uint32{257, 4, 1, 12000}), ErrTruncated, mega},
	}
}

// stuffed are photos with more metadata than a photo has. They are taken; the words are read as far as limits go.
func stuffed() []hostile {
	img := scene(64, 48)
	sixteen := strings.Repeat("a", 16*mega)
	packed := deflated([]byte(sixteen))
	text := pngChunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), packed...))
	raw := pngChunk("zTXt", append([]byte("Raw profile type iptc\x00\x00"), packed...))
	profile := pngChunk("iCCP", append([]byte("x\x00\x00"), packed...))
	attributes := xmpPacket(`<rdf:Description` + strings.Repeat(` dc:a=""`, 800_000) + `/>`)
	elements := xmpPacket(`<rdf:Description>` + strings.Repeat(`<dc:a/>`, 1_000_000) + `</rdf:Description>`)
	deep := xmpPacket(strings.Repeat(`<a>`, 2_000_000))
	keywords := xmpPacket(`<rdf:Description><dc:subject><rdf:Bag>` + strings.Repeat(`<rdf:li>a</rdf:li>`, 40_000) + `</rdf:Bag></dc:subject></rdf:Description>`)
	segments := func(s jpegn.Segment, n int) []byte {
		all := make([]jpegn.Segment, n)
		for i := range all {
			all[i] = s
		}
		return jpegBytes(img, all...)
	}
	full := strings.Repeat(" ", 65000)
	iim := iimBytes(true, 25, strings.Repeat("k", 60))
	guid := strings.Repeat("0123456789ABCDEF", 2)
	extended := append([]byte(extendedHeader+guid), 0, 0x80, 0, 0, 0, 0, 0, 0) // 8 MB
	many := jpegBytes(img, append([]jpegn.Segment{xmpSegment(xmpPacket(`<rdf:Description note="` + guid + `"/>`))}, segmentsOf(0xe1, extended, 2000)...)...)
	// One block of a TIFF, named by each of thousands of entries.
	block := []byte(xmpPacket(strings.Repeat(`<rdf:Description/>`, 200_000)))
	entries := make([][4]uint32, 3000)
	for i := range entries {
		entries[i] = [4]uint32{700, 1, uint32(len(block)), uint32(8 + 2 + 12*(len(entries)+2) + 4)}
	}
	entries = append([][4]uint32{{256, 4, 1, 64}, {257, 4, 1, 48}}, entries...)
	loop := exifBlock(false, orientationEntry(1))
	copy(loop[len(loop)-4:], "\x08\x00\x00\x00") // the directory after this one is this one
	return []hostile{
		{"png of packed XMP", pngBytes(img, bytes.Repeat(text, 300)), nil, 100 * mega},
		{"png of packed IIM", pngBytes(img, bytes.Repeat(raw, 300)), nil, 150 * mega},
		{"png of packed profiles", pngBytes(img, bytes.Repeat(profile, 300)), nil, 100 * mega},
		{"jpeg of XMP segments", segments(xmpSegment(full), 600), nil, 200 * mega},
		{"jpeg of profile segments", segments(jpegn.Segment{Marker: 0xe2, Data: []byte(iccHeader + "\x01\xff" + full)}, 600), nil, 200 * mega},
		{"jpeg of IIM segments", segments(jpegn.Segment{Marker: 0xed, Data: append([]byte(psHeader), photoshopBlock(bytes.Repeat(iim, 800))...)}, 600), nil, 200 * mega},
		{"jpeg of extended XMP", many, nil, 200 * mega},
		{"jpeg with a loop in its EXIF", jpegBytes(img, exifSegment(loop)), nil, 10 * mega},
		{"webp of XMP", webpWith(webpBytes(img), 64, 48, 4, "XMP ", attributes, "XMP ", elements, "XMP ", deep), nil, 500 * mega},
		{"xmp of attributes", webpWith(webpBytes(img), 64, 48, 4, "XMP ", attributes), nil, 500 * mega},
		{"xmp of elements", webpWith(webpBytes(img), 64, 48, 4, "XMP ", elements), nil, 200 * mega},
		{"xmp without end", webpWith(webpBytes(img), 64, 48, 4, "XMP ", deep), nil, 50 * mega},
		{"xmp of keywords", webpWith(webpBytes(img), 64, 48, 4, "XMP ", keywords), nil, 100 * mega},
		{"tiff whose entries share a block", tiffDirectory(block, entries...), nil, 300 * mega},
	}
}

func segmentsOf(marker byte, data []byte, n int) []jpegn.Segment {
	all := make([]jpegn.Segment, n)
	for i := range all {
		all[i] = jpegn.Segment{Marker: marker, Data: data}
	}
	return all
}

// No file makes Inspect take more than 500 MB or 2 seconds, and one that is refused is refused before its pixels cost a
// thing.
func TestHostileFilesAreCheap(t *testing.T) {
	for _, tc := range append(bombs(), stuffed()...) {
		t.Run(tc.name, func(t *testing.T) {
			var err error
			var cost uint64
			took := time.Hour
			for range 3 { // the machine may be busy with something else; a file that is slow is slow each time
				began := time.Now()
				cost = spent(func() { _, err = Inspect(tc.data, Limits{}) })
				if took = min(took, time.Since(began)); took <= 2*time.Second {
					break
				}
			}
			t.Logf("%d kB of file: %.1f MB allocated, %v, %v", len(tc.data)>>10, float64(cost)/mega, took.Round(time.Millisecond), err)
			if !errors.Is(err, tc.err) {
				t.Errorf("got %v, want %v", err, tc.err)
			}
			if cost > tc.cost {
				t.Errorf("%d MB allocated, at most %d wanted", cost>>20, tc.cost>>20)
			}
			if took > 2*time.Second {
				t.Errorf("took %v", took)
			}
			if tc.err == nil {
				return
			}
			for name, f := range map[string]func() error{
				"Decode":    func() error { _, err := Decode(tc.data, nil, DecodeOptions{}); return err },
				"Thumbnail": func() error { _, err := Thumbnail(tc.data, nil, Recipe{}, 320); return err },
				"Dominant":  func() error { KeptProfile(tc.data); CameraOf(tc.data); return tc.err },
			} {
				if cost := spent(func() { err = f() }); !errors.Is(err, tc.err) || cost > tc.cost {
					t.Errorf("%s: %v after %d MB", name, err, cost>>20)
				}
			}
		})
	}
}

// Cut anywhere, a file of any format is refused with a reason, or shown.
func TestCutAnywhere(t *testing.T) {
	img := scene(40, 30)
	for name, data := range map[string][]byte{
		"png":           pngBytes(img, pngChunk("iCCP", append([]byte("x\x00\x00"), deflated(matrixProfile("Display P3", displayP3, 2.2))...))),
		"gif":           gifBytes(img),
		"tiff":          tiffFile(img, orientationEntry(6)),
		"webp":          webpWith(webpBytes(img), 40, 30, 0x04, "XMP ", xmpPacket("")),
		"animated webp": animatedWebP(40, 30, webpFrame{webpBytes(img), img.Rect}),
	} {
		step := max(1, len(data)/1500)
		for n := 0; n < len(data); n += step {
			info, err := Inspect(data[:n], Limits{})
			if err == nil {
				_, err = Decode(data[:n], info, DecodeOptions{})
			}
			if err != nil && !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEmpty) && !errors.Is(err, ErrNotPhoto) {
				t.Fatalf("%s cut at %d of %d: %v", name, n, len(data), err)
			}
			if err != nil && strings.Contains(fmt.Sprint(err), "runtime error") {
				t.Errorf("%s cut at %d of %d: %v", name, n, len(data), err)
			}
		}
	}
}
