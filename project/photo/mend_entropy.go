package photo

// This file owns the entropy-coded data of a JPEG as mending reads and writes it: Huffman codes and bits (ITU-T T.81, annexes C and F).

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// huffman is a code table (T.81, annex C).
type huffman struct {
	quick  [512]int16  // by the next nine bits: length<<8 | value, 0 where the code is longer
	most   [17]int32   // the largest code of a length, -1 where there is none
	offset [17]int32   // from a code to its place in values
	values []byte      // by code
	codes  [256]uint32 // by value: code<<8 | length, 0 where there is none
	sizes  []int       // the values below 12, descending: categories of differences
}

// newHuffman is nil for counts that no code has.
func newHuffman(counts, values []byte) *huffman {
	t := &huffman{values: values}
	code, k := int32(0), 0
	for length := 1; length <= 16; length++ {
		t.most[length] = -1
		t.offset[length] = int32(k) - code
		for range int(counts[length-1]) {
			if code >= 1<<length {
				return nil
			}
			v := values[k]
			t.codes[v] = uint32(code)<<8 | uint32(length)
			if v < 12 {
				t.sizes = append(t.sizes, int(v))
			}
			if length <= 9 {
				for i := range 1 << (9 - length) {
					t.quick[int(code)<<(9-length)|i] = int16(length)<<8 | int16(v)
				}
			}
			t.most[length] = code
			code++
			k++
		}
		code <<= 1
	}
	slices.Sort(t.sizes)
	slices.Reverse(t.sizes)
	return t
}

// next is the value of the code that comes next, -1 where there is none.
func (t *huffman) next(r *bitReader) int {
	r.need(16)
	if q := t.quick[r.peek(9)]; q != 0 {
		r.n -= uint(q >> 8)
		return int(q & 255)
	}
	for length := 10; length <= 16; length++ {
		if code := int32(r.peek(length)); t.most[length] >= 0 && code <= t.most[length] && code+t.offset[length] >= 0 {
			r.n -= uint(length)
			return int(t.values[code+t.offset[length]])
		}
	}
	return -1
}

func (t *huffman) put(w *bitWriter, value byte) {
	w.put(t.codes[value]>>8, int(t.codes[value]&255))
}

// grey writes the difference that leads from an average to middle grey, as near as the table's values allow: a table made
// for a photo needn't have a long step. What is left is made up by the blocks after it.
func (t *huffman) grey(w *bitWriter, average int) int {
	for _, n := range t.sizes {
		if n == 0 {
			t.put(w, 0)
			return 0
		}
		least, most := 1<<(n-1), 1<<n-1
		if v := min(max(average, -average), most); v >= least {
			t.put(w, byte(n))
			if average > 0 {
				w.put(uint32(most-v), n) // a negative difference is its complement
				return -v
			}
			w.put(uint32(v), n)
			return v
		}
	}
	if len(t.sizes) > 0 { // no way to stay: the shortest step towards it
		n := t.sizes[len(t.sizes)-1]
		t.put(w, byte(n))
		v := 1 << (n - 1)
		if average > 0 {
			w.put(uint32(1<<n-1-v), n)
			return -v
		}
		w.put(uint32(v), n)
		return v
	}
	return 0
}

// bitReader reads bits, the highest first; beyond the end there are zeros.
type bitReader struct {
	data []byte
	at   int
	buf  uint64
	n    uint // bits in buf
	past uint // bits in buf from beyond the end
}

func (r *bitReader) need(bits uint) {
	if r.n >= bits {
		return
	}
	if r.at+4 <= len(r.data) {
		r.buf = r.buf<<32 | uint64(binary.BigEndian.Uint32(r.data[r.at:]))
		r.at += 4
		r.n += 32
		return
	}
	for r.n < bits {
		r.buf <<= 8
		r.n += 8
		if r.at < len(r.data) {
			r.buf |= uint64(r.data[r.at])
			r.at++
		} else {
			r.past += 8
		}
	}
}

// peek is the next bits, which must be there.
func (r *bitReader) peek(bits int) int { return int(r.buf>>(r.n-uint(bits))) & (1<<bits - 1) }

func (r *bitReader) skip(bits int) {
	r.need(uint(bits))
	r.n -= uint(bits)
}

// signed is a number of so many bits as T.81 extends it (F.2.2.1).
func (r *bitReader) signed(bits int) int {
	if bits == 0 {
		return 0
	}
	r.need(uint(bits))
	v := r.peek(bits)
	r.n -= uint(bits)
	if v < 1<<(bits-1) {
		v += 1 - 1<<bits
	}
	return v
}

// over reports whether bits from beyond the end were used.
func (r *bitReader) over() bool { return r.past > r.n }

// consumed is how many bits were used.
func (r *bitReader) consumed() int { return 8*r.at + int(r.past) - int(r.n) }

// bitWriter writes entropy-coded data, the highest bits first.
type bitWriter struct {
	out []byte
	buf uint64
	n   int
}

func (w *bitWriter) put(bits uint32, n int) {
	w.buf = w.buf<<n | uint64(bits)
	for w.n += n; w.n >= 8; w.n -= 8 {
		b := byte(w.buf >> (w.n - 8))
		if w.out = append(w.out, b); b == 0xff {
			w.out = append(w.out, 0)
		}
	}
}

// flush fills the last byte with ones (F.1.2.3).
func (w *bitWriter) flush() []byte {
	if w.n > 0 {
		w.put(1<<(8-w.n)-1, 8-w.n)
	}
	return w.out
}

// unstuff appends entropy-coded data without the zeros behind 0xff.
func unstuff(out, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, 0xff)
		if i < 0 {
			return append(out, raw...)
		}
		out = append(out, raw[:i+1]...)
		raw = raw[i+1:]
		if len(raw) > 0 && raw[0] == 0 {
			raw = raw[1:]
		}
	}
}

func stuff(out, plain []byte) []byte {
	for {
		i := bytes.IndexByte(plain, 0xff)
		if i < 0 {
			return append(out, plain...)
		}
		out = append(append(out, plain[:i+1]...), 0)
		plain = plain[i+1:]
	}
}
