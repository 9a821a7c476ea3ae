package main

// This file owns the lighthouse in the storm: heavy clouds with a gap of light under them, a rough sea, spray on the rock.

import "math"

// swell is the height of the sea: crests running in from the left, chop on top of them.
func swell(x, z float64) float64 {
	u, w := x*0.92+z*0.38, z*0.92-x*0.38
	drift := 0.5 * noise(u*0.3, w*0.3, 301)
	h := 0.62*ridged(u*0.26+drift, w*0.52+drift, 3, 302) - 0.2
	h += 0.16 * ridged(u*1.1+4, w*1.7, 3, 306)
	return h + 0.035*fbm(u*4.2, w*6.1, 3, 310)
}

var stormSky = ramp{{-0.05, hex(0xD9C49C)}, {0.035, hex(0xB0A894)}, {0.12, hex(0x7F8A90)}, {0.36, hex(0x56626A)}, {0.9, hex(0x38424A)}}

const (
	seaLine       = 0.665
	towerX        = 0.445
	towerLamp     = 0.262
	towerFoot     = 0.600
	storeyCount   = 5
	lanternHeight = 0.030
)

func lighthouse() scene {
	const focal = 1.15
	clouds := func(x, y float64) rgb {
		up := seaLine - y
		wx := 0.45 * fbm(x*2.1+3, y*3.3, 5, 321)
		wy := 0.45 * fbm(x*2.1+9, y*3.3, 5, 331)
		mass := fbm(x*2.3+wx*1.7, y*(3.8+2*smooth(0.35, 0, up))+wy*1.7, 7, 341)
		lit := fbm(x*2.3+wx*1.7+0.035, y*(3.8+2*smooth(0.35, 0, up))+wy*1.7+0.07, 6, 341)
		light := stormSky.at(up).times(0.90)
		light = light.times(0.92 + 1.9*clamp(mass, -0.42, 0.7))
		light = light.add(hex(0xF3DDB0).times(0.9 * clamp(mass-lit, 0, 0.5) * smooth(0.55, 0.02, up)))
		gap := smooth(0.18, -0.35, mass) * bell(up-0.07, 0.06)
		light = light.add(hex(0xFFE2A0).times(0.42 * gap * bell(x-0.16, 0.30)))
		// Rain hangs under the clouds at the right.
		rain := smooth(0.1, 0.5, fbm((x+0.22*up)*9, up*0.7, 4, 351)+0.22) * smooth(0.0, 0.07, up) * smooth(0.30, 0.12, up) * smooth(0.25, 0.6, x)
		return mix(light, hex(0x6A767D).times(0.75), 0.5*rain)
	}
	shade := func(x, y float64) rgb {
		var light rgb
		if y < seaLine {
			light = clouds(x, y).add(beam(x, y))
		} else {
			light = sea(x, y, focal, clouds)
		}
		light = rock(light, x, y)
		light = tower(light, x, y)
		return spray(light, x, y)
	}
	return scene{name: "lighthouse", width: 1200, height: 1800, exposure: 1.0, bloom: 0.7, vignette: 0.42, grain: 2.6, shade: shade}
}

