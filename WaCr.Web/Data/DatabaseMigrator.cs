using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using WaCr.Web.Data.Migrations;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>Migrates the database to this build's schema; an existing SQLite file is copied first.</summary>
public sealed partial class DatabaseMigrator(
    IDbContextFactory<AppDbContext> contexts, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<DatabaseMigrator> logger)
{
    // Ten minutes, since a large file takes long.
    private const int MaxAttempts = 3_000;

    // Speed of upgrading messages on a slow machine, most of it for the search index.
    private const int MessagesPerSecond = 20_000;

    // Read in two seconds once the file is in memory; larger ones would keep the start waiting.
    private const long MaxChecked = 1L << 30;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    /// <param name="mayCreateDatabase">Whether a missing PostgreSQL database is created; a SQLite file always is.</param>
    /// <param name="cancellationToken">Ends the waiting; a migration that has started is rolled back.</param>
    /// <exception cref="StartupException">The database cannot be used, or belongs to a newer build.</exception>
    public Task MigrateAsync(bool mayCreateDatabase, CancellationToken cancellationToken) =>
        DatabaseFault.ExplainAsync(options.Value, async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (context is SqliteAppDbContext)
        {
            var file = SqliteFile.PathOf(options.Value.ConnectionString);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using var turn = await TakeTurnAsync(file, cancellationToken);
            SqliteConnections.RegisterFunctions((SqliteConnection)context.Database.GetDbConnection());
            await MigrateSqliteAsync(context, file, cancellationToken);
            await ShippedData.WriteAsync(context, cancellationToken);
        }
        else
        {
            await using var turn = await PostgresMigrationTurn.TakeAsync(
                options.Value, mayCreateDatabase ? () => CreateAsync(context, cancellationToken) : null, () => Log.Waiting(logger), time,
                cancellationToken);
            await RefuseAnonymousAsync(context, cancellationToken);
            await BaselineAdoption.ApplyAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
            await ShippedData.WriteAsync(context, cancellationToken);
        }

        // Where nothing was to do, nothing was written: a database that takes no changes is refused here and not call by call.
        await context.Plans.Where(plan => plan.Id < 0)
            .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.Name, plan => plan.Name), cancellationToken);
        return true;
    });

    private static async Task CreateAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process created it first.
        }
    }

    // An older build would write rows that break the newer one's rules.
    private static async Task RefuseAnonymousAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        if (await BaselineAdoption.IsNeededAsync(context, cancellationToken))
        {
            return; // its history is about to be renamed
        }

        var known = context.Database.GetMigrations().ToList();
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        var unknown = applied.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new StartupException(string.CompareOrdinal(unknown[^1], known[0]) < 0
                ? $"The database is of an old build of WaCr (at {unknown[^1]}) that this one cannot upgrade from; start a build in between first."
                : $"The database was migrated by a newer build of WaCr (this one does not know {unknown[^1]}); start the newer build, "
                    + "or restore the backup from before the upgrade.");
        }
    }

    // Otherwise a page in the middle would be noticed only when somebody needs it. What SQLite finds comes back as text.
    private static async Task RefuseDamagedAsync(AppDbContext context, string file, CancellationToken cancellationToken)
    {
        if (new FileInfo(file).Length > MaxChecked)
        {
            return;
        }

        // Table by table with its indexes: over the whole file, the words of the text indexes would take ten times as long.
        var found = await context.Database.SqlQueryRaw<string>(
            """
            SELECT found.quick_check AS "Value" FROM sqlite_schema AS kept, pragma_quick_check(kept.name) AS found
            WHERE kept.type = 'table' AND kept.rootpage > 0 AND found.quick_check <> 'ok' LIMIT 1
            """).ToListAsync(cancellationToken);
        if (found is [var damage])
        {
            throw new SqliteException(damage, SQLitePCL.raw.SQLITE_CORRUPT);
        }
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
            await RefuseDamagedAsync(context, file, cancellationToken);
            await RefuseAnonymousAsync(context, cancellationToken);
            if (!await BaselineAdoption.IsNeededAsync(context, cancellationToken)
                && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                return;
            }

            var copy = $"{file}.{time.GetUtcNow():yyyyMMddHHmmss}.bak";
            await SqliteFile.BackupAsync(options.Value.ConnectionString, copy, cancellationToken);
            Log.BackedUp(logger, copy);

            // A process killed while migrating leaves EF's lock row, and the next one would wait forever. We hold the file lock, so the
            // row's writer is gone.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await BaselineAdoption.ApplyAsync(context, cancellationToken);
            await LogDurationAsync(context, cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    private async Task LogDurationAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        // A file whose first migration was interrupted has no tables yet.
        if (await CountAsync("SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = 'Messages'") > 0)
        {
            var messages = await CountAsync("SELECT COUNT(*) AS \"Value\" FROM \"Messages\"");
            Log.Upgrading(logger, messages, 1 + (messages / MessagesPerSecond));
        }

        Task<long> CountAsync(string sql) =>
            context.Database.SqlQueryRaw<long>(sql).SingleAsync(cancellationToken);
    }

    private async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancellationToken)
    {
        // The file stays: if it were deleted, two waiting processes could each lock a different one.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException held) when (SqliteFile.IsHeld(held) && attempt < MaxAttempts)
            {
                if (attempt == 1)
                {
                    Log.Waiting(logger);
                }

                await Task.Delay(BetweenAttempts, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Copied the database to {Copy} before migrating.")]
        public static partial void BackedUp(ILogger logger, string copy);

        [LoggerMessage(EventId = 1006, Level = LogLevel.Information,
            Message = "Upgrading the database; with {Messages} messages this may take {Seconds} s.")]
        public static partial void Upgrading(ILogger logger, long messages, long seconds);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Information,
            Message = "Another process is migrating the database; waiting for it.")]
        public static partial void Waiting(ILogger logger);
    }
}
