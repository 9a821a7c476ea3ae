package main

// This file owns the forest in fog: wood behind wood, each paler, and the light that falls through the gap in the middle.

import "math"

func forest() scene {
	const layers = 9
	const gap = 0.37 // where the light comes from
	fogAt := func(x, y float64) rgb {
		light := mix(hex(0x8FA6A0), hex(0xF2E6C4), bell(x-gap, 0.20)*smooth(0.95, 0.1, y))
		light = light.times(lerp(1.06, 0.52, smooth(0.05, 1, y)))
		return light.add(hex(0xFFE9B8).times(0.55 * bell(math.Hypot(x-gap, (y-0.20)*0.7), 0.13)))
	}
	shade := func(x, y float64) rgb {
		light := fogAt(x, y)
		for k := range layers {
			t := float64(k) / (layers - 1)
			dark := mix(hex(0x40524C), hex(0x0B120F), smooth(0, 0.9, t))
			veil := clamp(0.93*math.Pow(1-t, 0.85)+0.05, 0, 0.97)
			veil = clamp(veil+0.10*fbm(x*2.4+float64(k)*3, y*3.2, 4, 410+k), 0.03, 0.97)
			ground := lerp(0.70, 0.965, math.Pow(t, 1.3)) + 0.030*fbm(x*2.2+float64(k)*7, 0.5, 4, 420+k) + 0.02*t*math.Abs(x-gap)
			cover, tone := wood(x, y, ground, t, k)
			if cover > 0 {
				body := dark.times(tone)
				side := bell(x-gap, 0.22) * (1 - t) * 0.5
				body = mix(body, fogAt(x, y).times(0.95), veil)
				body = body.add(hex(0xFFE2A8).times(0.06 * side))
				light = mix(light, body, cover)
			}
			if y > ground-0.012*t {
				light = mix(light, floor(x, y, ground, t, k, fogAt), smooth(ground-0.010*t, ground+0.004+0.012*t, y+0.022*t*math.Abs(noise(x*150, y*14, 430+k))-0.008*t))
			}
			// Fog drifts between one wood and the next.
			drift := smooth(-0.15, 0.6, fbm(x*1.7+float64(k)*5, y*3.6, 5, 440+k)) * smooth(ground+0.10, ground-0.20, y)
			light = mix(light, fogAt(x, y), 0.20*(1-t)*drift)
		}
		return light.add(shafts(x, y, gap))
	}
	return scene{name: "forest", width: 1200, height: 1800, exposure: 0.92, bloom: 0.5, vignette: 0.42, grain: 2.2, shade: shade}
}

// wood is what one row of trees covers at a point, and how light its bark or its needles are there.
func wood(x, y, ground, t float64, k int) (cover, tone float64) {
	spacing := lerp(0.030, 0.25, math.Pow(t, 1.5))
	girth := lerp(0.0032, 0.034, math.Pow(t, 1.4))
	first := int(math.Floor(x/spacing)) - 1
	for i := first; i <= first+2; i++ {
		h := func(n int) float64 { return hash(i, k*16+n, 450) }
		middle := (float64(i) + 0.15 + 0.7*h(0)) * spacing
		if t > 0.55 && math.Abs(middle-0.37) < 0.11*t { // the nearest leave the gap open
			continue
		}
		if h(1) < 0.16 {
			continue
		}
		lean := (h(2) - 0.5) * 0.05
		bend := 0.006 * t * noise(y*2.2, float64(i), 460+k)
		width := girth * (0.62 + 0.75*h(3)) * lerp(0.62, 1.05, smooth(-0.3, ground, y))
		width *= 1 + 0.55*smooth(ground-0.05-0.04*t, ground+0.01, y) // the foot spreads
		off := x - middle - lean*(y-ground) - bend
		width += girth * 0.10 * noise(y*34, off*40, 470+k)
		foot := ground + 0.004 + 0.012*t + 0.016*t*fbm(x*60, float64(i), 3, 475+k)
		if y < foot+0.01 {
			c := smooth(width, width-0.0012-0.0006*(1-t), math.Abs(off)) * smooth(foot+0.006, foot-0.006-0.012*t, y)
			if c > cover {
				u := off / width
				bark := fbm(u*3.2+float64(i)*7, y*lerp(60, 13, t), 4, 480+k)
				round := 1.05 - 0.55*u*u
				lit := 1 + 1.3*t*smooth(0.2, 1, u*sign(0.37-middle))*bell(middle-0.37, 0.4)
				cover, tone = c, (0.85+0.9*bark)*round*lit
			}
		}
		if c, n := boughs(off, y, ground, girth, t, i, k); c > cover {
			cover, tone = c, n
		}
	}
	return cover, tone
}

