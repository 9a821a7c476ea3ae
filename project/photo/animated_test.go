package photo

// This file tests that the first frame of an animation is the photo.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"slices"
	"strings"
	"testing"
)

// riff makes a chunk.
func riff(kind string, data ...[]byte) []byte {
	body := bytes.Join(data, nil)
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	if b = append(b, body...); len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func le24(v int) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16)} }

// webpChunks are the chunks of a WebP that hold pixels.
func webpChunks(plain []byte) []byte {
	var out []byte
	for at := 12; at+8 <= len(plain); {
		n := 8 + int(binary.LittleEndian.Uint32(plain[at+4:]))
		n += n & 1
		if kind := string(plain[at : at+4]); kind == "ALPH" || kind == "VP8 " || kind == "VP8L" {
			out = append(out, plain[at:at+n]...)
		}
		at += n
	}
	return out
}

// animatedWebP plays frames, each a WebP at a place, on a canvas.
func animatedWebP(w, h int, frames ...webpFrame) []byte {
	body := riff("VP8X", []byte{0x12, 0, 0, 0}, le24(w-1), le24(h-1))
	body = append(body, riff("ANIM", make([]byte, 6))...)
	for _, f := range frames {
		body = append(body, riff("ANMF", le24(f.area.Min.X/2), le24(f.area.Min.Y/2), le24(f.area.Dx()-1), le24(f.area.Dy()-1), le24(100), []byte{0},
			webpChunks(f.data))...)
	}
	return riff("RIFF", []byte("WEBP"), body)
}

func TestFirstFrame(t *testing.T) {
	const w, h = 96, 64
	first := scene(w, h)
	second := image.NewNRGBA(first.Rect)
	fill(second, second.Rect, color.NRGBA{9, 9, 9, 255})
	glass := scene(w, h)
	for y := range h / 2 {
		for x := range w / 2 {
			glass.Pix[glass.PixOffset(x, y)+3] = 0
		}
	}
	whole := image.Rect(0, 0, w, h)
	small := image.Rect(20, 10, 60, 40)
	patch := scene(small.Dx(), small.Dy())
	placed := image.NewNRGBA(whole)
	draw.Draw(placed, small, patch, image.Point{}, draw.Src)
	lossless := func(img image.Image) []byte {
		b := webpLossless(img)
		if !bytes.Contains(b, []byte("VP8L")) {
			t.Fatal("not a lossless WebP")
		}
		return b
	}

	paletted := func(img image.Image, area image.Rectangle) *image.Paletted {
		p := image.NewPaletted(area, palette.WebSafe)
		draw.Draw(p, area, img, image.Point{}, draw.Src)
		return p
	}
	var moving bytes.Buffer
	if err := gif.EncodeAll(&moving, &gif.GIF{
		Image: []*image.Paletted{paletted(patch, small), paletted(second, whole)}, Delay: []int{5, 5}, LoopCount: -1,
		Config: image.Config{ColorModel: color.Palette(palette.WebSafe), Width: w, Height: h},
	}); err != nil {
		t.Fatal(err)
	}
	// An APNG: acTL and fcTL before the pixels, further frames behind them.
	control := pngChunk("acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0})
	frame := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte{0, 0, 0, 0}, w), h), make([]byte, 14)...)
	apng := pngBytes(first, control, pngChunk("fcTL", frame))
	end := bytes.Index(apng, []byte("IEND")) - 4
	apng = slices.Concat(apng[:end], pngChunk("fcTL", frame), pngChunk("fdAT", append([]byte{0, 0, 0, 2}, deflated(make([]byte, (4*w+1)*h))...)), apng[end:])

	for _, tc := range []struct {
		name      string
		data      []byte
		want      *image.NRGBA
		tolerance float64
	}{
		{"webp", animatedWebP(w, h, webpFrame{webpBytes(first), whole}, webpFrame{webpBytes(second), whole}), first, 4},
		{"webp lossless", animatedWebP(w, h, webpFrame{lossless(first), whole}, webpFrame{lossless(second), whole}), first, 0},
		{"webp with transparency", animatedWebP(w, h, webpFrame{webpBytes(glass), whole}, webpFrame{webpBytes(second), whole}), glass, 4},
		{"webp lossless with transparency", animatedWebP(w, h, webpFrame{lossless(glass), whole}), glass, 4},
		{"webp on a larger canvas", animatedWebP(w, h, webpFrame{lossless(patch), small}, webpFrame{webpBytes(second), whole}), placed, 0},
		{"gif", moving.Bytes(), placed, 25},
		{"apng", apng, first, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info, err := Inspect(tc.data, Limits{})
			if err != nil || info.Width != w || info.Height != h {
				t.Fatalf("got %+v, %v", info, err)
			}
			if !strings.Contains(fmt.Sprint(info.Warnings), "animation") {
				t.Errorf("no word of an animation: %q", info.Warnings)
			}
			img, err := Decode(tc.data, info, DecodeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if img.Rect != whole {
				t.Fatalf("decoded to %v", img.Rect)
			}
			for _, p := range []image.Point{{10, 8}, {40, 20}, {90, 60}} {
				if got, want := img.NRGBAAt(p.X, p.Y).A, tc.want.NRGBAAt(p.X, p.Y).A; got != want {
					t.Errorf("alpha at %v is %d, want %d", p, got, want)
				}
			}
			if d := difference(Over(img, color.NRGBA{}), Over(tc.want, color.NRGBA{})); d > tc.tolerance {
				t.Errorf("differs by %.2f levels", d)
			}
		})
	}
	t.Run("one frame is no animation", func(t *testing.T) {
		info := must(Inspect(gifBytes(scene(300, 200)), Limits{}))
		if len(info.Warnings) > 0 {
			t.Errorf("warnings %q", info.Warnings)
		}
	})
}

func TestBrokenAnimations(t *testing.T) {
	whole := image.Rect(0, 0, 64, 48)
	good := webpBytes(scene(64, 48))
	animation := animatedWebP(64, 48, webpFrame{good, whole})
	for _, tc := range []struct {
		name string
		data []byte
		err  error
	}{
		{"no frame", animatedWebP(64, 48), ErrTruncated},
		{"a frame beyond its canvas", animatedWebP(64, 48, webpFrame{good, whole.Add(image.Pt(20, 0))}), ErrDamaged},
		{"a frame of another size", animatedWebP(64, 48, webpFrame{webpBytes(scene(60, 40)), whole}), ErrDamaged},
		{"a frame without pixels", animatedWebP(64, 48, webpFrame{nil, whole}), ErrTruncated},
		{"a canvas of 16 million pixels a side", animatedWebP(1<<24, 1<<24, webpFrame{good, whole}), ErrTooLarge},
		{"cut", animation[:len(animation)-20], ErrTruncated},
	} {
		_, err := Inspect(tc.data, Limits{})
		if !errors.Is(err, tc.err) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.err)
		}
		if _, err := Decode(tc.data, nil, DecodeOptions{}); err == nil {
			t.Errorf("%s: decoded", tc.name)
		}
	}
}
