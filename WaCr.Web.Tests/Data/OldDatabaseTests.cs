using System.Globalization;
using System.IO.Compression;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Tests.Data;

/// <summary>Databases that the build of 26 November 2026 made, with data; they were kept when the migrations became one.</summary>
public sealed class OldDatabaseTests
{
    [Theory, OnEachEngine]
    public async Task OldDatabase_Migrated_KeepsEveryRow(DatabaseProvider provider)
    {
        await using var database = await OldAsync(provider);
        var before = await RowsAsync(database);

        await MigrateAsync(database);
        await MigrateAsync(database); // as at the next start

        var after = await RowsAsync(database);
        foreach (var (table, rows) in before.Where(table => !table.Key.StartsWith("__", StringComparison.Ordinal)))
        {
            after.ShouldContainKeyAndValue(table, rows);
        }
    }

    [Theory, OnEachEngine]
    public async Task OldDatabase_Migrated_HasTheSchemaOfANewOne(DatabaseProvider provider)
    {
        await using var old = await OldAsync(provider);
        await MigrateAsync(old);
        await using var fresh = await TestDatabase.CreateAsync(provider);

        (await SchemaAsync(old)).ShouldBe(await SchemaAsync(fresh));
        (await HistoryAsync(old)).ShouldBe(await HistoryAsync(fresh));
    }

