package page

import (
	"image/color"
	"testing"
)

func TestGround(t *testing.T) {
	for _, theme := range Themes() {
		if g := Ground(theme); g == (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) || g.A != 255 {
			t.Errorf("%s: %v, which is nobody's paper", theme, g)
		}
	}
	if g := Ground("no such theme"); g != (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) {
		t.Errorf("an unknown theme: %v, want white", g)
	}
}
