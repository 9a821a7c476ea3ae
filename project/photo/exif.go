package photo

// This file owns EXIF: orientation, time, place as a yes or no, and the words that a camera or a reporter left there.

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/bep/imagemeta"
)

// exif is what the package wants from a file's EXIF.
type exif struct {
	orientation int // 1 where the file says nothing sensible
	gps         bool
	srgb        bool // ColorSpace says sRGB
	adobeRGB    bool // the camera's way to say Adobe RGB without a profile (DCF 2.0, interoperability index R03)
	found       []Reading
}

var exifFormats = map[Format]imagemeta.ImageFormat{
	JPEG: imagemeta.JPEG,
	PNG:  imagemeta.PNG,
	WebP: imagemeta.WebP,
	TIFF: imagemeta.TIFF,
}

var wantedTags = map[string]bool{
	"Orientation": true, "ImageDescription": true, "Artist": true, "Copyright": true, "ColorSpace": true,
	"DateTimeOriginal": true, "OffsetTimeOriginal": true, "InteroperabilityIndex": true, "InteropIndex": true,
	"GPSLatitude": true, "GPSLongitude": true,
}

// readEXIF collects the wanted tags. Broken EXIF gives what came before the break: a photo isn't refused for it.
func readEXIF(data []byte, f Format) exif {
	format, ok := exifFormats[f]
	if !ok {
		return exif{orientation: 1}
	}
	// After a timeout the library's goroutine may go on handing tags over, so the map changes hands under a lock.
	var mu sync.Mutex
	tags, done := map[string]any{}, false
	src := &detachable{r: bytes.NewReader(data)}
	defer src.detach()
	_, _ = imagemeta.Decode(imagemeta.Options{
		R:           src,
		ImageFormat: format,
		Sources:     imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool {
			return wantedTags[t.Tag] && strings.HasPrefix(t.Namespace, "IFD0")
		},
		HandleTag: func(t imagemeta.TagInfo) error {
			mu.Lock()
			defer mu.Unlock()
			if _, seen := tags[t.Tag]; !seen && !done {
				tags[t.Tag] = t.Value
			}
			return nil
		},
		LimitNumTags: 5000,
		LimitTagSize: 64 << 10,
		Timeout:      2 * time.Second,
	})
	mu.Lock()
	defer mu.Unlock()
	done = true
	return exifFrom(tags)
}

// detachable reads until it is told that the bytes are somebody else's by now.
type detachable struct {
	mu sync.Mutex
	r  *bytes.Reader // nil once detached
}

func (d *detachable) detach() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.r = nil
}

func (d *detachable) Read(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.r == nil {
		return 0, io.EOF
	}
	return d.r.Read(p)
}

func (d *detachable) Seek(offset int64, whence int) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.r == nil {
		return 0, io.EOF
	}
	return d.r.Seek(offset, whence)
}

func exifFrom(tags map[string]any) exif {
	e := exif{orientation: 1}
	if o, ok := tags["Orientation"].(uint16); ok && o >= 1 && o <= 8 {
		e.orientation = int(o)
	}
	if cs, ok := tags["ColorSpace"].(uint16); ok {
		e.srgb = cs == 1
	}
	for _, name := range []string{"InteroperabilityIndex", "InteropIndex"} {
		e.adobeRGB = e.adobeRGB || strings.HasPrefix(exifText(tags[name]), "R03")
	}
	_, lat := tags["GPSLatitude"]
	_, long := tags["GPSLongitude"]
	e.gps = lat && long
	for _, w := range []struct{ field, value string }{
		{fieldCaption, exifText(tags["ImageDescription"])},
		{fieldByline, exifText(tags["Artist"])},
		{fieldCopyright, exifText(tags["Copyright"])},
		{fieldTakenAt, exifTime(exifText(tags["DateTimeOriginal"]), exifText(tags["OffsetTimeOriginal"]))},
	} {
		if w.value != "" && !boilerplate(w.value) {
			e.found = append(e.found, Reading{Field: w.field, Origin: OriginEXIF, Value: w.value})
		}
	}
	return e
}

func exifText(v any) string {
	s, ok := v.(string)
	if !ok {
		return ""
	}
	// The copyright tag holds two NUL-separated texts: the photographer's and the editor's.
	var parts []string
	for p := range strings.SplitSeq(s, "\x00") {
		if p = decodeText([]byte(p), false); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "; ")
}

var exifOffset = regexp.MustCompile(`^[+-]\d\d:\d\d$`)

// exifTime turns "2006:01:02 15:04:05" and an offset into ISO 8601; "" for blanks and zeros.
func exifTime(stamp, offset string) string {
	t, err := time.Parse("2006:01:02 15:04:05", stamp)
	if err != nil || t.Year() < 1826 { // the year of the first photograph
		return ""
	}
	if !exifOffset.MatchString(offset) {
		offset = ""
	}
	return t.Format("2006-01-02T15:04:05") + offset
}

var boilerplateText = regexp.MustCompile(`(?i)^(` + strings.Join([]string{
	`(olympus|konica|minolta|konica minolta|sanyo|kodak|pentax|ricoh|vivitar)? ?digital (still )?camera`,
	`sony dsc`, `samsung( digital camera)?`, `exif[_ ]jpeg[_ ]picture`, `jpeg[_ ]picture`, `my (beautiful )?picture`,
	`default`, `untitled`, `dcim\\.*`, `<?(kenox|digimax) .*`, `n/?a`, `none`, `unknown`, `copyright`, `photographer`, `artist`,
}, "|") + `)$`)

// boilerplate reports whether a camera wrote the words, not a person.
func boilerplate(s string) bool { return boilerplateText.MatchString(squeeze(s)) }
