#!/usr/bin/env bash
# What other people's tools make of the OpenAPI document: five generators make clients, each is compiled, and the names of its types are looked
# at; then the document is imported into Postman's format and every request sent in order, as imported. Needs a running Development server with
# its demo data and nothing else, its token, npm and dotnet. By hand, never in CI: bench/clients.sh http://localhost:5000 wacr_... [folder]
set -euo pipefail
url=${1:?address of a running server} token=${2:?its token} work=${3:-$(mktemp -d)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$work" && cd "$work"
curl -fsS "$url/openapi/v2.json" -o openapi.json
echo "operations: $(node -p 'Object.values(require("./openapi.json").paths).flatMap(Object.keys).length')"

[ -d node_modules ] || { npm init -y >/dev/null; npm i --ignore-scripts --no-audit --no-fund --silent openapi-typescript @hey-api/openapi-ts orval \
    openapi-to-postmanv2 newman typescript @types/node; }
for tool in Microsoft.OpenApi.Kiota:kiota NSwag.ConsoleCore:nswag; do
  [ -x "tools/${tool#*:}" ] || dotnet tool install --tool-path tools "${tool%:*}" >/dev/null
done

# A schema without a name is called after where it stands, or numbered: Anonymous, InlineResponse200, Data2, Response17.
nameless='(Anonymous|Inline[A-Z]|\b(Response|Body|Data|Result|Request|Item|Object)[0-9]+\b)'
report() { # name folder
  echo "$1: compiles; types: $(grep -rhoE 'export (interface|type|class) [A-Za-z0-9_]+|public partial class [A-Za-z0-9_]+' "$2" | sort -u | wc -l)," \
    "without a name: $(grep -rhoE 'export (interface|type|class) [A-Za-z0-9_]+|class [A-Za-z0-9_]+' "$2" | awk '{print $NF}' | grep -cE "$nameless" || true)"
}
compile() { npx tsc --noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable "$@"; }

rm -rf ts hey orval kiota nswag && mkdir ts hey orval kiota nswag
npx openapi-typescript openapi.json -o ts/api.ts --root-types >/dev/null 2>&1 || npx openapi-typescript openapi.json -o ts/api.ts >/dev/null
compile ts/api.ts && report openapi-typescript ts
npx openapi-ts -i openapi.json -o hey >/dev/null
compile $(find hey -name '*.ts') && report @hey-api/openapi-ts hey
npx orval --client fetch --input openapi.json --output orval/api.ts >/dev/null
compile $(find orval -name '*.ts') && report orval orval

DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} tools/kiota generate -l CSharp -d openapi.json -c WaCrClient -n WaCr.Client -o kiota/src --log-level Error >/dev/null
project() { # folder packages...
  local folder=$1; shift
  { echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup><ItemGroup>'
    for package in "$@"; do echo "<PackageReference Include=\"$package\" Version=\"*\" />"; done
    echo '</ItemGroup></Project>'; } >"$folder/client.csproj"
  dotnet build "$folder" --nologo -v q "-clp:ErrorsOnly;NoSummary"
}
project kiota Microsoft.Kiota.{Abstractions,Http.HttpClientLibrary,Serialization.{Json,Form,Text,Multipart}} && report Kiota kiota/src
tools/nswag openapi2csclient /input:openapi.json /output:nswag/Client.cs /namespace:WaCr.Client /classname:WaCrClient /JsonLibrary:SystemTextJson >/dev/null
project nswag System.Text.Json && report NSwag nswag

npx openapi2postmanv2 -s openapi.json -o postman.json -O folderStrategy=Tags,parametersResolution=Example >/dev/null
node "$here/postman.js" postman.json "$url" "$token"
