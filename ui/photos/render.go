package photos

// This file owns the way from a stored photo to pixels, and the sizes on it.

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/photo"
)

// Size is the photo's size in pixels once it is developed.
func Size(ph project.Photo) (w, h int) {
	return photo.Size(&photo.Info{Width: ph.Width, Height: ph.Height, Orientation: 1}, ph.Recipe)
}

// Aspect is width over height of the developed photo; 1.5 where it is not known.
func Aspect(ph project.Photo) float32 {
	w, h := Size(ph)
	if w <= 0 || h <= 0 {
		return 1.5
	}
	return float32(w) / float32(h)
}

// within is the size of the developed photo fitted into a box, never above its
// own. A pixel lost in rounding is given back, so that a box of the photo's
// shape is filled to its edges.
func within(ph project.Photo, w, h int) (int, int) {
	w, h = max(w, 1), max(h, 1)
	pw, ph2 := Size(ph)
	if pw <= 0 || ph2 <= 0 {
		return w, h
	}
	scale := min(float64(w)/float64(pw), float64(h)/float64(ph2))
	if scale >= 1 {
		return pw, ph2
	}
	near := func(v float64, box int) int {
		if math.Abs(v-float64(box)) <= 1 {
			return box
		}
		return max(1, int(math.Round(v)))
	}
	return near(float64(pw)*scale, w), near(float64(ph2)*scale, h)
}

// render makes the pixels; a panic in a decoder becomes an error.
func render(ctx context.Context, src Source, ph project.Photo, w, h int, big bool) (img *image.RGBA, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("show %s: %v", ph.Name, r)
		}
	}()
	if src == nil {
		return nil, errors.New("no project is open")
	}
	if !big && max(w, h) <= project.ThumbnailEdge*5/4 {
		data, err := src.Thumbnail(ctx, ph)
		if err != nil {
			return nil, err
		}
		pixels, err := photo.Decode(data, nil, photo.DecodeOptions{Cover: max(w, h)})
		if err != nil {
			return nil, fmt.Errorf("show %s: %w", ph.Name, err)
		}
		b := pixels.Bounds()
		if w > b.Dx() || h > b.Dy() {
			w, h = b.Dx(), b.Dy()
		}
		return photo.Opaque(photo.Fit(pixels, w, h)), nil
	}
	data, err := src.Original(ph)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	info, err := photo.Inspect(data, photo.DefaultLimits)
	if err != nil {
		return nil, fmt.Errorf("show %s: %w", ph.Name, err)
	}
	cover := photo.Cover(info, ph.Recipe, max(w, h))
	pixels, err := photo.Decode(data, info, photo.DecodeOptions{Cover: cover})
	if err != nil {
		return nil, fmt.Errorf("show %s: %w", ph.Name, err)
	}
	return photo.Opaque(photo.Fit(photo.Develop(pixels, ph.Recipe), w, h)), nil
}

// Trouble is a few plain words for why a photo can't be shown.
func Trouble(err error) string {
	switch {
	case errors.Is(err, project.ErrOriginalMissing):
		return lang.L("Original missing")
	case errors.Is(err, project.ErrOriginalChanged):
		return lang.L("Original has changed")
	}
	return lang.L("Can’t be shown")
}
