package derive

// This file owns the encoders' common part: JPEG with its segments, and the WebP container around what libwebp makes.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"photodesk/project/photo"
)

// The versions of the modules that encode, for keys and manifests; a test holds them against go.mod.
const (
	jpegnVersion      = "v0.6.0"
	gen2WebPVersion   = "v0.5.5"
	avifVersion       = "v0.4.4"
	profileHeader     = "ICC_PROFILE\x00"
	maxProfileSegment = 65000
)

// Encoders names what makes each format, with version and effort.
func Encoders() map[string]string {
	out := map[string]string{}
	for _, f := range []string{JPEG, WebP, AVIF} {
		out[f] = encoderOf(f)
	}
	return out
}

func encoderOf(format string) string {
	switch format {
	case JPEG:
		return jpegEncoder()
	case WebP:
		return webpEncoder()
	case AVIF:
		return avifEncoder()
	}
	return ""
}

// segments are the blocks of words and colour that go into every derivative of a photo.
type segments struct {
	xmp, iim, profile []byte
}

// newSegments prepares them; kept is the colour profile of pixels that are not sRGB.
func newSegments(c carried, kept []byte) segments {
	s := segments{xmp: c.xmpPacket(), iim: c.photoshopIIM(), profile: srgbProfile()}
	if kept != nil {
		s.profile = kept
	}
	return s
}

// encode encodes pixels without words. A panic of an encoder becomes an error.
func encode(img *image.YCbCr, format string, quality int) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			data, err = nil, fmt.Errorf("encode %s: %v", format, r)
		}
	}()
	switch format {
	case JPEG:
		data, err = encodeJPEG(img, quality)
	case WebP:
		data, err = encodeWebP(img, quality)
	case AVIF:
		data, err = encodeAVIF(photo.RGBOf(img), quality)
	default:
		err = errors.New("unknown format")
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", format, err)
	}
	return data, nil
}

// into puts the segments into encoded pixels.
func (s segments) into(pixels []byte, format string, w, h int) (data []byte, err error) {
	switch format {
	case JPEG:
		data, err = s.intoJPEG(pixels)
	case WebP:
		data, err = wrapWebP(pixels, w, h, s)
	case AVIF:
		data, err = wrapAVIF(pixels, s)
	}
	if err != nil {
		return nil, fmt.Errorf("write the words into %s: %w", format, err)
	}
	return data, nil
}

// intoJPEG puts the segments behind the JFIF header (ITU-T T.871, 10.1), where readers look for them.
func (s segments) intoJPEG(pixels []byte) ([]byte, error) {
	at := 2
	if len(pixels) < 4 || pixels[0] != 0xff || pixels[1] != 0xd8 {
		return nil, errors.New("the encoder gave no JPEG")
	}
	if pixels[2] == 0xff && pixels[3] == 0xe0 && len(pixels) >= 6 {
		at += 2 + int(binary.BigEndian.Uint16(pixels[4:]))
	}
	if at > len(pixels) {
		return nil, errors.New("the encoder gave a cut JPEG")
	}
	out := photo.Borrow(len(pixels) + len(s.xmp) + len(s.iim) + len(s.profile) + 1024)[:0]
	out = append(out, pixels[:at]...)
	if s.xmp != nil {
		out = jpegSegment(out, 0xe1, "http://ns.adobe.com/xap/1.0/\x00", s.xmp)
	}
	parts := (len(s.profile) + maxProfileSegment - 1) / maxProfileSegment
	for i := range parts {
		part := s.profile[i*maxProfileSegment : min((i+1)*maxProfileSegment, len(s.profile))]
		out = jpegSegment(out, 0xe2, profileHeader+string([]byte{byte(i + 1), byte(parts)}), part)
	}
	if s.iim != nil {
		out = jpegSegment(out, 0xed, "Photoshop 3.0\x00", s.iim)
	}
	return append(out, pixels[at:]...), nil
}

func jpegSegment(out []byte, marker byte, head string, body []byte) []byte {
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(2+len(head)+len(body)))
	return append(append(out, head...), body...)
}

// wrapWebP puts the pixels' chunks of a plain WebP into an extended one with profile and XMP (RFC 9649, section 2.7).
func wrapWebP(plain []byte, w, h int, s segments) ([]byte, error) {
	if len(plain) < 12 || string(plain[:4]) != "RIFF" || string(plain[8:12]) != "WEBP" {
		return nil, errors.New("the encoder gave no WebP")
	}
	const hasProfile, hasAlpha, hasXMP = 0x20, 0x10, 0x04
	flags := byte(hasProfile)
	var pixels [][]byte // whole chunks
	for at := 12; at+8 <= len(plain); {
		size := int(binary.LittleEndian.Uint32(plain[at+4:]))
		end := at + 8 + size + size&1
		if end > len(plain) {
			return nil, errors.New("the encoder gave a cut WebP")
		}
		switch kind := string(plain[at : at+4]); kind {
		case "ALPH", "VP8 ", "VP8L":
			if kind == "ALPH" {
				flags |= hasAlpha
			}
			pixels = append(pixels, plain[at:end])
		}
		at = end
	}
	if s.xmp != nil {
		flags |= hasXMP
	}
	size := make([]byte, 4)
	head := []byte{flags, 0, 0, 0}
	for _, n := range []int{w - 1, h - 1} {
		binary.LittleEndian.PutUint32(size, uint32(n))
		head = append(head, size[:3]...)
	}
	out := append(photo.Borrow(len(plain) + len(s.profile) + len(s.xmp) + 1024)[:0], "RIFF\x00\x00\x00\x00WEBP"...)
	out = chunk(out, "VP8X", head)
	out = chunk(out, "ICCP", s.profile)
	for _, whole := range pixels {
		out = append(out, whole...)
	}
	if s.xmp != nil {
		out = chunk(out, "XMP ", s.xmp)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}

func chunk(b []byte, kind string, data []byte) []byte {
	b = append(b, kind...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	b = append(b, data...)
	if len(data)%2 == 1 {
		b = append(b, 0)
	}
	return b
}
