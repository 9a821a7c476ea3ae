package derive

// This file owns the metadata policies: which words a derivative carries, and how XMP and IIM spell them. Nothing is copied
// from the original's metadata; all of it is written anew, so that what isn't named here can't slip through: no place, no
// serial number, no owner, no maker note, no preview, no history.

import (
	"encoding/binary"
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"photodesk/project/photo"
)

// carried are the words that go into a derivative; what the policy keeps back is empty.
type carried struct {
	// Every policy but PolicyNone.
	Caption, Byline, Credit, Copyright, Headline, AltText, SourceType, UsageTerms string
	// PolicyAllButLocation.
	Title, BylineTitle, Source, Instructions, CaptionWriter, Description, TakenAt string
	Keywords                                                                      [maxKeywords]string
	Camera                                                                        photo.Camera
}

const maxKeywords = 64 // an array can be compared

func carry(p Policy, w photo.Words, camera photo.Camera) carried {
	if p == PolicyNone {
		return carried{}
	}
	c := carried{
		Caption: w.Caption, Byline: w.Byline, Credit: w.Credit, Copyright: w.Copyright, Headline: w.Headline,
		AltText: w.AltText, SourceType: w.SourceType, UsageTerms: w.UsageTerms,
	}
	if p == PolicyAllButLocation {
		c.Title, c.BylineTitle, c.Source, c.Instructions = w.Title, w.BylineTitle, w.Source, w.Instructions
		c.CaptionWriter, c.Description, c.TakenAt, c.Camera = w.CaptionWriter, w.Description, w.TakenAt, camera
		copy(c.Keywords[:], w.Keywords)
	}
	return c
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
		` xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"` +
		` xmlns:tiff="http://ns.adobe.com/tiff/1.0/"` +
		` xmlns:exif="http://ns.adobe.com/exif/1.0/"` +
		` xmlns:exifEX="http://cipa.jp/exif/1.0/">`)
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
	property("dc:title", alt, c.Title, altEnd)
	property("photoshop:AuthorsPosition", "", c.BylineTitle, "")
	property("photoshop:Source", "", c.Source, "")
	property("photoshop:Instructions", "", c.Instructions, "")
	property("photoshop:CaptionWriter", "", c.CaptionWriter, "")
	property("photoshop:DateCreated", "", c.TakenAt, "")
	property("Iptc4xmpCore:ExtDescrAccessibility", alt, c.Description, altEnd)
	if c.Keywords[0] != "" {
		b.WriteString("<dc:subject><rdf:Bag>")
		for _, k := range c.Keywords {
			property("rdf:li", "", k, "")
		}
		b.WriteString("</rdf:Bag></dc:subject>")
	}
	property("tiff:Make", "", c.Camera.Make, "")
	property("tiff:Model", "", c.Camera.Model, "")
	property("exifEX:LensModel", "", c.Camera.Lens, "")
	property("exif:ExposureTime", "", rational(c.Camera.Exposure), "")
	property("exif:FNumber", "", rational(c.Camera.FNumber), "")
	property("exif:FocalLength", "", rational(c.Camera.FocalLength), "")
	property("exif:ISOSpeedRatings", "<rdf:Seq><rdf:li>", c.Camera.Speed, "</rdf:li></rdf:Seq>")
	b.WriteString(`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)
	return []byte(b.String())
}

// rational is a number as XMP wants fractions (XMP specification part 2, 1.2.1).
func rational(s string) string {
	if s == "" || strings.Contains(s, "/") {
		return s
	}
	return s + "/1"
}

// photoshopIIM spells the words as IIM in UTF-8 within a Photoshop resource block, nil where IIM has none of them.
func (c carried) photoshopIIM() []byte {
	var words []byte
	type word struct {
		dataset byte
		limit   int // bytes, IPTC-NAA IIM 4.2
		value   string
	}
	list := []word{{5, 64, c.Title}}
	for _, k := range c.Keywords {
		list = append(list, word{25, 64, k})
	}
	for _, d := range append(list,
		word{40, 256, c.Instructions},
		word{80, 32, c.Byline},
		word{85, 32, c.BylineTitle},
		word{105, 256, c.Headline},
		word{110, 32, c.Credit},
		word{115, 32, c.Source},
		word{116, 128, c.Copyright},
		word{120, 2000, c.Caption},
		word{122, 32, c.CaptionWriter},
	) {
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
