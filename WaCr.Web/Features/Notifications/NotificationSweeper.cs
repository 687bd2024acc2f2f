using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Notifications;

/// <summary>Deletes after a day what the bell does not list, and what it told of messages that were read.</summary>
public sealed class NotificationSweeper(IDatabaseWriter writer, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - KeptFor;
        var swept = await writer.WriteAsync<int>(
            async db =>
            {
                // Lifts the tenant filter: one pass serves all tenants.
                var notifications = await db.Notifications.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .Where(n => n.CreatedAt <= old && (n.IsHidden
                        || (n.ReadAt != null && (n.Kind == NotificationKind.MessageInMine || n.Kind == NotificationKind.MessageUnassigned))))
                    .ExecuteDeleteAsync();
                return notifications + await db.AccountNotices.Where(n => n.IsHidden && n.CreatedAt <= old).ExecuteDeleteAsync();
            },
            cancellationToken);
        swept.OrThrow();
    }
}
