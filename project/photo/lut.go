package photo

// This file owns ICC profiles made of lookup tables (ICC.1:2010, 10.8 to 10.10), as printers' CMYK profiles are: reading
// them, and the black point that editors' programs map to the screen's black.

import (
	"encoding/binary"
	"math"
)

// lookup takes device values to the profile connection space, or back, all of them 0 to 1.
type lookup struct {
	in, out int
	a, m, b []curve // of which absent ones change nothing
	grid    []int   // points each way, nil without a table
	table   []float32
	matrix  *[12]float64 // between m and b: three rows of three, then the offsets
	wide    bool         // lut16 says Lab in version 2's way, with 0xff00 as the most
}

// lookupEntries bounds a table: 33⁴ points of three colours.
const lookupEntries = 4 << 20

// parseLookup reads a lut8, lut16 or lutAToB element; nil where it is damaged or of another kind.
func parseLookup(b []byte) *lookup {
	if len(b) < 32 {
		return nil
	}
	l := &lookup{in: int(b[8]), out: int(b[9])}
	if l.in < 1 || l.in > 4 || l.out < 1 || l.out > 4 {
		return nil
	}
	ok := false
	switch string(b[:4]) {
	case "mft1":
		ok = len(b) > 48 && l.legacy(b[48:], int(b[10]), 256, 256, 1)
	case "mft2":
		l.wide = true
		ok = len(b) > 52 && l.legacy(b[52:], int(b[10]), int(binary.BigEndian.Uint16(b[48:])), int(binary.BigEndian.Uint16(b[50:])), 2)
	case "mAB ":
		ok = l.out == 3 && l.modern(b)
	}
	if !ok {
		return nil
	}
	return l
}

// legacy reads input tables, table and output tables of lut8 (width 1) or lut16 (width 2). Their matrix is for XYZ devices,
// which photographs never are.
func (l *lookup) legacy(b []byte, grid, inputs, outputs, width int) bool {
	if inputs < 2 || outputs < 2 || inputs > 4096 || outputs > 4096 {
		return false
	}
	curves := func(n, entries int) (cs []curve) {
		for range n {
			v := samples(b, entries, width)
			if v == nil {
				return nil
			}
			cs, b = append(cs, tableCurve(v)), b[entries*width:]
		}
		return cs
	}
	if l.a = curves(l.in, inputs); l.a == nil {
		return false
	}
	for range l.in {
		l.grid = append(l.grid, grid)
	}
	if !l.points(b, width) {
		return false
	}
	b = b[len(l.table)*width:]
	l.b = curves(l.out, outputs)
	return l.b != nil
}

// points reads the table whose grid is known.
func (l *lookup) points(b []byte, width int) bool {
	n := l.out
	for _, g := range l.grid {
		if g < 2 || n > lookupEntries/g {
			return false
		}
		n *= g
	}
	l.table = samples(b, n, width)
	return l.table != nil
}

// samples are n numbers of so many bytes each, as 0 to 1.
func samples(b []byte, n, width int) []float32 {
	if n > len(b)/width {
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		if width == 1 {
			v[i] = float32(b[i]) / 255
		} else {
			v[i] = float32(binary.BigEndian.Uint16(b[2*i:])) / 65535
		}
	}
	return v
}

func tableCurve(t []float32) curve {
	return func(v float64) float64 {
		at := min(max(v, 0), 1) * float64(len(t)-1)
		i := min(int(at), len(t)-2)
		return float64(t[i]) + float64(t[i+1]-t[i])*(at-float64(i))
	}
}

// modern reads lutAToB: curves A, table, curves M, matrix, curves B, of which all but B may be missing.
func (l *lookup) modern(b []byte) bool {
	part := func(at int) []byte {
		off := int(binary.BigEndian.Uint32(b[at:]))
		if off < 32 || off >= len(b) {
			return nil
		}
		return b[off:]
	}
	var ok bool
	if l.b, ok = curveRow(part(12), l.out); !ok {
		return false
	}
	if p := part(16); len(p) >= 48 {
		l.matrix = &[12]float64{}
		for i := range l.matrix {
			l.matrix[i] = s15Fixed16(p[4*i:])
		}
		if l.m, ok = curveRow(part(20), l.out); !ok {
			return false
		}
	}
	p := part(24)
	if p == nil {
		return l.in == l.out
	}
	if l.a, ok = curveRow(part(28), l.in); !ok || len(p) < 20 || p[16] < 1 || p[16] > 2 {
		return false
	}
	for i := range l.in {
		l.grid = append(l.grid, int(p[i]))
	}
	return l.points(p[20:], int(p[16]))
}

