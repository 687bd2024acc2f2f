#!/usr/bin/env bash
# Writes the working migration `Current` and the snapshot of both engines anew from the model, on top of Baseline.
# Until the first release there are these two: Baseline is the schema of the build of 26 November 2026, Current all since.
# Data that must move with the schema is moved by DataSteps, which Current calls.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
migrations=WaCr.Web/Data/Migrations
id=20261129120000_Current
build() { dotnet build WaCr.Web --nologo -v q -p:RunAnalyzers=false; }

for engine in Sqlite Postgres; do
  # The snapshot as Baseline left it: what Current is the difference to.
  snapshot=$migrations/$engine/${engine}AppDbContextModelSnapshot.cs
  first=$(git log --diff-filter=A --format=%H -- "$migrations/$engine/20261129000000_Baseline.cs" | tail -1)
  if [ -n "$first" ]; then git show "$first:$snapshot" >"$snapshot"; fi
  rm -f "$migrations/$engine/"*_Current.cs
done
build
for engine in Sqlite Postgres; do
  dotnet ef migrations add Current --no-build --project WaCr.Web --context "${engine}AppDbContext" --output-dir "Data/Migrations/$engine" >/dev/null
  rm -f "$migrations/$engine/"*_Current.Designer.cs
  mv "$migrations/$engine/"*_Current.cs "$migrations/$engine/$id.cs"
  perl -0777 -pi -e '
    s/\xef\xbb\xbf//;
    s/    public partial class Current/    [DbContext(typeof('"$engine"'AppDbContext))]\n    [Migration("'"$id"'")]\n    public partial class Current/;
    s/using Microsoft.EntityFrameworkCore.Migrations;/using Microsoft.EntityFrameworkCore.Infrastructure;\nusing Microsoft.EntityFrameworkCore.Migrations;\nusing WaCr.Web.Data.'"$engine"';/;
    s/\n        \/\/\/ <inheritdoc \/>\n        protected override void Down.*?\n        \}\n/\n        \/\/\/ <inheritdoc \/>\n        protected override void BuildTargetModel(ModelBuilder modelBuilder) => '"$engine"'AppDbContextModelSnapshot.Build(modelBuilder);\n/s;
    s/(void Up\(MigrationBuilder migrationBuilder\)\n        \{.*?)(\n        \}\n)/$1\n            migrationBuilder.MoveData();$2/s;
    s/using Microsoft.EntityFrameworkCore.Infrastructure;/using Microsoft.EntityFrameworkCore;\nusing Microsoft.EntityFrameworkCore.Infrastructure;/;
  ' "$migrations/$engine/$id.cs"
  # EF rebuilds a whole SQLite table for these, outside the migration's transaction; SQLite does them in place.
  if [ "$engine" = Sqlite ]; then
    perl -0777 -pi -e '
      s/migrationBuilder\.DropColumn\(\s*name: "(\w+)",\s*table: "(\w+)"\);/migrationBuilder.DropInPlace("$2", "$1");/g;
      s/migrationBuilder\.AlterColumn<long>\(\s*name: "(\w+)",\s*table: "(\w+)",\s*type: "INTEGER",\s*nullable: true,\s*oldClrType: typeof\(long\),\s*oldType: "INTEGER"\);/migrationBuilder.AllowNullInPlace("$2", "$1");/g;
      s/migrationBuilder\.AddUniqueConstraint\(\s*name: "(\w+)",\s*table: "(\w+)",\s*columns: (new\[\] \{[^}]*\})\);/migrationBuilder.CreateIndex(name: "$1", table: "$2", columns: $3, unique: true);/g;
    ' "$migrations/$engine/$id.cs"
  fi
  "$migrations/compact.pl" "$migrations/$engine/$id.cs" "$migrations/$engine/${engine}AppDbContextModelSnapshot.cs"
done
build
