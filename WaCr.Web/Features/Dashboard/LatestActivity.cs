using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Dashboard;

/// <summary>Contacts changed last, and by whom. Starts from contacts, which have an index by time; the audit trail has none.</summary>
public sealed class LatestActivity(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int Shown = 8;

    // A bulk change is one line: so many are looked at.
    private const int Looked = 12 * Shown;
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    public async Task<Result<IReadOnlyList<ActivityItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var contacts = await db.Contacts.AsNoTracking().OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id).Take(Looked + 1)
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
        return Joined(contacts.ConvertAll(c => entries.GetValueOrDefault(c.LastId ?? 0) is { } last
            ? new ActivityItem(
                c.Id, c.Name, last.At, last.Action, last.ActorKind == ActorKind.System ? "" : last.ActorName, last.ChangeOrigin)
            : new ActivityItem(c.Id, c.Name, c.UpdatedAt, AuditAction.Created, "", ChangeOrigin.System)));
    }

    private static List<ActivityItem> Joined(List<ActivityItem> items)
    {
        var joined = new List<ActivityItem>();
        foreach (var (index, item) in items.Index())
        {
            if (joined.Count > 0 && joined[^1] is var last
                && (last.Action, last.ActorName, last.ChangeOrigin) == (item.Action, item.ActorName, item.ChangeOrigin)
                && last.At - item.At < Together)
            {
                joined[^1] = index == Looked ? last with { HasMoreOthers = true } : last with { Others = last.Others + 1 };
            }
            else if (joined.Count == Shown || index == Looked)
            {
                break;
            }
            else
            {
                joined.Add(item);
            }
        }

        return joined;
    }
}
