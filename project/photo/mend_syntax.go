package photo

// This file owns the segments of a JPEG that mending reads: frames and scans (ITU-T T.81, annex B).

import (
	"encoding/binary"
	"slices"
)

// jpegFrame is a start-of-frame segment (ITU-T T.81, B.2.2).
type jpegFrame struct {
	progressive   bool
	width, height int
	hMax, vMax    int
	components    []jpegComponent
}

type jpegComponent struct {
	id   byte
	h, v int // sampling factors
}

func parseFrame(marker byte, body []byte) (jpegFrame, bool) {
	f := jpegFrame{progressive: marker == 0xc2}
	if len(body) < 6 || len(body) < 6+3*int(body[5]) {
		return f, false
	}
	f.height, f.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	for i := range int(body[5]) {
		b := body[6+3*i:]
		c := jpegComponent{b[0], int(b[1] >> 4), int(b[1] & 15)}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 {
			return f, false
		}
		f.hMax, f.vMax = max(f.hMax, c.h), max(f.vMax, c.v)
		f.components = append(f.components, c)
	}
	return f, len(f.components) > 0
}

// jpegScan is a start-of-scan segment (B.2.3).
type jpegScan struct {
	parts         []scanPart
	start, end    byte // of the coefficients
	high          byte // bits that an earlier scan gave
	columns, rows int  // units of it
	blocks        int  // of a unit
	leads         bool // it has the first component
}

type scanPart struct{ component, blocks, dc, ac int }

func (f jpegFrame) scan(body []byte) (jpegScan, bool) {
	var s jpegScan
	if len(body) < 1 || len(body) < 4+2*int(body[0]) || body[0] < 1 || body[0] > 4 {
		return s, false
	}
	for i := range int(body[0]) {
		b := body[1+2*i:]
		at := slices.IndexFunc(f.components, func(c jpegComponent) bool { return c.id == b[0] })
		if at < 0 || b[1]>>4 > 3 || b[1]&15 > 3 {
			return s, false
		}
		s.parts = append(s.parts, scanPart{at, f.components[at].h * f.components[at].v, int(b[1] >> 4), int(b[1] & 15)})
		s.leads = s.leads || at == 0
	}
	tail := body[1+2*len(s.parts):]
	s.start, s.end, s.high = tail[0], tail[1], tail[2]>>4
	up := func(a, b int) int { return (a + b - 1) / b }
	if len(s.parts) == 1 { // a component alone comes block by block, without the filling of units
		c := f.components[s.parts[0].component]
		s.parts[0].blocks = 1
		s.columns, s.rows = up(up(f.width*c.h, f.hMax), 8), up(up(f.height*c.v, f.vMax), 8)
	} else {
		s.columns, s.rows = up(f.width, 8*f.hMax), up(f.height, 8*f.vMax)
	}
	for _, p := range s.parts {
		s.blocks += p.blocks
	}
	return s, true
}

func (s jpegScan) units() int { return s.columns * s.rows }
