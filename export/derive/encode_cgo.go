//go:build cgo

package derive

// This file owns encoding with cgo: libjpeg-turbo and libwebp, which take the planes as they are. encode_pure.go has the
// same functions for builds without cgo.

/*
#cgo pkg-config: libjpeg libwebp
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <webp/encode.h>

#define PHOTODESK_TEXT_(x) #x
#define PHOTODESK_TEXT(x) PHOTODESK_TEXT_(x)
static const char *photodesk_turbo_version(void) { return PHOTODESK_TEXT(LIBJPEG_TURBO_VERSION); }

struct photodesk_failure {
	struct jpeg_error_mgr manager;
	jmp_buf out;
	char *why;
};

static void photodesk_fail(j_common_ptr c) {
	struct photodesk_failure *f = (struct photodesk_failure *)c->err;
	f->manager.format_message(c, f->why);
	longjmp(f->out, 1);
}
static void photodesk_silent(j_common_ptr c) {}

// photodesk_strip copies rows from at on into whole blocks, whose rest is filled with the last sample and row there is.
static void photodesk_strip(uint8_t *strip, int width, const uint8_t *in, int stride, int w, int h, int at, int rows) {
	for (int r = 0; r < rows; r++, strip += width) {
		memcpy(strip, in + (size_t)stride * (at + r < h ? at + r : h - 1), w);
		memset(strip + w, strip[w - 1], width - w);
	}
}

// photodesk_jpeg encodes planes of full range, chroma at half size, with the shortest codes for just these. The caller frees
// *out, in any case. why holds JMSG_LENGTH_MAX bytes.
static int photodesk_jpeg(const uint8_t *y, const uint8_t *cb, const uint8_t *cr, int w, int h, int stride, int cstride,
                          int quality, unsigned char **out, unsigned long *size, char *why) {
	struct jpeg_compress_struct c;
	struct photodesk_failure failure;
	int cw = (w + 1) / 2, ch = (h + 1) / 2, wide = (w + 15) / 16 * 16;
	uint8_t *strip = malloc((size_t)wide * 24);
	JSAMPROW rows[3][16];
	JSAMPARRAY planes[3] = {rows[0], rows[1], rows[2]};
	if (!strip) return strcpy(why, "out of memory"), 1;
	for (int r = 0; r < 16; r++) rows[0][r] = strip + r * wide;
	for (int r = 0; r < 8; r++) {
		rows[1][r] = strip + 16 * wide + r * (wide / 2);
		rows[2][r] = strip + 20 * wide + r * (wide / 2);
	}
	c.err = jpeg_std_error(&failure.manager);
	failure.manager.error_exit = photodesk_fail, failure.manager.output_message = photodesk_silent, failure.why = why;
	if (setjmp(failure.out)) {
		jpeg_destroy_compress(&c);
		free(strip);
		return 1;
	}
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, out, size);
	c.image_width = w, c.image_height = h, c.input_components = 3, c.in_color_space = JCS_YCbCr;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, quality, TRUE);
	c.raw_data_in = TRUE, c.optimize_coding = TRUE, c.dct_method = JDCT_ISLOW;
	jpeg_start_compress(&c, TRUE);
	for (int at = 0; at < h; at += 16) {
		photodesk_strip(rows[0][0], wide, y, stride, w, h, at, 16);
		photodesk_strip(rows[1][0], wide / 2, cb, cstride, cw, ch, at / 2, 8);
		photodesk_strip(rows[2][0], wide / 2, cr, cstride, cw, ch, at / 2, 8);
		jpeg_write_raw_data(&c, planes, 16);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	free(strip);
	return 0;
}

// photodesk_limit copies rows of full-range samples into so many steps above 16, leaving no gap between them. In this form,
// (v*steps+127)/255 exactly, the compiler does sixteen at a time.
__attribute__((optimize("O3"))) static void photodesk_limit(uint8_t *restrict out, const uint8_t *restrict in, int stride, int w, int h, int steps) {
	for (int y = 0; y < h; y++, out += w, in += stride)
		for (int x = 0; x < w; x++) {
			uint16_t n = in[x] * steps + 128;
			out[x] = 16 + ((uint16_t)(n + (n >> 8)) >> 8);
		}
}

// photodesk_webp encodes planes of full range, chroma at half size, which VP8 keeps in 16 to 235 and 16 to 240 (RFC 6386,
// section 9.2). The caller frees *out with WebPFree. It returns libwebp's error code, 0 for none.
static int photodesk_webp(const uint8_t *y, const uint8_t *cb, const uint8_t *cr, int w, int h, int stride, int cstride, float quality,
                          int method, uint8_t **out, size_t *size) {
	WebPConfig config;
	WebPPicture picture;
	WebPMemoryWriter writer;
	int ok, cw = (w + 1) / 2, ch = (h + 1) / 2;
	uint8_t *planes = malloc((size_t)w * h + 2 * (size_t)cw * ch);
	if (!planes) return VP8_ENC_ERROR_OUT_OF_MEMORY;
	if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, quality) || !WebPPictureInit(&picture)) {
		free(planes);
		return -1;
	}
	config.method = method;
	picture.width = w;
	picture.height = h;
	picture.y = planes;
	picture.u = planes + (size_t)w * h;
	picture.v = picture.u + (size_t)cw * ch;
	picture.y_stride = w;
	picture.uv_stride = cw;
	photodesk_limit(picture.y, y, stride, w, h, 219);
	photodesk_limit(picture.u, cb, cstride, cw, ch, 224);
	photodesk_limit(picture.v, cr, cstride, cw, ch, 224);
	picture.writer = WebPMemoryWrite;
	picture.custom_ptr = &writer;
	WebPMemoryWriterInit(&writer);
	ok = WebPEncode(&config, &picture);
	WebPPictureFree(&picture);
	free(planes);
	if (!ok) {
		WebPMemoryWriterClear(&writer);
		return picture.error_code ? picture.error_code : -1;
	}
	*out = writer.mem;
	*size = writer.size;
	return 0;
}
*/
import "C"

