using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Checks settings before an import is checked or started.</summary>
internal static class ImportRules
{
    private static readonly HashSet<string> Fields =
        new([.. ContactFieldNames.All, .. ImportColumns.Extra, ImportColumns.FullName, ImportColumns.Reason], StringComparer.Ordinal);

    /// <summary>Creating groups, statuses and sources needs the usual permissions.</summary>
    private static readonly string[] ToCreateMissing = [Permissions.GroupsWrite, Permissions.StatusesWrite, Permissions.SourcesWrite];

    public static ForbiddenError? Require(TenantContext tenant) =>
        tenant.Require(Permissions.ContactsWrite) ?? tenant.Require(Permissions.ContactsImport);

    public static async Task<AppError?> CheckAsync(
        IDbContextFactory<AppDbContext> contexts, ImportSettings settings, int columns, TenantContext tenant,
        CancellationToken cancellationToken)
    {
        if (Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        if (settings.CreateMissing && ToCreateMissing.Select(tenant.Require).FirstOrDefault(missing => missing is not null) is { } refused)
        {
            return refused;
        }

        var errors = new FieldErrors();
        var chosen = settings.Columns.OfType<string>().ToList();
        if (settings.Columns.Count != columns || !chosen.TrueForAll(Fields.Contains))
        {
            errors.Add("columns", ImportErrors.ColumnUnknown);
        }

        foreach (var twice in chosen.GroupBy(field => field, StringComparer.Ordinal)
            .Where(field => field.Count() > 1 && !ImportColumns.IsRepeatable(field.Key)))
        {
            errors.Add(twice.Key, ImportErrors.ColumnTwice);
        }

        // Without a phone column, contacts can only be found by e-mail and updated.
        if (!chosen.Exists(field => field is ContactFieldNames.Phone or ImportColumns.OtherPhone)
            && (settings.Existing == ExistingPolicy.Skip || !chosen.Contains(ContactFieldNames.Email, StringComparer.Ordinal)))
        {
            errors.Add(ContactFieldNames.Phone, ImportErrors.PhoneUnmapped);
        }

        await CheckDefaultsAsync(contexts, settings, errors, cancellationToken);
        return errors.Any ? new ValidationError(errors) : null;
    }

    private static async Task CheckDefaultsAsync(
        IDbContextFactory<AppDbContext> contexts, ImportSettings settings, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (settings.DefaultType is not (null or "lead" or "customer" or "guest"))
        {
            errors.Add(ContactFieldNames.Type, ContactErrors.TypeInvalid);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (settings.DefaultStatusId is { } status && !await db.Statuses.AnyAsync(known => known.Id == status, cancellationToken))
        {
            errors.Add(ContactFieldNames.StatusId, ContactErrors.StatusUnknown);
        }

        if (settings.DefaultSourceId is { } source && !await db.Sources.AnyAsync(known => known.Id == source, cancellationToken))
        {
            errors.Add(ContactFieldNames.SourceId, ContactErrors.SourceUnknown);
        }
    }
}
