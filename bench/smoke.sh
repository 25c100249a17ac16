#!/usr/bin/env bash
# A small run of the measuring program, without a release build and without other tools: everybody must name the same winners.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bulk_bench() { cargo run --quiet --package tally --example bulk_bench -- "$@"; }

bulk_bench generate 3000 "$folder"
for command in memory cut csv; do
    bulk_bench "$command" "$folder" 2 1
    sort -n "$folder/winners.txt" > "$folder/$command"
done
cmp "$folder/memory" "$folder/cut"
cmp "$folder/memory" "$folder/csv"
