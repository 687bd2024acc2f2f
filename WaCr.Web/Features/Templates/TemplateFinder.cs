using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Templates;

/// <summary>Finds the template to send, inside the write that sends it.</summary>
internal static class TemplateFinder
{
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
