#!/usr/bin/env bash
# Makes sure that what the tests need beside Rust is there: Python 3.11, a C++ compiler, PostgreSQL, Chromium and Node. Installs
# Debian packages where it may, and otherwise says what is missing. Never goes on without.
set -euo pipefail
has_python() { python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_compiler() { command -v c++ >/dev/null; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_chromium() { [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null; }
has_node() { node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 18 || (major === 18 && minor >= 15) ? 0 : 1)' 2>/dev/null; }
missing=()
has_python || missing+=(python3)
has_compiler || missing+=(g++)
has_postgres || missing+=(postgresql)
has_chromium || missing+=(chromium)
has_node || missing+=(nodejs)
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing: ${missing[*]}"
  # The tests start their own PostgreSQL (tools/postgres.sh): while it is installed, Debian is asked not to set one up for the system.
  own=/etc/postgresql-common/createcluster.d/paritrana.conf
  if ! has_postgres; then
    mkdir -p "${own%/*}"
    trap 'rm -f "$own"' EXIT
    echo "create_main_cluster = false" > "$own"
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "make test needs ${missing[*]} (python3 of at least 3.11, node of at least 18.15). Install them, for example: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
has_python || { echo "python3 is older than 3.11: install a newer one" >&2; exit 1; }
has_compiler || { echo "there is still no C++ compiler: install g++" >&2; exit 1; }
has_postgres || { echo "there is still no PostgreSQL: install postgresql" >&2; exit 1; }
has_chromium || { echo "there is still no Chromium: install chromium, or say in CHROMIUM where it is" >&2; exit 1; }
has_node || { echo "node is older than 18.15: install a newer one" >&2; exit 1; }
