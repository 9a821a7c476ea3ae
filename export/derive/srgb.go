package derive

// This file owns the colour profile that derivatives carry, so that no viewer has to guess.

import (
	"encoding/binary"
	"sync"
	"unicode/utf16"
)

// srgbProfile is sRGB (IEC 61966-2-1) as a version 4 display profile of matrix and curve (ICC.1:2010), some 500 bytes.
var srgbProfile = sync.OnceValue(func() []byte {
	curve := paraCurve(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	return iccProfile([]iccTag{
		{"desc", mluc("sRGB")},
		{"cprt", mluc("No copyright, use freely")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"chad", fixed("sf32", 1.047882, 0.022919, -0.050201, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)},
		{"rXYZ", xyz(0.436066, 0.222488, 0.013916)},
		{"gXYZ", xyz(0.385147, 0.716873, 0.097076)},
		{"bXYZ", xyz(0.143066, 0.060608, 0.714096)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	})
})

type iccTag struct {
	name string
	data []byte
}

// iccProfile lays out header, tag table and tags; equal neighbours share their bytes.
func iccProfile(tags []iccTag) []byte {
	head := make([]byte, 128, 1024)
	copy(head[8:], []byte{4, 0x20, 0, 0}) // version 4.2
	copy(head[12:], "mntrRGB XYZ ")
	// Date of the profile: the standard's year, so that the bytes never change.
	binary.BigEndian.PutUint16(head[24:], 1999)
	binary.BigEndian.PutUint16(head[26:], 10)
	binary.BigEndian.PutUint16(head[28:], 1)
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])

	var body []byte
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	start := 128 + 4 + 12*len(tags)
	at := 0
	for i, t := range tags {
		if i == 0 || string(t.data) != string(tags[i-1].data) {
			at = start + len(body)
			body = append(body, t.data...)
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
	}
	profile := append(append(head, table...), body...)
	binary.BigEndian.PutUint32(profile, uint32(len(profile)))
	return profile
}

// fixed is a tag of s15Fixed16 numbers.
func fixed(kind string, values ...float64) []byte {
	b := append([]byte(kind), 0, 0, 0, 0)
	for _, v := range values {
		n := v * 65536
		if n < 0 {
			n -= 0.5
		} else {
			n += 0.5
		}
		b = binary.BigEndian.AppendUint32(b, uint32(int32(n)))
	}
	return b
}

func xyz(x, y, z float64) []byte { return fixed("XYZ ", x, y, z) }

// paraCurve is a parametric curve of type 3: a power above d, a line below.
func paraCurve(g, a, b, c, d float64) []byte {
	values := fixed("para", g, a, b, c, d)
	return append(append(append([]byte(nil), values[:8]...), 0, 3, 0, 0), values[8:]...)
}

// mluc is a text in one language.
func mluc(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS")
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(units)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for _, u := range units {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}
