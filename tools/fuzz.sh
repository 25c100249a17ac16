#!/usr/bin/env bash
# Fuzzes the readers for a few seconds each: tools/fuzz.sh [SECONDS]. Uses libFuzzer on the stable toolchain, without a sanitizer
# (there is no unsafe code of ours to find), so only crashes, failed assertions, hangs and memory above 1 GB are found.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-15}"
host="$(rustc -vV | sed -n 's/^host: //p')"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/fuzz"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cdebug-assertions"
cargo build --quiet --release --target "$host" --manifest-path fuzz/Cargo.toml
passed=0
for target in rulebook cycle count; do
  corpus="$CARGO_TARGET_DIR/corpus/$target"
  mkdir -p "$corpus"
  case "$target" in
    rulebook) cp rulebooks/*.toml cycles/*/rulebook.toml "$corpus/" 2>/dev/null || true ;;
    cycle) for file in cycles/trap-*/*.csv; do cp "$file" "$corpus/$(echo "$file" | tr / _)"; done ;;
    count) python3 conformance/random_counts.py --seed 1 --count 20 | split -l 1 - "$corpus/seed-" ;;
  esac
  echo "fuzzing $target for $seconds s"
  "$CARGO_TARGET_DIR/$host/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=0 -verbosity=0 -artifact_prefix="$CARGO_TARGET_DIR/" "$corpus"
  passed=$((passed + 1))
done
echo "fuzz: $passed passed, 0 failed"
