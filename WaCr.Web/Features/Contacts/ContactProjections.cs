using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Loads <see cref="ContactDetails"/>: the contacts in one query, then one query per kind of related data.</summary>
internal static class ContactProjections
{
    public static readonly Expression<Func<Contact, ContactDetails>> Details = c => new ContactDetails
    {
        Id = c.Id,
        FirstName = c.FirstName,
        LastName = c.LastName,
        Company = c.Company,
        Type = c.Type,
        Email = c.Email,
        Phone = c.Phone,
        PhoneKey = c.PhoneKey,
        Username = c.Username,
        StatusId = c.StatusId,
        SourceId = c.SourceId,
        Description = c.Description,
        City = c.City,
        State = c.State,
        Zip = c.Zip,
        Address = c.Address,
        CountryId = c.CountryId,
        AssignedId = c.AssignedId,
        Language = c.Language,
        IsOptedOut = c.IsOptedOut,
        OptedOutOf = c.OptedOutOf,
        AgreesToMarketing = c.AgreesToMarketing,
        ConsentChangedAt = c.ConsentChangedAt,
        CreatedAt = c.CreatedAt,
        UpdatedAt = c.UpdatedAt,
        Version = c.Version,
    };

    private static readonly CompiledQuery<long, ContactDetails> ById =
        new((db, id) => db.Contacts.AsNoTracking().Where(c => c.Id == id).Select(Details));

    private static readonly CompiledQuery<List<long>, ContactDetails> ByIds =
        new((db, ids) => db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(Details));

    private static readonly CompiledQuery<List<long>, Membership> GroupsOf =
        new((db, ids) => db.GroupMembers.Where(member => ids.Contains(member.ContactId)).Select(member => new Membership(member.ContactId, member.GroupId)));

    private static readonly CompiledQuery<List<long>, GroupItem> GroupsById =
        new((db, ids) => db.Groups.Where(group => ids.Contains(group.Id)).Select(group => new GroupItem(group.Id, group.Name, group.CreatedAt, group.UpdatedAt)));

    private static readonly CompiledQuery<List<long>, LookupItem> SourcesById =
        new((db, ids) => db.Sources.Where(source => ids.Contains(source.Id)).Select(source => new LookupItem(source.Id, source.Name, source.CreatedAt, source.UpdatedAt)));

    private static readonly CompiledQuery<List<long>, StatusItem> StatusesById = new((db, ids) =>
        db.Statuses.Where(status => ids.Contains(status.Id))
            .Select(status => new StatusItem(status.Id, status.Name, status.Color, status.CreatedAt, status.UpdatedAt)));

    private static readonly CompiledQuery<List<long>, Written> WrittenTo = new((db, ids) =>
        db.Conversations.Where(c => ids.Contains(c.ContactId) && c.LastMessageAt > Conversation.BroadcastsOnly)
            .Select(c => new Written(c.ContactId, c.LastMessageAt)));

    private static readonly Func<Contact, ContactDetails> InMemory = Details.Compile();

    public static ContactDetails ToDetails(this Contact contact) => InMemory(contact);

    public static async Task<ContactDetails?> LoadContactAsync(
        this AppDbContext db, long id, ContactIncludes includes, CancellationToken cancellationToken)
    {
        var contact = await ById.SingleOrDefaultAsync(db, id, cancellationToken);
        return contact is null ? null : (await new List<ContactDetails> { contact }.WithRelationsAsync(db, includes, cancellationToken))[0];
    }

    /// <summary>Contacts in the order of the ids; deleted ones are skipped.</summary>
    public static async Task<List<ContactDetails>> LoadContactsAsync(
        this AppDbContext db, List<long> ids, CancellationToken cancellationToken)
    {
        var contacts = (await ByIds.ToListAsync(db, ids, cancellationToken)).ToDictionary(contact => contact.Id);
        return [.. ids.Where(contacts.ContainsKey).Select(id => contacts[id])];
    }

    public static async Task<List<ContactDetails>> WithRelationsAsync(
        this List<ContactDetails> contacts, AppDbContext db, ContactIncludes includes, CancellationToken cancellationToken)
    {
        if (contacts.Count == 0)
        {
            return contacts;
        }

        var memberships = await GroupsOf.ToListAsync(db, [.. contacts.Select(contact => contact.Id)], cancellationToken);
        var groupIds = memberships.ToLookup(membership => membership.ContactId, membership => membership.GroupId);
        var groups = includes.HasFlag(ContactIncludes.Groups) ? await GroupsAsync(db, memberships, cancellationToken) : null;
        var sources = includes.HasFlag(ContactIncludes.Source) ? await SourcesAsync(db, contacts, cancellationToken) : null;
        var statuses = includes.HasFlag(ContactIncludes.Status) ? await StatusesAsync(db, contacts, cancellationToken) : null;
        var written = includes.HasFlag(ContactIncludes.LastMessage) ? await WrittenAsync(db, contacts, cancellationToken) : null;
        for (var index = 0; index < contacts.Count; index++)
        {
            var contact = contacts[index];
            long[] ids = [.. groupIds[contact.Id].Order()];
            contacts[index] = contact with
            {
                GroupIds = ids,
                Groups = groups is null ? null : [.. ids.Where(groups.ContainsKey).Select(id => groups[id])],
                Source = sources?.GetValueOrDefault(contact.SourceId),
                Status = statuses?.GetValueOrDefault(contact.StatusId),
                LastMessageAt = written?.GetValueOrDefault(contact.Id),
            };
        }

        return contacts;
    }

    private static async Task<Dictionary<long, GroupItem>> GroupsAsync(
        AppDbContext db, List<Membership> memberships, CancellationToken cancellationToken)
    {
        var ids = memberships.Select(membership => membership.GroupId).Distinct().ToList();
        return ids.Count == 0 ? [] : (await GroupsById.ToListAsync(db, ids, cancellationToken)).ToDictionary(group => group.Id);
    }

    private static async Task<Dictionary<long, LookupItem>> SourcesAsync(
        AppDbContext db, List<ContactDetails> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(contact => contact.SourceId).Distinct().ToList();
        return (await SourcesById.ToListAsync(db, ids, cancellationToken)).ToDictionary(source => source.Id);
    }

    private static async Task<Dictionary<long, StatusItem>> StatusesAsync(
        AppDbContext db, List<ContactDetails> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(contact => contact.StatusId).Distinct().ToList();
        return (await StatusesById.ToListAsync(db, ids, cancellationToken)).ToDictionary(status => status.Id);
    }

    private static async Task<Dictionary<long, DateTimeOffset?>> WrittenAsync(
        AppDbContext db, List<ContactDetails> contacts, CancellationToken cancellationToken) =>
        (await WrittenTo.ToListAsync(db, [.. contacts.Select(contact => contact.Id)], cancellationToken))
            .GroupBy(written => written.ContactId)
            .ToDictionary(written => written.Key, written => (DateTimeOffset?)written.Max(one => one.At));

    private sealed record Membership(long ContactId, long GroupId);

    private sealed record Written(long ContactId, DateTimeOffset At);
}
