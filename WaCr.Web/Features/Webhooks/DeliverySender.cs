using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Notifications;

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

    private const int GoneStatus = 410;

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
                var written = (await writer.WriteAsync<Written>(db => WriteAsync(db, claim, batch.Url, outcomes), CancellationToken.None)).OrThrow();
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

    private async Task<Sent> SendAsync(Batch batch, Row row)
    {
        if (row.Body is null)
        {
            return new Sent(row.DeliveryId, null, time.GetUtcNow()); // erased together with the contact it was about
        }

        var now = time.GetUtcNow();
        var request = WebhookRequest.Sign(row.Key, row.Body, batch.Secrets, now);
        return new Sent(row.DeliveryId, await posts.PostAsync(batch.Url, request.Body, request.Headers, CancellationToken.None), now);
    }

    private async Task<Result<Written>> WriteAsync(AppDbContext db, DeliveryClaim claim, string url, Sent[] sent)
    {
        var now = time.GetUtcNow();
        var ids = sent.Select(one => one.DeliveryId).ToList();
        var rows = await db.WebhookDeliveries.Where(row => ids.Contains(row.Id) && row.State == DeliveryState.Waiting)
            .ToDictionaryAsync(row => row.Id);
        var lags = new List<TimeSpan>();
        foreach (var one in sent.Where(one => rows.ContainsKey(one.DeliveryId)))
        {
            var row = rows[one.DeliveryId];
            if (one.Outcome is not { } outcome)
            {
                db.Remove(row);
                continue;
            }

            if (outcome.Succeeded && !IsSentAgain(row))
            {
                lags.Add(now - row.CreatedAt);
            }

            Note(row, outcome, one.At, now);
        }

        await db.SaveChangesAsync();
        var posted = sent.Select(one => one.Outcome).OfType<PostOutcome>().ToList();
        var webhook = db.Webhooks.Where(row => row.Id == claim.Due.WebhookId);
        var receiver = webhook.Where(row => row.Url == url); // with another address since, it is another receiver
        if (posted.Exists(outcome => outcome.Succeeded))
        {
            await receiver.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.LastSuccessAt, now)
                .SetProperty(row => row.FailingSince, (DateTimeOffset?)null));
        }
        else if (posted.Count > 0)
        {
            await receiver.ExecuteUpdateAsync(set => set.SetProperty(row => row.FailingSince, row => row.FailingSince ?? now));
            var isGone = posted.Exists(outcome => outcome.Status == GoneStatus);
            if ((isGone || await receiver.AnyAsync(row => row.FailingSince <= now - Webhook.MaxFailing))
                && await DisableAsync(db, receiver, isGone ? WebhookDisabled.Gone : WebhookDisabled.Failing, now))
            {
                return new Written(false, lags);
            }
        }

        return new Written(
            await webhook.Where(row => row.LeaseOwner == claim.Owner && row.Status == WebhookStatus.Active)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseEndsAt, now + DeliveryClaims.Lease)) == 1,
            lags);
    }

    // Attempts begin anew when a user sends it again; the log and the time that the first is due do not.
    private static bool IsSentAgain(WebhookDelivery row) =>
        row.Attempts == 0 ? row.DueAt > row.CreatedAt : DeliveryLog.Read(row.Log).Count > row.Attempts;

    private static void Note(WebhookDelivery row, PostOutcome outcome, DateTimeOffset at, DateTimeOffset now)
    {
        row.Attempts++;
        row.LastStatus = outcome.Status;
        row.LastAttemptAt = at;
        row.Log = DeliveryLog.With(
            row.Log, new DeliveryAttempt(at, outcome.Status, (int)outcome.Duration.TotalMilliseconds, outcome.Answer));
        var wait = outcome.Succeeded ? null : RetrySchedule.WaitAfter(row.Attempts, outcome.RetryAfter);
        row.State = outcome.Succeeded ? DeliveryState.Delivered : wait is null ? DeliveryState.Failed : DeliveryState.Waiting;
        row.DueAt = now + wait;
    }

    // Through the change tracker, so that it is audited. Waiting deliveries fail and can be sent again by hand.
    private static async Task<bool> DisableAsync(
        AppDbContext db, IQueryable<Webhook> receiver, WebhookDisabled because, DateTimeOffset now)
    {
        if (await receiver.SingleOrDefaultAsync(row => row.Status != WebhookStatus.Disabled) is not { } webhook)
        {
            return false;
        }

        (webhook.Status, webhook.DisabledBecause) = (WebhookStatus.Disabled, because);
        await NotificationService.AddWebhookDisabledAsync(db, webhook, now);
        await db.SaveChangesAsync();
        await db.WebhookDeliveries.Where(row => row.WebhookId == webhook.Id && row.State == DeliveryState.Waiting)
            .ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, DeliveryState.Failed)
            .SetProperty(row => row.DueAt, (DateTimeOffset?)null));
        return true;
    }

    private sealed record Batch(string Url, IReadOnlyList<string> Secrets, IReadOnlyList<Row> Rows);

    private sealed record Row(long DeliveryId, string Key, string? Body);

    /// <param name="MayGoOn">Whether there may be more to send.</param>
    /// <param name="Lags">Of deliveries that no user sent again, from the change to the receipt.</param>
    private sealed record Written(bool MayGoOn, IReadOnlyList<TimeSpan> Lags);

    /// <param name="Outcome">Null if there is nothing left to send.</param>
    private sealed record Sent(long DeliveryId, PostOutcome? Outcome, DateTimeOffset At);
}
