using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Templates;

/// <summary>Finds the template to send, inside the write that sends it.</summary>
internal static class TemplateFinder
{
    /// <summary>The sendable translations of a template, by language code.</summary>
    public static Task<List<Template>> TranslationsAsync(
        AppDbContext db, string accountId, string name, CancellationToken cancellationToken = default) =>
        db.Templates.AsNoTracking().Where(row => row.Name == name && row.BusinessAccountId == accountId && row.Status == Template.Approved)
            .OrderBy(row => row.Language).ToListAsync(cancellationToken);

    /// <param name="accountId">Business account of the sending channel; each account has its own templates.</param>
    public static async Task<Result<TemplateForm>> FindAsync(AppDbContext db, string accountId, string name, string language)
    {
        var template = await db.Templates.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Name == name && row.Language == language && row.BusinessAccountId == accountId);
        if (template is null)
        {
            return new TemplateNotFoundError();
        }

        return template.Status == Template.Approved
            ? TemplateForm.Of(template.Name, template.Language, template.Category, template.ParameterFormat, template.Components)
            : new TemplateNotApprovedError(template.Status);
    }
}
