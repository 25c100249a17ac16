#!/usr/bin/env bash
# Measures the store on SQLite and on a throwaway PostgreSQL, with 1 thousand and with 100 thousand candidates.
#
#   bench/store.sh            both sizes
#   bench/store.sh --quick    400 candidates, few repetitions: does it run?
#
# The SQLite files lie in the build folder, PostgreSQL's cluster in /tmp: both must be on a real disk, or commits are too cheap.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${PARITRANA_TEST_POSTGRES:-}" ]; then
    exec tools/postgres.sh bench/store.sh "$@"
fi
cargo build --quiet --release --package store --example store_bench
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
folder=$(mktemp -d "$target/store-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
if [[ ${1:-} == --quick ]]; then
    "$target/release/examples/store_bench" "$folder" 1 2
else
    "$target/release/examples/store_bench" "$folder" 10 5 500
fi
