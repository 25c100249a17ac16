#!/usr/bin/env bash
# Takes pictures of every page of an invented year.
#
#   tools/screens.sh             into var/screens: phone and desktop, light and dark, both languages
#   tools/screens.sh --readme    only those of the README, small enough for git, into docs/pictures
set -euo pipefail
cd "$(dirname "$0")/.."
command -v "${CHROMIUM:-chromium}" >/dev/null || { echo "pictures need chromium: run tools/need.sh" >&2; exit 1; }
case ${1:-} in
  "") rm -rf var/screens && tools/site.sh node crates/web/browser/journeys/screens.mjs var/screens ;;
  --readme) tools/site.sh node crates/web/browser/journeys/screens.mjs --readme ;;
  *) echo "usage: tools/screens.sh [--readme]" >&2 && exit 2 ;;
esac
