using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Releases a campaign's held messages to the outbox at its rate, and holds them again on a pause. Runs inside a write.</summary>
internal sealed class CampaignRelease(AppDbContext db, TimeProvider time)
{
    // Shortest interval between releases; small, so that the rate is even.
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    // Lower bound for released but unsent messages; small, so that a pause stops nearly everything.
    private const int MinWaiting = 32;

    /// <summary>Conversations left in the plan this month; null if unlimited.</summary>
    public async Task<long?> ConversationsLeftAsync()
    {
        var now = time.GetUtcNow();
        if ((await SubscriptionPlans.InForceAsync(db, now)).LimitOf(Metric.Conversations) is not ({ } limit and not Plan.Unlimited))
        {
            return null;
        }

        var period = UsageGate.PeriodOf(Metric.Conversations, now);
        var used = await db.UsageCounters.Where(counter => counter.Metric == Metric.Conversations && counter.Period == period)
            .Select(counter => counter.Value).SingleOrDefaultAsync();
        return Math.Max(0, limit - used);
    }

    public Task<bool> IsAnyHeldAsync(long campaignId) => Of(campaignId, OutboxState.Held).AnyAsync();

    /// <summary>Releases the next messages; returns when to release more, or null if none are left.</summary>
    public async Task<DateTimeOffset?> ReleaseAsync(Campaign campaign, IQueryable<Campaign> row, long? atMost)
    {
        var now = time.GetUtcNow();
        var pace = new GcraPacer(TimeSpan.FromMinutes(1) / campaign.PerMinute, TimeSpan.FromSeconds(1));
        var waiting = await Of(campaign.Id, OutboxState.Waiting).CountAsync();
        var room = Math.Max(MinWaiting, campaign.PerMinute / 30) - waiting;
        var count = (int)Math.Min(Math.Min(pace.Allows(campaign.PacedUntil, now), Math.Max(0, room)), atMost ?? int.MaxValue);
        var ids = count == 0 ? [] : await Of(campaign.Id, OutboxState.Held).Where(m => m.Status == MessageStatus.Pending)
            .OrderBy(m => m.Id).Take(count).Select(m => m.Id).ToListAsync();
        if (ids.Count == 0 && waiting == 0 && !await IsOnItsWayAsync(campaign.Id))
        {
            return null;
        }

        var spent = pace.Spend(campaign.PacedUntil, now, ids.Count);
        if (ids.Count > 0)
        {
            await MessageTransitions.ReleaseAsync(db.Messages.Where(m => ids.Contains(m.Id)), now);
            await row.ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, spent));
            Measures.CampaignReleased(ids.Count);
        }

        var next = pace.NextAt(spent);
        return next < now + MinDelay ? now + MinDelay : next > now + MaxDelay ? now + MaxDelay : next;
    }

    /// <summary>Holds released messages that have not been sent; those being sent go on.</summary>
    public static Task<int> HoldBackAsync(AppDbContext db, long campaignId) =>
        MessageTransitions.HoldAsync(db.Messages.Where(m => m.CampaignId == campaignId), null, db.Now);

    private async Task<bool> IsOnItsWayAsync(long campaignId) =>
        await IsAnyHeldAsync(campaignId) || await Of(campaignId, OutboxState.Sending).AnyAsync();

    private IQueryable<Message> Of(long campaignId, OutboxState state) =>
        db.Messages.Where(m => m.CampaignId == campaignId && m.State == state);
}
