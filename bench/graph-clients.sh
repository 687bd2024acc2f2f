#!/usr/bin/env bash
# Runs clients of the Cloud API that nobody here wrote against the sandbox, as the npm registry serves them: whatsapp-api-js, @kapso/whatsapp-cloud-api,
# @great-detail/whatsapp, whatsapp-business, whatsapp-cloud-api, whatsappcloudapi_wrapper and the official Node SDK; the requests of Chatwoot; and pywa from a
# checkout that PYWA_SOURCE names (with httpx, Debian: python3-httpx), or where pip can install it.
# Prints how many calls of each work, with the answer to those that do not, and starts the sandbox by itself. By hand, never in CI:
# bench/graph-clients.sh [port] [folder]. Needs a built WaCr.Web, npm and curl.
set -euo pipefail
port=${1:-5090} work=${2:-$(mktemp -d)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
app=$(ls -t "$here"/../WaCr.Web/bin/*/net*/WaCr.Web.dll | head -1)
mkdir -p "$work" && cd "$work"
[ -d node_modules ] || { npm init -y >/dev/null; npm i --ignore-scripts --no-audit --no-fund --silent whatsapp-api-js @kapso/whatsapp-cloud-api \
    @great-detail/whatsapp whatsapp-business whatsapp-cloud-api whatsappcloudapi_wrapper whatsapp@0.0.5-Alpha; }

export WhatsApp__Sandbox__ControlToken=graph-clients-control
dotnet "$app" sandbox --url "http://127.0.0.1:$port" --webhook "http://127.0.0.1:$port/nobody" --immediate >"$work/sandbox.log" 2>&1 &
sandbox=$!
trap 'kill $sandbox 2>/dev/null || true' EXIT
export GRAPH_URL="http://127.0.0.1:$port/sandbox/graph" GRAPH_TOKEN=sandbox-token-riverside PHONE_NUMBER_ID=106540352242922 WABA_ID=102290129340398
for _ in $(seq 100); do curl -s -o /dev/null "$GRAPH_URL/" && break; sleep 0.2; done

# Somebody writes first: reading and typing need a message of theirs.
export INBOUND_ID=$(curl -s -X POST "http://127.0.0.1:$port/sandbox/control/customers/+12025550143/text" -H "Authorization: Bearer $WhatsApp__Sandbox__ControlToken" \
  -H 'Content-Type: application/json' -d '{"body":"Hello"}' | grep -o 'wamid[^"]*' | head -1)

failed=0
cp "$here/graph-clients/clients.mjs" . # beside its packages
node --require "$here/graph-clients/shim.cjs" clients.mjs 2>"$work/clients.log" || failed=1
if [ -n "${PYWA_SOURCE:-}" ]; then
  # The package reads its own version from its metadata, which a checkout lacks.
  version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$PYWA_SOURCE/pyproject.toml")
  mkdir -p "meta/pywa-$version.dist-info" && printf 'Metadata-Version: 2.1\nName: pywa\nVersion: %s\n' "$version" >"meta/pywa-$version.dist-info/METADATA"
  PYTHONPATH="$PYWA_SOURCE:meta" /usr/bin/python3 "$here/graph-clients/pywa_client.py" 2>>"$work/clients.log" || failed=1
elif command -v python3 >/dev/null && { [ -d venv ] || python3 -m venv venv; } && { venv/bin/python -c 'import pywa' 2>/dev/null || venv/bin/pip install -q --retries 0 pywa >/dev/null 2>&1; }; then
  venv/bin/python "$here/graph-clients/pywa_client.py" || failed=1
else
  echo "pywa                                     neither a checkout nor to be had from the registry here"
fi
exit $failed
