package main

// This file owns the city at dusk: towers row behind row, their windows, and the river that repeats them.

import "math"

var dusk = ramp{
	{0.00, hex(0x2F3F5C)}, {0.20, hex(0x53637F)}, {0.38, hex(0x8F8494)}, {0.51, hex(0xD29C86)}, {0.61, hex(0xF3B682)}, {0.70, hex(0xF7C48E)},
}

// A quarter is one row of buildings.
type quarter struct {
	base, low, high float64 // where it stands, and how tall its buildings are
	plot            float64 // width of a building's ground
	haze            float64
	lit             float64 // share of the windows that are lit
	storey          float64
	seed            int
}

var quarters = []quarter{
	{0.655, 0.03, 0.12, 0.017, 0.74, 0.10, 0.0034, 701},
	{0.660, 0.04, 0.240, 0.029, 0.50, 0.20, 0.0038, 702},
	{0.668, 0.05, 0.350, 0.043, 0.26, 0.27, 0.0042, 703},
	{0.680, 0.04, 0.205, 0.056, 0.10, 0.30, 0.0048, 704},
	{0.692, 0.02, 0.085, 0.074, 0.02, 0.26, 0.0056, 705},
}

func skyline() scene {
	const bank = 0.700
	sky := func(x, y float64) rgb {
		light := dusk.at(y + 0.03*noise(x*1.3, y*2, 711)).times(0.94)
		light = light.add(hex(0xFF9A50).times(0.50 * bell(x-0.52, 0.34) * bell(y-0.64, 0.13)))
		veil := fbm(x*1.15+2, y*6.4+0.5*fbm(x*2, y*3, 3, 713), 6, 715)
		cloud := smooth(0.02, 0.46, veil+0.07) * smooth(0.66, 0.50, y)
		under := mix(hex(0x55607A), hex(0xF0A58C), smooth(0.05, 0.46, y)).times(0.95 + 0.5*smooth(0.1, 0.5, veil))
		return mix(light, under, 0.68*cloud)
	}
	above := func(x, y float64) rgb {
		light := sky(x, y)
		for _, q := range quarters {
			light = q.over(light, x, y)
		}
		if y > bank-0.014 { // the quay with its lamps
			light = hex(0x14161C).times(0.5 + 0.3*noise(x*30, 1, 721))
			if l := math.Mod(x+0.006, 0.037); math.Abs(l-0.018) < 0.0013 && math.Abs(y-bank+0.010) < 0.0015 {
				light = hex(0xFFC880).times(7)
			}
		}
		return light
	}
	shade := func(x, y float64) rgb {
		if y < bank {
			return above(x, y)
		}
		near := (y - bank) / (1 - bank)
		reach := 1 / (near + 0.06)
		wave := fbm(x*(8+4*reach), reach*10, 4, 731) + 0.5*fbm(x*3*reach*0.5, reach*24, 3, 735)
		// What the ripples smear lengthwise, a few samples along the smear stand for.
		var light rgb
		for i := range 5 {
			spread := (float64(i) - 2) * (0.004 + 0.030*near)
			my := 2*bank - y - 0.014 + (0.024+0.12*near)*wave + spread
			light = light.add(above(x+0.02*wave*near, clamp(my, 0.02, bank-0.002)).times(0.2))
		}
		light = light.by(rgb{0.60, 0.64, 0.74})
		light = mix(light, hex(0x2B3A5C).times(0.55), 0.20+0.28*near)
		return light.add(hex(0xFFC08A).times(0.10 * smooth(0.25, 0.6, wave) * (1 - near)))
	}
	return scene{name: "skyline", width: 1800, height: 1200, exposure: 0.92, bloom: 0.55, vignette: 0.34, grain: 2.2, shade: shade}
}

// over draws the quarter's buildings, the tallest in the middle of the town.
func (q quarter) over(light rgb, x, y float64) rgb {
	first := int(math.Floor(x/q.plot)) - 1
	for i := first; i <= first+2; i++ {
		h := func(k int) float64 { return hash(i, k, q.seed) }
		middle := (float64(i) + 0.5 + 0.30*(h(0)-0.5)) * q.plot
		half := q.plot * (0.30 + 0.24*h(1))
		town := 0.30 + 0.70*bell(middle-0.62, 0.30) + 0.28*bell(middle-1.22, 0.14)
		height := lerp(q.low, q.high, math.Pow(h(2), 1.8)*town+0.10*h(3)) * (0.80 + 0.45*bell(middle-0.62, 0.25))
		top := q.base - height
		off := x - middle
		if h(4) > 0.60 && height > 0.10 && y < top+0.30*height { // set back towards the top
			half *= 0.74
			if y < top+0.12*height {
				half *= 0.72
			}
		}
		if h(4) < 0.14 && height > 0.16 { // a slanted roof
			top += (off/half + 1) * 0.016
		}
		mast := height > 0.19 && h(5) > 0.55 && math.Abs(off) < 0.0011 && y > top-0.16*height && y <= top
		if !mast && (math.Abs(off) > half || y < top) {
			continue
		}
		return q.wall(x, y, off/half, (y-top)/height, i)
	}
	return light
}

// wall is one building's front: glass that repeats the sky, storeys, and windows that people have lit.
func (q quarter) wall(x, y, across, down float64, i int) rgb {
	h := func(k int) float64 { return hash(i, k, q.seed) }
	glass := mix(hex(0x1A1F2C), hex(0x40434F), h(6))
	glass = glass.times(0.50 + 0.30*smooth(0.6, -1, across))
	glass = glass.add(dusk.at(0.30 + 0.30*down).times(0.10 + 0.10*h(7)))
	// The afterglow strikes the sides that face it.
	glass = glass.add(hex(0xFF9E62).times(0.10 * smooth(0.1, 1, across*math.Copysign(1, 0.52-x)) * smooth(0.9, 0, down)))
	wide := q.storey * (0.72 + 0.7*h(8))
	u, v := x/wide, y/q.storey
	column, row := int(math.Floor(u)), int(math.Floor(v))
	fu, fv := u-math.Floor(u), v-math.Floor(v)
	pane := smooth(0.10, 0.20, fu) * smooth(0.92, 0.82, fu) * smooth(0.22, 0.32, fv) * smooth(0.90, 0.78, fv)
	share := q.lit * (0.45 + 1.1*h(9)) * (0.75 + 0.5*noise(float64(column)*0.23, float64(row)*0.31, q.seed+20))
	if hash(row, i, q.seed+3) < 0.05 { // a storey that works late
		share = 0.9
	}
	c := glass.times(1 - 0.25*(1-pane))
	if hash(column, row, q.seed+4) < share && down > 0.02 {
		colour := mix(hex(0xFFB868), hex(0xFFE3B4), hash(column, row, q.seed+5))
		if hash(column, row, q.seed+6) > 0.93 {
			colour = hex(0xCFE2FF)
		}
		c = c.add(colour.times(pane * (0.22 + 1.25*math.Pow(hash(column, row, q.seed+7), 2.6))))
	}
	air := mix(dusk.at(0.60), hex(0x8A86A0), 0.45).add(hex(0xFF9A50).times(0.36 * bell(x-0.52, 0.30))).times(0.74)
	return mix(c, air, q.haze*lerp(0.86, 1.04, clamp(down, 0, 1)))
}
