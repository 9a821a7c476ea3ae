package photo

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"
)

func TestDecodeText(t *testing.T) {
	for _, tc := range []struct{ name, raw, want string }{
		{"plain", "Jane Doe", "Jane Doe"},
		{"utf-8", "Ren\xc3\xa9e", "Renée"},
		{"latin-1", "Ren\xe9e Doe", "Renée Doe"},
		{"windows-1252 quotes", "\x93Hello\x94 \x80", "“Hello” €"},
		{"twice encoded", "RenÃ©e", "Renée"},
		{"twice encoded quotes", "â€œHelloâ€\u009d", "“Hello”"},
		{"a letter before a dash is not twice encoded", "CAFÉ–BAR", "CAFÉ–BAR"},
		{"a tilde before a quotation mark is not twice encoded", "A “IRMÔ", "A “IRMÔ"},
		{"greek is not twice encoded", "Αθήνα", "Αθήνα"},
		{"padding", "Jane Doe \x00\x00", "Jane Doe"},
		{"line breaks stay", "One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."},
		{"a rune cut by a limit", "Ren\xc3\xa9 Ren\xc3", "René Ren"},
		{"a lone capital at the end is latin-1", "CAF\xc9", "CAFÉ"},
		{"control characters", "a\x07b", "ab"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := decodeText([]byte(tc.raw), false); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestParseIIM(t *testing.T) {
	read := func(b []byte) map[string][]string {
		out := map[string][]string{}
		for _, r := range parseIIM(b) {
			out[r.Field] = append(out[r.Field], r.Value)
		}
		return out
	}
	for _, tc := range []struct {
		name string
		iim  []byte
		want map[string][]string
	}{
		{"utf-8 said", iimBytes(true, 80, "Renée Doe"), map[string][]string{"byline": {"Renée Doe"}}},
		{"latin-1", iimBytes(false, 80, "Ren\xe9e Doe", 120, "pr\xe8s"), map[string][]string{"byline": {"Renée Doe"}, "caption": {"près"}}},
		{"utf-8 said of latin-1", iimBytes(true, 80, "Ren\xe9e Doe"), map[string][]string{"byline": {"Renée Doe"}}},
		{"several bylines", iimBytes(false, 80, "Jane Doe", 80, "John Doe"), map[string][]string{"byline": {"Jane Doe, John Doe"}}},
		{"keywords", iimBytes(false, 25, "birds", 25, "park"), map[string][]string{"keywords": {"birds", "park"}}},
		{"embargo and expiry", iimBytes(false, 30, "20250520", 37, "20250601"), map[string][]string{"embargoUntil": {"2025-05-20"}, "expiresOn": {"2025-06-01"}}},
		{"no date", iimBytes(false, 30, "00000000"), map[string][]string{}},
		{"created", iimBytes(false, 55, "20250308", 60, "101500+0100"), map[string][]string{"takenAt": {"2025-03-08T10:15:00+01:00"}}},
		{"created without zone", iimBytes(false, 55, "20250308", 60, "101500"), map[string][]string{"takenAt": {"2025-03-08T10:15:00"}}},
		{"empty values", iimBytes(false, 80, "\x00\x00 "), map[string][]string{}},
		{"cut block", iimBytes(false, 80, "Jane Doe", 120, "A caption")[:17], map[string][]string{"byline": {"Jane Doe"}}},
		{"extended length", append([]byte{0x1c, 2, 120, 0x80, 2, 0, 3}, "abc"...), map[string][]string{"caption": {"abc"}}},
		{"extended length that lies", []byte{0x1c, 2, 120, 0xff, 0xff, 0, 3}, map[string][]string{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := read(tc.iim); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

func TestParseXMP(t *testing.T) {
	for _, tc := range []struct {
		name, inner string
		want        []Reading
	}{
		{
			"attributes", `<rdf:Description rdf:about="" photoshop:Credit="AP" photoshop:City="Bilbao"/>`,
			[]Reading{{Field: "credit", Value: "AP"}, {Field: "city", Value: "Bilbao"}},
		},
		{
			"elements", `<rdf:Description><photoshop:Credit> AP </photoshop:Credit></rdf:Description>`,
			[]Reading{{Field: "credit", Value: "AP"}},
		},
		{
			"languages", `<rdf:Description><dc:description><rdf:Alt><rdf:li xml:lang="fr">Le soleil</rdf:li><rdf:li xml:lang="x-default">The sun</rdf:li></rdf:Alt></dc:description></rdf:Description>`,
			[]Reading{{Field: "caption", Value: "Le soleil", Lang: "fr"}, {Field: "caption", Value: "The sun", Lang: "x-default"}},
		},
		{
			"two creators", `<rdf:Description><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>John Doe</rdf:li></rdf:Seq></dc:creator></rdf:Description>`,
			[]Reading{{Field: "byline", Value: "Jane Doe, John Doe"}},
		},
		{
			"bag", `<rdf:Description><dc:subject><rdf:Bag><rdf:li>birds</rdf:li><rdf:li>park</rdf:li></rdf:Bag></dc:subject></rdf:Description>`,
			[]Reading{{Field: "keywords", Value: "birds"}, {Field: "keywords", Value: "park"}},
		},
		{
			"accessibility and source type", `<rdf:Description><Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A bird</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>` +
				`<Iptc4xmpCore:ExtDescrAccessibility>Long</Iptc4xmpCore:ExtDescrAccessibility><Iptc4xmpExt:DigitalSourceType rdf:resource="http://example.org/x"/></rdf:Description>`,
			[]Reading{{Field: "altText", Value: "A bird", Lang: "x-default"}, {Field: "description", Value: "Long"}, {Field: "sourceType", Value: "http://example.org/x"}},
		},
		{
			"qualified value", `<rdf:Description><photoshop:Credit rdf:parseType="Resource"><rdf:value>AP</rdf:value><dc:source>x</dc:source></photoshop:Credit></rdf:Description>`,
			[]Reading{{Field: "credit", Value: "AP"}},
		},
		{
			"structures are passed over", `<rdf:Description><photoshop:Credit rdf:parseType="Resource"><dc:source>x</dc:source></photoshop:Credit></rdf:Description>`,
			nil,
		},
		{
			"rights until", `<rdf:Description plus:LicenseEndDate="2025-06-01" plus:LicenseStartDate="soon"/>`,
			[]Reading{{Field: "expiresOn", Value: "2025-06-01"}},
		},
		{
			"several descriptions, first statement stands", `<rdf:Description photoshop:Credit="AP"/><rdf:Description photoshop:Credit="AFP" photoshop:Source="AP"/>`,
			[]Reading{{Field: "credit", Value: "AP"}, {Field: "source", Value: "AP"}},
		},
		{
			"camera boilerplate", `<rdf:Description><dc:description>OLYMPUS DIGITAL CAMERA         </dc:description></rdf:Description>`,
			nil,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, _, err := parseXMP([]byte(xmpPacket(tc.inner)))
			if err != nil {
				t.Fatal(err)
			}
			for i := range tc.want {
				tc.want[i].Origin = OriginXMP
			}
			if !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %+v\nwant %+v", got, tc.want)
			}
		})
	}
	t.Run("a broken packet gives what came before", func(t *testing.T) {
		got, _, err := parseXMP([]byte(strings.TrimSuffix(xmpPacket(`<rdf:Description photoshop:Credit="AP"/>`), `</x:xmpmeta><?xpacket end="w"?>`)))
		if err == nil || len(got) != 1 {
			t.Errorf("got %v, %v", got, err)
		}
	})
	t.Run("endless nesting is refused", func(t *testing.T) {
		if _, _, err := parseXMP([]byte(strings.Repeat("<a>", 100_000))); err == nil {
			t.Error("no error")
		}
	})
	t.Run("place", func(t *testing.T) {
		if _, gps, _ := parseXMP([]byte(xmpPacket(`<rdf:Description exif:GPSLatitude="47,18.0N"/>`))); !gps {
			t.Error("not seen")
		}
	})
}

func TestInspectPrefersAndCompares(t *testing.T) {
	const long = "Jane Doe/Agence France-Presse via Getty Images"
	ascii := func(tag uint16, s string) tiffEntry { return tiffEntry{tag, 2, append([]byte(s), 0)} }
	for _, tc := range []struct {
		name     string
		segments []jpegn.Segment
		want     Words
		disagree []string
	}{
		{
			name:     "xmp before iim before exif",
			segments: []jpegn.Segment{exifSegment(exifBlock(false, ascii(0x10e, "exif"), ascii(0x13b, "Exif Artist"))), xmpSegment(xmpPacket(`<rdf:Description photoshop:Credit="XMP"/>`)), iimSegment(iimBytes(true, 110, "IIM", 120, "iim"))},
			want:     Words{Caption: "iim", Credit: "XMP", Byline: "Exif Artist"},
			disagree: []string{"caption", "credit"},
		},
		{
			name:     "a credit cut at 32 bytes agrees",
			segments: []jpegn.Segment{xmpSegment(xmpPacket(`<rdf:Description photoshop:Credit="` + long + `"/>`)), iimSegment(iimBytes(true, 110, long[:32]))},
			want:     Words{Credit: long},
		},
		{
			name:     "a short prefix is another credit",
			segments: []jpegn.Segment{xmpSegment(xmpPacket(`<rdf:Description photoshop:Credit="AP Photo"/>`)), iimSegment(iimBytes(true, 110, "AP"))},
			want:     Words{Credit: "AP Photo"},
			disagree: []string{"credit"},
		},
		{
			name:     "a date agrees with a time of the day, which is kept",
			segments: []jpegn.Segment{xmpSegment(xmpPacket(`<rdf:Description photoshop:DateCreated="2025-03-08T10:15:00"/>`)), iimSegment(iimBytes(true, 55, "20250308"))},
			want:     Words{TakenAt: "2025-03-08T10:15:00"},
		},
		{
			name: "one instant in two zones agrees",
			segments: []jpegn.Segment{
				exifSegment(exifBlock(false, ascii(0x9003, "2025:03:08 10:15:00"), ascii(0x9011, "+01:00"))),
				xmpSegment(xmpPacket(`<rdf:Description photoshop:DateCreated="2025-03-08T09:15:00.25Z"/>`)),
			},
			want: Words{TakenAt: "2025-03-08T09:15:00.25Z"},
		},
		{
			name:     "another day doesn't",
			segments: []jpegn.Segment{exifSegment(exifBlock(false, ascii(0x9003, "2025:03:09 10:15:00"))), iimSegment(iimBytes(true, 55, "20250308"))},
			want:     Words{TakenAt: "2025-03-08"},
			disagree: []string{"takenAt"},
		},
		{
			name:     "boilerplate of cameras",
			segments: []jpegn.Segment{exifSegment(exifBlock(false, ascii(0x10e, "OLYMPUS DIGITAL CAMERA         ")))},
		},
		{
			name:     "the same in other spacing agrees",
			segments: []jpegn.Segment{exifSegment(exifBlock(false, ascii(0x10e, "Two  words"))), iimSegment(iimBytes(false, 120, "Two words"))},
			want:     Words{Caption: "Two words"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info, err := Inspect(jpegBytes(scene(300, 200), tc.segments...), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(info.Words, tc.want) {
				t.Errorf("words %+v\nwant  %+v", info.Words, tc.want)
			}
			if !slices.Equal(info.Disagree, tc.disagree) {
				t.Errorf("disagree %v, want %v", info.Disagree, tc.disagree)
			}
		})
	}
}

func TestSensitive(t *testing.T) {
	for text, want := range map[string]bool{
		"SMOUT": true, "SMOUT. MANDATORY CREDIT": true, "graphic/SMOUT": true,
		"Portsmouth": false, "SMOUTH": false, "PORTSMOUT": false, "killed": false, "": false,
	} {
		info, err := Inspect(jpegBytes(scene(16, 16), iimSegment(iimBytes(true, 40, text))), Limits{})
		if err != nil || info.Sensitive != want {
			t.Errorf("%q: sensitive %v, %v", text, info.Sensitive, err)
		}
	}
	info := must(Inspect(jpegBytes(scene(16, 16), iimSegment(iimBytes(true, 25, "war", 25, "smout"))), Limits{}))
	if !info.Sensitive {
		t.Error("keyword not seen")
	}
}

func TestWordsInEveryContainer(t *testing.T) {
	packet := xmpPacket(`<rdf:Description photoshop:Credit="AP"/>`)
	img := scene(300, 200)
	iim := iimBytes(false, 110, "AP")
	for _, tc := range []struct {
		name string
		data []byte
	}{
		{"jpeg xmp", jpegBytes(img, xmpSegment(packet))},
		{"jpeg iim", jpegBytes(img, iimSegment(iim))},
		{"png iTXt", pngBytes(img, pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+packet)))},
		{"webp", webpWith(webpBytes(img), 300, 200, 0x04, "XMP ", packet)},
		{"tiff xmp", tiffFile(img, tiffEntry{700, 1, []byte(packet)})},
		{"tiff iim", tiffFile(img, tiffEntry{33723, 7, iim})},
		{"tiff photoshop", tiffFile(img, tiffEntry{34377, 7, photoshopBlock(iim)})},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info, err := Inspect(tc.data, Limits{})
			if err != nil || info.Words.Credit != "AP" || info.Width != 300 || info.Height != 200 {
				t.Errorf("got %+v, %v", info, err)
			}
		})
	}
	t.Run("too large a packet is only warned of", func(t *testing.T) {
		info, err := Inspect(jpegBytes(img, xmpSegment(packet)), Limits{Metadata: 100})
		if err != nil || info.Words.Credit != "" || len(info.Warnings) == 0 {
			t.Errorf("got %+v, %v", info, err)
		}
	})
}

func TestExtendedXMP(t *testing.T) {
	guid := strings.Repeat("A", 32)
	extended := xmpPacket(`<rdf:Description photoshop:Credit="AP"/>`)
	part := func(from, to int) jpegn.Segment {
		head := []byte(extendedHeader + guid)
		for _, n := range []int{len(extended), from} {
			head = append(head, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
		}
		return jpegn.Segment{Marker: 0xe1, Data: append(head, extended[from:to]...)}
	}
	main := xmpPacket(`<rdf:Description xmlns:n="http://ns.adobe.com/xmp/note/" n:HasExtendedXMP="` + guid + `"/>`)
	info, err := Inspect(jpegBytes(scene(16, 16), xmpSegment(main), part(100, len(extended)), part(0, 100)), Limits{})
	if err != nil || info.Words.Credit != "AP" {
		t.Errorf("got %+v, %v", info.Words, err)
	}
}

func TestFieldsAreWords(t *testing.T) {
	var w Words
	for _, f := range Fields() {
		if f == fieldKeywords {
			w.Keywords = []string{"a", "b"}
			continue
		}
		p := w.text(f)
		if p == nil {
			t.Fatalf("field %q has no place in Words", f)
		}
		*p = f
	}
	for _, f := range Fields() {
		if f != fieldKeywords && w.Value(f) != f {
			t.Errorf("%q reads %q", f, w.Value(f))
		}
	}
	if n := reflect.TypeFor[Words]().NumField(); n != len(Fields()) {
		t.Errorf("%d fields for %d words", len(Fields()), n)
	}
}
