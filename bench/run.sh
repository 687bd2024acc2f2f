#!/usr/bin/env bash
# bench/run.sh [sqlite|postgres] [CONTACTS]
# Fills a database with contacts of one tenant, drives the published product with wrk in three interleaved rounds, and
# writes bench/results/ENGINE-CONTACTS.txt. PostgreSQL: its own temporary cluster, fsync on.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
engine=${1:-sqlite}
count=${2:-100000}
port=${BENCH_PORT:-5230}
seconds=${BENCH_SECONDS:-6}
rounds=3
cases=(bare get list search patch batch)

need_wrk
publish
use_database "$engine"
filled=$("$tool" fill "$count" "$work/data" 2>&1)
export BENCH_FOLDER=$work/data BENCH_COUNT=$count BENCH_LUA=$here/lua
token=$(cat "$work/data/token")

# The second start counts: on the first one the file is not in the disk cache, and keys are made.
now_ms() { date +%s%3N; }
for _ in 1 2; do
  if [ -n "$server" ]; then kill "$server"; wait "$server" || true; fi
  started=$(now_ms)
  start_server /api/v2/contacts/1 "$token"
  first_answer=$(($(now_ms) - started))
done

{
  heading "$engine, $count contacts" ", wrk -t2 -c16 ${seconds}s, $rounds rounds"
  for case in "${cases[@]}"; do drive 9 2 "$case" >/dev/null; done # warm
  for round in $(seq $rounds); do
    for case in "${cases[@]}"; do drive "$round" "$seconds" "$case" >>"$work/$case"; done
  done
  rss=$(resident)
  echo "fill: $filled"
  echo
  table "${cases[@]}"
  echo "batch is in rows per second; its errors include batches with a failed row."
  echo
  echo "start to first good answer: $first_answer ms"
  echo "memory of the server afterwards: $rss MB resident, $("$tool" heap "$server") MB managed heap"
} | tee "$here/results/$engine-$count.txt"
