using Microsoft.Data.Sqlite;

namespace WaCr.Web.Tests.Faults;

public sealed class MigrationFaultTests
{
    private static readonly string[] Migrate = ["migrate"];

    [Fact]
    public async Task Lock_row_of_a_killed_migration_does_not_hang_the_next_one()
    {
        await using var folder = new TempFolder();
        var settings = OlderFile(folder);
        Execute(folder.File("wacr.db"), """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
            """);

        (await ProductProcess.RunAsync(settings, Migrate)).ExitCode.ShouldBe(0);

        SqliteProbe.Ask(folder.File("wacr.db"), "SELECT count(*) FROM Plans").ShouldBe(["3"]);
    }

    [Fact]
    public async Task Existing_file_is_copied_before_it_is_migrated()
    {
        await using var folder = new TempFolder();
        var settings = OlderFile(folder);

        (await ProductProcess.RunAsync(settings, Migrate)).ExitCode.ShouldBe(0);

        var copy = Directory.GetFiles(folder.File(""), "wacr.db.*.bak").ShouldHaveSingleItem();
        SqliteProbe.Ask(copy, "SELECT Note FROM Precious").ShouldBe(["kept"]);
        SqliteProbe.Ask(copy, "SELECT name FROM sqlite_master WHERE name = 'Contacts'").ShouldBeEmpty();
        SqliteProbe.Ask(folder.File("wacr.db"), "SELECT Note FROM Precious").ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Two_processes_that_start_on_one_new_file_are_one_server_and_one_sentence()
    {
        await using var folder = new TempFolder();
        var settings = folder.Sqlite("wacr.db");

        await using var server = await ProductProcess.StartAsync(settings);
        var second = await ProductProcess.RunAsync(settings, []);

        second.ExitCode.ShouldBe(1);
        second.Error.ShouldBe(
            $"Another server is using the database {folder.File("wacr.db")}; stop that one first, or use PostgreSQL to run several.\n");
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(server.Address, "health/live"))).IsSuccessStatusCode.ShouldBeTrue();
    }

    // A file that is there and lacks all migrations: to the migrator it is like one of an older build.
    private static ProductSettings OlderFile(TempFolder folder)
    {
        Execute(
            folder.File("wacr.db"), "PRAGMA journal_mode=WAL; CREATE TABLE Precious (Note TEXT); INSERT INTO Precious VALUES ('kept');");
        return folder.Sqlite("wacr.db");
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
