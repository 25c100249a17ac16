#!/usr/bin/env bash
# Draws docs/pictures/*.svg from what the program prints today, so that the README never shows an older one.
set -euo pipefail
cd "$(dirname "$0")/.."
paritrana="$(realpath "${CARGO_TARGET_DIR:-target}/debug/paritrana")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

"$paritrana" --lang en --color always cycle run cycles/lampung-2023 |
  tools/picture.py 'paritrana cycle run cycles/lampung-2023 --lang en' 1 32 > docs/pictures/run.svg
"$paritrana" --lang en --color always explain cycles/ntb-2024 'Lombok Timur' |
  tools/picture.py 'paritrana explain cycles/ntb-2024 "Lombok Timur" --lang en' 1 25 > docs/pictures/explain.svg
sed -e 's/^weight = 40$/weight = 30/; s/kind = "rubric"/kind = "rubrik"/; s/claim = "bins"/claim = "bin"/' crates/rules/src/example.toml > "$work/my-award.toml"
(cd "$work" && "$paritrana" --lang en --color always rulebook check my-award.toml 2>&1 || true) |
  tools/picture.py 'paritrana rulebook check my-award.toml --lang en' 1 40 > docs/pictures/check.svg
