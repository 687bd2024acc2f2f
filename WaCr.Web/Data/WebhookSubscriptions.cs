using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data;

/// <summary>An active webhook and what it wants.</summary>
internal sealed record WebhookSubscription(long WebhookId, IReadOnlyCollection<string> Events)
{
    public bool Wants(string eventType) => EventTypes.Includes(Events, eventType);
}

/// <summary>
/// Which webhooks a tenant has, so that a write of one that has none costs nothing more. Where other replicas may change them it is looked up
/// again after <see cref="MaxAge"/>: so much later a new webhook gets its first event at most.
/// </summary>
public sealed class WebhookSubscriptions : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Known> _known = new();
    private readonly IDisposable _feed;

    public WebhookSubscriptions(ChangeFeed feed) => _feed = feed.Subscribe(ChangeKind.Webhooks, change => Invalidate(change.TenantId));

    /// <summary>Of the context's tenant.</summary>
    internal async ValueTask<IReadOnlyList<WebhookSubscription>> OfAsync(AppDbContext db)
    {
        var tenantId = db.CurrentTenantId;
        if (tenantId == 0)
        {
            return [];
        }

        if (_known.TryGetValue(tenantId, out var known) && (!db.HasReplicas || TimeProvider.System.GetElapsedTime(known.ReadAt) < MaxAge))
        {
            return known.Subscriptions;
        }

        var rows = await db.Webhooks.AsNoTracking().Where(webhook => webhook.Status == WebhookStatus.Active).OrderBy(webhook => webhook.Id)
            .Select(webhook => new { webhook.Id, webhook.Events }).ToListAsync();
        var read = rows.ConvertAll(row => new WebhookSubscription(row.Id, row.Events.Split(' ')));
        _known[tenantId] = new Known(read, TimeProvider.System.GetTimestamp());
        return read;
    }

    public void Dispose() => _feed.Dispose();

    private void Invalidate(long tenantId)
    {
        if (tenantId == 0)
        {
            _known.Clear(); // a write for no tenant in particular
        }
        else
        {
            _known.TryRemove(tenantId, out _);
        }
    }

    private sealed record Known(IReadOnlyList<WebhookSubscription> Subscriptions, long ReadAt);
}
