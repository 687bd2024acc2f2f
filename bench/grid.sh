#!/usr/bin/env bash
# bench/grid.sh [CONTACTS]
# The contact list in a real Chromium over the published product on SQLite: time to rows, to interaction, to the next page and to
# a search's rows, bytes over the socket, heap an open page. Writes bench/results/grid-CONTACTS.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-100000}
port=${BENCH_PORT:-5230}

publish
use_database sqlite
"$tool" fill "$count" "$work/data" 2>/dev/null
start_server /health/live
{
  heading "sqlite, $count contacts" " shared by server and browser"
  "$tool" grid "$ASPNETCORE_URLS" "$server" "$work/data/terms"
  echo "load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$here/results/grid-$count.txt"
