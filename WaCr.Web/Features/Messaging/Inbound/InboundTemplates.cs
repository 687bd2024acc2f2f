using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>What WhatsApp decides about templates. One that is not here comes with the next sync, and with it what was decided.</summary>
public sealed class InboundTemplates(TimeProvider time)
{
    public async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, WhatsAppEvent read)
    {
        var account = await db.Channels.Where(channel => channel.Id == channelId).Select(channel => channel.BusinessAccountId).SingleAsync();
        var now = time.GetUtcNow();
        _ = read switch
        {
            TemplateStatusChanged changed => await Of(db, account, changed.Template).ExecuteUpdateAsync(set => set
                .SetProperty(template => template.Status, Word(changed.Event))
                .SetProperty(template => template.RejectedReason, Reason(changed.Reason))
                .SetProperty(template => template.UpdatedAt, now)),
            TemplateQualityChanged changed => await Of(db, account, changed.Template).ExecuteUpdateAsync(set => set
                .SetProperty(template => template.Quality, Word(changed.Quality))
                .SetProperty(template => template.UpdatedAt, now)),
            TemplateCategoryChanged changed => await Of(db, account, changed.Template).ExecuteUpdateAsync(set => set
                .SetProperty(template => template.Category, Word(changed.Category))
                .SetProperty(template => template.UpdatedAt, now)),
            _ => 0,
        };
        return InboundEffect.None;
    }

    private static IQueryable<Template> Of(AppDbContext db, string? account, TemplateName name) => db.Templates.Where(template =>
        template.BusinessAccountId == account
        && ((name.Id != null && template.WhatsAppId == name.Id) || (template.Name == name.Name && template.Language == name.Language)));

    private static string Word(string word) => word.Length <= Template.WordMaxLength ? word : word[..Template.WordMaxLength];

    private static string? Reason(string? reason) => reason?.Length > Template.ReasonMaxLength ? reason[..Template.ReasonMaxLength] : reason;
}
