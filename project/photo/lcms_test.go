package photo

// This file tests colours against lcms2, which browsers and editors' programs convert with.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inLCMS takes rows of device values, 0 to 255, from a profile to sRGB: relative to the white, black point compensated.
func inLCMS(t *testing.T, profile string, rows [][]float64) [][3]float64 {
	t.Helper()
	var in strings.Builder
	for _, r := range rows {
		for _, v := range r {
			fmt.Fprintf(&in, "%.4f ", v)
		}
		in.WriteByte('\n')
	}
	cmd := exec.CommandContext(t.Context(), "transicc", "-i"+profile, "-o*sRGB", "-t1", "-b", "-n", "-s", "-c0")
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("transicc, which make test installs: %v", err)
	}
	var found [][3]float64
	for line := range strings.Lines(string(out)) {
		var c [3]float64
		if n, _ := fmt.Sscan(line, &c[0], &c[1], &c[2]); n == 3 {
			found = append(found, c)
		}
	}
	if len(found) != len(rows) {
		t.Fatalf("lcms gave %d colours of %d: %s", len(found), len(rows), out)
	}
	return found
}

// labOf takes sRGB, 0 to 255, to CIE L*a*b*.
func labOf(c [3]float64) [3]float64 {
	var lin, f [3]float64
	for i, v := range c {
		if v /= 255; v <= 0.04045 {
			lin[i] = v / 12.92
		} else {
			lin[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	m := [3][3]float64{{0.436066, 0.385147, 0.143066}, {0.222488, 0.716873, 0.060608}, {0.013916, 0.097076, 0.714096}}
	for i, white := range [3]float64{0.9642, 1, 0.8249} {
		v := (m[i][0]*lin[0] + m[i][1]*lin[1] + m[i][2]*lin[2]) / white
		if f[i] = math.Cbrt(v); v < 216.0/24389 {
			f[i] = (v*24389/27 + 16) / 116
		}
	}
	return [3]float64{116*f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])}
}

func deltaE(a, b [3]float64) float64 {
	p, q := labOf(a), labOf(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// cubeOf are the corners and insides of a device's colours.
func cubeOf(components int, values []float64) [][]float64 {
	rows := [][]float64{nil}
	for range components {
		var next [][]float64
		for _, r := range rows {
			for _, v := range values {
				next = append(next, append(append([]float64(nil), r...), v))
			}
		}
		rows = next
	}
	return rows
}

// A chart in each space that photographs come in is within ΔE 2 (CIE 1976) of what lcms2 makes of it.
func TestColoursAreThoseOfLCMS(t *testing.T) {
	p3 := matrixProfile("Display P3", [3][3]float64{{0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}}, 2.2)
	grey := filepath.Join("/usr/share/color/icc", "Gray.icc")
	colord := "/usr/share/color/icc/colord/"
	levels := []float64{0, 17, 51, 85, 119, 153, 187, 221, 255}
	for _, tc := range []struct {
		name, file string
		data       []byte
		components int
		deep       bool
	}{
		{"Display P3", "", p3, 3, false},
		{"Adobe RGB", colord + "AdobeRGB1998.icc", nil, 3, false},
		{"ProPhoto RGB", colord + "ProPhotoRGB.icc", nil, 3, false},
		{"ProPhoto RGB, 16 bits", colord + "ProPhotoRGB.icc", nil, 3, true},
		{"eciRGB v2", colord + "ECI-RGBv2.icc", nil, 3, false},
		{"grey", grey, nil, 1, false},
		{"grey, 16 bits", grey, nil, 1, true},
		{"CMYK", "/usr/share/color/icc/ghostscript/default_cmyk.icc", nil, 4, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, profile := tc.file, tc.data
			if file == "" {
				file = filepath.Join(t.TempDir(), "profile.icc")
				if err := os.WriteFile(file, profile, 0o600); err != nil {
					t.Fatal(err)
				}
			} else {
				var err error
				if profile, err = os.ReadFile(file); err != nil {
					t.Fatalf("a profile that make test installs: %v", err)
				}
			}
			values := levels
			if tc.components == 4 {
				values = []float64{0, 60, 200, 255} // what cmykJPEG can say, for ink as for light
			}
			rows := cubeOf(tc.components, values)
			inks := rows
			if tc.components == 4 {
				inks = nil
				for _, r := range rows {
					inks = append(inks, []float64{r[0] / 2.55, r[1] / 2.55, r[2] / 2.55, r[3] / 2.55}) // percent
				}
			}
			want := inLCMS(t, file, inks)
			got := decodedChart(t, rows, profile, tc.deep)
			worst, sum, at := 0.0, 0.0, 0
			for i := range rows {
				d := deltaE(got[i], want[i])
				sum += d
				if d > worst {
					worst, at = d, i
				}
			}
			t.Logf("%d patches: ΔE at most %.2f, on average %.2f", len(rows), worst, sum/float64(len(rows)))
			if worst > 2 {
				t.Errorf("ΔE %.2f at %v: %v, lcms says %v", worst, rows[at], got[at], want[at])
			}
		})
	}
}

// decodedChart is what Decode makes of patches in a profile.
func decodedChart(t *testing.T, rows [][]float64, profile []byte, deep bool) [][3]float64 {
	t.Helper()
	pixels := func(data []byte) *image.NRGBA {
		info, err := Inspect(data, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		img, err := Decode(data, info, DecodeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	at := func(img *image.NRGBA, x int) [3]float64 {
		c := img.NRGBAAt(x, 0)
		return [3]float64{float64(c.R), float64(c.G), float64(c.B)}
	}
	var out [][3]float64
	if len(rows[0]) == 4 {
		for _, r := range rows {
			data := cmykJPEG(byte(r[0]), byte(r[1]), byte(r[2]), byte(r[3]))
			out = append(out, at(pixels(withICC(data, profile)), 4))
		}
		return out
	}
	var img interface {
		image.Image
		Set(x, y int, c color.Color)
	}
	size := image.Rect(0, 0, len(rows), 1)
	switch {
	case len(rows[0]) == 1 && deep:
		img = image.NewGray16(size)
	case len(rows[0]) == 1:
		img = image.NewGray(size)
	case deep:
		img = image.NewNRGBA64(size)
	default:
		img = image.NewNRGBA(size)
	}
	for x, r := range rows {
		v := [3]uint16{}
		for i := range v {
			v[i] = uint16(r[min(i, len(r)-1)] * 257)
		}
		img.Set(x, 0, color.NRGBA64{v[0], v[1], v[2], 0xffff})
	}
	var plain bytes.Buffer
	if err := png.Encode(&plain, img); err != nil {
		t.Fatal(err)
	}
	chunk := pngChunk("iCCP", append([]byte("chart\x00\x00"), deflated(profile)...))
	data := append(append(append([]byte(nil), plain.Bytes()[:33]...), chunk...), plain.Bytes()[33:]...)
	decoded := pixels(data)
	for x := range rows {
		out = append(out, at(decoded, x))
	}
	return out
}

// withICC puts a profile of any size into a JPEG.
func withICC(data, profile []byte) []byte {
	const most = 65000
	parts := (len(profile) + most - 1) / most
	out := append([]byte(nil), data[:2]...)
	for i := range parts {
		part := profile[i*most : min((i+1)*most, len(profile))]
		size := 2 + len(iccHeader) + 2 + len(part)
		out = append(out, 0xff, 0xe2, byte(size>>8), byte(size))
		out = append(append(append(out, iccHeader...), byte(i+1), byte(parts)), part...)
	}
	return append(out, data[2:]...)
}
