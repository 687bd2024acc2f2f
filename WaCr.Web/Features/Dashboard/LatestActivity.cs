using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Dashboard;

/// <summary>Contacts changed last, and by whom. Starts from contacts, which have an index by time; the audit trail has none.</summary>
public sealed class LatestActivity(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int Shown = 8;

    public async Task<Result<IReadOnlyList<ActivityItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var contacts = await db.Contacts.AsNoTracking().OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id).Take(Shown)
            .Select(c => new
            {
                c.Id,
                Name = c.FirstName + " " + c.LastName,
                c.UpdatedAt,
                LastId = db.AuditEntries.Where(entry => entry.EntityType == AuditEntry.ContactType && entry.EntityId == c.Id)
                    .Max(entry => (long?)entry.Id),
            })
            .ToListAsync(cancellationToken);

        // A separate query by ids: in a single statement, EF would number all audit entries of the tenant.
        var lastIds = contacts.Select(c => c.LastId).OfType<long>().ToList();
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => lastIds.Contains(entry.Id))
            .ToDictionaryAsync(entry => entry.Id, cancellationToken);
        return contacts.ConvertAll(c => entries.GetValueOrDefault(c.LastId ?? 0) is { } last
            ? new ActivityItem(
                c.Id, c.Name, last.At, last.Action, last.ActorKind == ActorKind.System ? "" : last.ActorName, last.ChangeOrigin)
            : new ActivityItem(c.Id, c.Name, c.UpdatedAt, AuditAction.Created, "", ChangeOrigin.System));
    }
}
