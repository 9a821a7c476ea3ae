package photo

// This file owns the walk through a file's container: sizes, and the raw blocks of words and colour, without pixels.

import (
	"bytes"
	"encoding/binary"
	"image/gif"
	"slices"
)

// container is what the outer layers of a file hold.
type container struct {
	width, height int    // as stored, before orientation
	components    int    // colour components of a JPEG
	mended        []byte // a damaged JPEG as decoders should see it, nil for one that isn't
	damaged       bool   // pixels are missing or may be wrong
	lost          int    // percent of the picture that is missing
	xmp           [][]byte
	iim           []byte // IIM datasets, without the Photoshop wrapping
	icc           []byte
	first         *webpFrame // frame of an animation
	srgb          bool       // a PNG says sRGB without a profile
	converted     bool       // the pixels that were decoded are sRGB already
	metadata      int        // bytes of metadata that were read
	warnings      []Sentence
}

func (c *container) warn(pattern string, values ...any) {
	w := Sentence{pattern, values}
	if !slices.ContainsFunc(c.warnings, func(o Sentence) bool { return o.String() == w.String() }) {
		c.warnings = append(c.warnings, w)
	}
}

// within reports whether a block of metadata is small enough to keep beside those before it, and warns where not.
func (c *container) within(what string, size int, lim Limits) bool {
	if size > c.left(lim) {
		c.warn("its %s is too large to be read", Term(what))
		return false
	}
	c.metadata += size
	return true
}

// left is how many more bytes of metadata are read of the file: a block may have lim.Metadata, all of them twice that.
// Thousands of blocks that are small each would take as long as one that is huge.
func (c *container) left(lim Limits) int {
	return max(0, min(lim.Metadata, 2*lim.Metadata-c.metadata))
}

// scan walks the container of a recognised format and checks its claims against lim.
func scan(data []byte, f Format, lim Limits) (*container, error) {
	if int64(len(data)) > lim.Bytes {
		return nil, Refuse(ErrTooLarge, "is too large: %d MB; the limit is %d MB", len(data)>>20, lim.Bytes>>20)
	}
	c := &container{}
	var err error
	switch f {
	case JPEG:
		err = c.scanJPEG(data, lim)
	case PNG:
		err = c.scanPNG(data, lim)
	case WebP:
		err = c.scanWebP(data, lim)
	case TIFF:
		err = c.scanTIFF(data, lim)
	case GIF:
		err = c.scanGIF(data, lim)
	case HEIC, AVIF:
		err = Refuse(ErrUnsupported, "can't be read here: %s; save it as JPEG and import that", f.Label())
	default:
		err = Refuse(ErrNotPhoto, "is not a photograph: unknown format %s", f)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// bounds takes the claimed size. perByte is the most pixels that one byte of this format can hold (0: no such bound): a
// tiny file that claims a huge photo is refused before anything is allocated for it.
func (c *container) bounds(w, h int, have int, perByte int, lim Limits) error {
	if w <= 0 || h <= 0 {
		return damaged("it says that it has no size")
	}
	if w > lim.Pixels/h {
		if lim.Pixels < 1_000_000 {
			return Refuse(ErrTooLarge, "is too large: %d × %d pixels; the limit is %d pixels", w, h, lim.Pixels)
		}
		return Refuse(ErrTooLarge, "is too large: %d × %d pixels; the limit is %d megapixels", w, h, lim.Pixels/1_000_000)
	}
	const small = 1 << 20 // not worth a doubt
	if perByte > 0 && w*h > small && w*h/perByte > have {
		return truncated()
	}
	c.width, c.height = w, h
	return nil
}

func (c *container) scanGIF(data []byte, lim Limits) error {
	cfg, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return decodeError(err)
	}
	if gifAnimates(data) {
		c.warnAnimated()
	}
	// The last trailer byte is often missing on the web and harmless; a missing frame fails in Decode.
	return c.bounds(cfg.Width, cfg.Height, len(data), 4096, lim)
}

// scanTIFF reads the first directory (TIFF 6.0, section 2).
func (c *container) scanTIFF(data []byte, lim Limits) error {
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	if len(data) < 8 {
		return truncated()
	}
	at := int(order.Uint32(data[4:]))
	if at < 8 || at+2 > len(data) {
		return truncated()
	}
	var w, h int
	var preview, subdirectories bool
	entries := int(order.Uint16(data[at:]))
	for i := range entries {
		e := at + 2 + 12*i
		if e+12 > len(data) {
			return truncated()
		}
		tag, kind := order.Uint16(data[e:]), order.Uint16(data[e+2:])
		count := int(order.Uint32(data[e+4:]))
		switch tag {
		case 256, 257: // ImageWidth, ImageLength
			v := int(order.Uint32(data[e+8:]))
			switch {
			case count != 1: // then the decoder would find another size somewhere else
				return damaged("its size makes no sense")
			case kind == 3:
				v = int(order.Uint16(data[e+8:]))
			case kind == 1:
				v = int(data[e+8])
			}
			if tag == 256 {
				w = v
			} else {
				h = v
			}
		case 254: // NewSubfileType
			preview = order.Uint32(data[e+8:])&1 != 0
		case 330: // SubIFDs
			subdirectories = true
		case 50706: // DNGVersion
			return cameraRaw()
		case 700: // XMP
			if b, ok := tiffBytes(data, order, e, kind, count); ok && c.within("XMP", len(b), lim) {
				c.xmp = append(c.xmp, b)
			}
		case 33723: // IPTC-NAA, often typed LONG
			if b, ok := tiffBytes(data, order, e, kind, count); ok && c.within("IPTC block", len(b), lim) {
				c.iim = append(c.iim, b...)
			}
		case 34377: // Photoshop image resources
			if b, ok := tiffBytes(data, order, e, kind, count); ok && len(c.iim) == 0 && c.within("IPTC block", len(b), lim) {
				c.iim = append(c.iim, photoshopIIM(b)...)
			}
		case 34675: // ICC profile
			if b, ok := tiffBytes(data, order, e, kind, count); ok && c.within("colour profile", len(b), lim) {
				c.icc = b
			}
		}
	}
	if preview && subdirectories { // the photo itself is further in, undeveloped
		return cameraRaw()
	}
	return c.bounds(w, h, len(data), 4096, lim)
}

func cameraRaw() error {
	return Refuse(ErrUnsupported, "can't be read here: a camera raw file; develop it to JPEG and import that")
}

// tiffBytes is the value of a byte, undefined or long entry at offset e of data.
func tiffBytes(data []byte, order binary.ByteOrder, e int, kind uint16, count int) ([]byte, bool) {
	size := count
	if kind == 4 {
		size *= 4
	}
	at := int(order.Uint32(data[e+8:]))
	if size <= 4 || at < 0 || size > len(data) || at > len(data)-size {
		return nil, false
	}
	return data[at : at+size], true
}
