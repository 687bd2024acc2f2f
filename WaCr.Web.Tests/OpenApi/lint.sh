#!/usr/bin/env bash
# Lints an OpenAPI document with the standard rule sets of Spectral and Redocly: lint.sh FILE
set -euo pipefail
file=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --silent
npx --no-install spectral lint --fail-severity=error "$file"
npx --no-install redocly lint --config redocly.yaml "$file"
