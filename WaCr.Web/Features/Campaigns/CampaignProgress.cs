using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Campaigns;

/// <summary>How far a campaign's messages are, counted on each read along one index; it is stored nowhere.</summary>
internal static class CampaignProgress
{
    private const int MaxReasons = 20;

    // A later reply is unlikely to be about the campaign.
    private static readonly TimeSpan AnswersFor = TimeSpan.FromDays(3);

    /// <summary>Messages WhatsApp never accepted, to existing contacts who have not opted out.</summary>
    public static IQueryable<Message> Retryable(AppDbContext db, long id) => db.Messages.Where(m =>
        m.CampaignId == id && m.State == OutboxState.Dead && m.Wamid == null && db.Contacts.Any(c => c.Id == m.ContactId && !c.IsOptedOut));

    public static async Task<Dictionary<long, CampaignFunnel>> FunnelsAsync(
        AppDbContext db, List<Campaign> campaigns, CancellationToken cancellationToken)
    {
        var ids = campaigns.Where(campaign => campaign.Queued > 0).Select(campaign => (long?)campaign.Id).ToList();
        var counts = ids.Count == 0 ? [] : await db.Messages.Where(m => ids.Contains(m.CampaignId))
            .GroupBy(m => new { m.CampaignId, m.State, m.Status })
            .Select(group => new Counted(group.Key.CampaignId!.Value, group.Key.State, group.Key.Status, group.Count()))
            .ToListAsync(cancellationToken);
        var of = counts.ToLookup(count => count.CampaignId);
        return campaigns.ToDictionary(campaign => campaign.Id, campaign => ToFunnel(campaign, [.. of[campaign.Id]]));
    }

    private static CampaignFunnel ToFunnel(Campaign campaign, List<Counted> counts)
    {
        var held = Sum(count => count.State == OutboxState.Held);
        var isCancelled = campaign.State == CampaignState.Cancelled; // messages still held are about to be cancelled
        return new CampaignFunnel(
            Sum(_ => true),
            isCancelled ? 0 : held,
            Sum(count => count.State is OutboxState.Waiting or OutboxState.Sending),
            Sum(count => count.Status is MessageStatus.Accepted or MessageStatus.Sent or >= MessageStatus.Delivered),
            Sum(count => count.Status >= MessageStatus.Delivered),
            Sum(count => count.Status >= MessageStatus.Read),
            Answered: 0,
            Sum(count => count.State == OutboxState.Dead),
            Sum(count => count.State == OutboxState.Uncertain),
            Sum(count => count.State == OutboxState.Cancelled) + (isCancelled ? held : 0),
            Sum(count => count.State == OutboxState.HeldByWhatsApp),
            Retryable: 0);

        int Sum(Func<Counted, bool> which) => counts.Where(which).Sum(count => count.Count);
    }

    public static async Task<int> AnsweredAsync(
        AppDbContext db, Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (campaign.StartedAt is not { } since || campaign.Queued == 0)
        {
            return 0;
        }

        var until = (campaign.FinishedAt ?? now) + AnswersFor;
        return await db.Messages
            .Where(m => m.CampaignId == campaign.Id && m.State == OutboxState.Sent)
            .Join(db.Conversations.Where(c => c.LastInboundAt >= since), m => m.ConversationId, c => c.Id, (m, c) => m)
            .CountAsync(
                m =>
                    db.Messages.Any(answer => answer.ConversationId == m.ConversationId && answer.CreatedAt >= m.SentAt
                        && answer.CreatedAt <= until
                    && answer.Direction == MessageDirection.Inbound),
                cancellationToken);
    }

    public static async Task<List<CampaignFailure>> FailuresAsync(AppDbContext db, long id, CancellationToken cancellationToken)
    {
        // WhatsApp's errors are grouped by code, since their text may name the recipient; ours by text.
        var found = await db.Messages.Where(m => m.CampaignId == id && m.State == OutboxState.Dead)
            .GroupBy(m => new { m.ErrorCode, Reason = m.ErrorCode == null ? m.Error : null })
            .Select(group => new { group.Key.ErrorCode, Error = group.Min(m => m.Error), Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.ErrorCode).Take(MaxReasons).ToListAsync(cancellationToken);
        return found.ConvertAll(reason => new CampaignFailure(reason.ErrorCode, reason.Error ?? "", reason.Count));
    }

    private sealed record Counted(long CampaignId, OutboxState? State, MessageStatus Status, int Count);
}
