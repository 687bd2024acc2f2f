#!/usr/bin/env bash
# Pictures of every page at 1440 and 390 pixels, light and dark, in English and Arabic, into screenshots/ (ignored by git).
#   bench/screenshots.sh          the pictures
#   bench/screenshots.sh --docs   and docs/screens/ anew from them; needs Debian's webp, imagemagick, fonts-noto-core and fonts-noto-color-emoji
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
screens=$PWD/screenshots
docs=$PWD/docs/screens

# A sheet of all pictures that end in $2: $3 beside each other, $4 pixels wide, no higher than $5.
sheet() {
  local name=$1 ending=$2 columns=$3 width=$4 height=$5 picture
  local pictures=()
  for picture in "$screens"/*"$ending.png"; do
    case $(basename "$picture" "$ending.png") in
      *-ar) [ "${name#arabic}" != "$name" ] && pictures+=("$picture") ;;
      *) [ "${name#arabic}" = "$name" ] && pictures+=("$picture") ;;
    esac || true
  done
  (cd "$screens" && montage -label '%t' "${pictures[@]##*/}" -tile "${columns}x" -geometry "${width}x${height}+6+6" \
    -pointsize 11 -background '#e8eaed' "$name.ppm" && cwebp -quiet -q 55 "$name.ppm" -o "$docs/$name.webp" && rm "$name.ppm")
}

picture() { cwebp -quiet -q 80 -resize 1200 0 "$screens/$1-1440-light.png" -o "$docs/$1.webp"; }

WACR_SCREENSHOTS=$screens dotnet test WaCr.E2E --filter FullyQualifiedName~Screenshots
echo "$screens"
if [ "${1:-}" = --docs ]; then
  mkdir -p "$docs"
  for theme in light dark; do
    sheet "desktop-$theme" "-1440-$theme" 6 300 190
    sheet "phone-$theme" "-390-$theme" 12 150 330
  done
  sheet arabic-desktop -1440-light 6 300 190
  sheet arabic-phone -390-dark 12 150 330
  for page in conversation-contact contacts template-builder; do picture "$page"; done
  ls -l "$docs"
fi
