using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Where a message belongs.</summary>
internal sealed record InboundPlace(long ConversationId, long ContactId, bool ContactCreated);

/// <summary>
/// Whose a message is: known by an id of WhatsApp's, by the number, or new. Two messages of a new person at once meet in the unique indexes:
/// the second is run again and finds what the first made.
/// </summary>
public sealed class InboundPeople(TimeProvider time)
{
    internal async Task<InboundPlace> PlaceAsync(AppDbContext db, Channel channel, Person person)
    {
        var identity = await FindIdentityAsync(db, channel.Id, person);
        var contact = identity is null ? null : await FindContactAsync(db, identity.ContactId);
        contact ??= await FindByPhoneAsync(db, person.WaId);
        var created = contact is null;
        contact ??= await CreateContactAsync(db, channel, person);
        await KeepIdentityAsync(db, channel.Id, identity, contact, person);
        return new InboundPlace(await ConversationAsync(db, channel, contact, person), contact.Id, created);
    }

    /// <summary>Null for somebody who is not here.</summary>
    public async Task<long?> FindContactIdAsync(AppDbContext db, long channelId, Person person)
    {
        var identity = await FindIdentityAsync(db, channelId, person);
        var contact = identity is null ? null : await FindContactAsync(db, identity.ContactId);
        return (contact ?? await FindByPhoneAsync(db, person.WaId))?.Id;
    }

    /// <summary>
    /// The person goes on under another number or id. Where somebody else has that already, both stay as they are: who they are is for people
    /// to decide.
    /// </summary>
    public async Task ChangeAsync(AppDbContext db, long channelId, Person person, PersonChange change)
    {
        var before = new Person(person.WaId, change.PreviousUserId ?? person.UserId, null);
        var (waId, userId) = (change.NewWaId, change.NewUserId);
        if (await FindIdentityAsync(db, channelId, before) is not { } identity
            || await db.ChannelIdentities.AnyAsync(other => other.ChannelId == channelId && other.Id != identity.Id
                && ((waId != null && other.WaId == waId) || (userId != null && other.UserId == userId))))
        {
            return;
        }

        var oldWaId = identity.WaId;
        identity.WaId = waId ?? identity.WaId;
        identity.UserId = userId ?? identity.UserId;
        await db.Conversations.Where(c => c.ContactId == identity.ContactId && c.ChannelId == channelId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.WaId, identity.WaId)
            .SetProperty(c => c.UserId, identity.UserId));
        if (waId is not null && oldWaId is not null && Read(oldWaId) is { } old && Read(waId) is { } number
            && await FindContactAsync(db, identity.ContactId) is { } contact && contact.PhoneKey == old.Key
            && !await db.Contacts.AnyAsync(other => other.PhoneKey == number.Key && other.Id != contact.Id))
        {
            contact.SetPhone(number);
        }

