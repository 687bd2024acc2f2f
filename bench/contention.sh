#!/usr/bin/env bash
# bench/contention.sh [postgres|sqlite] [SECONDS]
# 32 clients at one row at a time: a contact, a group, an idempotency key, a phone's codes, the counter of conversations.
# Goals: no answer of 5xx, no update lost, and the slowest of a hundred within 10 times the median. Writes bench/results/contention-ENGINE.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
engine=${1:-postgres}
seconds=${2:-60}
port=${BENCH_PORT:-5230}

need_wrk
publish
use_database "$engine"
"$tool" fill-conversations 20000 "$work/data" 2>/dev/null
export BENCH_FOLDER=$work/data BENCH_COUNT=20000 BENCH_LUA=$here/lua
start_sandbox
token=$(cat "$work/data/token")
start_server /api/v2/contacts/1 "$token"

api() { curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"; }
version() { api -o /dev/null -D - "$ASPNETCORE_URLS/api/v2/contacts/1" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: *"\([0-9]*\)".*/\1/p'; }
BENCH_GROUP=$(api -d '{"name":"Hot"}' "$ASPNETCORE_URLS/api/v2/groups" | sed 's/.*"id":\([0-9]*\).*/\1/')
export BENCH_GROUP

{
  heading "$engine" ", wrk -t2 -c32 ${seconds}s"
  echo
  printf '%-8s %8s %8s %8s %10s %10s %8s\n' row done refused failed p50_ms p99_ms p99/p50
  before=$(version)
  for case in contact group key codes usage; do
    BENCH_ROUND=1 wrk -t2 -c32 -d"${seconds}s" --latency --timeout 30s -s "$here/lua/hot-$case.lua" "$ASPNETCORE_URLS" |
      sed -n 's/^RESULT //p' | tee "$work/hot-$case" |
      awk -v row="$case" '{ printf "%-8s %8d %8d %8d %10.1f %10.1f %8.1f\n", row, $1, $2, $3, $4, $5, $5 / $4 }'
  done
  echo
  echo "the contact's version rose by $(($(version) - before)) with $(cut -d' ' -f1 "$work/hot-contact") changes answered (up to 32 more were on their way at the end)"
  echo "groups made with the keys of ${seconds} seconds: $(api "$ASPNETCORE_URLS/api/v2/groups?search=Key&per_page=100" | grep -o '"name":"Key ' | wc -l)"
} | tee "$here/results/contention-$engine.txt"
