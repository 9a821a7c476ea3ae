//go:build !cgo

package photo

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"
)

// A channel resized in bands is what imaging makes of a grey photo, to the bit.
func TestPlaneFitsAsImagingDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range [][4]int{{97, 61, 40, 30}, {64, 64, 64, 20}, {64, 64, 20, 64}, {3, 2, 1, 1}, {1, 1, 5, 4}, {31, 17, 62, 33}, {100, 7, 50, 2}} {
		p, got := plane{make([]byte, c[0]*c[1]), c[0], c[0], c[1]}, plane{make([]byte, c[2]*c[3]), c[2], c[2], c[3]}
		grey := image.NewNRGBA(image.Rect(0, 0, c[0], c[1]))
		for i := range p.pix {
			v := byte(r.IntN(256))
			p.pix[i] = v
			copy(grey.Pix[4*i:], []byte{v, v, v, 255})
		}
		if err := p.fit(got); err != nil {
			t.Fatal(err)
		}
		want := imaging.Resize(grey, c[2], c[3], imaging.CatmullRom)
		for i, v := range got.pix {
			if v != want.Pix[4*i] {
				t.Fatalf("%v: sample %d is %d, want %d", c, i, v, want.Pix[4*i])
			}
		}
	}
}
