using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Templates;

/// <summary>Reads templates. An account has at most some thousands, so they are counted and sorted in memory.</summary>
public sealed class TemplateQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    private static readonly NotFoundError NotFound = new("template.not_found", "Template not found");

    /// <param name="id">WhatsApp's id, or our id if no template has it as WhatsApp's.</param>
    public async Task<Result<TemplateDetails>> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Templates.AsNoTracking().FindAsync(id, cancellationToken);
        return found is null ? NotFound : TemplateDetails.Of(found);
    }

    /// <summary>All sendable templates by name and language; an account has at most some thousands.</summary>
    public async Task<Result<IReadOnlyList<TemplateDetails>>> ListApprovedAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var approved = await db.Templates.AsNoTracking().Where(template => template.Status == Template.Approved)
            .OrderBy(template => template.Name).ThenBy(template => template.Language).ThenBy(template => template.Id)
            .ToListAsync(cancellationToken);
        return approved.ConvertAll(TemplateDetails.Of);
    }

    /// <summary>Languages of the templates, in WhatsApp's codes.</summary>
    public async Task<Result<IReadOnlyList<string>>> ListLanguagesAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Templates.Select(template => template.Language).Distinct().OrderBy(language => language)
            .ToListAsync(cancellationToken);
    }

    public async Task<Result<Page<TemplateDetails>>> ListAsync(TemplateQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var templates = query.Filters.Aggregate(db.Templates.AsNoTracking(), Narrow);
        if (query.ForCodes)
        {
            templates = templates.Where(template => template.Category == Template.Authentication && template.Status == Template.Approved);
        }

        if (query.Search?.Trim().ToLowerInvariant() is { Length: > 0 } needle)
        {
            // For the characters of names and categories, both engines' lower() agrees with .NET.
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated, never run here.
            templates = query.ForCodes
                ? templates.Where(template => template.Name.ToLower().Contains(needle) || template.Body.ToLower().Contains(needle))
                : templates.Where(template => template.Name.ToLower().Contains(needle) || template.Category.ToLower().Contains(needle));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        var total = await templates.LongCountAsync(cancellationToken);
        var rows = await Sorted(templates, query.Sort)
            .Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size)
            .ToListAsync(cancellationToken);
        return new Page<TemplateDetails>([.. rows.Select(TemplateDetails.Of)], query.Page, total);
    }

    private static IQueryable<Template> Narrow(IQueryable<Template> templates, FilterTerm filter)
    {
        string[] values = [.. filter.Texts.Select(text => text.ToLowerInvariant())];
        var wantsNull = filter.Operator == FilterOperator.Null && filter.Numbers[0] == 1;
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated, never run here.
        return templates.Where(filter.Field switch
        {
            TemplateFields.Name => By(template => template.Name.ToLower()),
            TemplateFields.Language => By(template => template.Language.ToLower()),
            TemplateFields.Category => By(template => template.Category.ToLower()),
            TemplateFields.Status => By(template => template.Status.ToLower()),
            TemplateFields.HeaderFormat => By(template => template.HeaderFormat.ToLower()),
            _ => throw new NotSupportedException($"Templates have no filter {filter.Field}."),
        });
#pragma warning restore CA1304, CA1311, CA1862, MA0011

        Expression<Func<Template, bool>> By(Expression<Func<Template, string>> column) =>
            FilterExpressions.Where(column, filter.Operator, values, wantsNull);
    }

    private static IOrderedQueryable<Template> Sorted(IQueryable<Template> templates, IReadOnlyList<SortTerm> sort)
    {
        IOrderedQueryable<Template>? ordered = null;
        foreach (var term in sort)
        {
            ordered = term.Field switch
            {
                TemplateFields.Name => By(template => template.Name),
                TemplateFields.Language => By(template => template.Language),
                TemplateFields.CreatedAt => By(template => template.CreatedAt),
                TemplateFields.UpdatedAt => By(template => template.UpdatedAt),
                _ => throw new NotSupportedException($"Templates have no sort {term.Field}."),
            };

            IOrderedQueryable<Template> By<TKey>(Expression<Func<Template, TKey>> key) => templates.ThenBy(ordered, key, term.Descending);
        }

        return ordered?.ThenBy(template => template.Id) ?? templates.OrderBy(template => template.Id);
    }
}
