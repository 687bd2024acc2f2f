#!/usr/bin/env bash
# bench/messages.sh [sqlite|postgres] [MESSAGES]
# WhatsApp: sends, codes, webhooks, the outbox, a sync of templates and lists of messages, against the sandbox in a second process.
# Writes bench/results/messages-ENGINE-MESSAGES.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
engine=${1:-sqlite}
count=${2:-1000000}
port=${BENCH_PORT:-5230}
seconds=${BENCH_SECONDS:-6}
rounds=${BENCH_ROUNDS:-3}
cases=(bare messages text otp verify webhook)

need_wrk
publish
use_database "$engine"
filled=$("$tool" fill-conversations "$count" "$work/data" 2>&1)
export BENCH_FOLDER=$work/data BENCH_COUNT=$count BENCH_LUA=$here/lua
start_sandbox
token=$(cat "$work/data/token")
start_server /api/v2/messages/1 "$token"

{
  heading "$engine, $count messages in the tenant" ", sandbox in a second process, wrk -t2 -c16 ${seconds}s, $rounds rounds"
  echo "fill: $filled"
  echo
  "$tool" templates "$ASPNETCORE_URLS" "$token" "$outside" 5990 # beside those that it ships with
  for case in bare messages text otp; do drive 9 2 "$case" >/dev/null; done # warm
  for round in $(seq "$rounds"); do
    for case in "${cases[@]}"; do
      drive "$round" "$seconds" "$case" >>"$work/$case"
      if [ "$case" = webhook ]; then read -r since drained < <("$tool" drain "${since:-0}") && echo "$drained"; fi
    done
  done
  "$tool" outbox 5000
  echo
  table "${cases[@]}"
  echo
  echo "memory of the server afterwards: $(resident) MB resident"
} | tee "$here/results/messages-$engine-$count.txt"
