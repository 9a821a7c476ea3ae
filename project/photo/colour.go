package photo

// This file owns the step from a photograph's own RGB to sRGB: tables for the curves, a matrix between them.

import (
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// srgbFromD50 takes XYZ relative to D50 to linear sRGB (IEC 61966-2-1, adapted by Bradford).
var srgbFromD50 = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// linearOne is full light in the fixed-point numbers of a converter.
const linearOne = 1<<16 - 1

// srgbTable takes linear light to an sRGB byte.
var srgbTable = sync.OnceValue(func() *[linearOne + 1]byte {
	var t [linearOne + 1]byte
	for i := range t {
		v := float64(i) / linearOne
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		t[i] = byte(v*255 + 0.5)
	}
	return &t
})

// converter takes 8-bit RGB of one profile to sRGB.
type converter struct {
	linear [3][256]int32
	matrix [3][3]int64 // times 1<<matrixBits
	out    *[linearOne + 1]byte
}

const matrixBits = 14

func newConverter(p profile) *converter {
	c := &converter{out: srgbTable()}
	for i, f := range p.curves {
		for v := range 256 {
			c.linear[i][v] = int32(unit(f(float64(v)/255))*linearOne + 0.5)
		}
	}
	for i := range 3 {
		for j := range 3 {
			sum := 0.0
			for k := range 3 {
				sum += srgbFromD50[i][k] * p.matrix[k][j]
			}
			c.matrix[i][j] = int64(math.Round(min(max(sum, -16), 16) * (1 << matrixBits)))
		}
	}
	return c
}

func (c *converter) pixel(r, g, b byte) (byte, byte, byte) {
	return c.light(int64(c.linear[0][r]), int64(c.linear[1][g]), int64(c.linear[2][b]))
}

// light takes linear light, 0 to linearOne, to sRGB.
func (c *converter) light(lr, lg, lb int64) (byte, byte, byte) {
	m := &c.matrix
	return c.out[clampLinear(m[0][0]*lr+m[0][1]*lg+m[0][2]*lb)],
		c.out[clampLinear(m[1][0]*lr+m[1][1]*lg+m[1][2]*lb)],
		c.out[clampLinear(m[2][0]*lr+m[2][1]*lg+m[2][2]*lb)]
}

func clampLinear(v int64) int64 {
	return min(max((v+1<<(matrixBits-1))>>matrixBits, 0), linearOne)
}

// isSRGB reports whether the profile is sRGB in all but rounding, so that no pixel need be touched.
func (c *converter) isSRGB() bool {
	near := func(a, b byte) bool { return max(a, b)-min(a, b) <= 2 }
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			for b := 0; b < 256; b += 51 {
				x, y, z := c.pixel(byte(r), byte(g), byte(b))
				if !near(x, byte(r)) || !near(y, byte(g)) || !near(z, byte(b)) {
					return false
				}
			}
		}
	}
	return true
}

// toSRGB converts img in place as its container says, unless inSRGB did: relative to the white, black point compensated.
// A profile that can't be read leaves the colours as they are.
func toSRGB(img *image.NRGBA, c *container, cameraAdobeRGB bool) {
	if c.converted {
		return
	}
	p, err := adobeRGB(), error(nil)
	if len(c.icc) > 0 {
		p, err = parseProfile(c.icc)
	} else if !cameraAdobeRGB {
		return
	}
	if err != nil {
		return // Inspect warns of it
	}
	if p.inks {
		return
	}
	var pixel func(r, g, b byte) (byte, byte, byte)
	if p.lut != nil {
		table := newCube(&p)
		pixel = func(r, g, b byte) (byte, byte, byte) {
			return table.pixel([4]uint32{uint32(r) * 257, uint32(g) * 257, uint32(b) * 257})
		}
	} else {
		conv := newConverter(p)
		if conv.isSRGB() {
			return
		}
		pixel = conv.pixel
	}
	eachRow(img.Rect.Dy(), func(y int) {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		for i := 0; i+4 <= len(row); i += 4 {
			row[i], row[i+1], row[i+2] = pixel(row[i], row[i+1], row[i+2])
		}
	})
}

// eachRow calls do for rows 0 to n-1 on all processors. A panic of do is raised again in the caller, where it can be
// recovered; in a goroutine of its own it would end the program.
func eachRow(n int, do func(y int)) {
	var wg sync.WaitGroup
	var broken atomic.Value
	workers := min(runtime.GOMAXPROCS(0), max(n, 1))
	for w := range workers {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					broken.CompareAndSwap(nil, fmt.Sprint(r))
				}
			}()
			for y := n * w / workers; y < n*(w+1)/workers; y++ {
				do(y)
			}
		})
	}
	wg.Wait()
	if r := broken.Load(); r != nil {
		panic(r)
	}
}

// KeptProfile is the ICC profile that a photo's decoded pixels still are in, because its lookup tables can't be read; nil
// where Decode gives sRGB. A derivative must carry it to look right.
func KeptProfile(data []byte) (icc []byte) {
	var err error
	defer guard(&err)
	f, err := Recognise(data[:min(len(data), 512)])
	if err != nil {
		return nil
	}
	c, err := scan(data, f, DefaultLimits)
	if err != nil || c.components == 4 || len(c.icc) == 0 {
		return nil
	}
	if _, err = parseProfile(c.icc); errors.Is(err, errLookup) {
		return c.icc
	}
	return nil
}
