using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Templates;

/// <summary>Finds the template to send, inside the write that sends it.</summary>
internal static class TemplateFinder
{
    /// <summary>The languages of a template that can be sent, by their codes.</summary>
    public static Task<List<Template>> TranslationsAsync(AppDbContext db, string accountId, string name, CancellationToken cancellationToken = default) =>
        db.Templates.AsNoTracking().Where(row => row.Name == name && row.BusinessAccountId == accountId && row.Status == Template.Approved)
            .OrderBy(row => row.Language).ToListAsync(cancellationToken);

    /// <param name="accountId">Of the channel that sends: accounts have templates of their own.</param>
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
