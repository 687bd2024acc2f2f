using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>Our copies of WhatsApp's templates.</summary>
internal static class TemplateRows
{
    /// <param name="id">WhatsApp's id, or our id if no template has it as WhatsApp's.</param>
    public static async Task<Template?> FindAsync(this IQueryable<Template> templates, string id, CancellationToken cancellationToken)
    {
        if (!TextRule.IsStorable(id))
        {
            return null;
        }

        var found = await templates.SingleOrDefaultAsync(template => template.WhatsAppId == id, cancellationToken);
        return found is null
            && long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var own)
            ? await templates.SingleOrDefaultAsync(template => template.Id == own, cancellationToken)
            : found;
    }

    /// <summary>The row of a template that was just made or changed; a sync may have been faster.</summary>
    public static async Task<Template> PutAsync(AppDbContext db, TemplateDescription template, string accountId, DateTimeOffset now)
    {
        var row = await db.Templates.SingleOrDefaultAsync(row =>
            row.WhatsAppId == template.Id || (row.BusinessAccountId == accountId && row.Name == template.Name && row.Language == template.Language));
        if (row is null)
        {
            row = new Template { CreatedAt = now, UpdatedAt = now };
            db.Add(row);
        }

        row.SyncedAt = now;
        Copy(template, accountId, row);
        return row;
    }

    public static void Copy(TemplateDescription from, string accountId, Template to)
    {
        var components = TemplateComponents.Read(from.Components);
        to.BusinessAccountId = accountId;
        to.WhatsAppId = from.Id;
        to.Name = from.Name;
        to.Language = from.Language;
        to.Category = Word(from.Category);
        to.Status = Word(Template.StatusOf(from.Status));
        to.ParameterFormat = from.ParameterFormat is { } format ? Word(format) : null;
        to.HeaderFormat = Word(components.HeaderFormatWord);
        to.MessageSendTtlSeconds = from.MessageSendTtlSeconds;
        to.Quality = from.Quality is { } quality && TextRule.IsStorable(quality) ? Word(quality) : to.Quality;
        if (to.Status is Template.Approved or "PENDING")
        {
            to.RejectedReason = null;
        }
        else if (to.RejectedReason is null && from.RejectedReason is { Length: > 0 } reason && reason != "NONE" && TextRule.IsStorable(reason))
        {
            to.RejectedReason = reason.Cut(Template.ReasonMaxLength); // an event's reason says more and is kept
        }

        to.Body = components.BodyText ?? "";
        to.Components = from.Components.ValueKind == System.Text.Json.JsonValueKind.Array ? from.Components.GetRawText() : "[]";
    }

    private static string Word(string word) => word.Cut(Template.WordMaxLength).ToUpperInvariant();
}
