"""Makes the corpus: photographs of 24 megapixels out of Debian's wallpapers.

Usage: corpus.py SOURCES OUT COUNT. The same sources give the same photographs: crops of 3:2, enlarged, with the grain of
a sensor, so that files and decoding times are those of a camera's. Some are turned, two are Display P3, two Adobe RGB.
"""
import os
import struct
import sys

from PIL import Image, ImageChops

WIDTH, HEIGHT = 6000, 4000
NAMES = ["RainDrops", "Blinds", "Dune", "TwoWings", "Storm", "Wood", "LadyBird", "YellowFlower", "Garden", "Path",
         "OneStandsOut", "Autumn", "ColorfulCups", "EveningGlow", "FallenLeaf", "ColdRipple", "BytheWater", "Kite"]


def sources(root):
    found = {}
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            for want in NAMES:
                if want in path and name.endswith(".jpg"):
                    if want not in found or os.path.getsize(path) > os.path.getsize(found[want]):
                        found[want] = path
    return [found[n] for n in NAMES if n in found]


def profile(name, gamma, columns):
    """An ICC profile of a matrix and one gamma (ICC.1:2001)."""
    def fixed(v):
        return struct.pack(">i", round(v * 65536))
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name.encode() + b"\0" * 79
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = [(b"desc", text), (b"cprt", b"text\0\0\0\0none\0\0\0\0"),
            (b"wtpt", b"XYZ \0\0\0\0" + fixed(0.9642) + fixed(1) + fixed(0.8249))]
    for tag, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns):
        tags.append((tag, b"XYZ \0\0\0\0" + b"".join(fixed(v) for v in xyz)))
    tags += [(t, curve) for t in (b"rTRC", b"gTRC", b"bTRC")]
    body, table, at = b"", struct.pack(">I", len(tags)), 132 + 12 * len(tags)
    for tag, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    head = bytearray(128)
    head[8:12], head[12:24], head[36:40] = b"\2\x20\0\0", b"mntrRGB XYZ ", b"acsp"
    head[68:80] = fixed(0.9642) + fixed(1) + fixed(0.8249)
    out = bytes(head) + table + body
    return struct.pack(">I", len(out)) + out[4:]


P3 = profile("Display P3", 2.2, [(0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)])
ADOBE = profile("Adobe RGB (1998)", 2.2, [(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)])


def main(root, out, count):
    os.makedirs(out, exist_ok=True)
    paths = sources(root)
    if not paths:
        sys.exit("corpus: the wallpapers are not where they were; see sources()")
    grain = Image.effect_noise((1500, 1000), 9).convert("L")
    grain.putdata([(i * 2654435761 >> 7) % 37 + 110 for i in range(1500 * 1000)])  # the same grain each time
    for i in range(count):
        name = os.path.join(out, f"photo-{i:02d}.jpg")
        if os.path.exists(name):
            continue
        img = Image.open(paths[i % len(paths)]).convert("RGB")
        w = min(img.width, img.height * 3 // 2)
        w -= w // 8 * (i // len(paths))  # the second round is closer up
        h = w * 2 // 3
        x, y = (img.width - w) * (i % 3) // 2, (img.height - h) * (i % 2)
        img = img.crop((x, y, x + w, y + h)).resize((WIDTH, HEIGHT), Image.LANCZOS)
        tile = Image.new("L", (WIDTH, HEIGHT))
        for tx in range(0, WIDTH, 1500):
            for ty in range(0, HEIGHT, 1000):
                tile.paste(grain.transpose((tx // 1500 + ty // 1000) % 4), (tx, ty))
        img = ImageChops.add(img, Image.merge("RGB", (tile,) * 3), 1, -128)
        extra = {}
        if i % 10 in (3, 6):
            exif = Image.Exif()
            exif[0x0112] = 6 if i % 10 == 3 else 8
            extra["exif"] = exif
        if i in (1, 11):
            extra["icc_profile"] = P3
        if i in (2, 12):
            extra["icc_profile"] = ADOBE
        img.save(name + ".part", "JPEG", quality=92, subsampling=0 if i == 4 else 2, **extra)
        os.rename(name + ".part", name)
        print(name, os.path.getsize(name) // 1000, "kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
