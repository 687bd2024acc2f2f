using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Notifications;

/// <summary>
/// Deletes in small batches what nobody looks for any more. After a day: what the bell does not list, and what it told of messages that were
/// read. After a month: what it told of messages, and assignments that were read.
/// </summary>
public sealed class NotificationSweeper(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    internal const int AtOnce = 1_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan BellKeptFor = TimeSpan.FromDays(30);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        List<long> tenants;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            tenants = await db.Tenants.Select(tenant => tenant.Id).ToListAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        foreach (var id in tenants)
        {
            await RepeatAsync(db => SweepAsync(db, id, now), cancellationToken);
        }

        await RepeatAsync(db => SweepNoticesAsync(db, now), cancellationToken);
    }

    private static async Task<Result<int>> SweepAsync(AppDbContext db, long tenantId, DateTimeOffset now)
    {
        var (day, month) = (now - KeptFor, now - BellKeptFor);

        // Lifts the tenant filter: one pass serves all tenants; each is named.
        var rows = db.Notifications.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(n => n.TenantId == tenantId);
        var old = await rows
            .Where(n => n.CreatedAt <= day && (n.IsHidden
                || ((n.Kind == NotificationKind.MessageInMine || n.Kind == NotificationKind.MessageUnassigned)
                    && (n.ReadAt != null || n.CreatedAt <= month))
                || (n.Kind == NotificationKind.Assigned && n.ReadAt != null && n.CreatedAt <= month)))
            .OrderBy(n => n.UserId).ThenBy(n => n.Id).Select(n => n.Id).Take(AtOnce).ToListAsync();
        return await rows.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync();
    }

    private static async Task<Result<int>> SweepNoticesAsync(AppDbContext db, DateTimeOffset now)
    {
        var day = now - KeptFor;
        var old = await db.AccountNotices.Where(n => n.IsHidden && n.CreatedAt <= day)
            .OrderBy(n => n.Id).Select(n => n.Id).Take(AtOnce).ToListAsync();
        return await db.AccountNotices.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync();
    }

    private async Task RepeatAsync(Func<AppDbContext, Task<Result<int>>> sweep, CancellationToken cancellationToken)
    {
        while ((await writer.WriteAsync(sweep, cancellationToken)).OrThrow() == AtOnce)
        {
            // The next batch follows in a later write, so other writers can run in between.
        }
    }
}
