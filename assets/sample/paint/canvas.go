package main

// This file owns the way from a scene to pixels: sampling, bloom, vignette, film and grain.

import (
	"image"
	"math"
	"runtime"
	"sync"
)

// A canvas holds linear light.
type canvas struct {
	width, height int
	light         []rgb
}

func newCanvas(w, h int) *canvas { return &canvas{w, h, make([]rgb, w*h)} }

func (c *canvas) at(x, y int) *rgb {
	return &c.light[min(max(y, 0), c.height-1)*c.width+min(max(x, 0), c.width-1)]
}

// rows calls do for every row, on all processors.
func rows(height int, do func(y int)) {
	var wait sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for worker := range n {
		wait.Go(func() {
			for y := worker; y < height; y += n {
				do(y)
			}
		})
	}
	wait.Wait()
}

// where the samples of a pixel lie: a turned square, which smooths level and upright edges best.
var sampled = [4][2]float64{{0.375, 0.125}, {0.875, 0.375}, {0.125, 0.625}, {0.625, 0.875}}

func render(s scene, samples int) *image.NRGBA {
	c := newCanvas(s.width, s.height)
	unit := 1 / float64(s.height)
	rows(s.height, func(y int) {
		for x := range s.width {
			var sum rgb
			for _, at := range sampled[:samples] {
				sum = sum.add(s.shade((float64(x)+at[0])*unit, (float64(y)+at[1])*unit))
			}
			*c.at(x, y) = sum.times(1 / float64(samples))
		}
	})
	if s.after != nil {
		s.after(c)
	}
	if s.bloom > 0 {
		c.bloom(s.bloom)
	}
	return c.develop(s)
}

// bloom adds what the lens scatters: the highlights, blurred at three sizes.
func (c *canvas) bloom(amount float64) {
	for _, radius := range []float64{0.006, 0.025, 0.08} {
		step := max(1, int(radius*float64(c.height)/4))
		small := newCanvas((c.width+step-1)/step, (c.height+step-1)/step)
		for y := range small.height {
			for x := range small.width {
				var sum rgb
				for dy := range step {
					for dx := range step {
						p := *c.at(x*step+dx, y*step+dy)
						sum = sum.add(p.times(smooth(0.5, 1.6, p.luminance())))
					}
				}
				*small.at(x, y) = sum.times(1 / float64(step*step))
			}
		}
		small = small.blurred(radius * float64(c.height) / float64(step))
		rows(c.height, func(y int) {
			for x := range c.width {
				p := c.at(x, y)
				*p = p.add(small.between((float64(x)+0.5)/float64(step)-0.5, (float64(y)+0.5)/float64(step)-0.5).times(amount / 3))
			}
		})
	}
}

// blurred is the canvas under a Gauss curve.
func (c *canvas) blurred(sigma float64) *canvas {
	reach := int(3 * sigma)
	weights := make([]float64, reach+1)
	total := 0.0
	for i := range weights {
		weights[i] = bell(float64(i), sigma)
		total += weights[i]
		if i > 0 {
			total += weights[i]
		}
	}
	pass := func(from *canvas, dx, dy int) *canvas {
		to := newCanvas(from.width, from.height)
		rows(from.height, func(y int) {
			for x := range from.width {
				sum := from.at(x, y).times(weights[0])
				for i := 1; i <= reach; i++ {
					sum = sum.add(from.at(x+i*dx, y+i*dy).add(*from.at(x-i*dx, y-i*dy)).times(weights[i]))
				}
				*to.at(x, y) = sum.times(1 / total)
			}
		})
		return to
	}
	return pass(pass(c, 1, 0), 0, 1)
}

// between interpolates among the four pixels around a point.
func (c *canvas) between(x, y float64) rgb {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int(fx), int(fy)
	return mix(mix(*c.at(ix, iy), *c.at(ix+1, iy), x-fx), mix(*c.at(ix, iy+1), *c.at(ix+1, iy+1), x-fx), y-fy)
}

// develop exposes the light on film.
func (c *canvas) develop(s scene) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, c.width, c.height))
	half := math.Hypot(float64(c.width), float64(c.height)) / 2
	rows(c.height, func(y int) {
		for x := range c.width {
			off := math.Hypot(float64(x-c.width/2), float64(y-c.height/2)) / half
			p := film(c.at(x, y).times(s.exposure * (1 - s.vignette*off*off*off)))
			// Grain is finest in light and shade, and the same in all three colours; the sum of four hashes is nearly normal.
			g := (hash(x, y, 901) + hash(x, y, 902) + hash(x, y, 903) + hash(x, y, 904) - 2) * math.Sqrt(3) * s.grain
			g *= 0.5 + 2*math.Sqrt(clamp(p.luminance(), 0, 1))*(1-clamp(p.luminance(), 0, 1))
			i := out.PixOffset(x, y)
			for k, v := range [3]float64{p.r, p.g, p.b} {
				out.Pix[i+k] = uint8(clamp(math.Round(encode(v)+g), 0, 255))
			}
			out.Pix[i+3] = 255
		}
	})
	return out
}
