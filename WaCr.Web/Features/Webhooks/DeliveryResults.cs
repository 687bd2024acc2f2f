using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Webhooks;

/// <param name="MayGoOn">Whether there may be more to send.</param>
/// <param name="Lags">Of deliveries that no user sent again, from the change to the receipt.</param>
internal sealed record DeliveryProgress(bool MayGoOn, IReadOnlyList<TimeSpan> Lags);

/// <param name="Outcome">Null if there is nothing left to send.</param>
internal sealed record SentDelivery(long DeliveryId, PostOutcome? Outcome, DateTimeOffset At);

/// <summary>Records what became of a batch of deliveries, and disables a webhook that is gone or has failed for too long.</summary>
internal static class DeliveryResults
{
    private const int GoneStatus = 410;

    public static async Task<Result<DeliveryProgress>> WriteAsync(
        AppDbContext db, DeliveryClaim claim, string url, IReadOnlyCollection<SentDelivery> sent, DateTimeOffset now)
    {
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
                return new DeliveryProgress(false, lags);
            }
        }

        return new DeliveryProgress(
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
}
