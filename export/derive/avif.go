package derive

// This file owns AVIF: its encoder, what it costs, and the words in its container.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"sync"
	"time"

	"github.com/gen2brain/avif"

	"photodesk/project/photo"
)

// avifSpeed is libavif's, 0 to 10. On photographs, through WebAssembly, 9 makes the very bytes of 10; 8 takes 1.6 times as
// long for files that are 6 % smaller, 7 takes 2.5 times as long and saves no more.
const avifSpeed = 9

func avifEncoder() string {
	via := "WebAssembly"
	if avif.Dynamic() == nil {
		via = "the system's libavif"
	}
	return fmt.Sprintf("gen2brain/avif %s through %s, speed %d", avifVersion, via, avifSpeed)
}

func encodeAVIF(img *image.NRGBA, quality int) ([]byte, error) {
	var b bytes.Buffer
	// Its quality 100 means lossless, which no derivative wants.
	err := avif.Encode(&b, photo.Opaque(img), avif.Options{
		Quality: min(quality, 99), Speed: avifSpeed, ChromaSubsampling: image.YCbCrSubsampleRatio420,
	})
	return b.Bytes(), err
}

// AVIFTime is about how long this machine takes for the AVIF derivatives of photos of w by h pixels each, by what a small
// one took.
func AVIFTime(photos, w, h int) (time.Duration, error) {
	perPixel, err := avifPerPixel()
	if err != nil {
		return 0, fmt.Errorf("measure AVIF: %w", err)
	}
	pixels := 0
	for _, width := range Widths(w, h) {
		pixels += width * heightAt(w, h, width)
	}
	return time.Duration(photos) * time.Duration(perPixel*float64(pixels)), nil
}

// avifPerPixel is in nanoseconds.
var avifPerPixel = sync.OnceValues(func() (float64, error) {
	img := image.NewNRGBA(image.Rect(0, 0, 640, 480))
	state := uint32(1)
	for y := range 480 {
		for x := range 640 { // waves and grain: a flat picture would cost nothing
			state = state*1664525 + 1013904223
			v := uint8(96 + 64*((x/40+y/30)%2) + int(state>>28))
			img.SetNRGBA(x, y, color.NRGBA{v, uint8(x / 3), uint8(y / 2), 255})
		}
	}
	if _, err := encode(photo.PlanesOf(photo.Fit(img, 64, 48), color.NRGBA{}), AVIF, QualityAVIF); err != nil { // starts the encoder, which takes a while
		return 0, err
	}
	start := time.Now()
	_, err := encode(photo.PlanesOf(img, color.NRGBA{}), AVIF, QualityAVIF)
	return float64(time.Since(start)) / (640 * 480), err
})

var errNoAVIF = errors.New("the encoder gave no AVIF that we know how to write words into")

// wrapAVIF says sRGB (or the profile) in an AVIF as libavif writes it, and adds XMP as an item that describes the photo
// (ISO/IEC 23008-12, 6.5.8 and 8.2).
func wrapAVIF(plain []byte, s segments) ([]byte, error) {
	top, ok := boxesIn(plain)
	if !ok || len(top) != 3 || top[0].kind != "ftyp" || top[1].kind != "meta" || top[2].kind != "mdat" || len(top[1].body) < 4 {
		return nil, errNoAVIF
	}
	children, ok := boxesIn(top[1].body[4:])
	if !ok {
		return nil, errNoAVIF
	}
	mdat := append([]byte(nil), top[2].body...)
	var meta []byte
	iloc := -1 // where it lies in meta
	for _, c := range children {
		switch c.kind {
		case "iprp":
			if c.body, ok = colourInto(c.body, s); !ok {
				return nil, errNoAVIF
			}
		case "iinf":
			if s.xmp != nil {
				if c.body, ok = oneMore(c.body); !ok {
					return nil, errNoAVIF
				}
				entry := binary.BigEndian.AppendUint16([]byte{2, 0, 0, 1}, xmpItem) // hidden: nothing to show
				c.body = appendBox(c.body, "infe", append(entry, "\x00\x00mimeXMP\x00application/rdf+xml\x00"...))
			}
		case "iloc":
			// Version 0, offsets and lengths of four bytes, no base: what libavif writes.
			if len(c.body) < 8 || string(c.body[:6]) != "\x00\x00\x00\x00\x44\x00" {
				return nil, errNoAVIF
			}
			iloc = len(meta) + 8
			if s.xmp != nil {
				if c.body, ok = oneMoreAt(c.body, 6); !ok {
					return nil, errNoAVIF
				}
				e := binary.BigEndian.AppendUint16(nil, xmpItem)
				e = append(e, 0, 0, 0, 1)
				e = binary.BigEndian.AppendUint32(e, uint32(top[2].at+8+len(mdat)))
				c.body = append(c.body, binary.BigEndian.AppendUint32(e, uint32(len(s.xmp)))...)
			}
		}
		meta = appendBox(meta, c.kind, c.body)
		if c.kind == "iinf" && s.xmp != nil {
			// The XMP describes the primary item, which is libavif's first.
			ref := appendBox(nil, "cdsc", []byte{0, xmpItem, 0, 1, 0, 1})
			meta = appendBox(meta, "iref", append([]byte{0, 0, 0, 0}, ref...))
		}
	}
	if iloc < 0 {
		return nil, errNoAVIF
	}
	grown := len(meta) - (len(top[1].body) - 4)
	if !shift(meta[iloc:], grown) {
		return nil, errNoAVIF
	}
	if s.xmp != nil {
		mdat = append(mdat, s.xmp...)
	}
	out := appendBox(nil, "ftyp", top[0].body)
	out = appendBox(out, "meta", append(append([]byte(nil), top[1].body[:4]...), meta...))
	return appendBox(out, "mdat", mdat), nil
}

