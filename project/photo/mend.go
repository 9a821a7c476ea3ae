package photo

// This file owns damaged JPEGs. Viewers show what is left of a photo that was cut off while it was sent, or that a failing
// card has holes in; so do we, with a warning. Decoders differ in what they make of damage (grey, green, a smear of the last
// colour, a refusal), so the damage is taken out before they see it: the entropy-coded data is walked without making a
// pixel, and every part that can't be is written anew as grey.

import (
	"bytes"
	"encoding/binary"
	"slices"
)

const (
	// leastShare is the part of a photo, in percent, below which nothing is worth showing.
	leastShare = 2
	// maxScans is more than any progressive JPEG has; a small file with thousands of scans would take hours.
	maxScans = 100
)

// mended is what can be shown of a damaged JPEG.
type mended struct {
	data  []byte
	lost  int  // units of the first component's scan that are grey
	units int  // of all
	cut   bool // it has no end
	plain bool // it is progressive and not all of its detail has come
	odd   bool // there is more in it than its picture takes
	stuck bool // its code tables can't say grey
}

// words are the warning for an editor, "" where the whole picture is there after all.
func (m mended) words() (pattern string, values []any) {
	switch {
	case m.lost > 0:
		return "it is damaged: about %d %% of the picture is missing and shown grey; ask for it again", []any{m.percent()}
	case m.plain:
		return "it is damaged: its fine detail is missing, so that it may look blurred; ask for it again", nil
	case m.odd:
		return "it is damaged: a part of the picture may look wrong; ask for it again", nil
	case m.cut:
		return "the end of the file is missing, but all of the picture is there", nil
	}
	return "", nil
}

// percent of the picture that is missing; what is missing at all is never 0.
func (m mended) percent() int {
	if m.lost == 0 {
		return 0
	}
	return max(1, (100*m.lost+m.units/2)/m.units)
}

// mender walks a JPEG and writes it anew.
type mender struct {
	mended
	in       []byte
	at       int
	frame    jpegFrame
	tables   [2][4]*huffman
	interval int // units between restart markers, 0 for none
	covered  []bool
	scratch  []byte
}

// mend makes a whole JPEG of a damaged one. Its errors say that next to nothing is left.
func mend(data []byte) (mended, error) {
	m := &mender{in: data, at: 2}
	m.data = append(make([]byte, 0, len(data)+len(data)/8+1024), 0xff, 0xd8)
	if err := m.walk(); err != nil {
		return mended{}, err
	}
	if m.stuck || m.units == 0 || 100*(m.units-m.lost) < leastShare*m.units {
		return mended{}, truncated()
	}
	m.addMissing()
	m.data = append(m.data, 0xff, 0xd9)
	return m.mended, nil
}

func (m *mender) walk() error {
	for {
		marker, body, ok := m.segment()
		if !ok {
			m.cut = true
			return nil
		}
		switch marker {
		case 0xd9:
			return nil
		case 0xc0, 0xc1, 0xc2:
			if m.frame.components != nil {
				m.odd = true
				continue
			}
			if m.frame, ok = parseFrame(marker, body); !ok {
				return damaged("its frame header makes no sense")
			}
			m.covered = make([]bool, len(m.frame.components))
			m.copySegment(marker, body)
		case 0xc4:
			if m.readTables(body) {
				m.copySegment(marker, body)
			} else {
				m.odd = true
			}
		case 0xdd:
			if len(body) >= 2 {
				m.interval = int(binary.BigEndian.Uint16(body))
				m.copySegment(marker, body)
			}
		case 0xdb, 0xee:
			m.copySegment(marker, body)
		case 0xda:
			if m.frame.components == nil {
				return damaged("its size is missing")
			}
			if s, ok := m.frame.scan(body); ok {
				m.scan(s, body)
			} else {
				m.odd = true
			}
		}
	}
}

// segment is the next marker that there can be outside of entropy-coded data, with what belongs to it.
func (m *mender) segment() (marker byte, body []byte, ok bool) {
	for {
		i := bytes.IndexByte(m.in[m.at:], 0xff)
		if i < 0 || m.at+i+1 >= len(m.in) {
			return 0, nil, false
		}
		m.at += i + 1
		marker = m.in[m.at]
		if marker == 0xff {
			continue
		}
		m.at++
		if marker == 0xd9 {
			return marker, nil, true
		}
		if !ordinary(marker) {
			continue
		}
		if m.at+2 > len(m.in) {
			return 0, nil, false
		}
		size := int(binary.BigEndian.Uint16(m.in[m.at:]))
		if size < 2 || size > len(m.in)-m.at {
			return 0, nil, false
		}
		body = m.in[m.at+2 : m.at+size]
		m.at += size
		return marker, body, true
	}
}

