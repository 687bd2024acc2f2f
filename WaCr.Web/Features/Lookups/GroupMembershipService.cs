using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Features.Lookups;

/// <summary>
/// Adds and removes many contacts of a group. Memberships are part of the contact, so each change counts as a change of it.
/// </summary>
public sealed class GroupMembershipService(IDatabaseWriter writer, TenantContext tenant, OnceWriter once)
{
    public static readonly FieldError ContactUnknown = new("group.contact_unknown", "One or more contact IDs do not exist");

    /// <summary>
    /// Returns how many were added; existing members are skipped. An unknown id rolls everything back (error key <c>contact_ids.N</c>).
    /// </summary>
    public async Task<Result<int>> AddAsync(long groupId, IReadOnlyList<long> contactIds, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.GroupsWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (once.Recall<StoredCount>() is { } kept)
        {
            return kept.Count;
        }

        return await once.WriteAsync<int, StoredCount>(
            async db =>
            {
                if (!await db.Groups.AnyAsync(group => group.Id == groupId))
                {
                    return LookupKind.Of<Group>().NotFound;
                }

                await db.LockContactsAsync(contactIds);
                var contacts = await db.Contacts.Include(c => c.Groups).Where(c => contactIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
                var errors = new FieldErrors();
                for (var index = 0; index < contactIds.Count; index++)
                {
                    if (!contacts.ContainsKey(contactIds[index]))
                    {
                        errors.Add($"contact_ids.{index}", ContactUnknown);
                    }
                }

                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                var missing = contacts.Values.Where(contact => !contact.Groups.Exists(member => member.GroupId == groupId)).ToList();
                foreach (var contact in missing)
                {
                    contact.Groups.Add(new GroupMember { GroupId = groupId });
                    Touch(db, contact);
                }

                await db.SaveChangesAsync();
                return missing.Count;
            },
            count => new StoredCount(count),
            cancellationToken);
    }

    /// <summary>Returns how many were removed; unknown ids and non-members are skipped.</summary>
    public async Task<Result<int>> RemoveAsync(long groupId, IReadOnlyList<long> contactIds, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.GroupsWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<int>(
            async db =>
            {
                if (!await db.Groups.AnyAsync(group => group.Id == groupId))
                {
                    return LookupKind.Of<Group>().NotFound;
                }

                await db.LockContactsAsync(contactIds);
                var contacts = await db.Contacts.Include(c => c.Groups)
                    .Where(c => contactIds.Contains(c.Id) && c.Groups.Any(member => member.GroupId == groupId))
                    .ToListAsync();
                foreach (var contact in contacts)
                {
                    contact.Groups.RemoveAll(member => member.GroupId == groupId);
                    Touch(db, contact);
                }

                await db.SaveChangesAsync();
                return contacts.Count;
            },
            cancellationToken);
    }

    /// <summary>
    /// Empties a group before its deletion, in a few statements at any size. Whoever got in before the lock is taken out, too.
    /// </summary>
    internal static async Task ClearAsync(AppDbContext db, long groupId)
    {
        var members = db.GroupMembers.Where(member => member.GroupId == groupId);
        await db.LockContactsAsync(await members.Select(member => member.ContactId).ToListAsync());
        await db.LockGroupsAsync([groupId]);
        await db.Contacts.Where(c => members.Select(member => member.ContactId).Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1));
        await members.ExecuteDeleteAsync();
    }

    private static void Touch(AppDbContext db, Contact contact) => db.Entry(contact).Property(c => c.UpdatedAt).IsModified = true;

    private sealed record StoredCount(int Count);
}
