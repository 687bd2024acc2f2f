using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data;

/// <summary>An active webhook and its events.</summary>
internal sealed record WebhookSubscription(long WebhookId, IReadOnlyCollection<string> Events)
{
    public bool IsSubscribedTo(string eventType) => EventTypes.Includes(Events, eventType);
}

/// <summary>
/// A tenant's active webhooks, cached so that writes of tenants without webhooks cost nothing extra. With replicas the cache is reread
/// after <see cref="MaxAge"/>, the longest delay before a new webhook gets events.
/// </summary>
public sealed class WebhookSubscriptions : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Known> _known = new();
    private readonly TimeProvider _time;
    private readonly IDisposable _feed;

    public WebhookSubscriptions(ChangeFeed feed, TimeProvider time)
    {
        _time = time;
        _feed = feed.Subscribe(ChangeKind.Webhooks, change => Invalidate(change.TenantId));
    }

    /// <summary>For the context's tenant.</summary>
    internal async ValueTask<IReadOnlyList<WebhookSubscription>> OfAsync(AppDbContext db)
    {
        var tenantId = db.CurrentTenantId;
        if (tenantId == 0)
        {
            return [];
        }

        if (_known.TryGetValue(tenantId, out var known) && (!db.HasReplicas || _time.GetElapsedTime(known.ReadAt) < MaxAge))
        {
            return known.Subscriptions;
        }

        var rows = await db.Webhooks.AsNoTracking().Where(webhook => webhook.Status == WebhookStatus.Active).OrderBy(webhook => webhook.Id)
            .Select(webhook => new { webhook.Id, webhook.Events }).ToListAsync();
        var read = rows.ConvertAll(row => new WebhookSubscription(row.Id, row.Events.Split(' ')));
        _known[tenantId] = new Known(read, _time.GetTimestamp());
        return read;
    }

    public void Dispose() => _feed.Dispose();

    private void Invalidate(long tenantId)
    {
        if (tenantId == 0)
        {
            _known.Clear(); // the write had no tenant
        }
        else
        {
            _known.TryRemove(tenantId, out _);
        }
    }

    private sealed record Known(IReadOnlyList<WebhookSubscription> Subscriptions, long ReadAt);
}
