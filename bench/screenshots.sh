#!/usr/bin/env bash
# Pictures of every page at 1440 and 390 pixels, light and dark, into screenshots/ (ignored by git).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
WACR_SCREENSHOTS=$PWD/screenshots dotnet test WaCr.E2E --filter FullyQualifiedName~Screenshots "$@"
echo "$PWD/screenshots"
