// Command paint makes the photographs of the sample essay and Photodesk's icon. They are computed, pixel by pixel, from
// fractal noise and a little optics; no photograph and no model went into them. The same program on the same kind of
// processor gives the same bytes; all six take a few minutes.
//
//	go run ./assets/sample/paint
//
// writes assets/sample/photos/*.jpg, assets/icon.png and assets/icon.svg.
package main

import (
	"flag"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
)

// A scene is one photograph: its size, how it is lit and exposed, and what is seen at each point.
type scene struct {
	name          string
	width, height int
	exposure      float64
	bloom         float64 // how far the highlights bleed, as a share of the light
	vignette      float64
	grain         float64 // standard deviation, in 8-bit steps

	// shade returns the linear light at x, y, in units of the photograph's height, y downwards.
	shade func(x, y float64) rgb
	// after, where it isn't nil, adds light on top of what was shaded, as lens and film do.
	after func(c *canvas)
}

const quality = 85

func main() {
	out := flag.String("out", "assets", "the folder that holds icon.png and sample/")
	only := flag.String("only", "", "paint this scene only")
	scale := flag.Float64("scale", 1, "paint smaller, for a look")
	rough := flag.Bool("rough", false, "one sample a pixel instead of four, written as PNG")
	flag.Parse()
	if err := run(*out, *only, *scale, *rough); err != nil {
		fmt.Fprintln(os.Stderr, "paint:", err)
		os.Exit(1)
	}
}

func run(out, only string, scale float64, rough bool) error {
	for _, s := range scenes() {
		if only != "" && only != s.name {
			continue
		}
		s.width, s.height = int(float64(s.width)*scale), int(float64(s.height)*scale)
		samples := 4
		if rough {
			samples = 1
		}
		photo := render(s, samples)
		name := filepath.Join(out, "sample", "photos", s.name+".jpg")
		if rough {
			name = filepath.Join(out, s.name+".png")
		}
		if err := write(name, photo); err != nil {
			return fmt.Errorf("paint %s: %w", s.name, err)
		}
	}
	if only != "" && only != "icon" {
		return nil
	}
	if err := write(filepath.Join(out, "icon.png"), iconPNG(512)); err != nil {
		return fmt.Errorf("paint the icon: %w", err)
	}
	return os.WriteFile(filepath.Join(out, "icon.svg"), []byte(iconSVG()), 0o644)
}

func scenes() []scene {
	return []scene{ridges(), harbour(), dunes(), forest(), lighthouse(), skyline()}
}

func write(name string, photo image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if strings.HasSuffix(name, ".png") {
		err = png.Encode(f, photo)
	} else {
		err = jpeg.Encode(f, photo, &jpeg.Options{Quality: quality})
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
