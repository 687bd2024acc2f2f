using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A template that nobody sent for long.</summary>
public sealed record IdleTemplate(string Name, string Language);

/// <summary>A template's recent campaigns and their results.</summary>
public sealed class TemplateUseQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private const int MaxCampaigns = 5;
    private const int MaxIdle = 20;

    /// <summary>WhatsApp archives a template that nobody sent for 12 months, and deletes it 28 days later: a month's notice.</summary>
    private const int IdleMonths = 11;

    /// <summary>Approved templates that WhatsApp will soon archive, since nobody sent them for so long; at most 20.</summary>
    public async Task<Result<IReadOnlyList<IdleTemplate>>> ListIdleAsync(CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.TemplatesRead) ?? tenant.Require(Permissions.MessagesRead)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = time.GetUtcNow().AddMonths(-IdleMonths);
        return await db.Templates
            .Where(t => t.Status == Template.Approved && t.CreatedAt < since
                && !db.Messages.Any(m => m.TemplateName == t.Name && m.TemplateLanguage == t.Language && m.CreatedAt >= since
                    && m.Status > MessageStatus.Pending && m.Status != MessageStatus.Failed))
            .OrderBy(t => t.Name).ThenBy(t => t.Language).Take(MaxIdle)
            .Select(t => new IdleTemplate(t.Name, t.Language)).ToListAsync(cancellationToken);
    }

    public async Task<Result<TemplateUse>> GetAsync(string name, string language, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.TemplatesRead) ?? tenant.Require(Permissions.MessagesRead)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = time.GetUtcNow() - TimeSpan.FromDays(TemplateUse.Days);
        var counts = await db.Messages.Where(m => m.TemplateName == name && m.TemplateLanguage == language && m.CreatedAt >= since)
            .GroupBy(m => m.Status).Select(status => new { status.Key, Count = status.Count() }).ToListAsync(cancellationToken);
        var campaigns = await db.Campaigns.Where(c => c.TemplateName == name
            && c.TemplateLanguage == language
            && c.State != CampaignState.Draft)
            .OrderByDescending(c => c.CreatedAt).Take(MaxCampaigns)
            .Select(c => new TemplateCampaign(c.Id, c.Name, c.State, c.Queued)).ToListAsync(cancellationToken);
        return new TemplateUse(
            name, language, Sum(status => status is MessageStatus.Accepted or MessageStatus.Sent or >= MessageStatus.Delivered),
            Sum(status =>
                status >= MessageStatus.Delivered), Sum(status =>
                    status >= MessageStatus.Read), Sum(status => status == MessageStatus.Failed), campaigns);

        int Sum(Func<MessageStatus, bool> which) => counts.Where(count => which(count.Key)).Sum(count => count.Count);
    }
}
