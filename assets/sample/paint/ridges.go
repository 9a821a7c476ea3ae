package main

// This file owns the first scene: dawn over mountains, ridge behind ridge, each paler than the one before it.

import "math"

var dawn = ramp{
	{0.00, hex(0x6C87A4)}, {0.16, hex(0x9FB0BC)}, {0.30, hex(0xE0C4AC)}, {0.42, hex(0xFFD9A0)}, {0.52, hex(0xFFC98A)},
}

func ridges() scene {
	const layers = 8
	const sunX, sunY = 1.045, 0.372
	sun := hex(0xFFB46A).times(2.2)
	glow := func(x, y float64) (haze, disc rgb) {
		d := math.Hypot(x-sunX, (y-sunY)*1.25)
		return sun.times(0.62*bell(d, 0.09) + 0.34*bell(d, 0.28)), hex(0xFFF1D0).times(9 * smooth(0.0335, 0.030, math.Hypot(x-sunX, y-sunY)))
	}
	crest := func(k int, x float64) float64 {
		t := float64(k) / (layers - 1)
		base := lerp(0.43, 0.95, math.Pow(t, 1.25))
		amp := lerp(0.11, 0.25, t)
		freq := lerp(2.2, 1.15, t)
		h := ridged(x*freq+float64(k)*13.7, float64(k)*3.1, 7, 40+k*17) - 0.42
		h += 0.35 * fbm(x*freq*0.6+float64(k)*5, 1.5, 3, 300+k)
		return base - amp*h
	}
	shade := func(x, y float64) rgb {
		streaks := smooth(0.02, 0.5, fbm(x*1.3+3, y*9, 5, 11)+0.12)
		light := dawn.at(y + 0.04*fbm(x*2, y*4, 3, 5))
		light = mix(light, hex(0xFFE3C4).times(1.05), 0.42*streaks*smooth(0.42, 0.12, y))
		haze, disc := glow(x, y)
		light = light.add(haze.times(1 - 0.25*streaks)).add(disc)
		for k := range layers {
			ground := crest(k, x)
			top := ground
			if k >= layers-2 {
				top -= conifers(x, lerp(0.010, 0.027, float64(k-layers+2)), 600+k)
			}
			if y < top {
				continue
			}
			t := float64(k) / (layers - 1)
			depth := math.Pow(1-t, 1.3)
			far := mix(hex(0xAEBBCB), hex(0xFFD2A0), bell(x-sunX, 0.40)).times(0.92)
			rock := mix(hex(0x3B5168), hex(0x0E1A22), smooth(0.1, 1, t))
			// The slopes: gullies run down from the crest and catch the light where they face the sun.
			down := math.Max(0, y-ground)
			gully := fbm(x*16+float64(k)*9, down*9+fbm(x*6, y*6, 2, 80+k), 5, 90+k)
			side := clamp(0.5+1.6*gully*sign(sunX-x+0.02), 0, 1)
			rock = mix(rock.times(0.72), rock.add(hex(0xC87B48).times(0.20*(1-0.6*t))), side)
			body := mix(rock, far, clamp(depth*1.02, 0, 0.93))
			// Mist lies in the valley before the next ridge.
			fog := smooth(0.015, lerp(0.16, 0.30, t), down+0.045*fbm(x*3.2+float64(k), y*7, 4, 140+k))
			fogLight := mix(hex(0xA9B8C8), hex(0xFFD9B0), 0.12+0.88*bell(x-sunX, 0.40)).times(lerp(1.0, 0.58, t))
			body = mix(body, fogLight, fog*lerp(0.92, 0.62, t))
			rim := bell(y-top, 0.0022) * bell(x-sunX, 0.35) * (1 - t)
			light = body.add(hex(0xFFC88A).times(0.5 * rim))
			light = light.add(haze.times(0.20 * depth))
		}
		return light
	}
	return scene{name: "ridges", width: 1800, height: 1200, exposure: 0.78, bloom: 0.5, vignette: 0.28, grain: 2.0, shade: shade}
}

func sign(x float64) float64 { return math.Tanh(x * 8) }

// conifers is the outline of a wood along a crest: spires of different heights, ragged at their sides.
func conifers(x, size float64, seed int) float64 {
	tall := 0.0
	for row := range 3 {
		width := size * (0.42 + 0.1*float64(row))
		cell := math.Floor(x/width + float64(row)*0.37)
		for d := -1; d <= 1; d++ {
			i := int(cell) + d
			middle := (float64(i)-float64(row)*0.37+0.5)*width + (hash(i, row, seed)-0.5)*width*0.9
			h := size * (0.55 + 1.1*hash(i, row, seed+1))
			if noise(middle*5, float64(row), seed+7) < -0.55 {
				h *= 0.35 // a clearing
			}
			t := math.Abs(x-middle) / (h * 0.24)
			if t > 1 {
				continue
			}
			step := 0.06 * math.Sin(t*34+hash(i, row, seed+2)*6) * t
			tall = math.Max(tall, h*(1-t+step))
		}
	}
	return tall
}
