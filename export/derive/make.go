package derive

// This file owns Make and Card: from an original to its derivatives.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"io"
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
	defer src.close()
	w, h := photo.Size(src.info, job.Recipe)
	specs := make([]Spec, len(job.Specs))
	for i, s := range job.Specs {
		if specs[i], err = s.normal(w); err != nil {
			return Result{}, err
		}
	}
	job.chain(specs)
	about, known := job.recall()
	pixels := make([][]byte, len(specs)) // encoded, without words
	var missing []int                    // indices into specs
	for i, s := range specs {
		if known { // else all of them are looked at, to know it
			specs[i].Quality = about.quality(s)
			pixels[i], _ = job.Cache.Get(job.key(specs[i], purposeWidth))
		}
		if pixels[i] == nil {
			missing = append(missing, i)
		}
	}
	res := Result{Width: w, Height: h, Files: make([]File, len(specs)), Made: len(missing)}
	if !known || len(missing) > 0 {
		sizes, profile, err := src.sizes(ctx, specs, missing, w, h)
		if err != nil {
			return Result{}, err
		}
		if !known {
			if about, err = job.learn(ctx, sizes, profile); err != nil {
				return Result{}, err
			}
		}
		if err := job.encodeAll(ctx, specs, missing, sizes, about, pixels); err != nil {
			return Result{}, err
		}
		for _, m := range sizes {
			photo.Recycle(m)
		}
	}
	res.Placeholder = about.placeholder()
	say, err := src.segments(about.Profile)
	if err != nil {
		return Result{}, err
	}
	for i, s := range specs {
		height := heightAt(w, h, s.Width)
		data, err := say.into(pixels[i], s.Format, s.Width, height)
		if err != nil {
			return Result{}, err
		}
		photo.GiveBack(pixels[i])
		res.Files[i] = newFile(data, s, height)
	}
	return res, ctx.Err()
}

// sizes are the planes of the photo at the specs' widths, widest first, each made from the one before, as far down as
// something is missing. They start at the widest always: what the cache holds must not decide how a pixel came about.
func (s *source) sizes(ctx context.Context, specs []Spec, missing []int, w, h int) ([]*image.YCbCr, []byte, error) {
	var widths []int
	for _, spec := range specs {
		widths = append(widths, spec.Width)
	}
	if len(widths) == 0 {
		widths = []int{min(w, measuredWidth)}
	}
	slices.Sort(widths)
	widths = slices.Compact(widths)
	slices.Reverse(widths)
	least := widths[0]
	for _, i := range missing {
		least = min(least, specs[i].Width)
	}
	img, profile, err := s.planes(ctx, widths[0], heightAt(w, h, widths[0]))
	if err != nil {
		return nil, nil, err
	}
	var out []*image.YCbCr
	for _, width := range widths {
		if width < least {
			break
		}
		if img, err = photo.FitPlanes(img, width, heightAt(w, h, width)); err != nil {
			return nil, nil, err
		}
		out = append(out, img)
	}
	return out, profile, ctx.Err()
}

// encodeAll encodes the missing specs, widest first, on all processors; where the job gives way to others, on this thread.
func (job *Job) encodeAll(ctx context.Context, specs []Spec, missing []int, sizes []*image.YCbCr, about about, pixels [][]byte) error {
	slices.SortStableFunc(missing, func(a, b int) int { return cmp.Compare(specs[b].Width, specs[a].Width) })
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range missing {
		at := slices.IndexFunc(sizes, func(m *image.YCbCr) bool { return m.Rect.Dx() == specs[i].Width })
		one := func() error {
			if err := running.Err(); err != nil {
				return err
			}
			s := specs[i]
			s.Quality = about.quality(s)
			data, err := encode(sizes[at], s.Format, s.Quality)
			if err != nil {
				return err
			}
			specs[i], pixels[i] = s, data
			job.Cache.Put(job.key(s, purposeWidth), data)
			return nil
		}
		if job.Yield == nil {
			group.Go(one)
			continue
		}
		if err := job.Yield(ctx); err != nil {
			return err
		}
		if err := one(); err != nil {
			return err
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
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
	defer src.close()
	w, h := photo.Size(src.info, job.Recipe)
	// The largest area of the card's shape within the photo, and its size in the card.
	scale := min(float64(w)/cardWidth, float64(h)/cardHeight)
	cw, ch := cardWidth, cardHeight
	if scale < 1 {
		cw, ch = max(1, int(cardWidth*scale)), max(1, int(cardHeight*scale))
	}
	spec := Spec{Width: cw, Format: JPEG, Quality: QualityJPEG}
	key := job.key(spec, purposeCard)
	pixels, ok := job.Cache.Get(key)
	about, known := job.recall()
	if !ok || !known { // without what is known of the photo its colour profile isn't
		width := max(cw, min(w, int(math.Ceil(float64(w)/max(scale, 1)))))
		img, profile, err := src.planes(ctx, width, max(ch, heightAt(w, h, width)))
		if err != nil {
			return File{}, err
		}
		about.Profile = profile
		cut := around(photo.RGBOf(img), job.Recipe.FocusIn(), cw, ch)
		if pixels, err = encode(photo.PlanesOf(cut, job.Ground), JPEG, QualityJPEG); err != nil {
			return File{}, err
		}
		job.Cache.Put(key, pixels)
	}
	say, err := src.segments(about.Profile)
	if err != nil {
		return File{}, err
	}
	data, err := say.into(pixels, JPEG, cw, ch)
	if err != nil {
		return File{}, err
	}
	return newFile(data, spec, ch), nil
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

	borrowed []byte // the job's data, where they were read here
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
		data, err := readFile(s.job.Original)
		if err != nil {
			return fmt.Errorf("read original: %w", err)
		}
		s.job.Data, s.borrowed = data, data
	}
	sum := hash(s.job.Data)
	if s.job.SHA256 != "" && s.job.SHA256 != sum {
		return ErrChanged
	}
	s.job.SHA256, s.checked = sum, true
	return nil
}

// close ends the use of the original's bytes.
func (s *source) close() {
	photo.GiveBack(s.borrowed)
}

// readFile reads a whole file into borrowed memory.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := photo.Borrow(int(st.Size()))
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, err
	}
	return data, nil
}

// planes is the developed photo at w by h pixels, and the colour profile that it still is in, nil for sRGB.
func (s *source) planes(ctx context.Context, w, h int) (*image.YCbCr, []byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := s.read(); err != nil {
		return nil, nil, err
	}
	img, profile, err := photo.Planes(s.job.Data, s.info, s.job.Recipe, w, h, s.job.Ground)
	if err != nil {
		return nil, nil, err
	}
	return img, profile, ctx.Err()
}

// segments are what goes into each derivative beside its pixels.
func (s *source) segments(profile []byte) (segments, error) {
	var camera photo.Camera
	if s.job.Policy == PolicyAllButLocation { // the camera's settings are in the original alone
		if err := s.read(); err != nil {
			return segments{}, err
		}
		camera = photo.CameraOf(s.job.Data)
	}
	return newSegments(carry(s.job.Policy, s.job.Words, camera), profile), nil
}

func newFile(data []byte, s Spec, height int) File {
	return File{
		Width: s.Width, Height: height, Format: s.Format, Quality: s.Quality,
		MediaType: "image/" + s.Format, SHA256: hash(data), Data: data,
	}
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
