using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Localized column names and fixed values of an export.</summary>
/// <param name="Header">By field of <see cref="ContactExport.Columns"/>.</param>
/// <param name="Value">By field and value, for the type and for "opted out" (<c>true</c>, <c>false</c>).</param>
public sealed record ExportLabels(Func<string, string> Header, Func<string, string, string> Value);

/// <summary>Writes contacts as a table that can be imported back unchanged. The selection is resolved at the start.</summary>
public sealed class ContactExport(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, SecurityEvents security)
{
    public const string CreatedAt = "created_at";

    private const int AtATime = 500;

    /// <summary>All fields, then what the contact said of messages and how, and when it was created.</summary>
    public static readonly IReadOnlyList<string> Columns = [.. ContactFieldNames.All, ContactFieldNames.IsOptedOut,
        ContactFieldNames.ConsentMarketing, ContactFieldNames.ConsentSource, ContactFieldNames.ConsentProof, CreatedAt];

    /// <summary>Ids of the selected contacts, oldest first.</summary>
    public async Task<Result<IReadOnlyList<long>>> SelectAsync(ContactSelection selection, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.ContactsRead) ?? tenant.Require(Permissions.ContactsExport)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.Selected(selection, tenant.Tenant).Select(contact => contact.Id).ToListAsync(cancellationToken);
        ids.Sort();
        var details = new Dictionary<string, object?> { ["contacts"] = ids.Count };
        await security.RecordAsync(AuditAction.Exported, AuditEntry.ContactType, details: details);
        return ids;
    }

    /// <summary>Writes the table; contacts deleted meanwhile are skipped.</summary>
    public async Task WriteAsync(
        IReadOnlyList<long> ids, TableFormat format, ExportLabels words, Stream target, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await ExportNames.LoadAsync(db, cancellationToken);
        await using var table = TableWriter.Open(format, target);
        await table.WriteAsync(Columns.Select(words.Header));
        foreach (var some in ids.Chunk(AtATime))
        {
            var contacts = await db.Contacts.AsNoTracking().Where(contact => some.Contains(contact.Id)).OrderBy(contact => contact.Id)
                .Select(ContactProjections.Details).ToListAsync(cancellationToken);
            var said = await ListConsentAsync(db, some, cancellationToken);
            foreach (var contact in await contacts.WithRelationsAsync(db, ContactIncludes.None, cancellationToken))
            {
                var last = said.GetValueOrDefault(contact.Id);
                await table.WriteAsync(Columns.Select(column => column switch
                {
                    ContactFieldNames.ConsentSource => last?.Source,
                    ContactFieldNames.ConsentProof => last?.Proof,
                    _ => Read(contact, column, names, words),
                }));
            }

            await target.FlushAsync(cancellationToken);
        }
    }

    // About marketing: that is what an import of the file makes of it.
    private static async Task<Dictionary<long, ConsentRecord>> ListConsentAsync(
        AppDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var contacts = await db.Contacts.AsNoTracking().Where(contact => ids.Contains(contact.Id)).ToListAsync(cancellationToken);
        return (await db.FindRecordsAsync(contacts))
            .Select(own =>
                (own.Key, Last: own.Value.Where(record => record.Purpose == ConsentPurpose.Marketing).MaxBy(record => record.ChangedAt)))
            .Where(own => own.Last is not null)
            .ToDictionary(own => own.Key, own => own.Last!);
    }

    private static string? Read(ContactDetails contact, string column, ExportNames names, ExportLabels words) => column switch
    {
        ContactFieldNames.Type => words.Value(column, contact.Type.ToString().ToLowerInvariant()),
        ContactFieldNames.Phone => Phone(contact),
        ContactFieldNames.StatusId => names.Statuses.GetValueOrDefault(contact.StatusId),
        ContactFieldNames.SourceId => names.Sources.GetValueOrDefault(contact.SourceId),
        ContactFieldNames.CountryId => names.Countries.GetValueOrDefault(contact.CountryId ?? 0),
        ContactFieldNames.AssignedId => names.People.GetValueOrDefault(contact.AssignedId ?? 0),
        ContactFieldNames.Groups => NameList.Write(contact.GroupIds.Select(group => names.Groups.GetValueOrDefault(group)).OfType<string>()),
        // Of everything: that is what an import of the file makes of it.
        ContactFieldNames.IsOptedOut => words.Value(column, contact.Consent.Service == ServiceConsent.Denied ? "true" : "false"),
        ContactFieldNames.ConsentMarketing => contact.Consent.Marketing == MarketingConsent.Unknown
            ? "" : words.Value(ContactFieldNames.IsOptedOut, contact.Consent.Marketing == MarketingConsent.Granted ? "true" : "false"),
        CreatedAt => contact.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ when ContactFields.Find(column) is ContactTextField text => text.Read(contact),
        _ => throw new NotSupportedException($"Contacts have no column {column}."),
    };

    // Always with the country code, because the file may be imported where another country is the default.
    private static string Phone(ContactDetails contact) =>
        contact.Phone.Length == 0 || contact.Phone.StartsWith('+') ? contact.Phone : PhoneNumber.FormatKey(contact.PhoneKey);

    private sealed record ExportNames(
        Dictionary<long, string> Statuses, Dictionary<long, string> Sources, Dictionary<long, string> Groups,
        Dictionary<long, string> Countries, Dictionary<long, string> People)
    {
        public static async Task<ExportNames> LoadAsync(AppDbContext db, CancellationToken cancellationToken) => new(
            await db.Statuses.ToDictionaryAsync(status => status.Id, status => status.Name, cancellationToken),
            await db.Sources.ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken),
            await db.Groups.ToDictionaryAsync(group => group.Id, group => group.Name, cancellationToken),
            await db.Countries.ToDictionaryAsync(country => (long)country.Id, country => country.Name, cancellationToken),
            await db.Memberships.Select(member => new { member.UserId, member.User!.Email })
                .ToDictionaryAsync(member => member.UserId, member => member.Email!, cancellationToken));
    }
}
