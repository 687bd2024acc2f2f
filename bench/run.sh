#!/usr/bin/env bash
# bench/run.sh [sqlite|postgres] [CONTACTS]
# Fills a database with contacts of one tenant, drives the published product with wrk in three interleaved rounds, and
# writes bench/results/ENGINE-CONTACTS.txt. PostgreSQL: its own temporary cluster, fsync on.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
engine=${1:-sqlite}
count=${2:-100000}
port=${BENCH_PORT:-5230}
seconds=${BENCH_SECONDS:-6}
rounds=3
cases=(bare get list search patch batch)
work=$(mktemp -d /tmp/wacr-bench.XXXXXX)
server=
postgres=

cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
  if [ -n "$postgres" ]; then (cd / && runuser -u postgres -- "$postgres/pg_ctl" -D "$work/pg" -m fast stop >/dev/null) || true; fi
  rm -rf "$work"
}
trap cleanup EXIT

if ! command -v wrk >/dev/null; then
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends wrk >/dev/null
fi

dotnet publish "$root/WaCr.Web" -c Release -r linux-x64 --self-contained false -o "$work/web" --nologo -v quiet
dotnet build "$here/WaCr.Bench" -c Release --nologo -v quiet
tool="$here/WaCr.Bench/bin/Release/net10.0/WaCr.Bench"

case $engine in
  sqlite)
    export Database__Provider=Sqlite Database__ConnectionString="Data Source=$work/wacr.db" ;;
  postgres)
    postgres=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    chmod 755 "$work" && mkdir "$work/pg" && chown postgres: "$work/pg"
    (
      cd /
      runuser -u postgres -- "$postgres/initdb" -D "$work/pg" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
      runuser -u postgres -- "$postgres/pg_ctl" -D "$work/pg" -l "$work/pg/log" -w start \
        -o "-p $((port + 9)) -h 127.0.0.1 -k $work/pg -c shared_buffers=512MB -c max_wal_size=4GB" >/dev/null
    )
    export Database__Provider=PostgreSQL
    export Database__ConnectionString="Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=wacr" ;;
  *) echo "sqlite or postgres" >&2; exit 2 ;;
esac

filled=$("$tool" fill "$count" "$work/data" 2>&1)
export ASPNETCORE_URLS=http://127.0.0.1:$port ASPNETCORE_ENVIRONMENT=Production
export Logging__LogLevel__Default=Warning
export BENCH_FOLDER=$work/data BENCH_COUNT=$count BENCH_LUA=$here/lua

now_ms() { date +%s%3N; }
token=$(cat "$work/data/token")
good() { [ "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "$ASPNETCORE_URLS/api/v2/contacts/1")" = 200 ]; }

# The second start counts: on the first one the file is not in the disk cache, and keys are made.
for _ in 1 2; do
  if [ -n "$server" ]; then kill "$server"; wait "$server" || true; fi
  started=$(now_ms)
  (cd "$work" && exec "$work/web/WaCr.Web") >"$work/log" 2>&1 &
  server=$!
  until good; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.02
  done
  first_answer=$(($(now_ms) - started))
done

drive() { BENCH_ROUND=$1 wrk -t2 -c16 -d"$2s" --timeout 30s -s "$here/lua/$3.lua" "$ASPNETCORE_URLS" | sed -n 's/^RESULT //p'; }

load=$(cut -d' ' -f1-3 /proc/loadavg)
for case in "${cases[@]}"; do drive 9 2 "$case" >/dev/null; done # warm
for round in $(seq $rounds); do
  for case in "${cases[@]}"; do
    drive "$round" "$seconds" "$case" >>"$work/$case"
  done
done
rss=$(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024))
heap=$("$tool" heap "$server")

# The median of the rounds' ratios to the bare endpoint in the same round.
result="$here/results/$engine-$count.txt"
mkdir -p "$here/results"
{
  echo "WaCr $(git -C "$root" rev-parse --short HEAD), $engine, $count contacts, $(date -u +%Y-%m-%d), $(nproc) cores, wrk -t2 -c16 ${seconds}s, $rounds rounds"
  echo "load average before: $load"
  echo "fill: $filled"
  echo
  printf '%-8s %12s %10s %10s %8s %8s   %s\n' case per_second p50_ms p99_ms errors ratio "rounds (per second)"
  for case in "${cases[@]}"; do
    paste -d' ' "$work/$case" "$work/bare" | awk -v name="$case" '
      function median(v, n,   i, j, t) {
        for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((n + 1) / 2)]
      }
      { all = all " " $1; rate[NR] = $1; p50[NR] = $2; p99[NR] = $3; errors += $4; ratio[NR] = $1 / $5 }
      END { printf "%-8s %12.0f %10.2f %10.2f %8d %8.3f  %s\n", name, median(rate, NR), median(p50, NR), median(p99, NR), errors, median(ratio, NR), all }'
  done
  echo "batch is in rows per second; its errors include batches with a failed row."
  echo
  echo "start to first good answer: $first_answer ms"
  echo "memory of the server afterwards: $rss MB resident, $heap MB managed heap"
} | tee "$result"
