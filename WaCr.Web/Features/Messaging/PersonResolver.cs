using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging;

/// <summary>What is known of a person on a channel.</summary>
/// <param name="Identity">The row with one of the person's ids; it may still point to another contact.</param>
/// <param name="ContactId">Null for an unknown person.</param>
public sealed record FoundPerson(ChannelIdentity? Identity, long? ContactId);

/// <summary>
/// Finds the contact for a number or WhatsApp id, for inbound messages, sends, comments and imports. In order: the contact with the id,
/// since numbers change hands; the contact with the number now; the contact that last wrote from it; the contact it was merged into.
/// </summary>
public static class PersonResolver
{
    // Follows chains of merges; cycles are impossible.
    private const int MaxMerges = 100;

    private static readonly Expression<Func<Contact, Addressee>> AsAddressee = c =>
        new Addressee(c.Id, c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf, c.AssignedId);

    private static readonly CompiledQuery<long, Addressee> ById = new((db, id) => db.Contacts.Where(c => c.Id == id).Select(AsAddressee));

    private static readonly CompiledQuery<string, Addressee> ByNumber = new((db, key) =>
        db.Contacts.Where(c => c.PhoneKey == key).Select(AsAddressee));

    public static Task<Addressee?> FindAddresseeAsync(AppDbContext db, long contactId) =>
        ById.SingleOrDefaultAsync(db, contactId, CancellationToken.None);

    /// <summary>Finds whom to write to by number on any channel, including merged-away numbers.</summary>
    public static async Task<Addressee?> FindAddresseeAsync(AppDbContext db, PhoneNumber phone) =>
        await ByNumber.SingleOrDefaultAsync(db, phone.Key, CancellationToken.None)
            ?? (await FindByPhoneAsync(db, phone) is { } id ? await FindAddresseeAsync(db, id) : null);

    public static async Task<FoundPerson> FindAsync(AppDbContext db, long channelId, Person person)
    {
        var (waId, userId, parentId) = (person.WaId, person.UserId, person.ParentUserId);
        var known = await db.ChannelIdentities
            .Where(identity => identity.ChannelId == channelId
                && ((waId != null && identity.WaId == waId) || (userId != null && identity.UserId == userId)
                    || (parentId != null && identity.ParentUserId == parentId)))
            .ToListAsync();
        var byUser = known.Find(identity => identity.UserId is not null && identity.UserId == userId)
            ?? known.Find(identity => identity.ParentUserId is not null && identity.ParentUserId == parentId);
        var identity = byUser ?? known.FirstOrDefault();
        var key = PhoneNumber.FromWaId(waId)?.Key;
        return new FoundPerson(
            identity,
            (byUser is null ? null : await OwnerOfAsync(db, byUser))
                ?? (key is null ? null : (await ByNumber.SingleOrDefaultAsync(db, key, CancellationToken.None))?.ContactId)
                ?? await OwnerOfFirstAsync(db, known.Where(row => row != byUser))
                ?? (await FindMergedAsync(db, key is null ? [] : [key])).Values.Select(id => (long?)id).FirstOrDefault());
    }

    /// <summary>Finds a contact by number on any channel, including merged-away numbers.</summary>
    public static async Task<long?> FindByPhoneAsync(AppDbContext db, PhoneNumber phone) =>
        (await FindByPhonesAsync(db, [phone.Key])).TryGetValue(phone.Key, out var id) ? id : null;

    /// <summary>Finds contacts for many numbers, by phone key.</summary>
    public static async Task<Dictionary<string, long>> FindByPhonesAsync(AppDbContext db, IReadOnlyCollection<string> phoneKeys)
    {
        var found = await WithNumber(db, phoneKeys)
            .Select(contact => new { contact.PhoneKey, contact.Id })
            .ToDictionaryAsync(contact => contact.PhoneKey, contact => contact.Id, StringComparer.Ordinal);
        var missing = phoneKeys.Where(key => !found.ContainsKey(key)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return found;
        }

        // Names the channels, because the index starts with them and imports ask for thousands of numbers.
        var channels = await db.Channels.Select(channel => channel.Id).ToListAsync();
        var waIds = missing.SelectMany(PhoneNumber.WaIdsOf).ToList();
        foreach (var identity in await db.ChannelIdentities.AsNoTracking()
            .Where(identity => channels.Contains(identity.ChannelId) && waIds.Contains(identity.WaId!)).ToListAsync())
        {
            if (identity.PhoneKey is { } key && await OwnerOfAsync(db, identity) is { } owner)
            {
                found.TryAdd(key, owner);
            }
        }

        foreach (var (key, id) in await FindMergedAsync(db, [.. missing.Where(key => !found.ContainsKey(key))]))
        {
            found.Add(key, id);
        }

        return found;
    }

    /// <summary>The contacts that have one of the numbers now.</summary>
    internal static IQueryable<Contact> WithNumber(AppDbContext db, IReadOnlyCollection<string> phoneKeys) =>
        db.Contacts.Where(contact => phoneKeys.Contains(contact.PhoneKey));

    /// <summary>The other contact that has the number now; empty if it is free.</summary>
    internal static IQueryable<Contact> OthersWithNumber(AppDbContext db, string phoneKey, long contactId) =>
        db.Contacts.Where(contact => contact.PhoneKey == phoneKey && contact.Id != contactId);

    /// <summary>The contact, or the one it was merged into; null if neither exists.</summary>
    public static async Task<long?> FollowAsync(AppDbContext db, long contactId)
    {
        var id = contactId;
        for (var steps = 0; steps < MaxMerges; steps++)
        {
            if (await db.Contacts.AnyAsync(contact => contact.Id == id))
            {
                return id;
            }

            if (await db.ContactMerges.Where(merge => merge.MergedId == id)
                .OrderByDescending(merge => merge.Id).Select(merge => (long?)merge.SurvivorId).FirstOrDefaultAsync() is not { } survivor)
            {
                return null;
            }

            id = survivor;
        }

        return null;
    }

    /// <summary>Null if the contact has another number now: then the identity is another person.</summary>
    internal static async Task<long?> OwnerOfAsync(AppDbContext db, ChannelIdentity identity)
    {
        var key = await db.Contacts.Where(contact => contact.Id == identity.ContactId)
            .Select(contact => contact.PhoneKey)
            .SingleOrDefaultAsync();
        return key is null ? await FollowAsync(db, identity.ContactId) : identity.StandsFor(key) ? identity.ContactId : null;
    }

    private static async Task<long?> OwnerOfFirstAsync(AppDbContext db, IEnumerable<ChannelIdentity> identities)
    {
        foreach (var identity in identities)
        {
            if (await OwnerOfAsync(db, identity) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    // A merged contact is in the trash with its number.
    private static async Task<Dictionary<string, long>> FindMergedAsync(AppDbContext db, List<string> keys)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        if (keys.Count == 0)
        {
            return found;
        }

        var merged = await db.DeletedContacts.Where(contact => keys.Contains(contact.PhoneKey))
            .Join(
                db.ContactMerges,
                contact => contact.Id,
                merge => merge.MergedId,
                (contact, merge) => new { contact.PhoneKey, merge.Id, merge.MergedId })
            .OrderByDescending(merge => merge.Id).ToListAsync();
        foreach (var merge in merged)
        {
            if (!found.ContainsKey(merge.PhoneKey) && await FollowAsync(db, merge.MergedId) is { } survivor)
            {
                found.Add(merge.PhoneKey, survivor);
            }
        }

        return found;
    }
}
