using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data.Migrations;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>Brings the database to this build's schema; of an existing SQLite file it keeps a copy first.</summary>
public sealed partial class DatabaseMigrator(
    IDbContextFactory<AppDbContext> contexts, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<DatabaseMigrator> logger)
{
    // Ten minutes: a large file takes its time, and a disk that cannot hold the lock file is told in the end.
    private const int MaxAttempts = 3_000;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (context is not SqliteAppDbContext)
        {
            await BaselineAdoption.ApplyAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken); // EF takes a lock that dies with its connection
            await ShippedData.WriteAsync(context, cancellationToken);
            return;
        }

        var file = SqliteFile.PathOf(options.Value.ConnectionString);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var turn = await TakeTurnAsync(file, cancellationToken);
        await MigrateSqliteAsync(context, file, cancellationToken);
        await ShippedData.WriteAsync(context, cancellationToken);
    }

    private async Task MigrateSqliteAsync(AppDbContext context, string file, CancellationToken cancellationToken)
    {
        var isNew = !File.Exists(file) || new FileInfo(file).Length == 0;
        if (isNew)
        {
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        }
        else
        {
            if (!await BaselineAdoption.IsNeededAsync(context, cancellationToken)
                && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                return;
            }

            var copy = $"{file}.{time.GetUtcNow():yyyyMMddHHmmss}.bak";
            await SqliteFile.BackupAsync(options.Value.ConnectionString, copy, cancellationToken);
            Log.BackedUp(logger, copy);

            // A process killed while migrating leaves EF's lock row behind, and the next one would wait
            // forever. We hold the file lock, so whoever wrote the row is gone.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await BaselineAdoption.ApplyAsync(context, cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    private async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancellationToken)
    {
        // The file stays: deleting it would let two who wait for it each open another one.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                Log.Waiting(logger);
                await Task.Delay(BetweenAttempts, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Before migrating, the database was copied to {Copy}.")]
        public static partial void BackedUp(ILogger logger, string copy);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Another process is migrating the database; waiting for it.")]
        public static partial void Waiting(ILogger logger);
    }
}
