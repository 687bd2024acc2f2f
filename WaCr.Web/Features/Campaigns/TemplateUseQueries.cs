using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A template's recent campaigns and their results.</summary>
public sealed class TemplateUseQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private const int MaxCampaigns = 5;

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
