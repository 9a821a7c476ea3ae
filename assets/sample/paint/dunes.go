package main

// This file owns the dunes: a height field, marched ray by ray, under a sun low enough that every ripple throws a shadow.

import "math"

// sand is the height of the dunes at a place on the ground: long crests, steep on the lee side, wandering.
func sand(x, z float64, fine bool) float64 {
	wander := 1.1*noise(x*0.16, z*0.16, 201) + 0.35*noise(x*0.5+3, z*0.5, 202)
	along := z*0.42 + x*0.16 + wander
	f := along - math.Floor(along)
	var crest float64
	if f < 0.72 { // the windward side rises slowly
		t := f / 0.72
		crest = t * t * (1.6 - 0.6*t)
	} else { // the lee side falls at the angle of repose
		t := (f - 0.72) / 0.28
		crest = (1 - t) * (1 - t*0.15)
	}
	height := 0.62 * crest * (0.62 + 0.55*noise(x*0.22+9, z*0.14, 203))
	height += 0.34 * fbm(x*0.13+5, z*0.13, 2, 204)
	if fine {
		flow := along*13 + 3.2*noise(x*0.9, z*0.9, 206) + x*1.2
		ripples := math.Sin(flow*5.2 + 1.6*noise(x*3.2, z*3.2, 207))
		height += 0.0034 * ripples * (0.45 + 0.55*smooth(-0.3, 0.4, noise(x*0.7, z*0.7, 208)))
		height += 0.0022 * fbm(x*26, z*26, 2, 209)
	}
	return height
}

func dunes() scene {
	const eyeY, pitch, focal = 1.55, -0.155, 1.35
	toSun := unit3(-0.86, 0.205, 0.34)
	sky := ramp{{0, hex(0x86ABC9)}, {0.20, hex(0xB4C8D2)}, {0.36, hex(0xEBD3B4)}, {0.44, hex(0xF7D6A6)}}
	shade := func(x, y float64) rgb {
		dir := unit3((x-0.75)/focal, -(y-0.5)/focal+pitch, 1)
		eye := [3]float64{2.6, eyeY, 0}
		air := sky.at(y).times(0.95)
		air = mix(air, hex(0xFFF0DC), 0.35*smooth(0, 0.5, fbm(x*1.1, y*8+2, 5, 221)+0.1)*smooth(0.4, 0.1, y))
		air = air.add(hex(0xFFC27A).times(0.42 * bell(x, 0.5) * bell(y-0.40, 0.2)))
		dist, hit := march(eye, dir, 46, 2, func(x, z float64) float64 { return sand(x, z, false) })
		if !hit {
			return air
		}
		px, pz := eye[0]+dir[0]*dist, eye[2]+dir[2]*dist
		py := sand(px, pz, true)
		e := 0.0022 + 0.0011*dist
		n := unit3(sand(px-e, pz, true)-sand(px+e, pz, true), 2*e, sand(px, pz-e, true)-sand(px, pz+e, true))
		lit := math.Max(0, n[0]*toSun[0]+n[1]*toSun[1]+n[2]*toSun[2])
		shadow := shaded([3]float64{px, py + 0.006, pz}, toSun)
		open := 0.55 + 0.45*n[1]
		ground := mix(hex(0xD9A066), hex(0xE8B783), 0.5+0.7*noise(px*0.5, pz*0.5, 231))
		ground = ground.times(0.94 + 0.10*noise(px*60, pz*60, 232))
		warm := hex(0xFFD3A0).times(3.1 * lit * shadow)
		cool := hex(0x8FB0DA).times(0.36 * open)
		bounce := hex(0xE0A878).times(0.10 * math.Max(0, 0.6-n[0]*toSun[0]))
		light := ground.by(warm.add(cool).add(bounce))
		haze := 1 - math.Exp(-math.Pow(dist/30, 1.5))
		return mix(light, sky.at(0.405).add(hex(0xFFC27A).times(0.30*bell(x, 0.6))).times(0.93), clamp(haze, 0, 0.96))
	}
	return scene{name: "dunes", width: 1800, height: 1200, exposure: 0.86, bloom: 0.22, vignette: 0.30, grain: 1.8, shade: shade}
}

// march follows a ray until it meets the ground, which is nowhere higher than top.
func march(eye, dir [3]float64, far, top float64, ground func(x, z float64) float64) (dist float64, hit bool) {
	t, last := 0.2, 0.2
	for t < far {
		gap := eye[1] + dir[1]*t - ground(eye[0]+dir[0]*t, eye[2]+dir[2]*t)
		if gap < 0.0004*t {
			lo, hi := last, t
			for range 9 {
				mid := (lo + hi) / 2
				if eye[1]+dir[1]*mid < ground(eye[0]+dir[0]*mid, eye[2]+dir[2]*mid) {
					hi = mid
				} else {
					lo = mid
				}
			}
			return (lo + hi) / 2, true
		}
		if dir[1] > 0 && eye[1]+dir[1]*t > top {
			return 0, false
		}
		last = t
		t += math.Max(0.004+0.0025*t, 0.36*gap)
	}
	return 0, false
}

// shaded is the share of the sun that reaches a place; a shadow's edge softens with the way to what throws it.
func shaded(from, toSun [3]float64) float64 {
	share := 1.0
	for t := 0.03; t < 5; {
		gap := from[1] + toSun[1]*t - sand(from[0]+toSun[0]*t, from[2]+toSun[2]*t, false)
		if gap < 0 {
			return 0
		}
		share = math.Min(share, 26*gap/t)
		t += math.Max(0.035, 0.5*gap)
	}
	return smooth(0, 1, share)
}

func unit3(x, y, z float64) [3]float64 {
	l := math.Sqrt(x*x + y*y + z*z)
	return [3]float64{x / l, y / l, z / l}
}
