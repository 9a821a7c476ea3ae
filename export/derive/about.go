package derive

// This file owns what is learnt of a photo once and kept beside its derivatives: its placeholder colour, the colour
// profile that its pixels stay in, and the qualities at which it still looks the same.

import (
	"context"
	"encoding/json"
	"image"
	"image/color"

	"photodesk/project/photo"
)

// about is kept in the cache, so that an export that makes nothing anew opens no original.
type about struct {
	Colour  [3]byte        // to show until the photo arrives
	Profile []byte         `json:",omitempty"` // nil for sRGB
	Quality map[string]int `json:",omitempty"` // of each format, where it was measured
}

func (a about) placeholder() color.NRGBA {
	return color.NRGBA{R: a.Colour[0], G: a.Colour[1], B: a.Colour[2], A: 255}
}

// quality is the spec's, or a lower one that looks the same.
func (a about) quality(s Spec) int {
	if q := a.Quality[s.Format]; q > 0 {
		return min(q, s.Quality)
	}
	return s.Quality
}

func (job *Job) recall() (a about, ok bool) {
	b, ok := job.Cache.Get(job.key(Spec{}, purposeAbout))
	return a, ok && json.Unmarshal(b, &a) == nil
}

// learn looks at the smallest of sizes, which are sorted widest first, that is large enough to tell.
func (job *Job) learn(ctx context.Context, sizes []*image.YCbCr, profile []byte) (about, error) {
	small := sizes[0]
	for _, m := range sizes {
		if m.Rect.Dx() >= measuredWidth {
			small = m
		}
	}
	c := photo.Dominant(small)
	a := about{Colour: [3]byte{c.R, c.G, c.B}, Profile: profile}
	if job.Measured {
		a.Quality = map[string]int{}
		for format, from := range map[string]int{JPEG: QualityJPEG, WebP: QualityWebP} {
			q, err := alike(small, format, from)
			if err != nil {
				return about{}, err
			}
			a.Quality[format] = q
			if err := ctx.Err(); err != nil {
				return about{}, err
			}
		}
	}
	b, err := json.Marshal(a)
	if err == nil {
		job.Cache.Put(job.key(Spec{}, purposeAbout), b)
	}
	return a, err
}
