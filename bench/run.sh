#!/usr/bin/env bash
# Measures the count and compares it with other tools.
#
#   bench/run.sh            criterion benches, then the comparison at 1 thousand, 100 thousand and 1 million candidates
#   bench/run.sh --quick    no criterion; the comparison at 20 thousand candidates only: does it run and do the winners agree?
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cmp --silent bench/requirements.txt .venv/requirements.txt; then
    rm -rf .venv
    python3 -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt
    cp bench/requirements.txt .venv/requirements.txt
fi

target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release --package tally --example bulk_bench
compare=(.venv/bin/python bench/compare.py --binary "$target/release/examples/bulk_bench" --folder "$target/bench-data")

if [[ ${1:-} == --quick ]]; then
    "${compare[@]}" --quick
    exit
fi
cargo bench --package tally --bench count --bench bulk
for candidates in 1000 100000 1000000; do
    "${compare[@]}" --candidates "$candidates" --rounds 3 --runs 5
done
