package main

// This file owns the harbour at night: a far shore of lamps, their light drawn long by the ripples, and the lamps of the
// quay close by, out of focus.

import "math"

type lamp struct {
	x, y, power, size float64
	mirror            float64 // the water line below it; 0 is the shore
	c                 rgb
}

func harbour() scene {
	const shore = 0.50
	warm, amber, cold, green, red := hex(0xFFC078), hex(0xFF9A3C), hex(0xBFD9FF), hex(0x7CFFC4), hex(0xFF5A3C)
	pick := func(h float64) rgb {
		switch {
		case h < 0.50:
			return warm
		case h < 0.76:
			return amber
		case h < 0.93:
			return cold
		case h < 0.965:
			return green
		}
		return red
	}
	hill := func(x float64) float64 {
		return shore - 0.012 - 0.085*smooth(0.2, 1.2, x)*(0.8+0.5*fbm(x*2.1, 2, 5, 21)) - 0.035*bell(x-0.25, 0.22) - 0.008*ridged(x*18, 3, 3, 22)
	}
	var lamps []lamp
	for i := range 150 {
		h := func(k int) float64 { return hash(i, k, 31) }
		x := h(0) * 1.52
		l := lamp{x: x, size: 0.0011 + 0.0012*h(3)*h(3), power: 0.5 + 3.2*math.Pow(h(2), 5), c: pick(h(4))}
		if h(5) < 0.62 { // along the water
			l.y = shore - 0.006 - 0.010*h(1)
			l.power *= 1.7
		} else { // up the slope
			l.y = lerp(shore-0.012, hill(x)+0.012, h(1)*h(1))
			l.power *= 0.55
		}
		lamps = append(lamps, l)
	}
	for _, b := range boats { // a riding light at the top of each mast
		lamps = append(lamps, lamp{x: b.x, y: b.base - 1.42*b.size, power: 1.3, size: 0.0018, c: cold, mirror: b.base})
	}

	sky := ramp{{0, hex(0x1B2C4A)}, {0.22, hex(0x2A4166)}, {0.40, hex(0x55668A)}, {0.5, hex(0xA88A86)}}
	above := func(x, y float64) rgb {
		light := sky.at(y).times(0.62)
		cloud := smooth(-0.05, 0.42, fbm(x*1.6+4, y*5.2, 6, 51))
		light = mix(light, hex(0xB48A80).times(0.42*smooth(0.1, 0.5, y)+0.05), 0.6*cloud)
		if y > hill(x) {
			trees := 0.5 + 0.5*fbm(x*40, y*60, 3, 61)
			light = hex(0x0B121C).times(0.5 + 0.4*trees)
			windows := hash(int(x*420), int(y*420), 63)
			if windows > 0.965 && y > shore-0.05 {
				light = light.add(warm.times(0.6 * hash(int(x*420), int(y*420), 64)))
			}
		}
		return light
	}
	open := func(x, y float64) rgb {
		if y < shore {
			light := above(x, y)
			for _, l := range lamps {
				dx, dy := x-l.x, y-l.y
				d := dx*dx + dy*dy
				if d > 0.01 {
					continue
				}
				light = light.add(l.c.times(l.power * (9*math.Exp(-d/(2*l.size*l.size)) + 0.05*math.Exp(-math.Sqrt(d)/0.009))))
			}
			return light
		}
		// The water is a mirror whose tilt the ripples change, the more of it seen the nearer it is.
		near := (y - shore) / (1 - shore)
		reach := 1 / (near + 0.045)
		wave := fbm(x*(10+6*reach), near*0+reach*9, 4, 71) + 0.6*fbm(x*5*reach*0.4+9, reach*21, 3, 75)
		tilt := wave * (0.06 + 0.10*near)
		my := clamp(2*shore-y+0.30*tilt-0.03*near, 0, shore-0.001)
		mx := x + 0.10*wave*near
		light := above(mx, my).times(0.58).by(rgb{0.80, 0.95, 1.10})
		light = light.add(hex(0x16304A).times(0.10 * (1 + 1.4*wave)))
		for _, l := range lamps {
			line := shore
			if l.mirror > 0 {
				line = l.mirror
			}
			away := y - (2*line - l.y)
			if away < -0.02 {
				continue
			}
			width := 0.0028 + 0.030*near + l.size
			dx := x + 0.055*wave*(0.12+near) - l.x
			if math.Abs(dx) > 4*width {
				continue
			}
			glint := smooth(-0.12, 0.5, wave+0.25*math.Exp(-away*9))
			fade := math.Exp(-math.Max(0, away) * (5.2 - 0.8*math.Min(l.power, 4)))
			light = light.add(l.c.times(l.power * 0.40 * bell(dx, width*0.55) * glint * fade * smooth(-0.01, 0.012, away)))
		}
		return light
	}
	shade := func(x, y float64) rgb {
		light := open(x, y)
		for _, b := range boats {
			if y > b.base {
				near := (y - shore) / (1 - shore)
				ripple := fbm(x*30, y*160, 3, 77) * (0.010 + 0.05*near)
				under := b.over(light, x+ripple, 2*b.base-y+0.5*ripple)
				light = mix(light, under, 0.72*smooth(0.26, 0.02, y-b.base))
			} else {
				light = b.over(light, x, y)
			}
		}
		return light
	}
	return scene{
		name: "harbour", width: 1800, height: 1200, exposure: 1.15, bloom: 0.9, vignette: 0.4, grain: 2.6,
		shade: shade, after: func(c *canvas) { quay(c, pick) },
	}
}

