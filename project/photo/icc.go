package photo

// This file owns ICC profiles (ICC.1:2010): enough of them to know a profile's name, and the matrix and tone curves of
// RGB profiles that have them.

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"unicode/utf16"
)

const adobeRGBName = "Adobe RGB (1998)"

// profile is made of three curves and a matrix, of a lookup table, or is only a name. A profile for grey has its one curve
// thrice and a matrix that makes greys of it.
type profile struct {
	name   string
	matrix [3][3]float64 // linear device RGB to XYZ relative to D50, rows X, Y, Z
	curves [3]curve

	lut        *lookup // in place of matrix and curves
	separation *lookup // from the connection space to inks
	lab        bool    // the connection space is Lab, not XYZ
	inks       bool    // CMYK
}

// curve maps a device value to linear light, both 0 to 1.
type curve func(float64) float64

var (
	errNotRGB = errors.New("it isn't for RGB, CMYK or grey")
	errLookup = errors.New("it is made of lookup tables that can't be read")
	errBadICC = errors.New("it is damaged")
)

// parseProfile reads a profile. On errNotRGB and errLookup the profile has its name.
func parseProfile(b []byte) (profile, error) {
	var p profile
	if len(b) < 132 || string(b[36:40]) != "acsp" {
		return p, errBadICC
	}
	tags := map[string][]byte{}
	count := int(binary.BigEndian.Uint32(b[128:]))
	for i := 0; i < count && i < 100; i++ {
		at := 132 + 12*i
		if at+12 > len(b) {
			return p, errBadICC
		}
		off, size := int(binary.BigEndian.Uint32(b[at+4:])), int(binary.BigEndian.Uint32(b[at+8:]))
		if off > len(b) || size > len(b)-off {
			continue
		}
		tags[string(b[at:at+4])] = b[off : off+size]
	}
	p.name = profileName(tags["desc"])
	p.lab = string(b[20:24]) == "Lab "
	switch string(b[16:20]) {
	case "RGB ":
	case "GRAY":
		return p, p.grey(tags["kTRC"])
	case "CMYK":
		p.inks = true
		return p, p.tables(tags, 4)
	default:
		return p, errNotRGB
	}
	for i, c := range []string{"r", "g", "b"} {
		xyz, trc := tags[c+"XYZ"], tags[c+"TRC"]
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " || len(trc) < 12 {
			return p, p.tables(tags, 3)
		}
		for row := range 3 {
			p.matrix[row][i] = s15Fixed16(xyz[8+4*row:])
		}
		curve, ok := parseCurve(trc)
		if !ok {
			return p, errBadICC
		}
		p.curves[i] = curve
	}
	return p, nil
}

// tables takes the colorimetric table, which a photo is meant by, or the perceptual one, which there always is.
func (p *profile) tables(tags map[string][]byte, components int) error {
	for _, name := range []string{"A2B1", "A2B0"} {
		if l := parseLookup(tags[name]); l != nil && l.in == components && l.out == 3 {
			p.lut = l
			if s := parseLookup(tags["B2A0"]); s != nil && s.in == 3 && s.out == components {
				p.separation = s
			}
			return nil
		}
	}
	return errLookup
}

// grey makes a grey of the white's colour from one curve: the curve is to luminance, whichever space the tables are in.
func (p *profile) grey(trc []byte) error {
	if len(trc) < 12 {
		return errBadICC
	}
	c, ok := parseCurve(trc)
	if !ok {
		return errBadICC
	}
	if p.lab { // the curve is to L* (ICC.1:2010, 8.3.4)
		toL := c
		c = func(v float64) float64 { return labToXYZ(100*toL(v), 0, 0)[1] }
	}
	p.curves = [3]curve{c, c, c}
	for i, w := range whiteD50 {
		p.matrix[i] = [3]float64{w / 3, w / 3, w / 3}
	}
	return nil
}