// curveRow reads n curves, each of which begins at a multiple of four bytes.
func curveRow(b []byte, n int) ([]curve, bool) {
	var out []curve
	for range n {
		if len(b) < 12 {
			return nil, false
		}
		c, ok := parseCurve(b)
		if !ok {
			return nil, false
		}
		size := 12
		if string(b[:4]) == "curv" {
			size += 2 * int(binary.BigEndian.Uint32(b[8:]))
		} else {
			size += 4 * parametricCounts[binary.BigEndian.Uint16(b[8:])]
		}
		out, b = append(out, c), b[min((size+3)&^3, len(b)):]
	}
	return out, true
}

// at looks up one colour.
func (l *lookup) at(in [4]float64) (out [4]float64) {
	for i, c := range l.a {
		in[i] = unit(c(unit(in[i])))
	}
	out = in
	if l.grid != nil {
		out = l.between(in)
	}
	for i, c := range l.m {
		out[i] = c(unit(out[i]))
	}
	if m := l.matrix; m != nil {
		v := out
		for i := range 3 {
			out[i] = m[3*i]*v[0] + m[3*i+1]*v[1] + m[3*i+2]*v[2] + m[9+i]
		}
	}
	for i, c := range l.b {
		out[i] = c(unit(out[i]))
	}
	return out
}

func unit(v float64) float64 {
	if !(v > 0) { // NaN too
		return 0
	}
	return min(v, 1)
}

// between interpolates between the points around a colour, linearly each way.
func (l *lookup) between(in [4]float64) (out [4]float64) {
	var low, step [4]int
	var part [4]float64
	stride := l.out
	for i := l.in - 1; i >= 0; i-- {
		at := in[i] * float64(l.grid[i]-1)
		k := min(int(at), l.grid[i]-2)
		low[i], part[i], step[i] = k*stride, at-float64(k), stride
		stride *= l.grid[i]
	}
	for corner := range 1 << l.in {
		weight, off := 1.0, 0
		for i := range l.in {
			off += low[i]
			if corner>>i&1 == 1 {
				weight *= part[i]
				off += step[i]
			} else {
				weight *= 1 - part[i]
			}
		}
		if weight != 0 {
			for i := range l.out {
				out[i] += weight * float64(l.table[off+i])
			}
		}
	}
	return out
}

var whiteD50 = [3]float64{0.9642, 1, 0.8249}

// xyz is a colour of the device in XYZ relative to D50.
func (p *profile) xyz(in [4]float64) [3]float64 {
	v := p.lut.at(in)
	if !p.lab {
		return [3]float64{v[0] * (65535.0 / 32768), v[1] * (65535.0 / 32768), v[2] * (65535.0 / 32768)}
	}
	most := 1.0
	if p.lut.wide {
		most = 65535.0 / 65280
	}
	return labToXYZ(v[0]*100*most, v[1]*255*most-128, v[2]*255*most-128)
}

// labToXYZ is CIE 15:2004, 8.2.1, for D50.
func labToXYZ(l, a, b float64) (out [3]float64) {
	y := (l + 16) / 116
	for i, f := range [3]float64{y + a/500, y, y - b/200} {
		if f > 6.0/29 {
			out[i] = whiteD50[i] * f * f * f
		} else {
			out[i] = whiteD50[i] * (f - 16.0/116) * 3 * 36 / 841
		}
	}
	return out
}

// blackPoint is the luminance of the darkest black that the device makes, as lcms2 finds it: for ink, what its own
// separation makes of black; else what the darkest device value gives. A grey of no more than L* 50.
func (p *profile) blackPoint() float64 {
	var dark [4]float64
	if p.inks {
		dark = [4]float64{1, 1, 1, 1}
		if s := p.separation; s != nil && p.lab {
			zero := 128.0 / 255
			if s.wide {
				zero *= 65280.0 / 65535
			}
			dark = s.at([4]float64{0, zero, zero})
		}
	}
	const half = 0.1841865 // L* 50
	return min(max(p.xyz(dark)[1], 0), half)
}

// lookupSRGB gives sRGB, encoded but not brought into 0 to 1, so that a table of it bends nowhere but at the edges.
func (p *profile) lookupSRGB() func([4]float64) [3]float64 {
	black := p.blackPoint()
	return func(in [4]float64) (out [3]float64) {
		v := p.xyz(in)
		for i := range v { // black point compensation: ISO 18619
			v[i] = (v[i] - black*whiteD50[i]) / (1 - black)
		}
		for i, row := range srgbFromD50 {
			out[i] = encodeSRGB(row[0]*v[0] + row[1]*v[1] + row[2]*v[2])
		}
		return out
	}
}

func encodeSRGB(v float64) float64 {
	if v < 0 {
		return -encodeSRGB(-v)
	}
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}
