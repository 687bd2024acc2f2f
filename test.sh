#!/usr/bin/env bash
# All checks and tests of the product, from a clean clone on a bare Debian machine with the .NET SDK.
# The last line is "N passed, N failed"; a check counts as one. PostgreSQL runs in a temporary folder and goes away again.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Every test host and product process here lives too short to win back what profiling its code costs.
export DOTNET_TieredPGO=0
passed=0
failed=0
results=$PWD/TestResults
postgres_home=

finish() {
  stop_postgres
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

step() { printf '\n== %s\n' "$*"; }

check() {
  local name=$1
  shift
  step "$name"
  if "$@"; then
    passed=$((passed + 1))
  else
    echo "FAILED: $name" >&2
    failed=$((failed + 1))
    return 1
  fi
}

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

install_what_lacks() {
  local lacking=()
  command -v chromium >/dev/null || lacking+=(chromium)
  command -v curl >/dev/null || lacking+=(curl ca-certificates)
  command -v npm >/dev/null || lacking+=(nodejs npm)
  [ -n "$(postgres_bin)" ] || lacking+=(postgresql)
  command -v npm >/dev/null || lacking+=(npm)
  if [ ${#lacking[@]} -eq 0 ]; then return 0; fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "Please install: ${lacking[*]}" >&2
    return 1
  fi
  apt-get -qq update &&
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${lacking[@]}" >/dev/null
}

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
        "-p $port -h 127.0.0.1 -k $postgres_home -c fsync=off -c full_page_writes=off -c max_connections=300" >/dev/null || continue
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

no_migration_lacks() {
  dotnet ef migrations has-pending-model-changes --no-build --project WaCr.Web --context "$1"
}

run_tests() {
  local project=$1 trx="$results/$1.trx" status numbers
  step "tests of $project"
  dotnet test "$project" --no-build --nologo --blame-hang-timeout 10m --blame-hang-dump-type none \
    --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal"
  status=$?
  numbers=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null | head -1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$numbers"; }
  local project_failed
  project_failed=$(count failed)
  passed=$((passed + $(count passed || true) + 0))
  # A host that crashed or hung leaves no failed test behind, and a project without tests is a mistake.
  if [ "${project_failed:-0}" -eq 0 ] && { [ "$status" -ne 0 ] || [ -z "$(count passed)" ] || [ "$(count passed)" -eq 0 ]; }; then project_failed=1; fi
  failed=$((failed + ${project_failed:-0}))
}

trap finish EXIT
trap 'exit 1' INT TERM
rm -rf "$results"

check "system packages" install_what_lacks || exit
check "tools" dotnet tool restore || exit
check "build" dotnet build WaCr.sln --nologo || exit
check "PostgreSQL" start_postgres || exit
check "format" dotnet format WaCr.sln --no-restore --verify-no-changes
check "migrations of SQLite are complete" no_migration_lacks SqliteAppDbContext
check "migrations of PostgreSQL are complete" no_migration_lacks PostgresAppDbContext
run_tests WaCr.Web.Tests
check "OpenAPI document by Spectral and Redocly" WaCr.Web.Tests/OpenApi/lint.sh WaCr.Web.Tests/bin/Debug/net10.0/openapi-v2.json
run_tests WaCr.E2E
