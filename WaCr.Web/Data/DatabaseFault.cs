using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>Describes for the operator why a database cannot be used: one sentence with the file or server and what to do.</summary>
internal static class DatabaseFault
{
    /// <exception cref="StartupException"><paramref name="work"/> failed because of the database.</exception>
    public static async Task<T> ExplainAsync<T>(DatabaseOptions options, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (Explain(failure, options) is { } sentence)
        {
            throw new StartupException(sentence, failure);
        }
    }

    /// <summary>Null if the database is not the cause.</summary>
    public static string? Explain(Exception failure, DatabaseOptions options)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case StartupException:
                    return null;
                case SqliteException sqlite:
                    return OnFile(SqliteFile.PathOf(options.ConnectionString), sqlite);
                case PostgresException refused:
                    return OnServer(new NpgsqlConnectionStringBuilder(options.ConnectionString), refused);
            }
        }

        return failure switch
        {
            IOException or UnauthorizedAccessException when options.Provider == DatabaseProvider.Sqlite =>
                $"The database {SqliteFile.PathOf(options.ConnectionString)} cannot be used ({failure.Message.TrimEnd('.')}); "
                + "let this process write in its folder and in the file, or name another file in Database:ConnectionString.",
            ExternalException or TimeoutException when options.Provider == DatabaseProvider.PostgreSQL =>
                $"PostgreSQL at {At(new NpgsqlConnectionStringBuilder(options.ConnectionString))} does not answer "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}); start it, or correct Host and Port in Database:ConnectionString.",
            _ when failure.InnerException is { } inner => Explain(inner, options),
            _ => null,
        };
    }

    private static string OnFile(string file, SqliteException failure) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB =>
            $"{file} is not a SQLite database; name another file in Database:ConnectionString, or put a backup in its place.",
        raw.SQLITE_CORRUPT => $"The database {file} is damaged; put a backup in its place (docs/operating.md, \"Back up and restore\").",
        raw.SQLITE_FULL => $"There is no room left for the database {file}; make room on its disk.",
        raw.SQLITE_CANTOPEN => $"The database {file} cannot be opened; let this process read and write it and its folder.",
        raw.SQLITE_READONLY => $"The database {file} may only be read; let this process write it and its folder.",
        raw.SQLITE_IOERR => $"The database {file} cannot be read or written; look for a full or failing disk.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another process is holding the database {file}; end it, or wait until it is done.",
        _ => $"The database {file} refused ({failure.Message.TrimEnd('.')}).",
    };

    private static string OnServer(NpgsqlConnectionStringBuilder connection, PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL at {At(connection)} has no database {connection.Database}; make it with \"WaCr.Web migrate\" or createdb, "
            + "or correct Database in Database:ConnectionString.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL at {At(connection)} does not let us in ({refused.MessageText}); "
            + "correct Username and Password in Database:ConnectionString.",
        PostgresErrorCodes.TooManyConnections =>
            $"PostgreSQL at {At(connection)} has no connection left; "
            + "raise its max_connections, or lower Maximum Pool Size in Database:ConnectionString.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"PostgreSQL at {At(connection)} does not allow what is needed in {connection.Database} ({refused.MessageText}); "
            + "make the role its owner.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"PostgreSQL at {At(connection)} lets {connection.Database} only be read; "
            + "connect to the primary server, or let the role write.",
        PostgresErrorCodes.DiskFull => $"PostgreSQL at {At(connection)} has no room left on its disk; make room.",
        _ => $"PostgreSQL at {At(connection)} refused ({refused.SqlState}: {refused.MessageText}).",
    };

    private static string At(NpgsqlConnectionStringBuilder connection) => $"{connection.Host}:{connection.Port}";
}
