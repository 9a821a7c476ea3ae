package sheet

// This file owns photographs in the PDF: the JPEG's own bytes, with the colour profile that a PDF wants beside them.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // its header
	"slices"
)

// photoObject adds a JPEG. Readers of PDF don't look for a profile within a JPEG (ISO 32000-1, 8.9.5.1), so it is given as the
// colour space; profiles are shared, by their bytes.
func (d *document) photoObject(data []byte) (ref, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "jpeg" {
		return 0, fmt.Errorf("not a JPEG: %w", cmp.Or(err, image.ErrFormat))
	}
	space, channels := "/DeviceRGB", 3
	if cfg.ColorModel == color.GrayModel {
		space, channels = "/DeviceGray", 1
	}
	if profile := iccOf(data); profile != nil && channels == 3 {
		at, known := d.profiles[string(profile)]
		if !known {
			if at, err = d.packed(fmt.Sprintf("/N %d", channels), profile); err != nil {
				return 0, err
			}
			d.profiles[string(profile)] = at
		}
		space = fmt.Sprintf("[/ICCBased %v]", at)
	}
	return d.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s/Filter/DCTDecode",
		cfg.Width, cfg.Height, space), data), nil
}

// iccOf is the profile in a JPEG's APP2 segments (ICC.1, annex B.4), or nil.
func iccOf(data []byte) []byte {
	type part struct {
		n    byte
		data []byte
	}
	var parts []part
	for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != 0xda; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 2 || at+2+size > len(data) {
			return nil
		}
		body := data[at+4 : at+2+size]
		if after, is := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00")); data[at+1] == 0xe2 && is && len(after) > 2 {
			parts = append(parts, part{after[0], after[2:]})
		}
		at += 2 + size
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.n, b.n) })
	var out []byte
	for _, p := range parts {
		out = append(out, p.data...)
	}
	return out
}
