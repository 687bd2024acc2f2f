using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Campaigns that are being prepared. Stored from the first choice on, so that a lost connection loses nothing.</summary>
public sealed class CampaignDrafts(IDatabaseWriter writer, TenantContext tenant, CampaignQueries queries)
{
    /// <summary>Creates a draft; it is kept until started or deleted.</summary>
    public async Task<Result<CampaignDetails>> CreateAsync(CampaignPatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var created = await writer.WriteAsync<long>(
            async db =>
            {
                var campaign = new Campaign { ActorKind = tenant.Actor.Kind, ActorId = tenant.Actor.Id, ActorName = tenant.Actor.Name };
                if (await ApplyAsync(db, patch, campaign) is { } refusal)
                {
                    return refusal;
                }

                db.Campaigns.Add(campaign);
                await db.SaveChangesAsync();
                return campaign.Id;
            },
            cancellationToken);
        return created.Succeeded ? await queries.FindAsync(created.Value, cancellationToken) : created.Error;
    }

    public async Task<Result<CampaignDetails>> UpdateAsync(long id, CampaignPatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var updated = await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.Campaigns.SingleOrDefaultAsync(campaign => campaign.Id == id) is not { } campaign)
                {
                    return CampaignErrors.NotFound;
                }

                if (campaign.State != CampaignState.Draft)
                {
                    return new CampaignMovedOnError();
                }

                if (await ApplyAsync(db, patch, campaign) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        return updated.Succeeded ? await queries.FindAsync(id, cancellationToken) : updated.Error;
    }

    public async Task<Result<Done>> DiscardAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
                await db.Campaigns.Where(campaign => campaign.Id == id && campaign.State == CampaignState.Draft)
                    .ExecuteDeleteAsync() == 1 ? default(Done)
                : await db.Campaigns.AnyAsync(campaign => campaign.Id == id) ? new CampaignMovedOnError() : CampaignErrors.NotFound,
            cancellationToken);
    }

    /// <summary>Rejects values the database cannot store; completeness is checked on start.</summary>
    private static async Task<AppError?> ApplyAsync(AppDbContext db, CampaignPatch patch, Campaign campaign)
    {
        var errors = new FieldErrors();
        if (patch.Name.IsGiven)
        {
            campaign.Name = patch.Name.Value.Trim();
            TextRule.Check(errors, CampaignFieldNames.Name, campaign.Name, Campaign.NameMaxLength);
        }

        if (patch.PerMinute.IsGiven)
        {
            campaign.PerMinute = patch.PerMinute.Value;
            if (campaign.PerMinute is < 1 or > Campaign.MaxPerMinute)
            {
                errors.Add(CampaignFieldNames.PerMinute, CampaignErrors.PaceRange);
            }
        }

        if (patch.ChannelId is { IsGiven: true, Value: { } channel } && !await db.Channels.AnyAsync(c => c.Id == channel))
        {
            errors.Add(CampaignFieldNames.Channel, CampaignErrors.ChannelRequired);
        }

        if (patch.Values.IsGiven)
        {
            var broken = patch.Values.Value.Select(value => BrokenBy(value.Key, value.Value)).FirstOrDefault(rule => rule is not null);
            if (broken is not null)
            {
                errors.Add(CampaignFieldNames.Template, broken);
            }
        }

        var template = patch.TemplateId is { IsGiven: true, Value: { } wanted }
            ? await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == wanted)
            : null;
        if (patch.TemplateId is { IsGiven: true, Value: not null } && template is null)
        {
            errors.Add(CampaignFieldNames.Template, CampaignErrors.TemplateRequired);
        }

        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        campaign.ChannelId = patch.ChannelId.Or(campaign.ChannelId);
        campaign.UsesContactLanguage = patch.UsesContactLanguage.Or(campaign.UsesContactLanguage);
        campaign.ScheduledAt = patch.ScheduledAt.Or(campaign.ScheduledAt);
        campaign.Values = patch.Values.IsGiven ? CampaignText.Write(patch.Values.Value) : campaign.Values;
        if (patch.Audience.IsGiven)
        {
            campaign.Audience = patch.Audience.Value is { } audience ? CampaignText.Write(audience) : null;
        }

        if (patch.TemplateId.IsGiven)
        {
            (campaign.TemplateName, campaign.TemplateLanguage) = (template?.Name, template?.Language);
        }

        return null;
    }

    private static FieldError? BrokenBy(string field, CampaignValue value)
    {
        var max = TemplateDraft.MaxLengthOf(field);
        return TextRule.BrokenBy(value.Text, max) ?? TextRule.BrokenBy(value.Fallback, max);
    }
}