func sea(x, y, focal float64, sky func(x, y float64) rgb) rgb {
	eye := [3]float64{0, 1.28, 0}
	dir := unit3((x-1.0/3)/focal, -(y-seaLine)/focal-0.004, 1)
	dist, hit := march(eye, dir, 60, 1.2, swell)
	far := mix(sky(x, seaLine-0.004), hex(0x84908F), 0.62).times(0.72)
	if !hit {
		return far
	}
	px, pz := eye[0]+dir[0]*dist, eye[2]+dir[2]*dist
	e := 0.004 + 0.0025*dist
	n := unit3(swell(px-e, pz)-swell(px+e, pz), 2*e, swell(px, pz-e)-swell(px, pz+e))
	facing := clamp(-(n[0]*dir[0] + n[1]*dir[1] + n[2]*dir[2]), 0, 1)
	mirror := math.Min(0.03+0.97*math.Pow(1-facing, 4.2), 0.62)
	bounce := dir[1] - 2*(dir[0]*n[0]+dir[1]*n[1]+dir[2]*n[2])*n[1]
	glow := mix(stormSky.at(clamp(0.9*bounce, 0.06, 0.6)), hex(0x74858C), 0.55).times(0.80)
	height := swell(px, pz)
	deep := mix(hex(0x13262B), hex(0x3A6663), smooth(-0.1, 0.55, height)*(0.35+0.65*math.Max(0, n[2]*-1+0.5)))
	light := mix(deep.times(0.62), glow, mirror*0.9)
	// Foam: on the crests, and drawn out in webs behind them.
	web := 1 - math.Abs(noise(px*2.6+noise(px*1.2, pz*1.2, 361), pz*3.6, 362))*2.1
	fine := fbm(px*9, pz*12, 4, 363)
	foam := smooth(0.27, 0.46, height+0.16*fine) * smooth(-0.30, 0.40, fine+0.25)
	foam = math.Max(foam, 0.30*smooth(0.72, 1.02, web+0.45*fine)*smooth(0.02, 0.34, height)*smooth(-0.2, 0.3, noise(px*0.8, pz*0.8, 364)))
	light = mix(light, hex(0xD8DEDB).times(0.50+0.25*fine), clamp(foam, 0, 0.9))
	return mix(light, far, clamp(1-math.Exp(-math.Pow(dist/26, 1.6)), 0, 0.97))
}

// beam is the light's two arms in the haze.
func beam(x, y float64) rgb {
	dx, dy := x-towerX, y-(towerLamp+lanternHeight*0.45)
	light := hex(0xFFE9B0).times(0.85*math.Exp(-math.Hypot(dx, dy)/0.016) + 0.16*math.Exp(-math.Hypot(dx, dy)/0.07))
	for _, arm := range []struct{ slope, power float64 }{{0.115, 1}, {0.05, 0.62}} {
		along, across := -dx, dy-arm.slope*dx*-1
		if arm.power < 1 {
			along, across = dx, dy+arm.slope*dx
		}
		if along <= 0 {
			continue
		}
		width := 0.004 + 0.075*along
		haze := 0.75 + 0.7*fbm(x*5, y*5, 4, 371)
		light = light.add(hex(0xFFE6AC).times(0.36 * arm.power * haze * bell(across, width*0.6) * math.Exp(-along*2.9)))
	}
	return light
}

// rock carries the tower: ledges, wet where the sea reaches them.
func rock(light rgb, x, y float64) rgb {
	crag := func(x float64) float64 {
		base := towerFoot + 0.016 + 0.42*math.Pow(math.Abs(x-towerX-0.015), 1.35)
		return base + 0.045*(ridged(x*6.5, 2, 5, 381)-0.4)
	}
	top := crag(x)
	foot := seaLine + 0.055 + 0.012*noise(x*9, 1, 386)
	if y < top || y > foot || x < towerX-0.235 {
		return light
	}
	n := fbm(x*22, y*34, 6, 391)
	edge := fbm(x*22+0.5, y*34+0.5, 6, 391)
	stone := mix(hex(0x1C1D1E), hex(0x6B6258), clamp(0.38+1.1*(n-edge)+0.55*n, 0, 1))
	stone = stone.times(0.75 + 0.55*smooth(top+0.03, top, y)*smooth(0.3, -0.2, x-towerX))
	wet := smooth(foot-0.06, foot, y+0.02*n)
	stone = mix(stone, hex(0x0C1214), 0.65*wet)
	c := smooth(0, 0.003, y-top) * smooth(foot, foot-0.010, y+0.008*n) * smooth(towerX-0.235, towerX-0.20, x)
	return mix(light, stone, c)
}

