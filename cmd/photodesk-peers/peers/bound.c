/* What the codecs alone take: libjpeg-turbo decodes at half size and encodes, libwebp encodes, and the sizes between are
 * made by taking the nearest pixel. Orientation, colour and words are left out. Usage: bound OUT PHOTO… */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/encode.h>

static void save(const char *out, const char *base, int width, const char *suffix, const void *data, size_t size) {
	char name[4096];
	snprintf(name, sizeof name, "%s/%s-%d.%s", out, base, width, suffix);
	FILE *f = fopen(name, "wb");
	if (!f || fwrite(data, 1, size, f) != size || fclose(f)) {
		perror(name);
		exit(1);
	}
}

int main(int argc, char **argv) {
	static const int widths[] = {2240, 1600, 960, 480};
	for (int i = 2; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		if (!f) {
			perror(argv[i]);
			return 1;
		}
		fseek(f, 0, SEEK_END);
		long size = ftell(f);
		rewind(f);
		unsigned char *data = malloc(size);
		if (fread(data, 1, size, f) != (size_t)size) return 1;
		fclose(f);
		tjhandle d = tjInitDecompress(), e = tjInitCompress();
		int w, h, sub, space;
		if (tjDecompressHeader3(d, data, size, &w, &h, &sub, &space)) return 1;
		w /= 2, h /= 2;
		unsigned char *rgb = malloc(3L * w * h);
		if (tjDecompress2(d, data, size, rgb, w, 0, h, TJPF_RGB, 0)) return 1;
		const char *base = strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i];
		for (int k = 0; k < 4; k++) {
			int tw = widths[k], th = (int)((long)h * tw / w);
			unsigned char *small = malloc(3L * tw * th), *out = NULL;
			for (int y = 0; y < th; y++)
				for (int x = 0; x < tw; x++)
					memcpy(small + 3L * (y * (long)tw + x), rgb + 3L * ((long)y * h / th * w + (long)x * w / tw), 3);
			unsigned long n = 0;
			if (tjCompress2(e, small, tw, 0, th, TJPF_RGB, &out, &n, TJSAMP_420, 82, 0)) return 1;
			save(argv[1], base, tw, "jpg", out, n);
			tjFree(out);
			WebPConfig c;
			WebPPicture p;
			WebPMemoryWriter m;
			WebPConfigInit(&c);
			c.quality = 80, c.method = 2;
			WebPPictureInit(&p);
			p.width = tw, p.height = th, p.writer = WebPMemoryWrite, p.custom_ptr = &m;
			WebPMemoryWriterInit(&m);
			if (!WebPPictureImportRGB(&p, small, 3 * tw) || !WebPEncode(&c, &p)) return 1;
			save(argv[1], base, tw, "webp", m.mem, m.size);
			WebPPictureFree(&p);
			WebPMemoryWriterClear(&m);
			free(small);
		}
		free(rgb);
		free(data);
		tjDestroy(d);
		tjDestroy(e);
	}
	return 0;
}
