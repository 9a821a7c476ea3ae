package photo

// This file owns the colour of what isn't 8-bit RGB: print colours, 16 bits a sample and profiles of lookup tables are
// taken to sRGB in one step, so that no gradient is rounded twice.

import (
	"image"
	"math"
)

// cube is a lookup profile worked out beforehand: sRGB at a grid of device values, in 1/2^cubeBits of a level.
type cube struct {
	in, grid int
	values   [][3]int32
}

const cubeBits = 7

// newCube is for three or four components; the grids keep the error against the profile itself under a level or so.
func newCube(p *profile) *cube {
	c := &cube{in: 3, grid: 33}
	if p.inks {
		c.in, c.grid = 4, 17
	}
	n := 1
	for range c.in {
		n *= c.grid
	}
	c.values = make([][3]int32, n)
	convert := p.lookupSRGB()
	eachRow(n, func(i int) {
		var in [4]float64
		for k, rest := c.in-1, i; k >= 0; k-- {
			in[k] = float64(rest%c.grid) / float64(c.grid-1)
			rest /= c.grid
		}
		for k, v := range convert(in) {
			c.values[i][k] = int32(math.Round(min(max(v, -2), 3) * (255 << cubeBits)))
		}
	})
	return c
}

// pixel interpolates, linearly each way; samples are 0 to 65535.
func (c *cube) pixel(in [4]uint32) (byte, byte, byte) {
	var off, step [4]int
	var part [4]int64
	stride, base := 1, 0
	for i := c.in - 1; i >= 0; i-- {
		at := in[i] * uint32(c.grid-1)
		k := min(int(at/65535), c.grid-2)
		part[i] = int64(at-uint32(k)*65535) * 256 / 65535
		off[i], step[i] = k*stride, stride
		base += off[i]
		stride *= c.grid
	}
	var sum [3]int64
	for corner := range 1 << c.in {
		weight, at := int64(1), base
		for i := range c.in {
			if corner>>i&1 == 1 {
				weight *= part[i]
				at += step[i]
			} else {
				weight *= 256 - part[i]
			}
		}
		if weight != 0 {
			v := &c.values[at]
			sum[0] += weight * int64(v[0])
			sum[1] += weight * int64(v[1])
			sum[2] += weight * int64(v[2])
		}
	}
	shift := 8*c.in + cubeBits
	level := func(v int64) byte { return byte(min(max((v+1<<(shift-1))>>shift, 0), 255)) }
	return level(sum[0]), level(sum[1]), level(sum[2])
}

// converter16 takes 16-bit RGB of one matrix profile to sRGB.
type converter16 struct {
	*converter
	linear [3][]int32
}

func newConverter16(p profile) *converter16 {
	c := &converter16{converter: newConverter(p)}
	eachRow(3, func(i int) {
		c.linear[i] = make([]int32, 65536)
		for v := range c.linear[i] {
			c.linear[i][v] = int32(unit(p.curves[i](float64(v)/65535))*linearOne + 0.5)
		}
	})
	return c
}

func (c *converter16) pixel(in [4]uint32) (byte, byte, byte) {
	return c.light(int64(c.linear[0][in[0]]), int64(c.linear[1][in[1]]), int64(c.linear[2][in[2]]))
}

// inSRGB takes a photo that a profile and more than 8-bit RGB belong to straight to sRGB; nil where that isn't so.
// CMYK without a profile is left to the formula that browsers use: nothing says for which press it was made.
func (c *container) inSRGB(src image.Image) *image.NRGBA {
	var sample func(x, y int) (v [4]uint32, alpha byte)
	switch s := src.(type) {
	case *image.CMYK:
		sample = func(x, y int) ([4]uint32, byte) {
			v := s.CMYKAt(x, y)
			return [4]uint32{uint32(v.C) * 257, uint32(v.M) * 257, uint32(v.Y) * 257, uint32(v.K) * 257}, 255
		}
	case *image.NRGBA64:
		sample = func(x, y int) ([4]uint32, byte) {
			v := s.NRGBA64At(x, y)
			return [4]uint32{uint32(v.R), uint32(v.G), uint32(v.B)}, high(uint32(v.A))
		}
	case *image.RGBA64:
		sample = func(x, y int) ([4]uint32, byte) {
			v := s.RGBA64At(x, y)
			r, g, b := straight(v.R, v.A), straight(v.G, v.A), straight(v.B, v.A)
			return [4]uint32{r, g, b}, high(uint32(v.A))
		}
	case *image.Gray16:
		sample = func(x, y int) ([4]uint32, byte) {
			v := uint32(s.Gray16At(x, y).Y)
			return [4]uint32{v, v, v}, 255
		}
	default:
		return nil
	}
	p, err := parseProfile(c.icc)
	_, ink := src.(*image.CMYK)
	if err != nil || ink != p.inks {
		return nil
	}
	var pixel func([4]uint32) (byte, byte, byte)
	if p.lut != nil {
		pixel = newCube(&p).pixel
	} else {
		pixel = newConverter16(p).pixel
	}
	b := src.Bounds()
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	eachRow(b.Dy(), func(y int) {
		row := dst.Pix[y*dst.Stride:]
		for x := range b.Dx() {
			v, alpha := sample(b.Min.X+x, b.Min.Y+y)
			row[4*x], row[4*x+1], row[4*x+2] = pixel(v)
			row[4*x+3] = alpha
		}
	})
	return dst
}

// high rounds 16 bits to 8.
func high(v uint32) byte { return byte((v*255 + 32767) / 65535) }

// straight undoes the multiplication by alpha.
func straight(v, alpha uint16) uint32 {
	if alpha == 0 || alpha == 65535 {
		return uint32(v)
	}
	return min(uint32(v)*65535/uint32(alpha), 65535)
}
