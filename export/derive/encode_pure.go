//go:build !cgo

package derive

// This file owns encoding without cgo: jpegn, and libwebp as WebAssembly or the system's where it is found.

import (
	"bytes"
	"image"

	"github.com/gen2brain/jpegn"
	"github.com/gen2brain/webp"

	"photodesk/project/photo"
)

func jpegEncoder() string { return "gen2brain/jpegn " + jpegnVersion + ", optimised" }

func encodeJPEG(img *image.YCbCr, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpegn.Encode(&b, img, &jpegn.EncodeOptions{Quality: quality, OptimizeCoding: true})
	return b.Bytes(), err
}

// webpMethod is libwebp's effort, 0 to 6. WebAssembly is some six times slower than C: 1 keeps an export bearable, for
// files that are a few percent larger.
const webpMethod = 1

func webpEncoder() string {
	via := "WebAssembly"
	if webp.Dynamic() == nil {
		via = "the system's libwebp"
	}
	return "gen2brain/webp " + gen2WebPVersion + " through " + via + ", method 1"
}

func encodeWebP(img *image.YCbCr, quality int) ([]byte, error) {
	var b bytes.Buffer
	// Its quality 100 means lossless, which no derivative wants.
	err := webp.Encode(&b, photo.Opaque(photo.RGBOf(img)), webp.Options{Quality: min(quality, 99), Method: webpMethod})
	return b.Bytes(), err
}
