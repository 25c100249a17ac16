#!/usr/bin/env bash
# Keeps a database of this program's schema version, so that every later program can be tested to migrate, restore and verify it:
#   tools/keep-database.sh
# writes crates/store/tests/kept/schema-N.db.gz and schema-N.backup, with a small year in it and one account. Run it once for each new
# schema version, in the commit that makes the version, and never write over an older file.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --package cli
paritrana="${CARGO_TARGET_DIR:-target}/debug/paritrana"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export DATABASE_URL="$work/award.db" PARITRANA_LANG=en
version="$("$paritrana" migrate | grep -o '[0-9][0-9]*' | head -n 1)"
kept="crates/store/tests/kept/schema-$version"
[ ! -e "$kept.db.gz" ] || { echo "$kept.db.gz is there already" >&2; exit 1; }
"$paritrana" cycle record cycles/trap-14-reopening-loses-the-record >/dev/null
"$paritrana" user add contoh --name "Nama Contoh" >/dev/null
"$paritrana" verify >/dev/null
"$paritrana" backup "$work/award.backup" >/dev/null
# The copy through a move is one file without a journal beside it.
"$paritrana" move --to "$work/kept.db" >/dev/null
[ ! -s "$work/kept.db-wal" ] || { echo "the copy was not closed" >&2; exit 1; }
mkdir -p "$(dirname "$kept")"
gzip -9 -n -c "$work/kept.db" > "$kept.db.gz"
cp "$work/award.backup" "$kept.backup"; chmod 644 "$kept".*
ls -l "$kept".*
