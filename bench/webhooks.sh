#!/usr/bin/env bash
# bench/webhooks.sh [CONTACTS]
# A bulk change of all contacts without and with a webhook that wants each change, on the published product and SQLite, while
# another tenant's changes are timed until its receiver has them. Writes bench/results/webhooks-CONTACTS.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
count=${1:-100000}
port=${BENCH_PORT:-5230}
receiver=127.0.0.1:${BENCH_RECEIVER_PORT:-5231}
export Downloads__TrustedHosts__0=$receiver

publish
use_database sqlite
"$tool" fill "$count" "$work/data" 2>/dev/null
start_server /health/live
{
  heading "sqlite, $count contacts"
  "$tool" webhooks "$ASPNETCORE_URLS" "$(cat "$work/data/token")" "http://$receiver/"
  echo "memory of the server afterwards: $(resident) MB resident"
} | tee "$here/results/webhooks-$count.txt"
