package photo

// This file owns the walk through PNG chunks and WebP's RIFF chunks.

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"image"
	"io"
	"strings"
)

// deflateRatio is the most that deflate can compress.
const deflateRatio = 1032

// scanPNG walks the chunks (PNG, third edition, section 5).
func (c *container) scanPNG(data []byte, lim Limits) error {
	pixelBytes, packed := 0, 0
	for at := 8; ; {
		if at+12 > len(data) {
			return truncated()
		}
		size := int(binary.BigEndian.Uint32(data[at:]))
		kind := string(data[at+4 : at+8])
		if size > len(data)-at-12 {
			return truncated()
		}
		body := data[at+8 : at+8+size]
		at += 12 + size
		switch kind {
		case "IHDR":
			if len(body) < 13 {
				return damaged("its header is cut")
			}
			w, h := int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))
			if err := c.bounds(w, h, len(data), 0, lim); err != nil {
				return err
			}
			pixelBytes = w * h / 8 * int(body[8]) * pngSamples(body[9])
		case "IDAT":
			packed += size
		case "sRGB":
			c.srgb = true
		case "acTL": // APNG: IDAT is the first frame, or the photo for readers that know no animations
			c.warnAnimated()
		case "iCCP":
			c.icc = c.pngProfile(body, lim)
		case "iTXt":
			if b := c.pngText(body, "XML:com.adobe.xmp", lim); b != nil {
				c.xmp = append(c.xmp, b)
			}
		case "zTXt":
			// ImageMagick's way to keep IIM in a PNG.
			if b := c.pngRawProfile(body, "Raw profile type iptc", lim); b != nil {
				c.iim = append(c.iim, photoshopIIM(b)...)
			}
		case "IEND":
			if c.width == 0 {
				return damaged("its size is missing")
			}
			if pixelBytes/deflateRatio > packed {
				return truncated()
			}
			return nil
		}
	}
}

func pngSamples(colourType byte) int {
	switch colourType {
	case 2:
		return 3
	case 4:
		return 2
	case 6:
		return 4
	}
	return 1
}

// inflate unpacks metadata, nil where it is damaged or too large.
func (c *container) inflate(what string, b []byte, lim Limits) []byte {
	limit := c.left(lim)
	if limit == 0 {
		c.within(what, 1, lim)
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	if !c.within(what, len(out), lim) {
		c.metadata += limit // the work was done all the same
		return nil
	}
	if err != nil {
		return nil
	}
	return out
}

// pngProfile unpacks an iCCP chunk: name, NUL, method, deflated profile.
func (c *container) pngProfile(body []byte, lim Limits) []byte {
	_, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) < 2 || rest[0] != 0 {
		return nil
	}
	return c.inflate("colour profile", rest[1:], lim)
}

// pngText is the text of an iTXt chunk with this keyword, nil for another one: keyword, NUL, compressed, method, language,
// NUL, translated keyword, NUL, text.
func (c *container) pngText(body []byte, keyword string, lim Limits) []byte {
	rest, ok := bytes.CutPrefix(body, append([]byte(keyword), 0))
	if !ok || len(rest) < 2 {
		return nil
	}
	compressed := rest[0] == 1
	rest = rest[2:]
	for range 2 {
		if _, rest, ok = bytes.Cut(rest, []byte{0}); !ok {
			return nil
		}
	}
	if compressed {
		return c.inflate("XMP", rest, lim)
	}
	if !c.within("XMP", len(rest), lim) {
		return nil
	}
	return rest
}

// pngRawProfile is a hex-coded profile in a zTXt chunk: keyword, NUL, method, deflated "\nname\n  size\nhex…".
func (c *container) pngRawProfile(body []byte, keyword string, lim Limits) []byte {
	rest, ok := bytes.CutPrefix(body, append([]byte(keyword), 0))
	if !ok || len(rest) < 2 || rest[0] != 0 {
		return nil
	}
	lines := strings.Fields(string(c.inflate("IPTC block", rest[1:], lim)))
	if len(lines) < 3 {
		return nil
	}
	out, err := hex.DecodeString(strings.Join(lines[2:], ""))
	if err != nil {
		return nil
	}
	return out
}

// scanWebP walks the RIFF chunks (RFC 9649, section 2).
func (c *container) scanWebP(data []byte, lim Limits) error {
	size := int(binary.LittleEndian.Uint32(data[4:]))
	if size > len(data)-8 {
		return truncated()
	}
	animated := false
	for at := 12; at+8 <= len(data) && at < size+8; {
		kind := string(data[at : at+4])
		n := int(binary.LittleEndian.Uint32(data[at+4:]))
		if n > len(data)-at-8 {
			return truncated()
		}
		body := data[at+8 : at+8+n]
		at += 8 + n + n&1
		w, h := 0, 0
		switch kind {
		case "VP8X":
			if n < 10 {
				return damaged("its header is cut")
			}
			animated = body[0]&0x02 != 0
			w, h = 1+uint24(body[4:]), 1+uint24(body[7:])
		case "ANMF":
			if !animated || c.width == 0 || c.first != nil {
				continue
			}
			if err := c.animation(body, image.Rect(0, 0, c.width, c.height), lim); err != nil {
				return err
			}
			c.warnAnimated()
		case "VP8 ":
			if animated {
				continue
			}
			if n < 10 {
				return truncated()
			}
			w, h = int(binary.LittleEndian.Uint16(body[6:]))&0x3fff, int(binary.LittleEndian.Uint16(body[8:]))&0x3fff
		case "VP8L":
			if animated {
				continue
			}
			if n < 5 {
				return truncated()
			}
			bits := binary.LittleEndian.Uint32(body[1:])
			w, h = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
		case "ICCP":
			if c.within("colour profile", n, lim) {
				c.icc = body
			}
		case "XMP ":
			if c.within("XMP", n, lim) {
				c.xmp = append(c.xmp, body)
			}
		}
		if w != 0 {
			if err := c.bounds(w, h, len(data), 0, lim); err != nil {
				return err
			}
		}
	}
	if c.width == 0 || animated && c.first == nil {
		return truncated()
	}
	return nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
