# Of the scripts beside it: a folder that goes away again, the published product on a database of its own, and what wrk measured.
# Sets: root, work, tool (WaCr.Bench), server (the last that was started); reads port.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
tool="$here/WaCr.Bench/bin/Release/net10.0/WaCr.Bench"
work=$(mktemp -d /tmp/wacr-bench.XXXXXX)
processes=()
server=
postgres=
mkdir -p "$here/results"

finish() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null && wait "$process" 2>/dev/null || true; done
  if [ -n "$postgres" ]; then (cd / && runuser -u postgres -- "$postgres/pg_ctl" -D "$work/pg" -m fast stop >/dev/null) || true; fi
  rm -rf "$work"
}
trap finish EXIT

publish() {
  dotnet publish "$root/WaCr.Web" -c Release -r linux-x64 --self-contained false -o "$work/web" --nologo -v quiet
  dotnet build "$here/WaCr.Bench" -c Release --nologo -v quiet
}

# use_database sqlite|postgres: what the product and the filler open. PostgreSQL is a cluster of its own, with fsync on.
use_database() {
  case $1 in
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
      "$postgres/createdb" -h 127.0.0.1 -p $((port + 9)) -U postgres wacr
    )
    export Database__Provider=PostgreSQL
    export Database__ConnectionString="Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=wacr" ;;
  *) echo "sqlite or postgres" >&2; exit 2 ;;
  esac
}

# in_background LOG COMMAND...: in the work folder, until the script ends.
in_background() {
  local log=$1
  shift
  (cd "$work" && exec "$@") >"$log" 2>&1 &
  processes+=($!)
}

# start_sandbox: in a second process, answering at once; the server that is started after it speaks to it.
start_sandbox() {
  outside=http://127.0.0.1:$((port + 1))
  in_background "$work/sandbox.log" "$work/web/WaCr.Web" sandbox --url "$outside" --immediate
  export WhatsApp__BaseUrl=$outside/sandbox/graph WhatsApp__Sandbox__AllowOutsideDevelopment=true
}

# start_server PATH [TOKEN]: returns once it answers there with success.
start_server() {
  export ASPNETCORE_URLS=http://127.0.0.1:$port ASPNETCORE_ENVIRONMENT=Production PublicUrl=http://127.0.0.1 SignIn__MaxAttemptsPerMinute=100000 Logging__LogLevel__Default=Warning
  in_background "$work/log" "$work/web/WaCr.Web" --contentRoot "$work/web"
  server=$!
  until curl -sf -o /dev/null ${2:+-H "Authorization: Bearer $2"} "$ASPNETCORE_URLS$1"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.02
  done
}

# heading WHAT: of which build on which machine a result is.
heading() {
  echo "WaCr $(git -C "$root" rev-parse --short HEAD), $1, $(date -u +%Y-%m-%d), $(nproc) cores${2:+$2}"
  echo "load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
}

resident() { echo $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024)); }

need_wrk() {
  if ! command -v wrk >/dev/null; then
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends wrk >/dev/null
  fi
}

# drive ROUND SECONDS CASE: requests/s, p50 and p99 in ms, errors.
drive() { BENCH_ROUND=$1 wrk -t2 -c16 -d"$2s" --timeout 30s -s "$here/lua/$3.lua" "$ASPNETCORE_URLS" | sed -n 's/^RESULT //p'; }

# table CASE...: the median of the rounds in $work/CASE, and of their ratios to the bare endpoint in the same round.
table() {
  printf '%-8s %12s %10s %10s %8s %8s   %s\n' case per_second p50_ms p99_ms errors ratio "rounds (per second)"
  local case
  for case in "$@"; do
    paste -d' ' "$work/$case" "$work/bare" | awk -v name="$case" '
      function median(v, n,   i, j, t) {
        for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((n + 1) / 2)]
      }
      { all = all " " $1; rate[NR] = $1; p50[NR] = $2; p99[NR] = $3; errors += $4; ratio[NR] = $1 / $5 }
      END { printf "%-8s %12.0f %10.2f %10.2f %8d %8.3f  %s\n", name, median(rate, NR), median(p50, NR), median(p99, NR), errors, median(ratio, NR), all }'
  done
}
