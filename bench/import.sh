#!/usr/bin/env bash
# bench/import.sh [ROWS]
# Upload, check, import and undo a CSV and an XLSX file in the background of the published product on SQLite.
# Writes bench/results/import-ROWS.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-100000}
port=${BENCH_PORT:-5230}

publish
use_database sqlite
"$tool" fill 1 "$work/data" 2>/dev/null
start_server /health/live
{
  heading "sqlite, $count rows"
  "$tool" import "$ASPNETCORE_URLS" "$count" "$server"
} | tee "$here/results/import-$count.txt"
