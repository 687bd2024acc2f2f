using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Checks whether contacts in the trash can be restored.</summary>
internal static class RestorableContacts
{
    /// <summary>
    /// Contacts whose phone or e-mail is taken stay in the trash. References to deleted rows are dropped, or replaced by the workspace's
    /// first status or source.
    /// </summary>
    public static async Task<(List<Contact> Accepted, List<NotRestored> Refused)> SelectAsync(AppDbContext db, List<Contact> contacts)
    {
        var phoneKeys = contacts.ConvertAll(contact => contact.PhoneKey);
        var emailKeys = contacts.Select(contact => contact.EmailKey).OfType<string>().ToList();
        var phones = await db.Contacts.Where(c => phoneKeys.Contains(c.PhoneKey)).Select(c => c.PhoneKey).ToHashSetAsync();
        var emails = await db.Contacts.Where(c => emailKeys.Contains(c.EmailKey!)).Select(c => c.EmailKey!).ToHashSetAsync();
        var statuses = await db.Statuses.OrderBy(status => status.Position)
            .ThenBy(status => status.Id)
            .Select(status => status.Id)
            .ToListAsync();
        var sources = await db.Sources.OrderBy(source => source.Id).Select(source => source.Id).ToListAsync();
        var groups = await db.Groups.Select(group => group.Id).ToHashSetAsync();
        var people = await db.Memberships.Select(membership => membership.UserId).ToHashSetAsync();
        var accepted = new List<Contact>(contacts.Count);
        var refused = new List<NotRestored>();
        foreach (var contact in contacts)
        {
            // Marks phone and e-mail as taken: two contacts in the trash may share a phone.
            RestoreProblem? problem =
                statuses.Count == 0 || sources.Count == 0 ? RestoreProblem.NothingToStandIn
                : phones.Contains(contact.PhoneKey) ? RestoreProblem.PhoneTaken
                : contact.EmailKey is { } email && !emails.Add(email) ? RestoreProblem.EmailTaken
                : null;
            if (problem is { } found)
            {
                refused.Add(new NotRestored(contact.Id, $"{contact.FirstName} {contact.LastName}", found));
                continue;
            }

            phones.Add(contact.PhoneKey);
            contact.StatusId = statuses.Contains(contact.StatusId) ? contact.StatusId : statuses[0];
            contact.SourceId = sources.Contains(contact.SourceId) ? contact.SourceId : sources[0];
            contact.AssignedId = contact.AssignedId is { } person && people.Contains(person) ? person : null;
            contact.Groups.RemoveAll(member => !groups.Contains(member.GroupId));
            accepted.Add(contact);
        }

        return (accepted, refused);
    }
}
