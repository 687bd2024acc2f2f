using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>Reports what a database refuses for a reason outside the product, and marks it as an <see cref="Outage"/>.</summary>
internal static class StorageFaults
{
    /// <summary>Anything else is passed over, and so is a failure that was reported before.</summary>
    public static void Report(this OutageLog outages, Exception failure)
    {
        var isDamage = SqliteAppDbContext.IsDamage(failure) || PostgresAppDbContext.IsDamage(failure);
        var isLate = failure is StorageUnavailableException { InnerException: TimeoutException }; // a turn to write that never came
        if ((!isLate && !SqliteAppDbContext.IsStorageError(failure) && !PostgresAppDbContext.IsStorageError(failure))
            || !Outage.Mark(failure, isDamage))
        {
            return;
        }

        if (isDamage)
        {
            outages.Damaged(failure);
        }
        else
        {
            outages.Refused(failure);
        }
    }

    /// <summary>
    /// Also reports failures while rows are read, of which EF tells no interceptor: SQLite reads a page only when its row is due.
    /// </summary>
    public static void ReportStorageFaults(this DbContextOptionsBuilder options, OutageLog outages) => options
        .AddInterceptors(new OutageInterceptor(outages))
        .LogTo(
            (happened, _) => happened == CoreEventId.QueryIterationFailed,
            happened =>
            {
                if (happened is DbContextTypeErrorEventData failed)
                {
                    outages.Report(failed.Exception);
                }
            });
}
