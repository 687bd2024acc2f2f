#!/usr/bin/env bash
# bench/bulk.sh [CONTACTS]
# Select all and set a status, then undo, in the background of the published product on SQLite, while somebody turns
# pages and edits. Writes bench/results/bulk-CONTACTS.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-100000}
port=${BENCH_PORT:-5230}

publish
use_database sqlite
"$tool" fill "$count" "$work/data" 2>/dev/null
start_server /health/live
{
  heading "sqlite, $count contacts"
  "$tool" bulk "$ASPNETCORE_URLS" "$(cat "$work/data/token")"
  echo "memory of the server afterwards: $(resident) MB resident"
} | tee "$here/results/bulk-$count.txt"
