using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Reads campaigns. Progress is counted on each read along one index; it is stored nowhere.</summary>
public sealed class CampaignQueries(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageCosts costs, TimeProvider time)
{
    private const int MaxSearched = 1_000;

    /// <summary>Newest first.</summary>
    public async Task<Result<Page<CampaignItem>>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Campaigns.AsNoTracking().OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id)
            .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size).ToListAsync(cancellationToken);
        var funnels = await CampaignProgress.FunnelsAsync(db, rows, cancellationToken);
        return new Page<CampaignItem>(
            [.. rows.Select(row => ToItem(row, funnels[row.Id]))], page, await db.Campaigns.LongCountAsync(cancellationToken));
    }

    /// <summary>Those whose name has the text in it, whatever its case; newest first. A workspace has hundreds.</summary>
    public async Task<Result<IReadOnlyList<CampaignName>>> SearchAsync(string text, int max, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsRead) is { } forbidden)
        {
            return forbidden;
        }

        // No column holds the folded name.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await db.Campaigns.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MaxSearched)
            .Select(c => new CampaignName(c.Id, c.Name)).ToListAsync(cancellationToken);
        var needle = TextKey.Folded(text);
        return names.Where(campaign => TextKey.Folded(campaign.Name).Contains(needle, StringComparison.Ordinal)).Take(max).ToList();
    }

    public async Task<Result<string>> NameAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Campaigns.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken) is { } name
            ? name
            : CampaignErrors.NotFound;
    }

    public async Task<Result<CampaignDetails>> GetAsync(long id, CancellationToken cancellationToken) =>
        tenant.Require(Permissions.CampaignsRead) is { } forbidden ? forbidden : await FindAsync(id, cancellationToken);

    /// <summary>For whoever has just changed it, and so may see it.</summary>
    internal async Task<Result<CampaignDetails>> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } campaign)
        {
            return CampaignErrors.NotFound;
        }

        var funnel = (await CampaignProgress.FunnelsAsync(db, [campaign], cancellationToken))[id] with
        {
            Answered = await CampaignProgress.AnsweredAsync(db, campaign, time.GetUtcNow(), cancellationToken),
            Retryable = await CampaignProgress.Retryable(db, id).CountAsync(cancellationToken),
        };
        var channel = await db.Channels.Where(c => c.Id == campaign.ChannelId)
            .Select(c => new { c.Name, c.BusinessAccountId })
            .SingleOrDefaultAsync(cancellationToken);
        return new CampaignDetails
        {
            Item = ToItem(campaign, funnel),
            ChannelId = campaign.ChannelId,
            ChannelName = channel?.Name,
            TemplateId = channel is null || campaign.TemplateName is null ? null : await db.Templates
                .Where(t => t.Name == campaign.TemplateName
                    && t.Language == campaign.TemplateLanguage
                    && t.BusinessAccountId == channel.BusinessAccountId)
                .Select(t => (long?)t.Id).SingleOrDefaultAsync(cancellationToken),
            UsesContactLanguage = campaign.UsesContactLanguage,
            Values = CampaignText.ReadValues(campaign.Values),
            Audience = CampaignText.ReadAudience(campaign.Audience),
            Exclusions = await db.CampaignExclusions.Where(e => e.CampaignId == id).GroupBy(e => e.Reason)
                .Select(reason => new CampaignExclusionCount(reason.Key, reason.Count())).ToListAsync(cancellationToken),
            Failures = await CampaignProgress.FailuresAsync(db, id, cancellationToken),
            Cost = await costs.OfCampaignAsync(db, id, cancellationToken),
        };
    }

    /// <summary>A sample of the contacts excluded for one reason, in no particular order; the export has all.</summary>
    public async Task<Result<IReadOnlyList<CampaignPerson>>> ExcludedAsync(
        long id, CampaignExclusionReason reason, int atMost, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.CampaignsRead) ?? tenant.Require(Permissions.ContactsRead)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.CampaignExclusions.Where(e => e.CampaignId == id && e.Reason == reason).OrderBy(e => e.ContactId).Take(atMost)
            .Select(e => e.ContactId).ToListAsync(cancellationToken);
        return await CampaignPeople.ReadAsync(db, ids, cancellationToken);
    }

    /// <summary>Numbers that a campaign can be sent from.</summary>
    public async Task<Result<IReadOnlyList<CampaignChannel>>> ChannelsAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Channels.Where(c => c.AccessToken != null).OrderBy(c => c.Id)
            .Select(c => new CampaignChannel(c.Id, c.Name, c.BusinessAccountId, c.MessagesPerSecond)).ToListAsync(cancellationToken);
    }

    private static CampaignItem ToItem(Campaign campaign, CampaignFunnel funnel) => new()
    {
        Id = campaign.Id,
        Name = campaign.Name,
        State = campaign.State,
        PausedBecause = campaign.PausedBecause,
        TemplateName = campaign.TemplateName,
        TemplateLanguage = campaign.TemplateLanguage,
        ActorName = campaign.ActorName,
        ScheduledAt = campaign.ScheduledAt,
        PerMinute = campaign.PerMinute,
        Total = campaign.Total,
        Queued = campaign.Queued,
        Excluded = campaign.Excluded,
        CreatedAt = campaign.CreatedAt,
        StartedAt = campaign.StartedAt,
        FinishedAt = campaign.FinishedAt,
        Funnel = funnel,
    };
}
