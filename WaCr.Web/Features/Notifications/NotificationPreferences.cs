using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Views;

namespace WaCr.Web.Features.Notifications;

/// <summary>Something new that an open page tells, by a sound or a desktop notification.</summary>
/// <param name="Id">Negative for a notice about no conversation.</param>
public sealed record NotificationAlert(long Id, NotificationKind Kind, long? ConversationId, long? CampaignId, NotificationWays Ways);

/// <summary>What the current user chose, and what their open pages tell by it.</summary>
public sealed class NotificationPreferences(
    UserPreferences preferences, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    /// <summary>More at once are told by one sound, and the newest of them alone are shown.</summary>
    private const int MaxAlerts = 20;

    public async Task<Result<NotificationSettings>> GetAsync(CancellationToken cancellationToken)
    {
        var found = await preferences.FindAsync<NotificationSettings>(NotificationSettings.Key, cancellationToken);
        return found.Succeeded ? found.Value ?? new NotificationSettings() : found.Error;
    }

    public Task<Result<Done>> SaveAsync(NotificationSettings settings, CancellationToken cancellationToken) =>
        preferences.KeepAsync(NotificationSettings.Key, settings, cancellationToken);

    /// <summary>Unread ones since then that are to be heard or shown now; none in quiet hours.</summary>
    public async Task<Result<IReadOnlyList<NotificationAlert>>> ListAlertsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = await GetAsync(cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (settings, now) = (found.Value, time.GetUtcNow());
        if (tenant.Actor is not { Kind: ActorKind.User, Id: { } me }
            || NotificationSettings.Kinds.All(kind => IsForBell(settings.Of(kind)))
            || settings.IsQuietAt(now, tenant.TimeZone))
        {
            return Array.Empty<NotificationAlert>();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Notifications.AsNoTracking().Where(n => n.UserId == me && n.ReadAt == null && n.CreatedAt >= since)
            .OrderByDescending(n => n.Id).Take(MaxAlerts).ToListAsync(cancellationToken);
        var notices = await db.AccountNotices.AsNoTracking()
            .Where(n => n.UserId == me && n.WorkspaceId == tenant.TenantId && n.ReadAt == null && n.CreatedAt >= since)
            .OrderByDescending(n => n.Id).Take(MaxAlerts).ToListAsync(cancellationToken);
        return rows.Select(n => new NotificationAlert(n.Id, n.Kind, n.ConversationId, null, Chosen(n.Kind)))
            .Concat(notices.Select(n => new NotificationAlert(-n.Id, n.Kind, null, n.CampaignId, Chosen(n.Kind))))
            .Where(alert => !IsForBell(alert.Ways))
            .ToList();

        NotificationWays Chosen(NotificationKind kind) =>
            NotificationSettings.Kinds.Contains(kind) ? settings.Of(kind) : NotificationWays.Bell;
    }

    private static bool IsForBell(NotificationWays ways) => (ways & ~NotificationWays.Bell) == NotificationWays.None;
}
