package derive

// This file owns the metadata policy: which words a derivative carries, and how XMP and IIM spell them.
//
// Carried: caption, byline, credit, copyright, headline, alt text, source type, usage terms. Nothing is copied from the
// original's metadata; all of it is written anew.

import (
	"encoding/binary"
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"photodesk/project/photo"
)

// carried are the words that go into a derivative.
type carried struct {
	Caption, Byline, Credit, Copyright, Headline, AltText, SourceType, UsageTerms string
}

func carry(w photo.Words) carried {
	return carried{w.Caption, w.Byline, w.Credit, w.Copyright, w.Headline, w.AltText, w.SourceType, w.UsageTerms}
}

// maxXMP is what a JPEG segment can hold beside its header (XMP specification part 3, 1.1.3).
const maxXMP = 65502

// xmpPacket spells the words as XMP, nil where there are none. Where they are too long for one segment, the longest are cut.
func (c carried) xmpPacket() []byte {
	if c == (carried{}) {
		return nil
	}
	for limit := 32 << 10; ; limit /= 2 {
		if b := c.xmp(limit); len(b) <= maxXMP {
			return b
		}
	}
}

func (c carried) xmp(limit int) []byte {
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about=""` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"` +
		` xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"` +
		` xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"` +
		` xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">`)
	property := func(name, before, value, after string) {
		if value == "" {
			return
		}
		b.WriteString("<" + name + ">" + before)
		_ = xml.EscapeText(&b, []byte(cutText(value, limit))) // a Builder never fails
		b.WriteString(after + "</" + name + ">")
	}
	const alt, altEnd = `<rdf:Alt><rdf:li xml:lang="x-default">`, `</rdf:li></rdf:Alt>`
	property("dc:description", alt, c.Caption, altEnd)
	property("dc:creator", `<rdf:Seq><rdf:li>`, c.Byline, `</rdf:li></rdf:Seq>`)
	property("dc:rights", alt, c.Copyright, altEnd)
	property("photoshop:Credit", "", c.Credit, "")
	property("photoshop:Headline", "", c.Headline, "")
	property("xmpRights:UsageTerms", alt, c.UsageTerms, altEnd)
	property("Iptc4xmpCore:AltTextAccessibility", alt, c.AltText, altEnd)
	property("Iptc4xmpExt:DigitalSourceType", "", c.SourceType, "")
	b.WriteString(`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)
	return []byte(b.String())
}

// photoshopIIM spells the words as IIM in UTF-8 within a Photoshop resource block, nil where IIM has none of them.
func (c carried) photoshopIIM() []byte {
	var words []byte
	for _, d := range []struct {
		dataset byte
		limit   int // bytes, IPTC-NAA IIM 4.2
		value   string
	}{
		{80, 32, c.Byline},
		{105, 256, c.Headline},
		{110, 32, c.Credit},
		{116, 128, c.Copyright},
		{120, 2000, c.Caption},
	} {
		if d.value != "" {
			words = dataset(words, 2, d.dataset, cutText(d.value, d.limit))
		}
	}
	if words == nil {
		return nil
	}
	iim := dataset(nil, 1, 0, "\x00\x04")
	iim = dataset(iim, 1, 90, "\x1b%G") // UTF-8
	iim = dataset(iim, 2, 0, "\x00\x04")
	iim = append(iim, words...)

	block := []byte("8BIM\x04\x04\x00\x00")
	block = binary.BigEndian.AppendUint32(block, uint32(len(iim)))
	block = append(block, iim...)
	if len(iim)%2 == 1 {
		block = append(block, 0)
	}
	return block
}

func dataset(b []byte, record, number byte, value string) []byte {
	b = append(b, 0x1c, record, number)
	b = binary.BigEndian.AppendUint16(b, uint16(len(value)))
	return append(b, value...)
}

// cutText keeps at most limit bytes, whole runes only.
func cutText(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSpace(s[:limit])
}
