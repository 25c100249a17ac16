#!/usr/bin/env bash
# The fault tests with more rounds than `make test` has: tools/soak.sh ROUNDS. Every kill, cut and restart happens so often, on a fresh
# database after every ten kills; what was counted is printed. docs/faults.md says what was really run, and when.
set -euo pipefail
[ "$#" -eq 1 ] || { echo "usage: tools/soak.sh ROUNDS" >&2; exit 2; }
cd "$(dirname "$0")/.."
export PARITRANA_FAULT_ROUNDS="$1"
export RUST_TEST_THREADS="${RUST_TEST_THREADS:-2}"
tools/postgres.sh cargo test --package store --test faults -- --nocapture kill:: cut::

echo "A disk that is really full: 4.5 MB of memory, mounted where only this command sees it"
unshare --map-root-user --mount bash -euc '
  mount -t tmpfs -o size=4500k none /mnt
  TMPDIR=/mnt PARITRANA_FAULT_SMALL_DISK=1 cargo test --package store --test faults -- a_full_disk'
