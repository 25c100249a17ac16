#!/usr/bin/env bash
# Makes sure that what the tests need beside Rust is there: Python 3.11 and a C++ compiler. Installs Debian packages where it may,
# and otherwise says what is missing. Never goes on without.
set -euo pipefail
missing=()
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || missing+=(python3)
command -v c++ >/dev/null || missing+=(g++)
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing: ${missing[*]}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "make test needs ${missing[*]} (python3 of at least 3.11). Install them, for example: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 is older than 3.11: install a newer one" >&2; exit 1; }
command -v c++ >/dev/null || { echo "there is still no C++ compiler: install g++" >&2; exit 1; }
