using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Reads campaigns. Progress is counted on each read along one index; it is stored nowhere.</summary>
public sealed class CampaignQueries(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageCosts costs, TimeProvider time)
{
    private const int MaxReasons = 20;
    private const int MaxSearched = 1_000;

    // A later reply is unlikely to be about the campaign.
    private static readonly TimeSpan AnswersFor = TimeSpan.FromDays(3);

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
        var funnels = await FunnelsAsync(db, rows, cancellationToken);
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

        var funnel = (await FunnelsAsync(db, [campaign], cancellationToken))[id] with
        {
            Answered = await AnsweredAsync(db, campaign, cancellationToken),
            Retryable = await Retryable(db, id).CountAsync(cancellationToken),
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
            Failures = await FailuresAsync(db, id, cancellationToken),
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
        return await PeopleAsync(db, ids, cancellationToken);
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

    /// <summary>Messages WhatsApp never accepted, to existing contacts who have not opted out.</summary>
    internal static IQueryable<Message> Retryable(AppDbContext db, long id) => db.Messages.Where(m =>
        m.CampaignId == id && m.State == OutboxState.Dead && m.Wamid == null && db.Contacts.Any(c => c.Id == m.ContactId && !c.IsOptedOut));

    internal static async Task<List<CampaignPerson>> PeopleAsync(
        AppDbContext db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var known = await db.Contacts.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.PhoneKey, c.Username })
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        return [.. ids.Select(id => known.TryGetValue(id, out var c)
            ? new CampaignPerson(id, $"{c.FirstName} {c.LastName}".Trim(), PersonHandle.Of(c.PhoneKey, c.Username))
            : new CampaignPerson(id, "", ""))];
    }

    private static async Task<Dictionary<long, CampaignFunnel>> FunnelsAsync(
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
            Retryable: 0);

        int Sum(Func<Counted, bool> which) => counts.Where(which).Sum(count => count.Count);
    }

    private async Task<int> AnsweredAsync(AppDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.StartedAt is not { } since || campaign.Queued == 0)
        {
            return 0;
        }

        var until = (campaign.FinishedAt ?? time.GetUtcNow()) + AnswersFor;
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

    private static async Task<List<CampaignFailure>> FailuresAsync(AppDbContext db, long id, CancellationToken cancellationToken)
    {
        // WhatsApp's errors are grouped by code, since their text may name the recipient; ours by text.
        var found = await db.Messages.Where(m => m.CampaignId == id && m.State == OutboxState.Dead)
            .GroupBy(m => new { m.ErrorCode, Reason = m.ErrorCode == null ? m.Error : null })
            .Select(group => new { group.Key.ErrorCode, Error = group.Min(m => m.Error), Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.ErrorCode).Take(MaxReasons).ToListAsync(cancellationToken);
        return found.ConvertAll(reason => new CampaignFailure(reason.ErrorCode, reason.Error ?? "", reason.Count));
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

    private sealed record Counted(long CampaignId, OutboxState? State, MessageStatus Status, int Count);
}
