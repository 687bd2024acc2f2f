using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data.Postgres;

/// <summary>LINQ has no word for a row lock; a tag (<see cref="RowLocks"/>) asks for it and this writes it.</summary>
internal sealed class RowLocking : DbCommandInterceptor
{
    private const string Tag = "-- " + RowLocks.SkipLocked;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith(Tag, StringComparison.Ordinal))
        {
#pragma warning disable CA2100 // A constant is added to what EF wrote.
            command.CommandText += "\nFOR UPDATE SKIP LOCKED";
#pragma warning restore CA2100
        }

        return ValueTask.FromResult(result);
    }
}
