package photo

import (
	"errors"
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	for _, tc := range []struct {
		name, head string
		want       Format
		err        error
		says       string
	}{
		{name: "jpeg", head: "\xff\xd8\xff\xe0", want: JPEG},
		{name: "png", head: "\x89PNG\r\n\x1a\n", want: PNG},
		{name: "gif", head: "GIF89a", want: GIF},
		{name: "webp", head: "RIFF\x00\x00\x00\x00WEBPVP8 ", want: WebP},
		{name: "tiff little-endian", head: "II*\x00", want: TIFF},
		{name: "tiff big-endian", head: "MM\x00*", want: TIFF},
		{name: "avif by its own brand", head: "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1miaf", want: AVIF},
		{name: "heic by a compatible brand", head: "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00heic", want: HEIC},
		{name: "empty", err: ErrEmpty, says: "is empty"},
		{name: "text", head: "not a photo", err: ErrNotPhoto, says: "plain text"},
		{name: "web page", head: "<!DOCTYPE html><title>", err: ErrNotPhoto, says: "a web page"},
		{name: "pdf", head: "%PDF-1.7\n%\xe2", err: ErrNotPhoto, says: "a PDF"},
		{name: "film", head: "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", err: ErrNotPhoto, says: "a film"},
		{name: "sound in RIFF", head: "RIFF\x00\x00\x00\x00WAVEfmt ", err: ErrNotPhoto, says: "unknown bytes"},
		{name: "canon raw", head: "II*\x00\x10\x00\x00\x00CR\x02\x00", err: ErrNotPhoto, says: "camera raw"},
		{name: "cut signature", head: "\xff\xd8", err: ErrNotPhoto},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Recognise([]byte(tc.head))
			if got != tc.want || !errors.Is(err, tc.err) {
				t.Fatalf("got %q, %v; want %q, %v", got, err, tc.want, tc.err)
			}
			if err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("reason %q doesn't say %q", err, tc.says)
			}
		})
	}
}

func TestInspectRefuses(t *testing.T) {
	small := jpegBytes(scene(64, 48))
	bomb := pngBytes(scene(8, 8))
	copy(bomb[16:], "\x00\x00\xea\x60\x00\x00\xea\x60") // 60000 × 60000
	liar := append([]byte(nil), small...)
	for i := range liar {
		if liar[i] == 0xff && liar[i+1] == 0xc0 {
			copy(liar[i+5:], "\x4e\x20\x4e\x20") // 20000 × 20000
			break
		}
	}
	hungry := append([]byte(nil), liar...)
	for i := range hungry {
		if hungry[i] == 0xff && hungry[i+1] == 0xc0 {
			copy(hungry[i+5:], "\x27\x10\x27\x10") // 10000 × 10000, within the limit but not within the bytes
			break
		}
	}
	twelve := append([]byte(nil), small...)
	for i := range twelve {
		if twelve[i] == 0xff && twelve[i+1] == 0xc0 {
			twelve[i+4] = 12
			break
		}
	}
	webp := webpBytes(scene(64, 48))
	animated := webpWith(webp, 64, 48, 0x02)
	for _, tc := range []struct {
		name string
		data []byte
		lim  Limits
		err  error
		says string
	}{
		{name: "png bomb", data: bomb, err: ErrTooLarge, says: "60000 × 60000 pixels; the limit is 150 megapixels"},
		{name: "jpeg claiming 400 MP", data: liar, err: ErrTooLarge, says: "20000 × 20000"},
		{name: "jpeg claiming more than its bytes can hold", data: hungry, err: ErrTruncated, says: "ask for it again"},
		{name: "too many bytes", data: small, lim: Limits{Bytes: 100}, err: ErrTooLarge},
		{name: "too many pixels for this limit", data: small, lim: Limits{Pixels: 1000}, err: ErrTooLarge, says: "64 × 48 pixels; the limit is 1000 pixels"},
		{name: "jpeg cut before its pixels", data: small[:200], err: ErrTruncated, says: "is cut off"},
		{name: "cut jpeg header", data: small[:30], err: ErrTruncated},
		{name: "twelve-bit jpeg", data: twelve, err: ErrUnsupported, says: "12 bits"},
		{name: "jpeg without pixels", data: []byte("\xff\xd8\xff\xd9"), err: ErrDamaged},
		{name: "cut png", data: pngBytes(scene(64, 48))[:200], err: ErrTruncated},
		{name: "cut webp", data: webp[:len(webp)-9], err: ErrTruncated},
		{name: "animated webp without a frame", data: animated, err: ErrTruncated},
		{name: "cut tiff", data: tiffFile(scene(64, 48))[:500], err: ErrTruncated},
		{name: "cut gif", data: gifBytes(scene(64, 48))[:9], err: ErrTruncated},
		{name: "dng", data: tiffFile(scene(64, 48), tiffEntry{50706, 1, []byte{1, 4, 0, 0}}), err: ErrUnsupported, says: "camera raw"},
		{name: "nef", data: tiffFile(scene(64, 48), tiffEntry{254, 4, []byte{1, 0, 0, 0}}, tiffEntry{330, 4, make([]byte, 4)}), err: ErrUnsupported, says: "camera raw"},
		{name: "heic", data: []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), err: ErrUnsupported, says: "HEIC; save it as JPEG"},
		{name: "avif", data: []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"), err: ErrUnsupported, says: "AVIF; save it as JPEG"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Inspect(tc.data, tc.lim)
			if !errors.Is(err, tc.err) || !strings.Contains(err.Error(), tc.says) {
				t.Fatalf("Inspect: got %v, want %v saying %q", err, tc.err, tc.says)
			}
			if _, err := Decode(tc.data, nil, DecodeOptions{Limits: tc.lim}); !errors.Is(err, tc.err) {
				t.Errorf("Decode: got %v, want %v", err, tc.err)
			}
		})
	}
}

func TestLooksDamagedButIsWhole(t *testing.T) {
	whole := jpegBytes(scene(64, 48))
	for _, tc := range []struct {
		name string
		data []byte
	}{
		{"bytes after the end", append(append([]byte(nil), whole...), "maker's trailer \xff\xd8\xff"...)},
		{"fill bytes before a marker", append([]byte("\xff\xd8\xff\xff"), whole[3:]...)},
		{"a preview with its own end in a segment", jpegBytes(scene(64, 48), exifSegment(append(exifBlock(false, orientationEntry(1)), whole...)))},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info, err := Inspect(tc.data, Limits{})
			if err != nil || info.Width != 64 || info.Height != 48 {
				t.Fatalf("got %+v, %v", info, err)
			}
		})
	}
}
