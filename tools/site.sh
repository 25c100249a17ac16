#!/usr/bin/env bash
# Runs a command beside the pages of an invented year: tools/site.sh COMMAND... The command finds in its environment
#   PARITRANA_SITE      where the pages are, such as http://127.0.0.1:40123
#   PARITRANA_DATABASE  the database behind them, an SQLite file that is thrown away
#   PARITRANA_PROGRAM   the program that serves them
# SITE_PROGRAM names a program that is built already (else the debug build is made), SITE_DATABASE a database that is filled already, SITE_FILL
# the options of `demo fill` (else --small). The exit status is the command's. Whatever happens, the server is stopped and the folder removed.
set -euo pipefail
[ "$#" -gt 0 ] || { echo "usage: tools/site.sh COMMAND..." >&2; exit 2; }
root="$(cd "$(dirname "$0")/.." && pwd)"
cd "$root"

program="${SITE_PROGRAM:-}"
if [ -z "$program" ]; then
  cargo build --quiet --package cli
  program="${CARGO_TARGET_DIR:-target}/debug/paritrana"
fi
program="$(realpath "$program")"

work="$(mktemp -d)"
server=""
finish() {
  local status=$?
  trap - EXIT
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  if [ "$status" -ne 0 ] && [ -s "$work/served.log" ]; then
    echo "the end of what the server said:" >&2
    tail -n 20 "$work/served.log" >&2
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# Nobody's own configuration changes what is tested.
unset PARITRANA_CONFIG DATABASE_URL PARITRANA_FILES
mkdir "$work/files"
database="${SITE_DATABASE:-$work/year.db}"
if [ -z "${SITE_DATABASE:-}" ]; then
  read -r -a fill <<< "${SITE_FILL---small}"
  "$program" --lang en demo fill "${fill[@]}" --database "$database" > "$work/people.txt"
fi

# Two thousand connections at once need as many handles, in the server and in who opens them.
ulimit -n 8192 2>/dev/null || ulimit -n "$(ulimit -H -n)" || true
PARITRANA_FILES="$work/files" "$program" --lang en serve --database "$database" --listen 127.0.0.1:0 --sample > "$work/served.log" 2>&1 &
server=$!
site=""
for _ in $(seq 150); do
  site="$(grep -o 'http://127[^ ]*[0-9]' "$work/served.log" | head -n 1 || true)"
  [ -z "$site" ] || break
  kill -0 "$server" 2>/dev/null || { echo "the server ended at once" >&2; exit 1; }
  sleep 0.1
done
[ -n "$site" ] || { echo "the server did not say where it listens" >&2; exit 1; }

PARITRANA_SITE="$site" PARITRANA_DATABASE="$database" PARITRANA_PROGRAM="$program" PARITRANA_SERVER="$server" "$@"
