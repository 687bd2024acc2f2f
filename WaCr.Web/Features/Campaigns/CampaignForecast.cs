using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Previews a campaign with the same rules that run it.</summary>
public sealed class CampaignForecast(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageCosts costs, TimeProvider time)
{
    private const int Samples = 3;

    // Contacts per batch.
    private const int AtATime = 1_000;

    /// <summary>Number of contacts in an audience now.</summary>
    public async Task<Result<int>> CountAsync(ContactSelection selection, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Selected(selection, tenant.Tenant).CountAsync(cancellationToken);
    }

    /// <summary>Checks the whole selection; writes nothing.</summary>
    public async Task<Result<CampaignPreview>> PreviewAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(campaign => campaign.Id == id, cancellationToken) is not { } campaign)
        {
            return CampaignErrors.NotFound;
        }

        var ready = await ReadyAsync(db, campaign, cancellationToken);
        return ready.Succeeded ? await PreviewAsync(db, campaign, ready.Value, cancellationToken) : ready.Error;
    }

    /// <summary>The content and the recipients, or all errors.</summary>
    private static async Task<Result<Ready>> ReadyAsync(AppDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var audience = CampaignText.ReadAudience(campaign.Audience);
        if (audience is null)
        {
            errors.Add(CampaignFieldNames.Audience, CampaignErrors.AudienceRequired);
        }

        var channel = await db.Channels.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == campaign.ChannelId && c.AccessToken != null, cancellationToken);
        if (channel is null)
        {
            errors.Add(CampaignFieldNames.Channel, CampaignErrors.ChannelRequired);
        }

        if (campaign.TemplateName is null)
        {
            errors.Add(CampaignFieldNames.Template, CampaignErrors.TemplateRequired);
        }

        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var content = await CampaignContent.LoadAsync(db, channel!.BusinessAccountId ?? "", campaign);
        return content.Succeeded ? new Ready(audience!.Selection, channel.Id, content.Value) : content.Error;
    }

    private async Task<Result<CampaignPreview>> PreviewAsync(
        AppDbContext db, Campaign campaign, Ready ready, CancellationToken cancellationToken)
    {
        var ids = await CampaignRecipients.SelectAsync(db, ready.Selection, tenant.Tenant, cancellationToken);
        var selected = ids.ToHashSet();
        var recipients = new CampaignRecipients(db, ready.Content, ready.ChannelId, campaignId: null);
        var running = await RunningWindowsAsync(db, cancellationToken);
        var (getIt, opened) = (0, 0);
        var left = new SortedDictionary<CampaignExclusionReason, int>();
        var samples = new List<CampaignSample>();
        var priced = new Dictionary<(string Country, string Category), int>();
        foreach (var some in ids.Chunk(AtATime))
        {
            foreach (var verdict in await recipients.EvaluateAsync(some, selected, cancellationToken))
            {
                if (verdict.Excluded is { } reason)
                {
                    left[reason] = left.GetValueOrDefault(reason) + 1;
                    continue;
                }

                getIt++;
                var category = verdict.Message!.Translation?.Category.ToLowerInvariant() ?? ready.Content.PriceCategory;
                var place = (CallingCountry.Of(verdict.To?.Phone, verdict.To?.UserId), category);
                priced[place] = priced.GetValueOrDefault(place) + 1;
                opened += running.Contains(verdict.ContactId) ? 0 : 1;
                if (samples.Count < Samples)
                {
                    var contact = verdict.Contact!;
                    samples.Add(new CampaignSample(
                        contact.Id, contact.Name, PhoneNumber.FormatKey(contact.Addressee.PhoneKey), verdict.Message!.Values,
                        verdict.Message.Text,
                        verdict.Message.Translation));
                }
            }
        }

        return new CampaignPreview(
            ids.Count, getIt, [.. left.Select(pair => new CampaignExclusionCount(pair.Key, pair.Value))], samples, opened,
            await new CampaignRelease(db, time).ConversationsLeftAsync(),
            costs.Estimate(priced, campaign.ScheduledAt),
            await DailyPeople.OfAsync(db, ready.ChannelId, time.GetUtcNow(), cancellationToken));
    }

    // Contacts with an open usage window; messages to them do not count as another conversation of the plan.
    private async Task<HashSet<long>> RunningWindowsAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - UsageWindow.Length;
        return await db.UsageWindows.Where(window => window.OpenedAt > since && window.IsLatest)
            .Select(window => window.ContactId)
            .ToHashSetAsync(cancellationToken);
    }

    private sealed record Ready(ContactSelection Selection, long ChannelId, CampaignContent Content);
}
