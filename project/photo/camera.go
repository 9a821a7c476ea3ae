package photo

// This file owns the camera's settings: what a caption under a camera review says, and nothing that tells one camera from
// another of its kind.

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/bep/imagemeta"
)

// Camera is how a photo was taken. Numbers are as EXIF spells them (CIPA DC-008): fractions such as "1/250".
type Camera struct {
	Make, Model, Lens                     string
	Exposure, FNumber, FocalLength, Speed string // seconds, f-number, millimetres, ISO
}

// CameraOf reads the camera's settings from a photo's EXIF; what is missing or damaged stays empty.
func CameraOf(data []byte) (c Camera) {
	var err error
	defer guard(&err)
	f, err := Recognise(data[:min(len(data), 512)])
	if err != nil {
		return c
	}
	format, ok := exifFormats[f]
	if !ok {
		return c
	}
	var mu sync.Mutex // see readEXIF
	found, done := map[string]string{}, false
	wanted := map[string]*string{
		"Make": &c.Make, "Model": &c.Model, "LensModel": &c.Lens, "ExposureTime": &c.Exposure, "FNumber": &c.FNumber,
		"FocalLength": &c.FocalLength, "ISO": &c.Speed,
	}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool {
			return wanted[t.Tag] != nil && strings.HasPrefix(t.Namespace, "IFD0")
		},
		HandleTag: func(t imagemeta.TagInfo) error {
			mu.Lock()
			defer mu.Unlock()
			if found[t.Tag] == "" && !done {
				found[t.Tag] = settingText(t.Value)
			}
			return nil
		},
		LimitNumTags: 5000, LimitTagSize: 64 << 10, Timeout: 2 * time.Second,
	})
	mu.Lock()
	defer mu.Unlock()
	done = true
	for tag, to := range wanted {
		if found[tag] != "" {
			*to = found[tag]
		}
	}
	return c
}

var fraction = regexp.MustCompile(`^\d+(/[1-9]\d*)?$`)

// settingText is a text or a number that is finite; "" for all else.
func settingText(v any) string {
	switch v := v.(type) {
	case string:
		return exifText(v)
	case fmt.Stringer, uint16, uint32:
		if s := fmt.Sprint(v); fraction.MatchString(s) {
			return s
		}
	}
	return ""
}