// ordinary reports whether a marker begins a segment that real files have: tables, scans, application data, comments.
func ordinary(marker byte) bool {
	switch marker {
	case 0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdc, 0xdd, 0xfe:
		return true
	}
	return marker >= 0xe0 && marker <= 0xef
}

func (m *mender) copySegment(marker byte, body []byte) {
	m.data = append(m.data, 0xff, marker)
	m.data = binary.BigEndian.AppendUint16(m.data, uint16(len(body)+2))
	m.data = append(m.data, body...)
}

func (m *mender) readTables(b []byte) bool {
	for len(b) > 0 {
		if len(b) < 17 || b[0]>>4 > 1 || b[0]&15 > 3 {
			return false
		}
		n := 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if n > 256 || len(b) < 17+n {
			return false
		}
		t := newHuffman(b[1:17], b[17:17+n])
		if t == nil {
			return false
		}
		m.tables[b[0]>>4][b[0]&15] = t
		b = b[17+n:]
	}
	return true
}

// stretch is entropy-coded data up to a marker.
type stretch struct {
	raw      []byte // as in the file, zeros stuffed behind 0xff
	at       int    // where it begins in the file
	restart  int    // the number of the restart marker before it, -1 at the scan's start
	broken   bool   // something is in it that belongs nowhere
	interval int    // which one of the scan it is, -1 for none
}

// stretches cuts a scan's data at its restart markers and leaves m.at on the marker that ends it.
func (m *mender) stretches() []stretch {
	var out []stretch
	s := stretch{at: m.at, restart: -1}
	end := func(to int) {
		if !s.broken {
			s.raw = m.in[s.at:to]
		}
		s.broken = s.broken || hasHole(s.raw)
		out = append(out, s)
	}
	for at := m.at; ; {
		i := bytes.IndexByte(m.in[at:], 0xff)
		if i < 0 || at+i+1 >= len(m.in) {
			m.at = len(m.in)
			end(len(m.in))
			return out
		}
		at += i
		switch marker := m.in[at+1]; {
		case marker == 0:
			at += 2
		case marker == 0xff:
			at++
		case marker >= 0xd0 && marker <= 0xd7:
			end(at)
			at += 2
			s = stretch{at: at, restart: int(marker & 7)}
		case marker == 0xd9 || m.follows(at):
			m.at = at
			end(at)
			return out
		default: // up to the next restart marker all is lost
			if !s.broken {
				s.raw, s.broken = m.in[s.at:at], true
			}
			m.odd = true
			at += 2
		}
	}
}

// follows reports whether what begins at a marker behind coded data is a segment and not noise: another scan of this frame,
// or one that ends where the next marker begins.
func (m *mender) follows(at int) bool {
	marker := m.in[at+1]
	if !ordinary(marker) || marker <= 0xc2 || at+4 > len(m.in) {
		return false
	}
	end := at + 2 + int(binary.BigEndian.Uint16(m.in[at+2:]))
	if end < at+4 || end+2 > len(m.in) {
		return false
	}
	if marker == 0xda {
		_, ok := m.frame.scan(m.in[at+4 : end])
		return ok
	}
	return m.in[end] == 0xff && (ordinary(m.in[end+1]) || m.in[end+1] == 0xd9)
}

// place finds out which interval each stretch is. Restart markers count to eight and begin again: where there is damage
// between two of them, the bytes between them tell how many times.
func place(found []stretch) {
	var gaps []int
	for i := range found[1:] {
		gaps = append(gaps, found[i+1].at-found[i].at)
	}
	slices.Sort(gaps)
	last := 0
	for i := range found[1:] {
		f, before := &found[i+1], &found[last]
		steps := 1 + (f.restart-before.interval)&7
		usual := max(1, gaps[len(gaps)/2])
		guess := (f.at - before.at + usual/2) / usual
		broken := slices.ContainsFunc(found[last:i+1], func(s stretch) bool { return s.broken })
		for (broken || steps > 1) && steps+8-guess < guess-steps {
			steps += 8
		}
		if steps > 5 && steps > guess+4 { // it was there already, or is no marker
			f.interval = -1
			continue
		}
		f.interval = before.interval + steps
		last = i + 1
	}
}

// scan copies or mends one scan.
func (m *mender) scan(s jpegScan, body []byte) {
	first := s.high == 0 && s.start == 0 // the scan that gives a component's averages
	again := true
	for _, p := range s.parts {
		again = again && m.covered[p.component]
	}
	found := m.stretches()
	if m.frame.progressive && !first || m.frame.progressive && s.end != 0 {
		if m.at == len(m.in) {
			m.plain = true
			if len(m.frame.components) == 4 {
				return // the decoder for these takes no part of a scan
			}
		}
		m.copySegment(0xda, body)
		for _, f := range found {
			if f.restart >= 0 {
				m.data = append(m.data, 0xff, 0xd0+byte(f.restart))
			}
			m.data = append(m.data, f.raw...)
		}
		return
	}
	if again {
		m.odd = true
		return
	}
	for _, p := range s.parts {
		if m.tables[0][p.dc] == nil || !m.frame.progressive && m.tables[1][p.ac] == nil {
			m.odd = true
			return
		}
	}
	for _, p := range s.parts {
		m.covered[p.component] = true
	}
	m.copySegment(0xda, body)
	lost := m.intervals(s, found)
	if s.leads {
		m.lost, m.units = lost, s.units()
	} else if lost > 0 {
		m.odd = true
	}
}