// A boat lies at anchor before the shore, dark but for its cabin. Its size is the length of its hull.
type boat struct{ x, base, size float64 }

var boats = []boat{{0.93, 0.553, 0.14}, {0.60, 0.575, 0.19}, {0.27, 0.625, 0.30}}

func (b boat) over(light rgb, x, y float64) rgb {
	u, v := (x-b.x)/b.size, (b.base-y)/b.size
	deck := 0.105 + 0.055*u + 0.16*u*u
	hull := v < deck && u > -0.46-0.10*v && u < 0.42+0.75*v
	roof := 0.205 - 0.10*smooth(0.05, 0.24, u)
	cabin := u > -0.24 && u < 0.24 && v < roof
	mast := math.Abs(u-0.02) < 0.0075-0.003*v && v < 1.42
	boom := u > -0.40 && u < 0.02 && math.Abs(v-0.30-0.03*u) < 0.016+0.008*math.Sin(u*60)
	stay := v > deck && v < 1.40 && (math.Abs(u-0.02-0.40*(1.40-v)) < 0.0028 || math.Abs(u-0.02+0.36*(1.40-v)) < 0.0028)
	dark := hex(0x0C131D).times(0.55)
	switch {
	case hull && v > deck-0.022:
		return hex(0xB7A79A).times(0.16)
	case hull:
		return mix(dark, hex(0x24405E).times(0.35), smooth(0.0, 0.12, v))
	case cabin && v > 0.125 && v < 0.168 && math.Mod(u+1, 0.095) < 0.062:
		return hex(0xFFC07A).times(1.5)
	case cabin:
		return hex(0x3A3A40).times(0.30)
	case mast || boom:
		return dark
	case stay:
		return mix(light, dark, 0.5)
	}
	return light
}

// quay adds the lamps close by, which the open lens turns into discs: brighter at their rims, cut to ovals at the sides.
func quay(c *canvas, pick func(float64) rgb) {
	unit := float64(c.height)
	for i := range 34 {
		h := func(k int) float64 { return hash(i, k, 81) }
		x, y, radius := h(0)*1.56-0.03, 0.99+0.10*(h(1)-0.5), 0.020+0.040*h(2)
		if i < 9 { // a string of lamps hangs in from the right
			t := float64(i) / 8
			x, y, radius = 1.02+0.52*t, 0.03+0.16*math.Sin(t*1.9)*(1-0.45*t)+0.006*h(1), 0.021+0.012*t
		}
		colour := pick(h(3) * 0.95).times(0.16 + 0.34*h(4)*h(4))
		squeeze := 1 + 0.30*math.Abs(x-0.75)
		for py := int((y - radius) * unit); py <= int((y+radius)*unit); py++ {
			for px := int((x - radius) * unit); px <= int((x+radius)*unit); px++ {
				if px < 0 || py < 0 || px >= c.width || py >= c.height {
					continue
				}
				d := math.Hypot((float64(px)/unit-x)*squeeze, float64(py)/unit-y) / radius
				edge := smooth(1, 0.965, d)
				if edge == 0 {
					continue
				}
				body := 0.62 + 0.10*fbm(d*3+h(5)*40, math.Atan2(float64(py)/unit-y, float64(px)/unit-x)*2, 3, 85) + 0.55*smooth(0.80, 0.97, d)
				p := c.at(px, py)
				*p = p.add(colour.times(edge * body))
			}
		}
	}
}
