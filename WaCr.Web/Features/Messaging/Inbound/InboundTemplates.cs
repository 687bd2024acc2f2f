using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Work;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Applies WhatsApp's template decisions. An unknown template comes with the next sync; if the webhook is incomplete, a sync starts at
/// once.
/// </summary>
public sealed class InboundTemplates(TimeProvider time)
{
    public async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, WhatsAppEvent read)
    {
        var account = await db.Channels.Where(channel => channel.Id == channelId)
            .Select(channel => channel.BusinessAccountId)
            .SingleAsync();
        var now = time.GetUtcNow();
        switch (read)
        {
            case TemplateStatusChanged changed when Template.StatusAfter(changed.Event) is { } status:
                var reason = status == Template.Approved ? null : changed.Reason.Cut(Template.ReasonMaxLength);
                await SetAsync(db, Of(db, account, changed.Template), rows => rows.ExecuteUpdateAsync(set => set
                    .SetProperty(template => template.Status, status)
                    .SetProperty(template => template.RejectedReason, reason)
                    .SetProperty(template => template.UpdatedAt, now)));
                return InboundEffect.None;
            case TemplateQualityChanged changed:
                await SetAsync(db, Of(db, account, changed.Template), rows => rows.ExecuteUpdateAsync(set => set
                    .SetProperty(template => template.Quality, changed.Quality.Cut(Template.WordMaxLength))
                    .SetProperty(template => template.UpdatedAt, now)));
                return InboundEffect.None;
            case TemplateCategoryChanged changed:
                await SetAsync(db, Of(db, account, changed.Template), rows => rows.ExecuteUpdateAsync(set => set
                    .SetProperty(template => template.Category, changed.Category.Cut(Template.WordMaxLength))
                    .SetProperty(template => template.UpdatedAt, now)));
                return InboundEffect.None;
            default:
                db.NoteChange(ChangeKind.TemplateSyncs);
                await db.Channels.Where(channel => channel.BusinessAccountId == account && account != null)
                    .ExecuteUpdateAsync(set => set.EndLease(now)); // even during a sync, which may have read the old version
                return InboundEffect.None;
        }
    }

    private static async Task SetAsync(AppDbContext db, IQueryable<Template> templates, Func<IQueryable<Template>, Task<int>> set)
    {
        if (await set(templates) > 0 && await db.HasSubscriberAsync(EventTypes.TemplateUpdated))
        {
            foreach (var template in await templates.AsNoTracking().ToListAsync())
            {
                db.NoteEvent(EventTypes.TemplateUpdated, template.Id, null, EventJson.Of(template));
            }
        }
    }

    private static IQueryable<Template> Of(AppDbContext db, string? account, TemplateName name) => db.Templates.Where(template =>
        template.BusinessAccountId == account
        && ((name.Id != null && template.WhatsAppId == name.Id) || (template.Name == name.Name && template.Language == name.Language)));
}