        await db.SaveChangesAsync();
    }

    // Somebody who hides the number may still be known by it from before, and the other way round. The id is the person; a number changes hands.
    private static async Task<ChannelIdentity?> FindIdentityAsync(AppDbContext db, long channelId, Person person)
    {
        var (waId, userId) = (person.WaId, person.UserId);
        var known = await db.ChannelIdentities
            .Where(identity => identity.ChannelId == channelId && ((waId != null && identity.WaId == waId) || (userId != null && identity.UserId == userId)))
            .ToListAsync();
        return known.Find(identity => identity.UserId is not null && identity.UserId == userId) ?? known.FirstOrDefault();
    }

    // A contact that was merged into another goes on as that one.
    private static async Task<Contact?> FindContactAsync(AppDbContext db, long contactId)
    {
        if (await db.Contacts.SingleOrDefaultAsync(contact => contact.Id == contactId) is { } contact)
        {
            return contact;
        }

        var survivor = await db.ContactMerges.Where(merge => merge.MergedId == contactId)
            .OrderByDescending(merge => merge.Id).Select(merge => (long?)merge.SurvivorId).FirstOrDefaultAsync();
        return survivor is { } id ? await db.Contacts.SingleOrDefaultAsync(other => other.Id == id) : null;
    }

    private static async Task<Contact?> FindByPhoneAsync(AppDbContext db, string? waId)
    {
        var key = waId is null ? null : Read(waId)?.Key;
        return key is null ? null : await db.Contacts.SingleOrDefaultAsync(contact => contact.PhoneKey == key);
    }

    private static async Task<Contact> CreateContactAsync(AppDbContext db, Channel channel, Person person)
    {
        // Past the plan's limit, too: who writes to the business is not sent away, and staff see that the limit is reached.
        await UsageGate.AddAsync(db, Metric.Contacts, 1);
        var number = person.WaId is null ? null : Read(person.WaId);
        var (first, last) = NameOf(person.Name, number);
        var contact = new Contact
        {
            FirstName = first,
            LastName = last,
            Type = ContactType.Lead,
            StatusId = channel.DefaultStatusId ?? await db.Statuses.OrderBy(status => status.Id).Select(status => status.Id).FirstAsync(),
            SourceId = channel.DefaultSourceId ?? await db.Sources.OrderBy(source => source.Id).Select(source => source.Id).FirstAsync(),
            AssignedId = channel.DefaultAssignedId,
        };
        if (number is not null)
        {
            contact.SetPhone(number);
            var country = PhoneNumber.CountryOf(number.Key);
            contact.CountryId = await db.Countries.Where(known => known.Code == country).Select(known => (int?)known.Id).FirstOrDefaultAsync();
        }

        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return contact;
    }

    private async Task KeepIdentityAsync(AppDbContext db, long channelId, ChannelIdentity? identity, Contact contact, Person person)
    {
        var now = time.UtcNowInSeconds();
        if (identity is null)
        {
            identity = new ChannelIdentity { ChannelId = channelId, WaId = person.WaId, UserId = person.UserId, CreatedAt = now };
            db.ChannelIdentities.Add(identity);
        }

        identity.ContactId = contact.Id;
        identity.ProfileName = person.Name ?? identity.ProfileName;
        identity.LastSeenAt = now;
        var (waId, userId, own) = (person.WaId, person.UserId, identity.Id);
        if (waId is not null && identity.WaId != waId && !await db.ChannelIdentities.AnyAsync(i => i.ChannelId == channelId && i.WaId == waId && i.Id != own))
        {
            identity.WaId = waId;
        }

        if (userId is not null && identity.UserId != userId && !await db.ChannelIdentities.AnyAsync(i => i.ChannelId == channelId && i.UserId == userId && i.Id != own))
        {
            identity.UserId = userId;
        }

        // A number that was hidden until now.
        if (!contact.HasPhone && waId is not null && Read(waId) is { } number && !await db.Contacts.AnyAsync(other => other.PhoneKey == number.Key))
        {
            contact.SetPhone(number);
        }

        await db.SaveChangesAsync();
    }

    private async Task<long> ConversationAsync(AppDbContext db, Channel channel, Contact contact, Person person)
    {
        var (channelId, contactId) = (channel.Id, contact.Id);
        if (await db.Conversations.Where(c => c.ContactId == contactId && c.ChannelId == channelId).Select(c => (long?)c.Id).SingleOrDefaultAsync() is { } known)
        {
            return known;
        }

        var conversation = new Conversation
        {
            ChannelId = channelId,
            ContactId = contactId,
            WaId = person.WaId,
            UserId = person.UserId,
            AssignedId = contact.AssignedId,
            LastMessageAt = time.UtcNowInSeconds(),
        };
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        return conversation.Id;
    }

    private static PhoneNumber? Read(string waId) => PhoneNumber.TryParse("+" + waId, "US", out var number) ? number : null;

    private static (string First, string Last) NameOf(string? profile, PhoneNumber? number)
    {
        var name = string.Join(' ', (profile ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0)
        {
            return (number is null ? "WhatsApp" : PhoneNumber.Display(number.Key), "");
        }

        var at = name.LastIndexOf(' ');
        return at < 0 ? (Shortened(name), "") : (Shortened(name[..at]), Shortened(name[(at + 1)..]));
    }

    private static string Shortened(string name) => name.Length <= Contact.NameMaxLength ? name : name[..Contact.NameMaxLength];
}
