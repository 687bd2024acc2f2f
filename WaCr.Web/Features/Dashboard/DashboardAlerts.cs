using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Dashboard;

/// <summary>Problems that need a user's attention; each is shown only to users who can act on it.</summary>
public sealed class DashboardAlerts(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public async Task<Result<DashboardAlertItems>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, mayWrite) = (time.GetUtcNow(), tenant.Actor.May(Permissions.ContactsWrite));
        var (soon, yesterday) = (now + Soon, now.AddDays(-1));
        var (maySend, lastWeek) = (tenant.Actor.May(Permissions.MessagesSend), now - Soon);
        var waiting = db.Conversations.Where(c => maySend && c.WaitingSince != null);
        return new DashboardAlertItems(
            await waiting.CountAsync(cancellationToken),
            await waiting.MinAsync(c => c.WaitingSince, cancellationToken),
            // the first condition matches the partial index of unsent messages
            maySend
                ? await db.Messages.CountAsync(
                    m => m.State > OutboxState.Sent && m.State == OutboxState.Dead && m.UpdatedAt >= lastWeek, cancellationToken)
                : 0,
            mayWrite ? await db.Contacts.LongCountAsync(c => c.AssignedId == null, cancellationToken) : 0,
            tenant.Actor.May(Permissions.TokensManage)
                ? await db.ApiTokens.CountAsync(
                    token => token.RevokedAt == null && token.ExpiresAt > now && token.ExpiresAt <= soon, cancellationToken)
                : 0,
            mayWrite ? await db.BulkJobs.CountAsync(job => job.Failed > 0 && job.CreatedAt >= yesterday, cancellationToken) : 0,
            tenant.Actor.May(Permissions.WebhooksWrite)
                ? await db.Webhooks.CountAsync(webhook => webhook.Status == WebhookStatus.Disabled, cancellationToken)
                : 0);
    }
}
