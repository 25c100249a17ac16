#!/usr/bin/env bash
# The fault tests with more rounds than `make test` has: tools/soak.sh ROUNDS. Every kill, cut and restart happens so often, on a fresh
# database after every ten kills. At the end one table says what was counted; it goes into docs/faults.md with the day. The whole output
# stays in the folder that is named last.
set -euo pipefail
[ "$#" -eq 1 ] || { echo "usage: tools/soak.sh ROUNDS" >&2; exit 2; }
cd "$(dirname "$0")/.."
export PARITRANA_FAULT_ROUNDS="$1"
export RUST_TEST_THREADS="${RUST_TEST_THREADS:-2}"
out="$(mktemp -d "${TMPDIR:-/tmp}/paritrana-soak.XXXXXX")"
worst=0
tools/postgres.sh cargo test --package store --test faults -- --nocapture kill:: cut:: full:: nodes:: 2>&1 | tee "$out/faults" || worst=1

# A disk that is really full: 4.5 MB of memory, mounted where only this command sees it. Not everybody may mount.
small_disk='mount -t tmpfs -o size=4500k none /mnt'
if unshare --map-root-user --mount bash -c "$small_disk" 2>"$out/rights"; then
  if unshare --map-root-user --mount bash -euc "$small_disk"'
    TMPDIR=/mnt PARITRANA_FAULT_SMALL_DISK=1 cargo test --package store --test faults -- a_full_disk' 2>&1 | tee "$out/disk"
  then disk="told as Full, nothing acknowledged missing"; else disk="FAILED: see $out/disk"; worst=1; fi
else
  disk="NOT RUN: no rights to mount ($(head -n 1 "$out/rights"))"
fi

# Of lines that tell how far it has come, the last one counts.
last() { grep -E "$1" "$out/faults" | tail -n 1 | sed -E "s/$1/$2/" || true; }
row() {
  local counted="$3"
  [ -n "$counted" ] || { counted="FAILED: see $out/faults"; worst=1; }
  printf '%-38s  %-10s  %s\n' "$1" "$2" "$counted"
}
killed='^killed ([0-9]+) times while writing to'
broken='times: ([0-9]+ acts recorded), ([0-9]+ times told to try again), ([0-9]+ had happened all the same)$'
echo
printf '%-38s  %-10s  %s\n' "fault" "database" "rounds: what was counted"
row "the writing program killed" "SQLite" "$(last "$killed sqlite: (.*)$" '\1: \2')"
row "the writing program killed" "PostgreSQL" "$(last "$killed postgres: (.*)$" '\1: \2')"
for what in "server killed" "server restarted" "connections cut"; do
  row "$what" "PostgreSQL" "$(last "^$what ([0-9]+) $broken" '\1: \2, \3, \4')"
done
row "two nodes, 64 writers, same claims" "PostgreSQL" "$(last '^([0-9]+ changes acknowledged, .*)$' '1: \1')"
row "a disk that is full" "PostgreSQL" "$(last '^full disk under a server: (.*)$' '1: \1')"
row "a disk that is full" "SQLite" "1: $disk"
grep -E '^test result: FAILED|panicked at' "$out/faults" && worst=1
echo "The whole output: $out"
exit "$worst"
