package page

import (
	"image/color"
	"testing"
	"testing/fstest"
)

func TestGround(t *testing.T) {
	white := color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	for _, theme := range BuiltIn() {
		if g := theme.Ground(); g == white || g.A != 255 {
			t.Errorf("%s: %v, which is nobody's paper", theme.Name, g)
		}
	}
	if g := (Theme{}).Ground(); g != BuiltIn()[0].Ground() {
		t.Errorf("no theme: %v, want the default's", g)
	}
	if g := (Theme{"bare", fstest.MapFS{}}).Ground(); g != white {
		t.Errorf("a theme without style: %v, want white", g)
	}
}
