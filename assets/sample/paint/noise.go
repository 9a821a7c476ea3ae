package main

// This file owns chance that repeats: hashed numbers, gradient noise and the fractals made of it.

import "math"

// hash scatters a lattice point to [0, 1).
func hash(x, y, seed int) float64 {
	h := uint64(uint32(x))*0x9E3779B185EBCA87 ^ uint64(uint32(y))*0xC2B2AE3D27D4EB4F ^ uint64(uint32(seed))*0x165667B19E3779F9
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 29
	h *= 0xA0761D6478BD642F
	h ^= h >> 32
	return float64(h>>11) / (1 << 53)
}

// directions of the gradients, evenly around.
var directions = func() (d [64][2]float64) {
	for i := range d {
		d[i][1], d[i][0] = math.Sincos(2 * math.Pi * float64(i) / 64)
	}
	return d
}()

func gradient(ix, iy, seed int, dx, dy float64) float64 {
	d := directions[int(hash(ix, iy, seed)*64)]
	return d[0]*dx + d[1]*dy
}

// noise is gradient noise of about [-1, 1], one bump a unit.
func noise(x, y float64, seed int) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int(fx), int(fy)
	dx, dy := x-fx, y-fy
	u := dx * dx * dx * (dx*(dx*6-15) + 10)
	v := dy * dy * dy * (dy*(dy*6-15) + 10)
	return 1.5 * lerp(
		lerp(gradient(ix, iy, seed, dx, dy), gradient(ix+1, iy, seed, dx-1, dy), u),
		lerp(gradient(ix, iy+1, seed, dx, dy-1), gradient(ix+1, iy+1, seed, dx-1, dy-1), u), v)
}

// fbm sums octaves of noise, each half as strong and, turned against the lattice, about twice as fine.
func fbm(x, y float64, octaves, seed int) float64 {
	sum, amp := 0.0, 0.5
	for i := range octaves {
		sum += amp * noise(x, y, seed+i)
		x, y = 1.6*x+1.2*y+7.3, -1.2*x+1.6*y+3.1
		amp /= 2
	}
	return sum
}

// ridged is fbm folded at zero, so that it has crests: 0 to 1.
func ridged(x, y float64, octaves, seed int) float64 {
	sum, amp, weight := 0.0, 0.5, 1.0
	for i := range octaves {
		n := 1 - math.Abs(noise(x, y, seed+i))
		n *= n * weight
		weight = clamp(n*1.6, 0, 1)
		sum += amp * n
		x, y = 1.7*x+1.1*y+5.7, -1.1*x+1.7*y+9.2
		amp /= 2
	}
	return sum
}
