#!/bin/sh
# vipsthumbnail as its manual shows it, a call for each output: vips.sh PHOTOS OUT
mkdir -p "$2"
for w in 2240 1600 960 480; do
	ls "$1"/*.jpg | xargs -P "$(nproc)" -n 1 vipsthumbnail -s "${w}x" --eprofile srgb -o "$2/%s-$w.jpg[Q=82,optimize-coding]"
	ls "$1"/*.jpg | xargs -P "$(nproc)" -n 1 vipsthumbnail -s "${w}x" --eprofile srgb -o "$2/%s-$w.webp[Q=80,effort=2]"
done
