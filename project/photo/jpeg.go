package photo

// This file owns the walk through a JPEG (ITU-T T.81, annex B): frame header, application segments, and its end.

import (
	"bytes"
	"encoding/binary"
	"sort"
)

const (
	xmpHeader      = "http://ns.adobe.com/xap/1.0/\x00"
	extendedHeader = "http://ns.adobe.com/xmp/extension/\x00"
	psHeader       = "Photoshop 3.0\x00"
	iccHeader      = "ICC_PROFILE\x00"
)

// jpegPixelsPerByte: a flat 8×8 block takes no less than a bit.
const jpegPixelsPerByte = 1024

func (c *container) scanJPEG(data []byte, lim Limits) error {
	var photoshop []byte
	var profile []iccPart
	var extended []xmpPart
	var frame jpegFrame
	var run restarts
	scans := 0
	sound := true // nothing hints at damage
	at := 2
walk:
	for {
		i := bytes.IndexByte(data[at:], 0xff) // lenient: junk between segments is skipped
		if i < 0 || at+i+1 >= len(data) {
			sound = false
			break
		}
		if scans == 0 {
			sound = sound && i == 0
		} else if hasHole(data[at : at+i]) {
			sound = false
		}
		at += i + 1
		marker := data[at]
		switch {
		case marker == 0xff: // fill byte
			continue
		case marker == 0xd9: // EOI
			sound = sound && run.complete()
			break walk
		case marker == 0 || marker == 0x01:
			at++
			continue
		case marker >= 0xd0 && marker <= 0xd7:
			sound = run.next(marker) && sound
			at++
			continue
		case scans > 0 && !ordinary(marker):
			sound = false
			at++
			continue
		case marker == 0xd8: // decoders disagree about what follows a second beginning
			return damaged("it begins twice")
		}
		at++
		if at+2 > len(data) {
			sound = false
			break
		}
		size := int(binary.BigEndian.Uint16(data[at:]))
		if size < 2 && scans == 0 {
			return damaged("a segment of it has no length")
		}
		if size < 2 || at+size > len(data) {
			sound = false
			break
		}
		body := data[at+2 : at+size]
		at += size
		switch marker {
		case 0xc0, 0xc1, 0xc2:
			if frame.components != nil {
				sound = false
				continue
			}
			if err := c.frame(body, len(data), lim); err != nil {
				return err
			}
			var ok bool
			if frame, ok = parseFrame(marker, body); !ok {
				return damaged("its frame header makes no sense")
			}
		case 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf:
			return Refuse(ErrUnsupported, "can't be read here: lossless or arithmetic-coded JPEG; save it as ordinary JPEG")
		case 0xda:
			if scans++; scans > maxScans {
				return Refuse(ErrUnsupported, "can't be read here: JPEG of more than %d scans; save it as ordinary JPEG", maxScans)
			}
			sound = sound && run.complete()
			s, ok := frame.scan(body)
			sound = sound && ok
			run.begin(s)
		case 0xdd:
			if len(body) >= 2 {
				run.interval = int(binary.BigEndian.Uint16(body))
			}
		case 0xe1:
			switch {
			case bytes.HasPrefix(body, []byte(xmpHeader)):
				if c.within("XMP", len(body), lim) {
					c.xmp = append(c.xmp, body[len(xmpHeader):])
				}
			case bytes.HasPrefix(body, []byte(extendedHeader)):
				if p, ok := parseXMPPart(body[len(extendedHeader):]); ok {
					extended = append(extended, p)
				}
			}
		case 0xe2:
			if bytes.HasPrefix(body, []byte(iccHeader)) && len(body) > len(iccHeader)+2 && c.within("colour profile", len(body), lim) {
				profile = append(profile, iccPart{body[len(iccHeader)], body[len(iccHeader)+2:]})
			}
		case 0xed:
			if bytes.HasPrefix(body, []byte(psHeader)) && c.within("IPTC block", len(body), lim) {
				photoshop = append(photoshop, body[len(psHeader):]...)
			}
		}
	}
	switch {
	case scans == 0 && sound:
		return damaged("there are no pixels in it")
	case scans == 0:
		return truncated()
	case c.width == 0:
		return damaged("its size is missing")
	}
	if !sound {
		m, err := mend(data)
		if err != nil {
			return err
		}
		c.mended, c.damaged, c.lost = m.data, m.lost > 0 || m.plain || m.odd, m.percent()
		if pattern, values := m.words(); pattern != "" {
			c.warn(pattern, values...)
		}
	}
	c.iim = photoshopIIM(photoshop)
	c.icc = joinICC(profile)
	c.joinExtended(extended, lim)
	return nil
}

