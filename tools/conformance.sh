#!/usr/bin/env bash
# The two implementations of docs/specification.md must agree: on every vector, on every contest of every worked year, and on
# random counts: tools/conformance.sh [HOW_MANY] [SEED].
set -euo pipefail
cd "$(dirname "$0")/.."
count="${1:-10000}"
seed="${2:-2026}"
paritrana="${PARITRANA:-${CARGO_TARGET_DIR:-target}/debug/paritrana}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

echo "conformance: vectors"
(cd conformance && python3 -m unittest -q test_recount)
python3 conformance/check.py vectors

echo "conformance: every contest of every worked year"
for year in cycles/*/; do
  [ -e "$year/expected-problem.txt" ] || "$paritrana" cycle run "$year" --counts >> "$work/years.jsonl"
done
compare() {
  "$paritrana" count --lines - < "$work/$1.jsonl" > "$work/$1.rust.jsonl" &
  python3 conformance/recount.py --lines - < "$work/$1.jsonl" > "$work/$1.python.jsonl"
  wait $!
  python3 conformance/check.py compare "$work/$1.rust.jsonl" "$work/$1.python.jsonl"
}
compare years

echo "conformance: $count random counts from seed $seed"
python3 conformance/random_counts.py --seed "$seed" --count "$count" > "$work/random.jsonl"
compare random
