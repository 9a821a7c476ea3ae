package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sample comes with every copy of the program, so it stays small.
const (
	largest    = 400_000
	largestAll = 2_000_000
)

type sample struct {
	Blocks []struct {
		Kind   string
		Photos []struct{ File string }
	}
	Photos []struct{ File, Caption, Credit, Alt string }
}

func TestSampleIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "sample.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s sample
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	total := 0
	for _, p := range s.Photos {
		data, err := os.ReadFile(filepath.Join("..", "photos", p.File))
		if err != nil {
			t.Fatal(err)
		}
		if total += len(data); len(data) > largest {
			t.Errorf("%s has %d bytes", p.File, len(data))
		}
		if _, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil {
			t.Errorf("%s: %v", p.File, err)
		}
		if p.Caption == "" || p.Credit == "" || p.Alt == "" || p.Alt == p.Caption {
			t.Errorf("%s lacks words", p.File)
		}
		described[p.File] = true
	}
	if total > largestAll {
		t.Errorf("the photographs have %d bytes together", total)
	}
	placed := 0
	for _, b := range s.Blocks {
		for _, p := range b.Photos {
			placed++
			if !described[p.File] {
				t.Errorf("%s is placed but not described", p.File)
			}
		}
	}
	if placed != len(scenes()) || len(s.Photos) != len(scenes()) {
		t.Errorf("%d scenes, %d described, %d placed", len(scenes()), len(s.Photos), placed)
	}
}

func TestPaintingRepeats(t *testing.T) {
	for _, s := range scenes() {
		s.width, s.height = s.width/40, s.height/40
		if a, b := render(s, 1), render(s, 1); !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("%s comes out different every time", s.name)
		}
	}
}

func TestNoiseKeepsItsRange(t *testing.T) {
	lo, hi := 0.0, 0.0
	for i := range 20_000 {
		x, y := float64(i)*0.137, float64(i%173)*0.291
		lo, hi = min(lo, noise(x, y, 7)), max(hi, noise(x, y, 7))
		if r := ridged(x, y, 5, 7); r < 0 || r > 1 {
			t.Fatalf("ridged(%g, %g) = %g", x, y, r)
		}
	}
	if lo < -1.1 || hi > 1.1 || lo > -0.6 || hi < 0.6 {
		t.Errorf("noise reaches from %g to %g", lo, hi)
	}
}

func TestIcon(t *testing.T) {
	icon := iconPNG(64)
	if _, _, _, a := icon.At(0, 0).RGBA(); a != 0 {
		t.Error("the icon's corner is not clear")
	}
	if _, _, _, a := icon.At(32, 32).RGBA(); a != 0xffff {
		t.Error("the icon's middle is not solid")
	}
	d := xml.NewDecoder(strings.NewReader(iconSVG()))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
