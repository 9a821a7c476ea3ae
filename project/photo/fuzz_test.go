package photo

import (
	"testing"
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
		[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		[]byte("plain text"),
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
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(data, Limits{})
		if err == nil && (info.Width < 1 || info.Height < 1 || info.Orientation < 1 || info.Orientation > 8) {
			t.Errorf("got %+v", info)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := Limits{Pixels: 1 << 20}
		info, err := Inspect(data, lim)
		if err != nil {
			return
		}
		img, err := Decode(data, info, DecodeOptions{Limits: lim})
		if err == nil && (img.Rect.Dx() != info.Width || img.Rect.Dy() != info.Height) {
			t.Errorf("%v decoded, %d × %d announced", img.Rect, info.Width, info.Height)
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
