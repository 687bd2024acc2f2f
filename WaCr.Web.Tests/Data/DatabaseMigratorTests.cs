using Npgsql;

namespace WaCr.Web.Tests.Data;

public sealed class DatabaseMigratorTests
{
    private const string Future = "20990101000000_Future";

    [Theory, OnEachEngine]
    public async Task ThreeAtOnce_OnAnEmptyDatabase_WaitForEachOther(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => MigrateAsync(database))));

        await OnAsync(database, async db => (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty());
    }

    [Theory, OnPostgres]
    public async Task TextIndexes_LeaveLittleUnsorted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        await OnAsync(database, async db => (await db.Database.SqlQueryRaw<string>(
            """
            SELECT relname || ' ' || array_to_string(reloptions, ',') AS "Value" FROM pg_class
            WHERE relam = (SELECT oid FROM pg_am WHERE amname = 'gin') ORDER BY relname
            """).ToListAsync()).ShouldBe([
                "IX_Contacts_TenantId_SearchText gin_pending_list_limit=256", "IX_Messages_TenantId_Text gin_pending_list_limit=256"]));
    }

    [Theory, OnEachEngine]
    public async Task ThreeAtOnce_OnAnOldDatabase_WaitForEachOther(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await OnAsync(database, db => db.Database.MigrateAsync(db.Database.GetMigrations().First()));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => MigrateAsync(database))));

        await OnAsync(database, async db => (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty());
    }

    [Theory, OnEachEngine]
    public async Task NewerThanTheBuild_IsRefusedInASentence(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await OnAsync(database, db => db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ({Future}, '99.0')"""));

        var refused = await MigrateAsync(database).ShouldThrowAsync<StartupException>();

        refused.Message.ShouldContain("newer build");
        refused.Message.ShouldContain(Future);
    }

    [Theory, OnPostgres]
    public async Task DatabaseThatPostgresLacks_IsMadeOnlyWhereAskedFor_ByTwoAtOnce(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await PostgresDatabases.ExecuteOnServerAsync($"DROP DATABASE {name}");

        (await MigrateAsync(database).ShouldThrowAsync<StartupException>()).Message.ShouldContain($"no database {name}");
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => MigrateAsync(database, mayCreateDatabase: true))));

        await OnAsync(database, async db => (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty());
    }

    [Theory, OnPostgres]
    public async Task RoleThatMayNotCreateExtensions_IsToldWhichOne(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var role = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database + "_role";
        await PostgresDatabases.ExecuteOnServerAsync($"CREATE ROLE {role} LOGIN PASSWORD 'x'");
        try
        {
            var refused = await MigrateAsync(
                new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "x" }.ToString(), provider)
                .ShouldThrowAsync<StartupException>();

            refused.Message.ShouldContain($"The role {role} may not create the extension pg_trgm");
        }
        finally
        {
            await PostgresDatabases.ExecuteOnServerAsync($"DROP ROLE {role}");
        }
    }

    [Theory, OnPostgres]
    public async Task ServerThatComesUpAMomentLater_IsWaitedFor(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var relay = new TcpRelay(server.Host!, server.Port).Open();
        await relay.CutAsync();

        var migration = MigrateAsync(
            new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                Host = "127.0.0.1",
                Port = relay.Port,
                Pooling = false,
            }.ToString(),
            provider);
        migration.IsCompleted.ShouldBeFalse();
        relay.Open();

        await migration;
    }

    private static Task MigrateAsync(TestDatabase database, bool mayCreateDatabase = false) =>
        MigrateAsync(database.ConnectionString, database.Provider, mayCreateDatabase);

    private static async Task MigrateAsync(string connectionString, DatabaseProvider provider, bool mayCreateDatabase = false)
    {
        await using var services = TestServices.Build(provider, connectionString);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(mayCreateDatabase, CancellationToken.None);
    }

    private static async Task OnAsync(TestDatabase database, Func<AppDbContext, Task> act)
    {
        await using var services = TestServices.Build(database.Provider, database.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }
}
