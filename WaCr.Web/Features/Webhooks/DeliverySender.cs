using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;

namespace WaCr.Web.Features.Webhooks;

/// <summary>
/// Sends a webhook's due deliveries in batches; each batch's results are one write. A failing webhook gets one delivery at a time until it
/// answers again, so that a dead receiver costs one request instead of a full batch.
/// </summary>
public sealed class DeliverySender(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, DeliveryClaims claims, EventBodies bodies,
    WebhookSecrets secrets, RemotePosts posts, TimeProvider time)
{
    /// <summary>Concurrent requests to one webhook.</summary>
    public const int BatchSize = 32;

    /// <summary>The actor that records deliveries.</summary>
    public static readonly CurrentActor Job = new(
        ActorKind.Job, null, "Webhooks", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);

    /// <summary>Returns how many were sent; ends when nothing is due, or after <paramref name="atMost"/>.</summary>
    public async Task<int> RunAsync(DueWebhook due, TimeSpan atMost, CancellationToken cancellationToken)
    {
        tenant.Enter(due.Tenant, Job);
        if (await claims.ClaimAsync(due, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var (started, sent) = (time.GetTimestamp(), 0);
        try
        {
            while (!cancellationToken.IsCancellationRequested && time.GetElapsedTime(started) < atMost)
            {
                var batch = await LoadAsync(due.WebhookId);
                if (batch.Rows.Count == 0)
                {
                    break;
                }

                // Not cancelled from here on, so that every result is recorded.
                var outcomes = await Task.WhenAll(batch.Rows.Select(row => SendAsync(batch, row)));
                sent += outcomes.Length;
                var written = (await writer.WriteAsync<DeliveryProgress>(
                    db => DeliveryResults.WriteAsync(db, claim, batch.Url, outcomes, time.GetUtcNow()), CancellationToken.None)).OrThrow();
                foreach (var lag in written.Lags)
                {
                    Measures.DeliverySucceeded(lag);
                }

                if (!written.MayGoOn)
                {
                    break; // paused, disabled, deleted, or claimed by another process
                }
            }
        }
        finally
        {
            await claims.ReleaseAsync(claim);
        }

        return sent;
    }

    private async Task<Batch> LoadAsync(long webhookId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == webhookId && row.Status == WebhookStatus.Active)
            is not { } webhook)
        {
            return new Batch("", [], []);
        }

        var rows = await db.WebhookDeliveries.AsNoTracking()
            .Where(row => row.WebhookId == webhookId && row.State == DeliveryState.Waiting && row.DueAt <= now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(webhook.FailingSince is null ? BatchSize : 1)
            .Select(row => new { row.Id, row.EventId })
            .ToListAsync();
        var ids = rows.Select(row => row.EventId).Distinct().ToList();
        var events = await db.OutgoingEvents.AsNoTracking().Where(told => ids.Contains(told.Id)).ToDictionaryAsync(told => told.Id);
        var texts = await bodies.WriteAsync(db, events.Values);
        return new Batch(
            webhook.Url, secrets.Of(webhook, now),
            [
                .. rows.Select(row =>
                    new Row(row.Id, events.GetValueOrDefault(row.EventId)?.Key ?? "", texts.GetValueOrDefault(row.EventId)))
            ]);
    }

    private async Task<SentDelivery> SendAsync(Batch batch, Row row)
    {
        if (row.Body is null)
        {
            return new SentDelivery(row.DeliveryId, null, time.GetUtcNow()); // erased together with the contact it was about
        }

        var now = time.GetUtcNow();
        var request = WebhookRequest.Sign(row.Key, row.Body, batch.Secrets, now);
        var outcome = await posts.PostAsync(batch.Url, request.Body, request.Headers, CancellationToken.None);
        return new SentDelivery(row.DeliveryId, outcome, now);
    }

    private sealed record Batch(string Url, IReadOnlyList<string> Secrets, IReadOnlyList<Row> Rows);

    private sealed record Row(long DeliveryId, string Key, string? Body);
}
