#!/usr/bin/env bash
# Takes the pictures of docs/guide from the pages of a small invented year, in both languages, and puts each into the text where the text keeps a
# place for it (`<!-- gambar NAME: what it shows -->`). Whoever a page is for is signed in for it.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v "${CHROMIUM:-chromium}" >/dev/null || { echo "pictures need chromium: run tools/need.sh" >&2; exit 1; }
tools/site.sh node tools/guide-pictures.mjs docs/guide