// restarts follows the restart markers of a scan: one that is missing is the surest sign of a hole in it.
type restarts struct {
	interval   int // units between markers, 0 for none
	want, seen int
}

func (r *restarts) begin(s jpegScan) {
	r.want, r.seen = 0, 0
	if r.interval > 0 && s.units() > 0 {
		r.want = (s.units() - 1) / r.interval
	}
}

func (r *restarts) next(marker byte) bool {
	r.seen++
	return int(marker&7) == (r.seen-1)&7
}

func (r *restarts) complete() bool { return r.want == r.seen }

// hasHole reports whether a stretch of coded data has a run of zeros that a failing card or a broken download leaves. A
// plain surface can be coded as such a run too: it is a reason to look closer, no proof.
func hasHole(b []byte) bool {
	const run = 32
	for at := 0; at+run/2 <= len(b); at += run / 2 { // one of two steps lies whole within a run
		if binary.NativeEndian.Uint64(b[at:]) == 0 && binary.NativeEndian.Uint64(b[at+8:]) == 0 {
			return true
		}
	}
	return false
}

// frame reads a start-of-frame segment.
func (c *container) frame(body []byte, fileSize int, lim Limits) error {
	if len(body) < 6 {
		return damaged("its frame header is cut")
	}
	if body[0] != 8 {
		return Refuse(ErrUnsupported, "can't be read here: JPEG with %d bits a sample; save it as ordinary JPEG", body[0])
	}
	c.components = int(body[5])
	h, w := int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	return c.bounds(w, h, fileSize, jpegPixelsPerByte, lim)
}

type iccPart struct {
	number byte
	data   []byte
}

// joinICC puts the parts of a profile in order (ICC.1, annex B.4).
func joinICC(parts []iccPart) []byte {
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].number < parts[j].number })
	var profile []byte
	for _, p := range parts {
		profile = append(profile, p.data...)
	}
	return profile
}

// xmpPart is a part of an extended XMP packet, which a JPEG needs for more than 64 kB (XMP specification part 3, 1.1.3.1).
type xmpPart struct {
	guid          string
	total, offset int
	data          []byte
}

func parseXMPPart(b []byte) (xmpPart, bool) {
	if len(b) < 40 {
		return xmpPart{}, false
	}
	return xmpPart{
		guid:   string(b[:32]),
		total:  int(binary.BigEndian.Uint32(b[32:])),
		offset: int(binary.BigEndian.Uint32(b[36:])),
		data:   b[40:],
	}, true
}

// joinExtended adds the extended packet that the main packet names.
func (c *container) joinExtended(parts []xmpPart, lim Limits) {
	if len(parts) == 0 || len(c.xmp) == 0 {
		return
	}
	var packet []byte
	for _, p := range parts {
		if !bytes.Contains(c.xmp[0], []byte(p.guid)) || p.total > lim.Metadata || p.offset+len(p.data) > p.total {
			continue
		}
		if packet == nil {
			if !c.within("XMP", p.total, lim) {
				return
			}
			packet = make([]byte, p.total)
		}
		if p.total != len(packet) {
			return
		}
		copy(packet[p.offset:], p.data)
	}
	if packet != nil {
		c.xmp = append(c.xmp, packet)
	}
}

// photoshopIIM finds the IIM block among Photoshop's image resources (Adobe Photoshop file formats, image resource blocks).
func photoshopIIM(b []byte) []byte {
	const iptc = 0x0404
	var iim []byte
	for len(b) >= 12 && string(b[:4]) == "8BIM" {
		id := binary.BigEndian.Uint16(b[4:])
		name := 1 + int(b[6])
		name += name & 1
		if 6+name+4 > len(b) {
			break
		}
		size := int(binary.BigEndian.Uint32(b[6+name:]))
		b = b[6+name+4:]
		if size > len(b) {
			size = len(b) // a cut last block still has whole datasets at its start
		}
		if id == iptc {
			iim = append(iim, b[:size]...)
		}
		b = b[min(size+size&1, len(b)):]
	}
	return iim
}
