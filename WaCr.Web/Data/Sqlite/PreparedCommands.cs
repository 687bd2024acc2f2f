using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Lets EF reuse statements that this connection has compiled. The driver drops a statement with its command, and compiling it again takes
/// longer than most of our queries.
/// </summary>
internal sealed class PreparedCommands : DbCommandInterceptor
{
    // Lists differ in filters and sorts; beyond this many, rarely used statements are compiled each time.
    private const int MaxPerConnection = 64;

    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, PreparedCommand>> OfConnection = [];

    /// <summary>Call before the connection is closed.</summary>
    public static void EndAll(SqliteConnection connection)
    {
        if (OfConnection.TryGetValue(connection, out var commands))
        {
            foreach (var command in commands.Values)
            {
                command.End();
            }
        }
    }

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        var fresh = (SqliteCommand)result;
        var commands = OfConnection.GetOrCreateValue(fresh.Connection!);
        if (!commands.TryGetValue(fresh.CommandText, out var prepared))
        {
            if (commands.Count == MaxPerConnection)
            {
                return fresh;
            }

            commands[fresh.CommandText] = prepared = new PreparedCommand { Connection = fresh.Connection, CommandText = fresh.CommandText };
        }

        if (!prepared.TryTake())
        {
            return fresh; // the same statement is being read right now
        }

        prepared.CommandTimeout = fresh.CommandTimeout;
        prepared.Transaction = fresh.Transaction;
        var parameters = fresh.Parameters.Cast<SqliteParameter>().ToArray();
        fresh.Parameters.Clear();
        prepared.Parameters.AddRange(parameters);
        fresh.Dispose();
        return prepared;
    }

    /// <summary>Dispose only returns it; its statements live as long as the connection.</summary>
    private sealed class PreparedCommand : SqliteCommand
    {
        private bool _isTaken;

        public void End() => base.Dispose(true);

        public bool TryTake()
        {
            var wasFree = !_isTaken;
            _isTaken = true;
            return wasFree;
        }

#pragma warning disable CA2215 // Not to call the base is the point: it would finalize the statements.
        protected override void Dispose(bool disposing)
#pragma warning restore CA2215
        {
            Parameters.Clear();
            Transaction = null;
            _isTaken = false;
        }
    }
}
