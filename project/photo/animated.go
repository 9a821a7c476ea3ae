package photo

// This file owns animations: of each the first frame is the photo, placed on the canvas that the animation plays on.

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/disintegration/imaging"
	"golang.org/x/image/webp"
)

func (c *container) warnAnimated() {
	c.warn("it is an animation; only its first frame is used")
}

// webpFrame is the first frame of an animated WebP.
type webpFrame struct {
	data []byte // as a WebP of its own
	area image.Rectangle
}

// animation takes the first frame out of an ANMF chunk (RFC 9649, section 2.7.1.1).
func (c *container) animation(body []byte, canvas image.Rectangle, lim Limits) error {
	const head = 16
	if len(body) < head+8 {
		return truncated()
	}
	at := image.Pt(2*uint24(body), 2*uint24(body[3:]))
	area := image.Rectangle{Min: at, Max: at.Add(image.Pt(1+uint24(body[6:]), 1+uint24(body[9:])))}
	if !area.In(canvas) {
		return damaged("its first frame leaves its canvas")
	}
	plain := []byte("RIFF\x00\x00\x00\x00WEBP")
	parts := body[head:]
	for len(parts) >= 8 {
		kind, n := string(parts[:4]), int(binary.LittleEndian.Uint32(parts[4:]))
		if n > len(parts)-8 {
			return truncated()
		}
		switch kind {
		case "ALPH":
			const alpha = 0x10
			plain = append(plain, "VP8X\x0a\x00\x00\x00"...)
			plain = append(plain, alpha, 0, 0, 0)
			plain = append(plain, body[6:12]...) // width and height less one, as they are written here too
			fallthrough
		case "VP8 ", "VP8L":
			plain = append(plain, parts[:8+n]...)
			if n&1 == 1 {
				plain = append(plain, 0)
			}
		}
		if kind == "VP8 " || kind == "VP8L" {
			break
		}
		parts = parts[min(8+n+n&1, len(parts)):]
	}
	binary.LittleEndian.PutUint32(plain[4:], uint32(len(plain)-8))
	inner := &container{}
	if err := inner.scanWebP(plain, lim); err != nil {
		return err
	}
	if inner.width != area.Dx() || inner.height != area.Dy() {
		return damaged("its first frame isn't of the size that it says")
	}
	c.first = &webpFrame{plain, area}
	return nil
}

// decodeWebP decodes a WebP, or the first frame of an animated one.
func (c *container) decodeWebP(data []byte) (*image.NRGBA, error) {
	if c.first != nil {
		data = c.first.data
	}
	src, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, decodeError(err)
	}
	img, err := webpPixels(src)
	if err != nil || c.first == nil {
		return img, err
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, c.width, c.height))
	if c.first.area == canvas.Rect {
		return img, nil
	}
	return imaging.Paste(canvas, img, c.first.area.Min), nil
}

// gifAnimates reports whether a GIF has a second frame (GIF89a, appendix A). It looks no further than that.
func gifAnimates(data []byte) bool {
	colours := func(packed byte) int {
		if packed&0x80 == 0 {
			return 0
		}
		return 3 << (packed&7 + 1)
	}
	if len(data) < 13 {
		return false
	}
	at, frames := 13+colours(data[10]), 0
	for at+10 < len(data) {
		switch data[at] {
		case 0x21: // an extension
			at += 2
		case 0x2c: // a frame
			if frames++; frames > 1 {
				return true
			}
			at += 10 + colours(data[at+9]) + 1
		default:
			return false
		}
		for at < len(data) && data[at] != 0 {
			at += 1 + int(data[at])
		}
		at++
	}
	return false
}