// intervals writes a scan interval by interval, each from the stretch that belongs there or grey.
func (m *mender) intervals(s jpegScan, found []stretch) (lost int) {
	per := m.interval
	if per == 0 {
		per, found = s.units(), found[:min(len(found), 1)]
	}
	if len(found) > 0 {
		place(found)
	}
	next := 0 // in found
	for i, first := 0, 0; first < s.units(); i, first = i+1, first+per {
		if i > 0 {
			m.data = append(m.data, 0xff, 0xd0+byte((i-1)&7))
		}
		for next < len(found) && found[next].interval < i {
			m.odd = true
			next++
		}
		var raw []byte
		if next < len(found) && found[next].interval == i {
			raw = found[next].raw
			next++
		}
		lost += m.fill(s, raw, min(per, s.units()-first))
	}
	for _, f := range found[next:] {
		m.odd = m.odd || len(f.raw) > 0 // some encoders end with a marker
	}
	return lost
}

// fill writes units of a scan: those of raw as far as they make sense, and grey for the rest.
func (m *mender) fill(s jpegScan, raw []byte, units int) (lost int) {
	m.scratch = unstuff(m.scratch[:0], raw)
	r := bitReader{data: m.scratch}
	var average [4]int // of the block before, by component
	good, kept, bits := 0, average, 0
	for good < units && m.unit(s, &r, &average) {
		good++
		kept, bits = average, r.consumed()
	}
	if good == units {
		if spare := len(m.scratch) - (bits+7)/8; spare <= 2 {
			m.data = append(m.data, raw...)
			return 0
		}
		m.odd = true // garbage was taken for blocks
	}
	w := bitWriter{out: stuff(m.data, m.scratch[:bits/8])}
	if rest := bits % 8; rest > 0 {
		w.put(uint32(m.scratch[bits/8]>>(8-rest)), rest)
	}
	for _, p := range s.parts {
		if len(m.tables[0][p.dc].sizes) == 0 || !m.frame.progressive && m.tables[1][p.ac].codes[0] == 0 {
			m.stuck = true
			return units - good
		}
	}
	for range units - good {
		for _, p := range s.parts {
			dc, ac := m.tables[0][p.dc], m.tables[1][p.ac]
			for range p.blocks {
				kept[p.component] += dc.grey(&w, kept[p.component])
				if !m.frame.progressive {
					ac.put(&w, 0)
				}
			}
		}
	}
	m.data = w.flush()
	return units - good
}

// unit reads one unit's blocks. It reports false where they make no sense.
func (m *mender) unit(s jpegScan, r *bitReader, average *[4]int) bool {
	const most = 11 // bits that a difference of averages takes at 8 bits a sample (T.81, table F.1)
	for _, p := range s.parts {
		dc, ac := m.tables[0][p.dc], m.tables[1][p.ac]
		for range p.blocks {
			n := dc.next(r)
			if n < 0 || n > most {
				return false
			}
			average[p.component] += r.signed(n)
			if v := average[p.component]; v < -1<<most || v > 1<<most || r.over() {
				return false
			}
			if m.frame.progressive {
				continue
			}
			for k := 1; k < 64; k++ {
				v := ac.next(r)
				if v < 0 || v&15 >= most {
					return false
				}
				if v&15 == 0 {
					if v != 0xf0 {
						break
					}
					k += 15
					continue
				}
				if k += v >> 4; k > 63 {
					return false
				}
				r.skip(v & 15)
			}
			if r.over() {
				return false
			}
		}
	}
	return true
}

// addMissing writes grey scans for components that none has come of.
func (m *mender) addMissing() {
	const one = "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" // one code of one bit, for 0
	for i, done := range m.covered {
		if done {
			continue
		}
		m.odd = true
		m.copySegment(0xc4, []byte("\x00"+one+"\x10"+one))
		m.readTables([]byte("\x00" + one + "\x10" + one))
		last := byte(63)
		if m.frame.progressive {
			last = 0
		}
		body := []byte{1, m.frame.components[i].id, 0, 0, last, 0}
		if s, ok := m.frame.scan(body); ok {
			m.copySegment(0xda, body)
			m.intervals(s, nil)
		}
	}
}
