#!/usr/bin/env bash
# bench/conversations.sh [MESSAGES]
# Conversations in a real Chromium over the published product on SQLite, the sandbox in a second process: time to the list, to a thread of
# 5,000 messages, from a webhook and from a key press to the bubble, heap an open page. Writes bench/results/conversations-MESSAGES.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-1000000}
port=${BENCH_PORT:-5230}

publish
use_database sqlite
filled=$("$tool" fill-conversations "$count" "$work/data" 2>&1)
start_sandbox
start_server /health/live
{
  heading "sqlite, $count messages in the tenant" " shared by server, sandbox and browser"
  echo "fill: $filled"
  "$tool" conversations "$ASPNETCORE_URLS" "$server"
  echo "load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$here/results/conversations-$count.txt"
