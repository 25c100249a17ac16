#!/bin/sh
# Takes the pictures of docs/guide from the real pages, in both languages, and puts each into the text where the text keeps a place for it
# (`<!-- gambar NAME: what it shows -->`). Pictures whose page is not there yet are listed, and nothing is put in for them.
#
#   tools/guide-pictures.sh              fills a demonstration year first (minutes)
#   DATABASE=year.db tools/guide-pictures.sh      of a year that stands already; it is copied, not written to
set -eu
cd "$(dirname "$0")/.."
cargo build --quiet --package cli
program=${CARGO_TARGET_DIR:-target}/debug/paritrana
work=$(mktemp -d)
served=
trap 'test -z "$served" || kill "$served"; rm -rf "$work"' EXIT
if [ -n "${DATABASE:-}" ]; then
  cp "$DATABASE" "$work/year.db"
else
  "$program" demo fill --database "$work/year.db" > "$work/people"
fi
port=${PORT:-8916}
at=http://127.0.0.1:$port
"$program" serve --database "$work/year.db" --listen "127.0.0.1:$port" --sample > "$work/log" 2>&1 &
served=$!
# Whoever is named as CANDIDATE is signed in by a link for the pages that only a candidate sees.
link=
if [ -n "${CANDIDATE:-}" ]; then
  link=$("$program" user link "$CANDIDATE" --address "$at" --database "$work/year.db" | grep -o 'http[^ ]*' | head -n 1) || true
fi
for _ in 1 2 3 4 5 6 7 8 9 10; do
  node -e "fetch('$at/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" && break
  sleep 1
done
LINK=$link node tools/guide-pictures.mjs "$at" docs/guide
