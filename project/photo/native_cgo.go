//go:build cgo

package photo

// This file owns what C libraries do better where cgo has them: libjpeg-turbo decodes JPEGs, zimg resizes single channels.
// native_pure.go has the same functions for builds without cgo.

/*
#cgo pkg-config: libturbojpeg zimg
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <turbojpeg.h>
#include <zimg.h>

#define PHOTODESK_TEXT_(x) #x
#define PHOTODESK_TEXT(x) PHOTODESK_TEXT_(x)
static const char *photodesk_turbo_version(void) { return PHOTODESK_TEXT(LIBJPEG_TURBO_VERSION); }

// A JPEG of hundreds of scans costs minutes and shows nothing: TurboJPEG stops at 500 of them.
#define PHOTODESK_DECODE (TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)

// photodesk_ended tells whether decoding gave pixels: warnings are of damage that viewers show beside what is whole.
static int photodesk_ended(tjhandle h, int code, char *why) {
	if (code && tjGetErrorCode(h) != TJERR_WARNING) {
		strncpy(why, tjGetErrorStr2(h), JMSG_LENGTH_MAX - 1);
		return -1;
	}
	return 0;
}

static int photodesk_planes(tjhandle h, const uint8_t *data, unsigned long size, uint8_t *y, uint8_t *cb, uint8_t *cr, int w, int ht,
                            int stride, int cstride, char *why) {
	unsigned char *planes[3] = {y, cb, cr};
	int strides[3] = {stride, cstride, cstride};
	return photodesk_ended(h, tjDecompressToYUVPlanes(h, data, size, planes, w, strides, ht, PHOTODESK_DECODE), why);
}

static int photodesk_pixels(tjhandle h, const uint8_t *data, unsigned long size, uint8_t *out, int w, int stride, int ht, char *why) {
	return photodesk_ended(h, tjDecompress2(h, data, size, out, w, stride, ht, TJPF_RGBA, PHOTODESK_DECODE), why);
}

static tjscalingfactor photodesk_scale(int denom) {
	tjscalingfactor f = {1, denom};
	return f;
}
static int photodesk_scaled(int n, tjscalingfactor f) { return TJSCALED(n, f); }

// photodesk_graph prepares the resizing of one channel of full-range samples by Lanczos over three lobes.
static zimg_filter_graph *photodesk_graph(int inw, int inh, int outw, int outh) {
	zimg_image_format from, to;
	zimg_graph_builder_params how;
	zimg_image_format_default(&from, ZIMG_API_VERSION);
	from.width = inw, from.height = inh, from.pixel_type = ZIMG_PIXEL_BYTE, from.depth = 8, from.pixel_range = ZIMG_RANGE_FULL;
	from.color_family = ZIMG_COLOR_GREY;
	to = from;
	to.width = outw, to.height = outh;
	zimg_graph_builder_params_default(&how, ZIMG_API_VERSION);
	how.resample_filter = ZIMG_RESIZE_LANCZOS, how.filter_param_a = 3;
	return zimg_filter_graph_build(&from, &to, &how);
}

// photodesk_fit resizes one channel whose rows begin at multiples of 64 bytes.
static int photodesk_fit(const zimg_filter_graph *graph, const uint8_t *in, int instride, uint8_t *out, int outstride) {
	zimg_image_buffer_const src = {ZIMG_API_VERSION};
	zimg_image_buffer dst = {ZIMG_API_VERSION};
	size_t size = 0;
	void *scratch = NULL;
	int failed;
	if (zimg_filter_graph_get_tmp_size(graph, &size) || posix_memalign(&scratch, 64, size ? size : 64)) return 1;
	src.plane[0].data = in, src.plane[0].stride = instride, src.plane[0].mask = ZIMG_BUFFER_MAX;
	dst.plane[0].data = out, dst.plane[0].stride = outstride, dst.plane[0].mask = ZIMG_BUFFER_MAX;
	failed = zimg_filter_graph_process(graph, &src, &dst, scratch, NULL, NULL, NULL, NULL) != ZIMG_ERROR_SUCCESS;
	free(scratch);
	return failed;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"
	"unsafe"
)

// Engine names what decodes ordinary JPEGs and resizes their channels, with version.
func Engine() string {
	var v [3]C.uint
	C.zimg_get_version_info(&v[0], &v[1], &v[2])
	return fmt.Sprintf("libjpeg-turbo %s, zimg %d.%d.%d", C.GoString(C.photodesk_turbo_version()), v[0], v[1], v[2])
}

// ratios are TurboJPEG's subsamplings that Go has names for.
var ratios = map[C.int]image.YCbCrSubsampleRatio{
	C.TJSAMP_444: image.YCbCrSubsampleRatio444, C.TJSAMP_422: image.YCbCrSubsampleRatio422,
	C.TJSAMP_420: image.YCbCrSubsampleRatio420, C.TJSAMP_440: image.YCbCrSubsampleRatio440,
}

// turbo is a JPEG being decoded.
type turbo struct {
	handle              C.tjhandle
	data                *C.uint8_t
	size                C.ulong
	w, h                C.int // at the scale
	subsampling, colour C.int
	why                 [C.JMSG_LENGTH_MAX]C.char
}

func openTurbo(data []byte, denom int) (*turbo, error) {
	t := &turbo{handle: C.tjInitDecompress(), data: (*C.uint8_t)(unsafe.SliceData(data)), size: C.ulong(len(data))}
	if t.handle == nil {
		return nil, errors.New("start libjpeg-turbo: out of memory")
	}
	if C.tjDecompressHeader3(t.handle, t.data, t.size, &t.w, &t.h, &t.subsampling, &t.colour) != 0 && C.tjGetErrorCode(t.handle) != C.TJERR_WARNING {
		defer t.close()
		return nil, errors.New(C.GoString(C.tjGetErrorStr2(t.handle)))
	}
	f := C.photodesk_scale(C.int(denom))
	t.w, t.h = C.photodesk_scaled(t.w, f), C.photodesk_scaled(t.h, f)
	return t, nil
}

func (t *turbo) close() { C.tjDestroy(t.handle) }

func (t *turbo) failed() error { return errors.New(C.GoString(&t.why[0])) }

// jpegPlanes decodes a JPEG of luma and chroma to a part of its size, 1/1 to 1/8. It gives nil for one of another kind.
func jpegPlanes(data []byte, denom int) (*image.YCbCr, error) {
	t, err := openTurbo(data, denom)
	if err != nil {
		return nil, err
	}
	defer t.close()
	ratio, ok := ratios[t.subsampling]
	if !ok || t.colour != C.TJCS_YCbCr {
		return nil, nil
	}
	// TurboJPEG fills whole chroma samples: its planes may be a sample larger than the photo.
	side := func(component C.int) (w, h int) {
		return int(C.tjPlaneWidth(component, t.w, t.subsampling)), int(C.tjPlaneHeight(component, t.h, t.subsampling))
	}
	w, h := side(0)
	cw, ch := side(1)
	m := newPlanes(w, h, cw, ch)
	m.SubsampleRatio, m.Rect = ratio, image.Rect(0, 0, int(t.w), int(t.h))
	if C.photodesk_planes(t.handle, t.data, t.size, first(m.Y), first(m.Cb), first(m.Cr), t.w, t.h, C.int(m.YStride), C.int(m.CStride), &t.why[0]) != 0 {
		return nil, t.failed()
	}
	return m, nil
}

// jpegPixels decodes a JPEG of one or three components to a part of its size, 1/1 to 1/8.
func jpegPixels(data []byte, denom int) (image.Image, error) {
	t, err := openTurbo(data, denom)
	if err != nil {
		return nil, err
	}
	defer t.close()
	out := image.NewNRGBA(image.Rect(0, 0, int(t.w), int(t.h)))
	if C.photodesk_pixels(t.handle, t.data, t.size, first(out.Pix), t.w, C.int(out.Stride), t.h, &t.why[0]) != 0 {
		return nil, t.failed()
	}
	return out, nil
}

func first(b []byte) *C.uint8_t { return (*C.uint8_t)(unsafe.SliceData(b)) }

// fit resizes one channel to the size of out.
func (p plane) fit(out plane) error {
	if !p.aligned() {
		m := newPlanes(p.w, p.h, 0, 0)
		defer Recycle(m)
		in := planesIn(m)[0]
		p.copyTo(in)
		p = in
	}
	if !out.aligned() {
		return fmt.Errorf("resize: the result has %d bytes a row", out.stride)
	}
	g, err := graphFor([4]int{p.w, p.h, out.w, out.h})
	if err != nil {
		return err
	}
	failed := C.photodesk_fit(g.c, first(p.pix), C.int(p.stride), first(out.pix), C.int(out.stride))
	runtime.KeepAlive(g)
	if failed != 0 {
		return fmt.Errorf("resize %d × %d samples to %d × %d: out of memory", p.w, p.h, out.w, out.h)
	}
	return nil
}

// aligned reports whether zimg takes the plane as it is; it reads whole rows.
func (p plane) aligned() bool {
	return p.stride%planeAlign == 0 && address(p.pix)%planeAlign == 0 && len(p.pix) >= p.stride*p.h
}

// graph is a resizing prepared, of use to any number of goroutines.
type graph struct{ c *C.zimg_filter_graph }

// graphs are those prepared lately, by sizes: the photos of a camera are all of one size, and a graph takes longer to
// prepare than a small plane to resize.
var graphs struct {
	sync.Mutex
	bySizes map[[4]int]*graph
}

const graphsKept = 48

func graphFor(sizes [4]int) (*graph, error) {
	graphs.Lock()
	g := graphs.bySizes[sizes]
	graphs.Unlock()
	if g != nil {
		return g, nil
	}
	c := C.photodesk_graph(C.int(sizes[0]), C.int(sizes[1]), C.int(sizes[2]), C.int(sizes[3]))
	if c == nil {
		return nil, fmt.Errorf("resize %d × %d samples to %d × %d: zimg refuses", sizes[0], sizes[1], sizes[2], sizes[3])
	}
	g = &graph{c}
	runtime.AddCleanup(g, func(c *C.zimg_filter_graph) { C.zimg_filter_graph_free(c) }, c)
	graphs.Lock()
	defer graphs.Unlock()
	if graphs.bySizes == nil || len(graphs.bySizes) >= graphsKept {
		graphs.bySizes = map[[4]int]*graph{}
	}
	graphs.bySizes[sizes] = g
	return g, nil
}