import (
	"fmt"
	"image"
	"unsafe"

	"photodesk/project/photo"
)

func jpegEncoder() string {
	return "libjpeg-turbo " + C.GoString(C.photodesk_turbo_version()) + ", optimised"
}

func encodeJPEG(img *image.YCbCr, quality int) ([]byte, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w < 1 || h < 1 {
		return nil, fmt.Errorf("no pixels")
	}
	var out *C.uchar
	var size C.ulong
	var why [C.JMSG_LENGTH_MAX]C.char
	code := C.photodesk_jpeg(at(img.Y), at(img.Cb), at(img.Cr), C.int(w), C.int(h), C.int(img.YStride), C.int(img.CStride), C.int(quality),
		&out, &size, &why[0])
	defer C.free(unsafe.Pointer(out))
	if code != 0 {
		return nil, fmt.Errorf("libjpeg-turbo: %s", C.GoString(&why[0]))
	}
	return borrowed(unsafe.Pointer(out), int(size)), nil
}

// webpMethod is libwebp's effort, 0 to 6: method 2 takes less than half the time of 4, for files that are 4 % larger.
const webpMethod = 2

func webpEncoder() string {
	v := int(C.WebPGetEncoderVersion())
	return fmt.Sprintf("libwebp %d.%d.%d, method %d", v>>16, v>>8&255, v&255, webpMethod)
}

func encodeWebP(img *image.YCbCr, quality int) ([]byte, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w < 1 || h < 1 {
		return nil, fmt.Errorf("no pixels")
	}
	var out *C.uint8_t
	var size C.size_t
	code := C.photodesk_webp(at(img.Y), at(img.Cb), at(img.Cr), C.int(w), C.int(h), C.int(img.YStride), C.int(img.CStride), C.float(quality),
		webpMethod, &out, &size)
	if code != 0 {
		return nil, fmt.Errorf("libwebp error %d", int(code))
	}
	defer C.WebPFree(unsafe.Pointer(out))
	return borrowed(unsafe.Pointer(out), int(size)), nil
}

func at(b []byte) *C.uint8_t { return (*C.uint8_t)(unsafe.SliceData(b)) }

// borrowed copies what a C library made into memory that photo.GiveBack takes.
func borrowed(from unsafe.Pointer, size int) []byte {
	out := photo.Borrow(size)
	copy(out, unsafe.Slice((*byte)(from), size))
	return out
}
