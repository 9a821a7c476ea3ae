#!/usr/bin/env bash
# Makes the corpus in FOLDER from Debian's wallpaper packages: corpus.sh FOLDER COUNT.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v apt-get >/dev/null || { echo "The corpus is made from Debian's packages; here is no apt-get." >&2; exit 1; }
if [ ! -d "$folder/wallpapers" ]; then
	rm -rf "$folder/debs" "$folder/wallpapers.part"
	mkdir -p "$folder/debs"
	(cd "$folder/debs" && apt-get download mate-backgrounds plasma-workspace-wallpapers)
	for deb in "$folder"/debs/*.deb; do dpkg-deb -x "$deb" "$folder/wallpapers.part"; done
	mv "$folder/wallpapers.part" "$folder/wallpapers"
	rm -rf "$folder/debs"
fi
/usr/bin/python3 "$here/corpus.py" "$folder/wallpapers" "$folder/photos" "$2"
