// The part of libwebp's public encoder interface that webp_cgo.go calls, in the layout of encoder ABI 2 (libwebp 0.5 and
// later). libwebp compares the version that the Init functions are given with its own and refuses another major one.
// Interface by Google Inc., under the BSD licence of the WebM project (webmproject.org/license/software).

#ifndef PHOTODESK_LIBWEBP_ABI_H_
#define PHOTODESK_LIBWEBP_ABI_H_

#include <stddef.h>
#include <stdint.h>

#define WEBP_ENCODER_ABI_VERSION 0x020f

typedef struct WebPConfig {
	int lossless;
	float quality;
	int method;
	int image_hint;
	int target_size;
	float target_PSNR;
	int segments, sns_strength, filter_strength, filter_sharpness, filter_type, autofilter;
	int alpha_compression, alpha_filtering, alpha_quality;
	int pass, show_compressed, preprocessing, partitions, partition_limit, emulate_jpeg_size;
	int thread_level, low_memory, near_lossless, exact, use_delta_palette, use_sharp_yuv;
	int qmin, qmax;
} WebPConfig;

typedef struct WebPPicture WebPPicture;

typedef int (*WebPWriterFunction)(const uint8_t* data, size_t data_size, const WebPPicture* picture);

struct WebPPicture {
	int use_argb;
	int colorspace;
	int width, height;
	uint8_t *y, *u, *v;
	int y_stride, uv_stride;
	uint8_t* a;
	int a_stride;
	uint32_t pad1[2];
	uint32_t* argb;
	int argb_stride;
	uint32_t pad2[3];
	WebPWriterFunction writer;
	void* custom_ptr;
	int extra_info_type;
	uint8_t* extra_info;
	void* stats;
	int error_code;
	void* progress_hook;
	void* user_data;
	uint32_t pad3[3];
	uint8_t *pad4, *pad5;
	uint32_t pad6[8];
	void* memory_;
	void* memory_argb_;
	void* pad7[2];
};

typedef struct WebPMemoryWriter {
	uint8_t* mem;
	size_t size;
	size_t max_size;
	uint32_t pad[1];
} WebPMemoryWriter;

int WebPGetEncoderVersion(void);
int WebPConfigInitInternal(WebPConfig*, int preset, float quality, int version);
int WebPPictureInitInternal(WebPPicture*, int version);
int WebPPictureImportRGBA(WebPPicture*, const uint8_t* rgba, int stride);
int WebPPictureImportRGBX(WebPPicture*, const uint8_t* rgbx, int stride);
int WebPEncode(const WebPConfig*, WebPPicture*);
void WebPPictureFree(WebPPicture*);
void WebPMemoryWriterInit(WebPMemoryWriter*);
void WebPMemoryWriterClear(WebPMemoryWriter*);
int WebPMemoryWrite(const uint8_t* data, size_t data_size, const WebPPicture*);
void WebPFree(void*);

#endif
