using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data.Postgres;

/// <summary>LINQ has no row locks; a tag (<see cref="RowLocks"/>) requests one and this adds it to the SQL.</summary>
internal sealed class RowLocking : DbCommandInterceptor
{
    private const string Tag = "-- " + RowLocks.SkipLocked;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken =
            default)
    {
        if (command.CommandText.StartsWith(Tag, StringComparison.Ordinal))
        {
            // No key changes: rows that refer to a locked one are inserted meanwhile.
#pragma warning disable CA2100 // A constant is added to what EF wrote.
            command.CommandText += "\nFOR NO KEY UPDATE SKIP LOCKED";
#pragma warning restore CA2100
        }

        return ValueTask.FromResult(result);
    }
}