func s15Fixed16(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// parametricCounts are the numbers of parameters of the kinds of para.
var parametricCounts = [...]int{1, 3, 4, 5, 7}

// parseCurve reads a curv or para element (ICC.1:2010, 10.5 and 10.15).
func parseCurve(b []byte) (curve, bool) {
	switch string(b[:4]) {
	case "curv":
		n := int(binary.BigEndian.Uint32(b[8:]))
		b = b[12:]
		if n < 0 || n > len(b)/2 {
			return nil, false
		}
		switch n {
		case 0:
			return func(v float64) float64 { return v }, true
		case 1:
			gamma := float64(binary.BigEndian.Uint16(b)) / 256
			return func(v float64) float64 { return math.Pow(v, gamma) }, true
		}
		table := make([]float64, n)
		for i := range table {
			table[i] = float64(binary.BigEndian.Uint16(b[2*i:])) / 65535
		}
		return func(v float64) float64 {
			at := v * float64(n-1)
			i := min(int(at), n-2)
			return table[i] + (table[i+1]-table[i])*(at-float64(i))
		}, true
	case "para":
		kind := int(binary.BigEndian.Uint16(b[8:]))
		if kind >= len(parametricCounts) || len(b) < 12+4*parametricCounts[kind] {
			return nil, false
		}
		var v [7]float64
		for i := range parametricCounts[kind] {
			v[i] = s15Fixed16(b[12+4*i:])
		}
		return parametric(kind, v), true
	}
	return nil, false
}

// parametric is a curve of ICC.1:2010, table 65; the parameters are named as there.
func parametric(kind int, p [7]float64) curve {
	g, a, b, c, d, e, f := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	switch kind {
	case 0:
		a, b, c, d, e, f = 1, 0, 0, math.Inf(-1), 0, 0
	case 1:
		c, d, e, f = 0, -b/a, 0, 0
	case 2:
		c, d, e, f = 0, -b/a, c, c
	case 3:
		e, f = 0, 0
	}
	return func(x float64) float64 {
		if x >= d {
			return math.Pow(max(a*x+b, 0), g) + e
		}
		return c*x + f
	}
}

// profileName reads a desc element, in version 2's form or as version 4's list of languages, of which English is preferred.
func profileName(b []byte) string {
	if len(b) < 12 {
		return ""
	}
	switch string(b[:4]) {
	case "desc":
		n := int(binary.BigEndian.Uint32(b[8:]))
		if n < 0 || n > len(b)-12 {
			return ""
		}
		return commonName(cleanText(strings.TrimRight(string(b[12:12+n]), "\x00")))
	case "mluc":
		n := int(binary.BigEndian.Uint32(b[8:]))
		name := ""
		for i := 0; i < n && 16+12*(i+1) <= len(b); i++ {
			rec := b[16+12*i:]
			size, off := int(binary.BigEndian.Uint32(rec[4:])), int(binary.BigEndian.Uint32(rec[8:]))
			if off > len(b) || size > len(b)-off {
				continue
			}
			if name == "" || string(rec[:2]) == "en" {
				units := make([]uint16, size/2)
				for j := range units {
					units[j] = binary.BigEndian.Uint16(b[off+2*j:])
				}
				name = cleanText(string(utf16.Decode(units)))
			}
			if string(rec[:2]) == "en" {
				break
			}
		}
		return commonName(name)
	}
	return ""
}

// commonName gives the well-known spaces the one name that people use.
func commonName(name string) string {
	switch {
	case strings.HasPrefix(name, "sRGB"):
		return "sRGB"
	case strings.Contains(name, adobeRGBName):
		return adobeRGBName
	}
	return name
}

// adobeRGB is the space that cameras mean by the file name prefix "_" and interoperability index R03 (Adobe RGB (1998)
// colour image encoding, with colorants adapted to D50).
func adobeRGB() profile {
	gamma := func(v float64) float64 { return math.Pow(v, 563.0/256) }
	return profile{
		name: adobeRGBName,
		matrix: [3][3]float64{
			{0.60974, 0.20528, 0.14919},
			{0.31111, 0.62567, 0.06322},
			{0.01947, 0.06087, 0.74457},
		},
		curves: [3]curve{gamma, gamma, gamma},
	}
}
