using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A recipient and the message to them.</summary>
/// <param name="Wamid">WhatsApp's id; null until WhatsApp took it.</param>
public sealed record CampaignMessage(
    long MessageId, long ContactId, OutboxState? State, MessageStatus Status, string? Wamid, int? ErrorCode, string? Error,
    DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt)
{
    public CampaignOutcome Outcome => CampaignOutcomes.Of(State, Status);
}

/// <summary>What became of each message of a campaign.</summary>
public sealed class CampaignMessageQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>In the order in which they were queued; empty until the campaign starts.</summary>
    public async Task<Result<Page<CampaignMessage>>> ListAsync(long campaignId, PageRequest page, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Campaigns.AnyAsync(campaign => campaign.Id == campaignId, cancellationToken))
        {
            return CampaignErrors.NotFound;
        }

        var rows = db.Messages.AsNoTracking().Where(m => m.CampaignId == campaignId);
        var total = await rows.LongCountAsync(cancellationToken);
        var items = page.Skip >= total ? [] : await rows.OrderBy(m => m.Id).Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size)
            .Select(m => new CampaignMessage(m.Id, m.ContactId, m.State, m.Status, m.Wamid, m.ErrorCode, m.Error, m.SentAt,
                m.DeliveredAt, m.ReadAt))
            .ToListAsync(cancellationToken);
        return new Page<CampaignMessage>(items, page, total);
    }
}
