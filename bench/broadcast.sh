#!/usr/bin/env bash
# bench/broadcast.sh [CONTACTS]
# Queue a broadcast to everybody in the background of the published product on SQLite, while somebody turns pages; then
# take it back. Nothing leaves: there is nobody at the address of WhatsApp. Writes bench/results/broadcast-CONTACTS.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-50000}
port=${BENCH_PORT:-5232}

publish
use_database sqlite
export WhatsApp__BaseUrl=http://127.0.0.1:9/
"$tool" fill "$count" "$work/data" 2>/dev/null
start_server /health/live
{
  heading "sqlite, $count contacts"
  "$tool" broadcast "$ASPNETCORE_URLS" "$(cat "$work/data/token")"
  echo "memory of the server afterwards: $(resident) MB resident"
} | tee "$here/results/broadcast-$count.txt"