// boughs hang from a trunk at both sides: arcs of needles, thicker towards the top of the tree.
func boughs(off, y, ground, girth, t float64, i, k int) (cover, tone float64) {
	height := lerp(0.46, 1.5, math.Pow(t, 0.8)) * (0.8 + 0.4*hash(i, k, 490))
	from := ground - height*lerp(0.30, 0.42, hash(i, k, 491))
	if y > from+0.12 || math.Abs(off) > girth*11 {
		return 0, 0
	}
	pitch := girth * lerp(2.0, 1.25, t)
	reach := girth * lerp(3.2, 6.5, hash(i, k, 492)) * smooth(ground-height, from-height*0.1, y)
	side := 0
	if off > 0 {
		side = 1
	}
	drop := math.Abs(off) * (0.34 + 0.22*hash(i, k+side, 493)) // a bough hangs lower the farther out it is
	v := (y-drop)/pitch + 0.8*noise(off*14, float64(i), 494)
	row := int(math.Floor(v))
	long := reach * (0.35 + 0.9*hash(row, i*4+side, 495+k))
	if hash(row, i*4+side, 520+k) < 0.28 || float64(row+1)*pitch > from {
		return 0, 0
	}
	out := math.Abs(off) / long
	if out > 1 {
		return 0, 0
	}
	in := v - math.Floor(v)
	needles := 0.55*fbm(off*lerp(420, 105, t), y*lerp(300, 75, t), 4, 500+k) + 0.25*noise(off*lerp(160, 40, t), y*lerp(110, 30, t), 510+k)
	thick := (0.62 - 0.45*out) * (0.8 + 0.6*hash(row, i, 530+k))
	c := smooth(-0.10, 0.16, thick-math.Abs(in-0.42)+needles*0.9-0.06)
	return c * smooth(1, 0.8, out), 0.75 + 0.9*needles + 0.35*(1-in)
}

// floor is the ground of one wood: moss and ferns, finer and paler with the distance.
func floor(x, y, ground, t float64, k int, fogAt func(x, y float64) rgb) rgb {
	fine := lerp(90, 24, t)
	n := fbm(x*fine, y*fine*2.1, 5, 540+k) + 0.5*t*noise(x*220, y*70, 542)*smooth(0.70, 0.95, y)
	moss := mix(hex(0x2C3A22), hex(0x6B6A34), clamp(0.42+1.1*n, 0, 1)).times(lerp(0.75, 0.55, t))
	path := bell(x-0.37-0.10*(y-0.75)+0.03*noise(y*5, 3, 545), 0.012+0.17*math.Max(0, y-0.70))
	moss = mix(moss, hex(0x9A8663).times(0.62+0.35*fbm(x*fine*0.8, y*fine*3, 4, 547)), 0.72*path)
	light := moss.add(hex(0xFFE2A8).times(0.05 * path))
	veil := clamp(0.92*math.Pow(1-t, 0.9)-0.35*(y-ground), 0, 0.95)
	return mix(light, fogAt(x, y), veil)
}

// shafts are the beams that the fog makes of the light between the trees.
func shafts(x, y, gap float64) rgb {
	dx, dy := x-gap-0.02, y+0.28
	angle := math.Atan2(dx, dy)
	beams := smooth(0.02, 0.55, fbm(angle*13, 1.5, 4, 560)+0.10)
	fade := smooth(1.05, 0.25, y) * bell(angle, 0.30)
	dust := 0.75 + 0.5*fbm(x*3, y*3, 4, 565)
	return hex(0xFFE6B0).times(0.30 * beams * fade * dust)
}
