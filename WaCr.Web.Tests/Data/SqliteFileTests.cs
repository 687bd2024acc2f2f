using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Tests.Data;

/// <summary>The file as an operator sees it.</summary>
public sealed class SqliteFileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AfterACleanStop_TheFileAloneIsTheDatabase(bool isServer)
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        await using (var services = TestServices.Build(DatabaseProvider.Sqlite, workplace.Settings.ConnectionString))
        {
            if (isServer)
            {
                services.GetRequiredService<SqliteDatabaseFile>().Hold();
            }

            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TenantService>()
                .EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None)
                .OrThrowAsync();
            var tenant = await TestTenant.OfAsync(scope);
            var rows = Enumerable.Range(0, 50).Select(_ => tenant.NewContact()).ToList();
            await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), CancellationToken.None).OrThrowAsync();
            (await tenant.FindAsync("asha")).Length.ShouldBe(50); // keeps compiled statements of its own
            new FileInfo(workplace.File + "-wal").Length.ShouldBeGreaterThan(0);
        }

        File.Exists(workplace.File + "-wal").ShouldBeFalse();
        var copy = folder.File("copy.db");
        File.Copy(workplace.File, copy);
        SqliteProbe.Ask(copy, "SELECT count(*) FROM Contacts").ShouldBe(["50"]);
    }

    [Fact]
    public async Task APageThatOutlivesTheServer_DoesNotOpenTheFileAgain()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var services = TestServices.Build(DatabaseProvider.Sqlite, workplace.Settings.ConnectionString);
        services.GetRequiredService<SqliteDatabaseFile>().Hold();
        var connections = services.GetRequiredService<SqliteConnections>();
        await using var scope = services.CreateAsyncScope();
        var factory = scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using var leased = factory.CreateDbContext();
        (await leased.Tenants.CountAsync()).ShouldBePositive();

        connections.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => leased.Tenants.CountAsync());
        Should.Throw<ObjectDisposedException>(factory.CreateDbContext);
        await services.DisposeAsync();
        File.Exists(workplace.File + "-wal").ShouldBeFalse();
    }

    [Fact]
    public async Task LogThatALongReaderLetGrow_ShrinksWithTheNextWrites()
    {
        const long limit = 64L << 20;
        await using var folder = new TempFolder();
        var (file, log) = (folder.File("wacr.db"), folder.File("wacr.db-wal"));
        using var writer = SqliteConnections.OpenWriter($"Data Source={file}");
        Run(writer, "CREATE TABLE Rows (Content BLOB)");
        using (var reader = SqliteConnections.OpenReader($"Data Source={file}"))
        {
            Run(reader, "BEGIN; SELECT count(*) FROM Rows;");
            for (var megabyte = 0; megabyte < 70; megabyte++)
            {
                Run(writer, "INSERT INTO Rows VALUES (zeroblob(1048576))");
            }

            new FileInfo(log).Length.ShouldBeGreaterThan(limit);
        }

        Run(writer, "PRAGMA wal_checkpoint(RESTART)");
        Run(writer, "INSERT INTO Rows VALUES (1)");

        new FileInfo(log).Length.ShouldBeLessThanOrEqualTo(limit);

        static void Run(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task TwoServers_DoNotShareAFile_AndTheNextMayHaveIt()
    {
        await using var folder = new TempFolder();
        var connection = $"Data Source={folder.File("wacr.db")}";
        using var second = new SqliteDatabaseFile(connection);
        using (var first = new SqliteDatabaseFile(connection))
        {
            first.Hold();
            Should.Throw<StartupException>(second.Hold);
        }

        second.Hold();
    }

    [Fact]
    public async Task ABackupThatFails_LeavesNoFile()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var target = folder.File("backup.db");

        // Pages that cannot be read: the copy has begun by then.
        await using (var file = new FileStream(workplace.File, FileMode.Open, FileAccess.Write))
        {
            file.Position = file.Length / 10;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray());
        }

        await Should.ThrowAsync<Exception>(() =>
            SqliteFile.BackupAsync(workplace.Settings.ConnectionString, target, CancellationToken.None));

        Directory.GetFiles(Path.GetDirectoryName(target)!, "backup.db*").ShouldBeEmpty();
    }
}