// xmpItem numbers the XMP among the items; libavif counts up from 1 and needs one for a photo without transparency.
const xmpItem = 100

type box struct {
	kind string
	at   int
	body []byte
}

// boxesIn are the boxes that fill b exactly (ISO/IEC 14496-12, 4.2).
func boxesIn(b []byte) ([]box, bool) {
	var out []box
	for at := 0; at < len(b); {
		if len(b)-at < 8 {
			return nil, false
		}
		size := int(binary.BigEndian.Uint32(b[at:]))
		if size < 8 || size > len(b)-at {
			return nil, false
		}
		out = append(out, box{string(b[at+4 : at+8]), at, append([]byte(nil), b[at+8:at+size]...)})
		at += size
	}
	return out, true
}

func appendBox(out []byte, kind string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(8+len(body)))
	return append(append(out, kind...), body...)
}

// oneMore raises the count of a box that counts its children in 16 bits.
func oneMore(body []byte) ([]byte, bool) { return oneMoreAt(body, 4) }

func oneMoreAt(body []byte, at int) ([]byte, bool) {
	if len(body) < at+2 || body[0] != 0 {
		return nil, false
	}
	binary.BigEndian.PutUint16(body[at:], binary.BigEndian.Uint16(body[at:])+1)
	return body, true
}

// colourInto says which colours the photo's are: code points for sRGB (ITU-T H.273), which cost less than a profile.
func colourInto(iprp []byte, s segments) ([]byte, bool) {
	properties, ok := boxesIn(iprp)
	if !ok {
		return nil, false
	}
	var out []byte
	for _, p := range properties {
		if p.kind == "ipco" {
			items, ok := boxesIn(p.body)
			if !ok {
				return nil, false
			}
			p.body = nil
			for _, item := range items {
				if item.kind == "colr" {
					item.body = []byte("nclx\x00\x01\x00\x0d\x00\x06\x80") // BT.709 primaries, sRGB curve, BT.601 matrix, full range
					if !bytes.Equal(s.profile, srgbProfile()) && s.profile != nil {
						item.body = append([]byte("prof"), s.profile...)
					}
				}
				p.body = appendBox(p.body, item.kind, item.body)
			}
		}
		out = appendBox(out, p.kind, p.body)
	}
	return out, true
}

// shift moves the offsets of an item location box, of which b holds body and what follows.
func shift(b []byte, by int) bool {
	if len(b) < 8 {
		return false
	}
	items, at := int(binary.BigEndian.Uint16(b[6:])), 8
	for range items {
		if len(b)-at < 6 {
			return false
		}
		extents := int(binary.BigEndian.Uint16(b[at+4:]))
		at += 6
		for range extents {
			if len(b)-at < 8 {
				return false
			}
			binary.BigEndian.PutUint32(b[at:], uint32(int(binary.BigEndian.Uint32(b[at:]))+by))
			at += 8
		}
	}
	return true
}
