#!/usr/bin/env bash
# Walks through the pages of a small invented year in a real Chromium and fails on whatever is wrong (docs in crates/web/browser/journeys/all.mjs).
#
#   tools/journeys.sh              all journeys
#   tools/journeys.sh crawl bad    only those files
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || { echo "the journeys need chromium: run tools/need.sh" >&2; exit 1; }
command -v node >/dev/null || { echo "the journeys need node: run tools/need.sh" >&2; exit 1; }
[ -e crates/web/browser/node_modules/playwright-core ] || { echo "the journeys need the browser files: run make browser" >&2; exit 1; }
exec tools/site.sh node --test-reporter=spec --test-reporter-destination=stdout crates/web/browser/journeys/all.mjs "$@"
