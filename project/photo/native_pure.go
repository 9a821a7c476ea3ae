//go:build !cgo

package photo

// This file owns what native_cgo.go leaves to C libraries, in Go alone: jpegn decodes JPEGs, imaging resizes channels.

import (
	"bytes"
	"image"

	"github.com/disintegration/imaging"
	"github.com/gen2brain/jpegn"
)

// Engine names what decodes ordinary JPEGs and resizes their channels, with version.
func Engine() string { return "gen2brain/jpegn v0.6.0, disintegration/imaging v1.6.2" }

// jpegPlanes decodes a JPEG of luma and chroma to a part of its size, 1/1 to 1/8. It gives nil for one of another kind.
func jpegPlanes(data []byte, denom int) (*image.YCbCr, error) {
	img, err := jpegn.Decode(bytes.NewReader(data), &jpegn.Options{ScaleDenom: denom})
	if err != nil {
		return nil, err
	}
	planes, _ := img.(*image.YCbCr)
	return planes, nil
}

// jpegPixels decodes a JPEG of one or three components to a part of its size, 1/1 to 1/8.
func jpegPixels(data []byte, denom int) (image.Image, error) {
	return jpegn.Decode(bytes.NewReader(data), &jpegn.Options{ToRGBA: true, ScaleDenom: denom})
}

// fit resizes one channel to the size of out by imaging, which knows no single channels and is quickest with NRGBA: three bands of the channel go
// through it as red, green and blue, bands of rows for the horizontal half and of columns for the vertical one. No band
// mixes with another, so that the result is the same as that of a grey photo.
func (p plane) fit(out plane) error {
	w, h := out.w, out.h
	rows := (p.h + 2) / 3
	wide := image.NewNRGBA(image.Rect(0, 0, p.w, rows))
	eachRow(rows, func(y int) {
		out := wide.Pix[y*wide.Stride:][:4*p.w]
		a, b, c := p.row(y), p.row(y+rows), p.row(y+2*rows)
		b, c = b[:len(a)], c[:len(a)]
		for x, v := range a {
			o := out[4*x : 4*x+4 : 4*x+4]
			o[0], o[1], o[2], o[3] = v, b[x], c[x], 255
		}
	})
	if p.w != w {
		wide = imaging.Resize(wide, w, rows, imaging.CatmullRom)
	}
	columns := (w + 2) / 3
	tall := image.NewNRGBA(image.Rect(0, 0, columns, p.h))
	eachRow(p.h, func(y int) {
		band := y / rows
		in, out := wide.Pix[(y-band*rows)*wide.Stride:][:4*w], tall.Pix[y*tall.Stride:][:4*columns]
		second, third := min(columns, w-1), min(2*columns, w-1)
		for x := range columns {
			o := out[4*x : 4*x+4 : 4*x+4]
			o[0] = in[4*x+band]
			o[1] = in[4*min(second+x, w-1)+band]
			o[2] = in[4*min(third+x, w-1)+band]
			o[3] = 255
		}
	})
	if p.h != h {
		tall = imaging.Resize(tall, columns, h, imaging.CatmullRom)
	}
	eachRow(h, func(y int) {
		in, row := tall.Pix[y*tall.Stride:][:4*columns], out.pix[y*out.stride:][:w]
		for band := range 3 {
			from := min(band*columns, w)
			part := row[from:min(from+columns, w)]
			for x := range part {
				part[x] = in[4*x+band]
			}
		}
	})
	return nil
}
