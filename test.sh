#!/usr/bin/env bash
# All checks and tests of the product, from a clean clone on a bare Debian machine with the .NET SDK.
#   ./test.sh                 everything, in its short form
#   ./test.sh --deep          the long form: many kill rounds, every page in every language and theme
#   ./test.sh --filter NAME   the tests whose full name contains NAME, and no other check
# The last line is "N passed, N failed"; a check counts as one. PostgreSQL runs in a temporary folder and goes away again.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

filter=
while [ $# -gt 0 ]; do
  case "$1" in
    --deep) export WACR_TEST_DEEP=1 ;;
    --filter) filter=${2:?--filter wants a name}; shift ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Every test host and product process here lives too short to win back what profiling its code costs.
export DOTNET_TieredPGO=0
passed=0
failed=0
results=$PWD/TestResults
postgres_home=
seconds=

finish() {
  stop_postgres
  printf '\n== seconds\n%s' "$seconds"
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

step() { printf '\n== %s\n' "$*"; }

took() { seconds+=$(printf '%6d  %s' "$2" "$1")$'\n'; }

check() {
  local name=$1
  shift
  local started=$SECONDS
  step "$name"
  "$@"
  local status=$?
  took "$name" $((SECONDS - started))
  if [ $status -eq 0 ]; then
    passed=$((passed + 1))
  else
    echo "FAILED: $name" >&2
    failed=$((failed + 1))
    return 1
  fi
}

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

install_missing() {
  local missing=() lighter=()
  command -v chromium >/dev/null || missing+=(chromium)
  # The journeys run in it where it can be had. Its version is the browser's, so apt is told of both.
  command -v chromium-headless-shell >/dev/null || lighter=(chromium chromium-headless-shell)
  command -v curl >/dev/null || missing+=(curl ca-certificates)
  command -v npm >/dev/null || missing+=(nodejs npm)
  [ -n "$(postgres_bin)" ] || missing+=(postgresql)
  if [ "$(id -u)" -ne 0 ]; then
    if [ ${#missing[@]} -eq 0 ]; then return 0; fi
    echo "Please install: ${missing[*]}" >&2
    return 1
  fi
  if [ ${#missing[@]} -eq 0 ] && [ ${#lighter[@]} -eq 0 ]; then return 0; fi
  apt-get -qq update && install_packages "${missing[@]}" "${lighter[@]}" && return 0
  # Without the shell the journeys run in the whole browser.
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null; }

# initdb and the server refuse to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_postgres() {
  local bin port
  bin=$(postgres_bin)
  postgres_home=$(mktemp -d /tmp/wacr-postgres.XXXXXX)
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$postgres_home"; fi
  (
    cd "$postgres_home" || exit 1
    as_postgres "$bin/initdb" -D "$postgres_home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null || exit 1
    for _ in 1 2 3 4 5; do
      port=$((20000 + RANDOM % 20000))
      # What a crash would lose is thrown away at the end anyway.
      as_postgres "$bin/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/log" -w start -o \
        "-p $port -h 127.0.0.1 -k $postgres_home -c fsync=off -c full_page_writes=off -c max_connections=500" >/dev/null || continue
      echo "$port" >"$postgres_home/port"
      exit 0
    done
    cat "$postgres_home/log" >&2
    exit 1
  ) || return 1
  port=$(cat "$postgres_home/port")
  export WACR_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
}

stop_postgres() {
  if [ -n "$postgres_home" ]; then
    (cd / && as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_home/data" -m immediate stop >/dev/null 2>&1)
    rm -rf "$postgres_home"
    postgres_home=
  fi
}

migrations_are_current() {
  dotnet ef migrations has-pending-model-changes --no-build --project WaCr.Web --context "$1"
}

run_tests() {
  local project=$1 trx="$results/$1.trx" status numbers started=$SECONDS
  step "tests of $project"
  dotnet test "$project" --no-build --nologo ${filter:+--filter "FullyQualifiedName~$filter"} --blame-hang-timeout 10m --blame-hang-dump-type none \
    --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal"
  status=$?
  took "tests of $project" $((SECONDS - started))
  numbers=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null | head -1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$numbers"; }
  local project_failed
  project_failed=$(count failed)
  passed=$((passed + $(count passed || true) + 0))
  # A filter may leave a project nothing to run.
  if [ -n "$filter" ] && [ "$status" -eq 0 ]; then return; fi
  # A host that crashed or hung leaves no failed test behind, and a project without tests is a mistake.
  if [ "${project_failed:-0}" -eq 0 ] && { [ "$status" -ne 0 ] || [ -z "$(count passed)" ] || [ "$(count passed)" -eq 0 ]; }; then project_failed=1; fi
  failed=$((failed + ${project_failed:-0}))
}

trap finish EXIT
trap 'exit 1' INT TERM
rm -rf "$results"

check "system packages" install_missing || exit
check "tools" dotnet tool restore || exit
check "build" dotnet build WaCr.sln --nologo || exit
check "PostgreSQL" start_postgres || exit
if [ -n "$filter" ]; then
  run_tests WaCr.Web.Tests
  run_tests WaCr.E2E
  exit
fi
# The build keeps the style and the analyzers' rules; what it can't see is white space.
check "format" dotnet format whitespace WaCr.sln --no-restore --verify-no-changes
check "migrations of SQLite are complete" migrations_are_current SqliteAppDbContext
check "migrations of PostgreSQL are complete" migrations_are_current PostgresAppDbContext
run_tests WaCr.Web.Tests
check "OpenAPI document by Spectral and Redocly" WaCr.Web.Tests/OpenApi/lint.sh WaCr.Web.Tests/bin/Debug/net10.0/openapi-v2.json
run_tests WaCr.E2E
