using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace WaCr.Web.Data.Postgres;

/// <summary>
/// Lets one process at a time migrate. The session lock, on its own connection, is held from before pending migrations are read until all
/// are applied: EF's own lock ends with each migration, so another process could start between two.
/// </summary>
internal sealed class PostgresMigrationTurn : IAsyncDisposable
{
    private const long LockKey = 0x5761_4372_4D69_6772; // "WaCrMigr"
    private const int OldestVersion = 13;
    private const int KeepAliveSeconds = 30;
    private static readonly string[] Extensions = ["pg_trgm", "btree_gin"];
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnection _connection;

    private PostgresMigrationTurn(NpgsqlConnection connection) => _connection = connection;

    /// <param name="options">Set how long to wait for a server that does not answer yet.</param>
    /// <param name="createDatabase">Called if the database does not exist; null makes that an error.</param>
    /// <param name="mustWait">Called once if another process is migrating.</param>
    public static async Task<PostgresMigrationTurn> TakeAsync(
        DatabaseOptions options, Func<Task>? createDatabase, Action mustWait, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(options, createDatabase, time, cancellationToken);
        try
        {
            if (await AskAsync(connection, $"SELECT pg_try_advisory_lock({LockKey})", cancellationToken) is not true)
            {
                mustWait();
                await AskAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
            }

            await CheckServerAsync(connection, cancellationToken);
            return new PostgresMigrationTurn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The lock ends with its session.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<NpgsqlConnection> OpenAsync(
        DatabaseOptions options, Func<Task>? createDatabase, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = false,
            KeepAlive = KeepAliveSeconds,
            CommandTimeout = 0,
        };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var connection = new NpgsqlConnection(settings.ToString());
            try
            {
                await connection.OpenAsync(cancellationToken);
                return connection;
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName && createDatabase is not null)
            {
                await connection.DisposeAsync();
                await createDatabase();
                createDatabase = null;
            }
            catch (ExternalException failure) when (MayPass(failure) && Stopwatch.GetElapsedTime(began) < options.StartupTimeout)
            {
                await connection.DisposeAsync();
                await Task.Delay(BetweenAttempts, time, cancellationToken);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    // No answer yet, or the server is starting: both are common when machine and database start together.
    private static bool MayPass(ExternalException failure) => failure is PostgresException refused
        ? refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
        : failure is not NpgsqlException || failure.InnerException is not null;

    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new StartupException(
                $"PostgreSQL at {connection.Host}:{connection.Port} is version {connection.ServerVersion}; {OldestVersion} or later is needed.");
        }

        foreach (var extension in Extensions)
        {
            try
            {
                await AskAsync(connection, $"CREATE EXTENSION IF NOT EXISTS {extension}", cancellationToken);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new StartupException(
                    $"The role {connection.UserName} may not create the extension {extension} in the database {connection.Database}; "
                    + $"run \"CREATE EXTENSION {extension}\" there as a superuser, or make the role the database's owner.", refused);
            }
            catch (PostgresException refused)
                when (refused.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFile)
            {
                throw new StartupException(
                    $"PostgreSQL at {connection.Host}:{connection.Port} lacks the extension {extension}; "
                    + "install its package of extensions (postgresql-contrib).", refused);
            }
        }
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
