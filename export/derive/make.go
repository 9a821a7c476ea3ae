package derive

// This file owns Make and Card: from an original to its derivatives.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"photodesk/project/photo"
)

// Make makes the derivatives that the job asks for, in its order. It answers from the cache what it can, and stops
// between steps with ctx's error once ctx is done. Errors of the original are those of photo.Inspect, or ErrChanged.
func Make(ctx context.Context, job Job) (Result, error) {
	src, err := open(&job)
	if err != nil {
		return Result{}, err
	}
	w, h := photo.Size(src.info, job.Recipe)
	res := Result{Width: w, Height: h, Files: make([]File, len(job.Specs))}
	specs := make([]Spec, len(job.Specs))
	var missing []int // indices into specs
	for i, s := range job.Specs {
		if specs[i], err = s.normal(w); err != nil {
			return Result{}, err
		}
		height := heightAt(w, h, specs[i].Width)
		data, ok := job.Cache.Get(job.key(specs[i], "width"))
		if !ok {
			missing = append(missing, i)
			continue
		}
		res.Files[i] = newFile(data, specs[i].Format, specs[i].Width, height)
	}
	var known bool
	if res.Placeholder, known = job.cachedPlaceholder(); known && len(missing) == 0 && ctx.Err() == nil {
		return res, nil
	}
	// Widest first, so that each size can be made from the one before.
	slices.SortStableFunc(missing, func(a, b int) int { return cmp.Compare(specs[b].Width, specs[a].Width) })
	widest := min(w, widths[0])
	if len(missing) > 0 {
		widest = specs[missing[0]].Width
	}
	img, kept, err := src.develop(ctx, job.Recipe, widest, w, h)
	if err != nil {
		return Result{}, err
	}
	res.Placeholder = photo.Dominant(img)
	job.cachePlaceholder(res.Placeholder)
	say := newSegments(job.Words, kept)

	group, running := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range missing {
		if running.Err() != nil {
			break
		}
		spec := specs[i]
		img = photo.Fit(img, spec.Width, heightAt(w, h, spec.Width))
		sized := img
		group.Go(func() error {
			if err := running.Err(); err != nil {
				return err
			}
			data, err := encode(sized, spec.Format, spec.Quality, say)
			if err != nil {
				return err
			}
			res.Files[i] = newFile(data, spec.Format, sized.Rect.Dx(), sized.Rect.Dy())
			job.Cache.Put(job.key(spec, "width"), data)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return res, nil
}

// The size that social networks show a link's photo at.
const (
	cardWidth  = 1200
	cardHeight = 630
)

// Card makes the JPEG that social networks show beside a link: 1200 by 630 pixels around the focal point, smaller in the
// same shape where the photo is. The job's specs don't matter. Its errors are those of Make.
func Card(ctx context.Context, job Job) (File, error) {
	src, err := open(&job)
	if err != nil {
		return File{}, err
	}
	w, h := photo.Size(src.info, job.Recipe)
	// The largest area of the card's shape within the photo, and its size in the card.
	scale := min(float64(w)/cardWidth, float64(h)/cardHeight)
	cw, ch := cardWidth, cardHeight
	if scale < 1 {
		cw, ch = max(1, int(cardWidth*scale)), max(1, int(cardHeight*scale))
	}
	spec := Spec{Width: cw, Format: JPEG, Quality: QualityJPEG}
	key := job.key(spec, "card")
	if data, ok := job.Cache.Get(key); ok {
		return newFile(data, JPEG, cw, ch), nil
	}
	width := min(w, int(math.Ceil(float64(w)/max(scale, 1))))
	img, kept, err := src.develop(ctx, job.Recipe, width, w, h)
	if err != nil {
		return File{}, err
	}
	height := max(ch, heightAt(w, h, width))
	img = photo.Fit(img, max(width, cw), height)
	data, err := encode(around(img, job.Recipe.FocusIn(), cw, ch), JPEG, QualityJPEG, newSegments(job.Words, kept))
	if err != nil {
		return File{}, err
	}
	job.Cache.Put(key, data)
	return newFile(data, JPEG, cw, ch), nil
}

// around cuts w by h pixels out of img, as near to centred on the focal point as its edges allow.
func around(img *image.NRGBA, focus photo.Point, w, h int) *image.NRGBA {
	place := func(at float64, have, want int) int {
		return min(max(int(math.Round(at*float64(have)))-want/2, 0), have-want)
	}
	x, y := place(focus.X, img.Rect.Dx(), w), place(focus.Y, img.Rect.Dy(), h)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for row := range h {
		copy(out.Pix[row*out.Stride:][:4*w], img.Pix[img.PixOffset(x, y+row):])
	}
	return out
}

// source is an original whose header is known and whose bytes are read when they are needed.
type source struct {
	job     *Job
	info    *photo.Info
	checked bool // the job's data are what its hash says
}

// open makes sure that the job's hash and info are known, reading the original only where they aren't.
func open(job *Job) (*source, error) {
	if err := job.Recipe.Validate(); err != nil {
		return nil, fmt.Errorf("recipe: %w", err)
	}
	src := &source{job: job, info: job.Info}
	if job.SHA256 == "" || job.Info == nil {
		if err := src.read(); err != nil {
			return nil, err
		}
	}
	if src.info == nil {
		info, err := photo.Inspect(job.Data, photo.Limits{})
		if err != nil {
			return nil, err
		}
		src.info = info
	}
	return src, nil
}

// read brings the original's bytes into the job, which is open's own copy, and checks them against its hash.
func (s *source) read() error {
	if s.checked {
		return nil
	}
	if s.job.Data == nil {
		data, err := os.ReadFile(s.job.Original)
		if err != nil {
			return fmt.Errorf("read original: %w", err)
		}
		s.job.Data = data
	}
	sum := hash(s.job.Data)
	if s.job.SHA256 != "" && s.job.SHA256 != sum {
		return ErrChanged
	}
	s.job.SHA256, s.checked = sum, true
	return nil
}

// develop decodes the photo, whose developed size is w by h, no larger than a derivative of this width needs. It also
// gives the colour profile that the pixels still are in, nil for sRGB.
func (s *source) develop(ctx context.Context, r photo.Recipe, width, w, h int) (*image.NRGBA, []byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := s.read(); err != nil {
		return nil, nil, err
	}
	edge := int(math.Ceil(float64(max(w, h)) * float64(width) / float64(w)))
	img, err := photo.Decode(s.job.Data, s.info, photo.DecodeOptions{Cover: photo.Cover(s.info, r, edge)})
	if err != nil {
		return nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	img = photo.Develop(img, r)
	return img, photo.KeptProfile(s.job.Data), ctx.Err()
}

func newFile(data []byte, format string, w, h int) File {
	return File{Width: w, Height: h, Format: format, MediaType: "image/" + format, SHA256: hash(data), Data: data}
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (job *Job) cachedPlaceholder() (color.NRGBA, bool) {
	b, ok := job.Cache.Get(job.key(Spec{}, "placeholder"))
	if !ok || len(b) != 3 {
		return color.NRGBA{}, false
	}
	return color.NRGBA{R: b[0], G: b[1], B: b[2], A: 255}, true
}

func (job *Job) cachePlaceholder(c color.NRGBA) {
	job.Cache.Put(job.key(Spec{}, "placeholder"), []byte{c.R, c.G, c.B})
}