// tower is the lighthouse: a tapering shaft in two colours, a gallery, a lantern under a dome.
func tower(light rgb, x, y float64) rgb {
	dx := x - towerX
	put := func(c rgb, cover float64) { light = mix(light, c, clamp(cover, 0, 1)) }
	soft := func(d float64) float64 { return smooth(0.0009, -0.0009, d) }
	box := func(left, right, top, bottom float64) float64 {
		return soft(math.Max(math.Max(left-dx, dx-right), math.Max(top-y, y-bottom)))
	}
	gallery := towerLamp + lanternHeight
	round := func(half float64, c rgb) rgb { // daylight comes in low from the left
		u := clamp(dx/half, -1, 1)
		return c.times(0.10 + 0.50*math.Pow(clamp(0.58-0.66*u, 0, 1), 1.5) + 0.07*smooth(0.5, 1, u)).by(rgb{1.03, 1, 0.95})
	}
	if down := (y - gallery) / (towerFoot + 0.028 - gallery); down > 0 && down < 1 {
		half := lerp(0.0245, 0.0400, down*(0.75+0.25*down))
		paint := hex(0xDDD8CC)
		if band := int(down * storeyCount); band%2 == 1 {
			paint = hex(0xA2473A)
		}
		weather := 0.80 + 0.42*fbm(dx*90, y*9, 5, 395) + 0.22*fbm(dx*40, y*60, 4, 396) - 0.25*smooth(0.80, 1, down)
		put(round(half, paint.times(weather)), soft(math.Abs(dx)-half))
		for i := range 3 { // windows, one lit
			wy := lerp(gallery, towerFoot, 0.17+0.29*float64(i))
			pane := hex(0x14181C)
			if i == 1 {
				pane = hex(0xFFCF86).times(1.3)
			}
			put(pane, soft(math.Max(math.Abs(dx+0.004)-0.0034, math.Abs(y-wy)-0.0062)))
		}
	}
	put(round(0.033, hex(0x3A3B3C)), box(-0.033, 0.033, gallery-0.003, gallery+0.006))
	put(hex(0x1B1D20), 0.8*box(-0.033, 0.033, gallery-0.013, gallery-0.0118))
	for i := -4; i <= 4; i++ {
		at := float64(i) * 0.0081
		put(hex(0x1B1D20), 0.8*box(at-0.0006, at+0.0006, gallery-0.013, gallery))
	}
	if y > towerLamp && y < gallery-0.003 && math.Abs(dx) < 0.019 { // the lantern
		lamp := hex(0xFFF0C4).times(0.5 + 9*bell(dx, 0.006)*bell(y-towerLamp-lanternHeight*0.45, 0.008))
		put(lamp, soft(math.Abs(dx)-0.0165))
		bar := math.Abs(math.Mod(dx+0.0165+0.0055, 0.011) - 0.0055)
		put(hex(0x202326), soft(bar-0.0005)*soft(math.Abs(dx)-0.0168))
	}
	dome := math.Hypot(dx, (y-towerLamp)*1.15) - 0.0195
	if y <= towerLamp+0.001 {
		put(round(0.02, hex(0x9E3B2A)), soft(dome))
		put(hex(0x26282A), box(-0.0009, 0.0009, towerLamp-0.036, towerLamp-0.012))
	}
	return light
}

// spray is what a wave throws up where it breaks on the rock.
func spray(light rgb, x, y float64) rgb {
	for i, b := range []struct{ x, y, wide, high, power float64 }{
		{towerX - 0.150, seaLine + 0.040, 0.070, 0.115, 0.85},
		{towerX - 0.055, seaLine + 0.045, 0.075, 0.050, 0.75},
		{towerX + 0.120, seaLine + 0.045, 0.090, 0.045, 0.70},
		{towerX - 0.220, seaLine + 0.040, 0.055, 0.040, 0.6},
	} {
		u, v := (x-b.x-0.25*(b.y-y))/b.wide, (b.y-y)/b.high
		if v < -0.5 || v > 1.6 || math.Abs(u) > 2 {
			continue
		}
		plume := 1 - math.Sqrt(u*u*(1.4-0.5*clamp(v, 0, 1))+math.Pow(math.Max(v, -2*v), 2))
		wx, wy := 0.35*fbm(x*12, y*12, 4, 397), 0.35*fbm(x*12+5, y*12+5, 4, 397)
		ragged := fbm(x*22+float64(i)*5+2*wx, y*22+2*wy, 7, 398)
		drops := smooth(0.50, 0.75, noise(x*420, y*420, 399)) * smooth(-0.30, 0.15, plume+0.8*ragged) * 0.35
		c := math.Max(smooth(0.02, 0.95, plume+1.25*ragged), drops) * b.power
		light = mix(light, hex(0xE3E4DD).times(0.55+0.35*ragged), clamp(c, 0, 0.9))
	}
	return light
}