    [Fact]
    public async Task OldDatabase_Migrated_FindsMessagesByFoldedTextAtOnce()
    {
        await using var old = await OldAsync(DatabaseProvider.Sqlite);
        await ExecuteAsync(old, "UPDATE \"Messages\" SET \"Text\" = 'NÃO PODE' WHERE \"Id\" = (SELECT min(\"Id\") FROM \"Messages\")");

        await MigrateAsync(old);

        (await AskAsync(old, "SELECT CAST(count(*) AS TEXT) FROM \"MessageSearchPending\"")).ShouldBe(["0"]);
        (await AskAsync(old, "SELECT CAST(count(*) AS TEXT) FROM \"MessageSearch\" WHERE \"MessageSearch\" MATCH 'nao'"))
            .ShouldNotBe(["0"]);
        (await AskAsync(old, """
            SELECT CAST(m."Id" AS TEXT) FROM "Messages" m WHERE NOT EXISTS (SELECT 1 FROM "MessageSearch" s WHERE s.rowid = (m."TenantId" << 40) | m."Id")
            """)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task OldDatabase_Migrated_RemembersWhoIsOptedOut(DatabaseProvider provider)
    {
        await using var old = await OldAsync(provider);
        var person = (await AskAsync(old, $"""
            SELECT CAST(i."TenantId" AS TEXT) || '/' || CAST(c."Id" AS TEXT) || '/' || c."PhoneKey" || '/' || i."UserId"
            FROM "ChannelIdentities" i JOIN "Contacts" c ON c."Id" = i."ContactId" AND c."TenantId" = i."TenantId"
            WHERE i."UserId" IS NOT NULL AND c."PhoneKey" NOT LIKE '-%' ORDER BY 1
            """))[0].Split('/');
        var (tenant, id, phone, userId) = (person[0], person[1], person[2], person[3]);
        var wanting = (await AskAsync(old, $"""
            SELECT "PhoneKey" FROM "Contacts" WHERE "TenantId" = {tenant} AND "Id" <> {id} AND NOT "IsOptedOut" AND "PhoneKey" NOT LIKE '-%' ORDER BY 1
            """))[0];
        await ExecuteAsync(old, $"""
            UPDATE "Contacts" SET "IsOptedOut" = (1 = 1) WHERE "TenantId" = {tenant} AND "Id" = {id};
            INSERT INTO "DeletedContacts" ("Id", "TenantId", "Name", "NameKey", "PhoneKey", "ActorName", "Door", "DeletedAt", "Snapshot")
              SELECT 900001, "TenantId", '', '', '{InTrash}', '', 0, "UpdatedAt", '{OptedOutSnapshot}' FROM "Contacts" WHERE "TenantId" = {tenant} AND "Id" = {id};
            """);

        await MigrateAsync(old);

        await using var services = TestServices.Build(old.Provider, old.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        var subdomain = (await AskAsync(old, $"SELECT \"Subdomain\" FROM \"Tenants\" WHERE \"Id\" = {tenant}")).Single();
        await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync(subdomain, ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        await using var db = (await TestTenant.OfAsync(scope)).OpenDatabase();
        (await db.FindConsentAsync(ConsentSubject.Of(ConsentSubject.OfPhone(phone)))).ShouldBe(Consent.Nothing);
        (await db.FindConsentAsync(ConsentSubject.Of(ConsentSubject.OfUser(userId)))).ShouldBe(Consent.Nothing);
        (await db.FindConsentAsync(ConsentSubject.Of(ConsentSubject.OfPhone(InTrash)))).ShouldBe(Consent.Nothing);
        (await db.FindConsentAsync(ConsentSubject.Of(ConsentSubject.OfPhone(wanting)))).ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task OldDatabase_Migrated_HasCodesForReasonsOfOurOwn_AndKeepsWhatsApps(DatabaseProvider provider)
    {
        await using var old = await OldAsync(provider);
        await ExecuteAsync(old, """
            UPDATE "Messages" SET "State" = 4, "Error" = 'The contact was deleted.', "ErrorCode" = NULL
              WHERE "Id" = (SELECT min("Id") FROM "Messages");
            UPDATE "Messages" SET "State" = 4, "Error" = 'The contact was deleted.', "ErrorCode" = 131026
              WHERE "Id" = (SELECT max("Id") FROM "Messages");
            """);

        await MigrateAsync(old);

        (await ErrorOfAsync("min")).ShouldBe("outbox.contact_gone");
        (await ErrorOfAsync("max")).ShouldBe("The contact was deleted.");

        async Task<string> ErrorOfAsync(string which) =>
            (await AskAsync(old, $"SELECT \"Error\" FROM \"Messages\" WHERE \"Id\" = (SELECT {which}(\"Id\") FROM \"Messages\")")).Single();
    }

    [Theory, OnEachEngine]
    public async Task OldDatabase_Migrated_HasNoBroadcastsInTheOrderOfConversations(DatabaseProvider provider)
    {
        await using var old = await OldAsync(provider);
        var ids = await AskAsync(old, """
            SELECT CAST(c."Id" AS TEXT) FROM "Conversations" c
            WHERE (SELECT count(*) FROM "Messages" m WHERE m."ConversationId" = c."Id") > 1 ORDER BY c."Id" LIMIT 3
            """);
        var (alone, ended, other) = (ids[0], ids[1], ids[2]);
        await ExecuteAsync(old, $"""
            UPDATE "Messages" SET "CampaignId" = "Id" WHERE "ConversationId" = {alone};
            UPDATE "Messages" SET "CampaignId" = "Id"
              WHERE "Id" = (SELECT "LastMessageId" FROM "Conversations" WHERE "Id" = {ended});
            """);
        var before = await LastOfAsync(other);

        await MigrateAsync(old);

        (await LastOfAsync(alone)).ShouldBe((Conversation.BroadcastsOnly, null));
        var mixedId = long.Parse(ended, CultureInfo.InvariantCulture);
        var last = await OnlyAsync(db => db.Messages.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(m => m.ConversationId == mixedId && m.CampaignId == null).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id)
            .Select(m => new { m.CreatedAt, m.Id }).FirstAsync());
        (await LastOfAsync(ended)).ShouldBe((last.CreatedAt, last.Id));
        (await LastOfAsync(other)).ShouldBe(before);

        async Task<(DateTimeOffset, long?)> LastOfAsync(string id)
        {
            var number = long.Parse(id, CultureInfo.InvariantCulture);
            var row = await OnlyAsync(db => db.Conversations.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(c => c.Id == number).Select(c => new { c.LastMessageAt, c.LastMessageId }).SingleAsync());
            return (row.LastMessageAt, row.LastMessageId);
        }

        async Task<T> OnlyAsync<T>(Func<AppDbContext, Task<T>> read)
        {
            await using var services = TestServices.Build(old.Provider, old.ConnectionString);
            await using var scope = services.CreateAsyncScope();
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            return await read(db);
        }
    }

    private const string InTrash = "447700900123";

    private const string OptedOutSnapshot = """{"IsOptedOut":true}""";

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var services = TestServices.Build(database.Provider, database.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        await using var context = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await using var connection = context.Database.GetDbConnection();
        await context.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<TestDatabase> OldAsync(DatabaseProvider provider)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data", "Databases");
        if (provider == DatabaseProvider.Sqlite)
        {
            return await TestDatabase.OfFileAsync(async file =>
            {
                await using var packed = new GZipStream(
                    File.OpenRead(Path.Combine(folder, "2026-11-26.sqlite.gz")), CompressionMode.Decompress);
                await using var plain = File.Create(file);
                await packed.CopyToAsync(plain);
            });
        }

        using var script = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(folder, "2026-11-26.postgres.sql.gz")), CompressionMode.Decompress));
        return await TestDatabase.OfScriptAsync(await script.ReadToEndAsync());
    }

    internal static async Task MigrateAsync(TestDatabase database)
    {
        await using var services = TestServices.Build(database.Provider, database.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(mayCreateDatabase: false, CancellationToken.None);
    }

    private static async Task<Dictionary<string, long>> RowsAsync(TestDatabase database)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await AskAsync(database, TablesOf(database.Provider)))
        {
            var count = (await AskAsync(database, $"SELECT CAST(count(*) AS TEXT) FROM \"{table}\"")).Single();
            rows.Add(table, long.Parse(count, CultureInfo.InvariantCulture));
        }

        return rows;
    }

    private static string TablesOf(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%Search%' ORDER BY 1"
        : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";

    private static Task<List<string>> HistoryAsync(TestDatabase database) =>
        AskAsync(database, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1");

    // Columns by name: an old table has its later columns at the end. Defaults that only the old way left do no harm.
    private static Task<List<string>> SchemaAsync(TestDatabase database) => AskAsync(database, database.Provider == DatabaseProvider.Sqlite
        ? """
          SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
            FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '%Lock'
          UNION ALL SELECT type || ' ' || name || ' ' || tbl_name || ' ' || sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
          UNION ALL SELECT 'key ' || m.name || ' ' || f."from" || ' ' || f."table" || ' ' || f."to" || ' ' || f.on_delete
            FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
          ORDER BY 1
          """
        : """
          SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(character_maximum_length::text, '')
            FROM information_schema.columns WHERE table_schema = 'public'
          UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
          UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
          ORDER BY 1
          """);

    private static async Task<List<string>> AskAsync(TestDatabase database, string sql)
    {
        await using var services = TestServices.Build(database.Provider, database.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        await using var context = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await context.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }
}
