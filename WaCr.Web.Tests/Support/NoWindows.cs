using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// EF writes "the first of each" inside a larger query as a window over the whole table, which works in a demo and takes seconds at a
/// million rows. It is read by ids in a statement of its own.
/// </summary>
internal sealed class NoWindows : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken =
            default) =>
        command.CommandText.Contains("ROW_NUMBER()", StringComparison.Ordinal)
            ? throw new InvalidOperationException("A window over a whole table: " + command.CommandText)
            : ValueTask.FromResult(result);
}
