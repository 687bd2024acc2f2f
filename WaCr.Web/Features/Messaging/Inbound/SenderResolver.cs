using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Conversation and contact of an inbound message.</summary>
/// <param name="Conversation">As it was before the message.</param>
/// <param name="Writer">The sender with all known ids.</param>
/// <param name="IsJoined">Whether the message caused a merge of two contacts.</param>
internal sealed record InboundPlace(Conversation Conversation, Contact Contact, Person Writer, bool IsJoined)
{
    public long ConversationId => Conversation.Id;

    public long ContactId => Contact.Id;
}

/// <summary>
/// Finds or creates the contact of an inbound message by WhatsApp id or number. If two messages of a new contact arrive at once, the second
/// waits at the tenant's counter and then finds the contact.
/// </summary>
public sealed class SenderResolver(TwinMerger twins, TimeProvider time)
{
    /// <param name="isFromAd">The message came from an ad or a post: the source of a new contact.</param>
    /// <param name="changesContact">The caller changes the contact: locks it before any other row.</param>
    internal async Task<InboundPlace> PlaceAsync(
        AppDbContext db, Channel channel, Person person, bool isFromAd = false, bool changesContact = false)
    {
        var found = await db.FindOrLockAsync(
            () => PersonResolver.FindAsync(db, channel.Id, person),
            known => known.Identity is not null && !changesContact,
            known => known.ContactId is { } owner
                ? TwinMerger.LockAsync(db, channel.Id, owner, person)
                : UsageGate.LockAsync(db, Metric.Contacts));

        var contact = found.ContactId is { } id ? await db.Contacts.SingleOrDefaultAsync(contact => contact.Id == id) : null;
        contact ??= await CreateContactAsync(db, channel, person, isFromAd);
        var twin = await twins.JoinAsync(db, channel.Id, contact, person);
        if (twin is { } survivorId)
        {
            contact = await db.Contacts.SingleAsync(known => known.Id == survivorId);
        }

        await KeepUsernameAsync(db, contact, person.Username);
        var identity = await KeepIdentityAsync(db, channel.Id, found.Identity, contact, person);
        var writer = new Person(person.WaId ?? identity.WaId, person.UserId ?? identity.UserId, person.Name);
        return new InboundPlace(await ConversationAsync(db, channel, contact, writer), contact, writer, twin is not null);
    }

    /// <summary>
    /// Takes over a name from the address book of the business's own phone: of a new contact, or of one that has only a number for a name.
    /// </summary>
    internal async Task NameAsync(AppDbContext db, Channel channel, Person person)
    {
        var found = await PersonResolver.FindAsync(db, channel.Id, person);
        var contact = found.ContactId is { } id ? await db.Contacts.SingleOrDefaultAsync(known => known.Id == id) : null;
        if (contact is null)
        {
            contact = await CreateContactAsync(db, channel, person);
            await KeepIdentityAsync(db, channel.Id, found.Identity, contact, person);
        }
        else if (person.Name is not null && (contact.FirstName, contact.LastName) == NameOf(null, PhoneNumber.FromWaId(person.WaId)))
        {
            (contact.FirstName, contact.LastName) = NameOf(person.Name, null);
            await db.SaveChangesAsync();
        }

        await KeepUsernameAsync(db, contact, person.Username);
    }

    /// <summary>Keeps the username that a status tells of its recipient; call it before the message is written.</summary>
    internal static async Task KeepUsernameAsync(AppDbContext db, long contactId, string username)
    {
        if (await db.Contacts.SingleOrDefaultAsync(known => known.Id == contactId && known.Username != username) is { } contact)
        {
            await KeepUsernameAsync(db, contact, username);
        }
    }

    private static async Task KeepUsernameAsync(AppDbContext db, Contact contact, string? username)
    {
        if (username is not null && contact.Username != username)
        {
            contact.Username = username;
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Null for an unknown person.</summary>
    public async Task<long?> FindContactIdAsync(AppDbContext db, long channelId, Person person) =>
        (await PersonResolver.FindAsync(db, channelId, person)).ContactId;

    /// <summary>
    /// Applies a person's new number or id. If another contact already has it, both stay as they are, for users to decide.
    /// </summary>
    public async Task ChangeAsync(AppDbContext db, long channelId, Person person, PersonChange change)
    {
        var before = new Person(person.WaId, change.PreviousUserId ?? person.UserId, null) { ParentUserId = person.ParentUserId };
        var (waId, userId) = (change.NewWaId, change.NewUserId);
        if ((await PersonResolver.FindAsync(db, channelId, before)).Identity is not { } identity
            || await db.Contacts.SingleOrDefaultAsync(known => known.Id == identity.ContactId) is not { } contact
            || await db.ChannelIdentities.AnyAsync(other => other.ChannelId == channelId && other.Id != identity.Id
                && ((waId != null && other.WaId == waId) || (userId != null && other.UserId == userId))))
        {
            return;
        }

        var (stood, old, number) = (identity.StandsFor(contact.PhoneKey), identity.PhoneKey, PhoneNumber.FromWaId(waId));
        if (!stood && number?.Key != contact.PhoneKey)
        {
            return; // the contact already got another number: this is another person
        }

        identity.WaId = waId ?? identity.WaId;
        identity.UserId = userId ?? identity.UserId;
        identity.ParentUserId = change.NewParentUserId ?? identity.ParentUserId;
        if (number is not null && old is not null && contact.PhoneKey == old
            && !await PersonResolver.OthersWithNumber(db, number.Key, contact.Id).AnyAsync())
        {
            contact.SetPhone(number);
        }

        var key = identity.ContactPhoneKey = contact.PhoneKey;
        await db.SaveChangesAsync();
        await db.Conversations.Where(c => c.ContactId == contact.Id && c.ChannelId == channelId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.WaId, identity.WaId)
            .SetProperty(c => c.UserId, identity.UserId)
            .SetProperty(c => c.ContactPhoneKey, key));
    }

    private static async Task<Contact> CreateContactAsync(AppDbContext db, Channel channel, Person person, bool isFromAd = false)
    {
        // Not limited by the plan: an inbound contact is always created, and users see that the limit is reached.
        await UsageGate.AddAsync(db, Metric.Contacts, 1);
        var number = PhoneNumber.FromWaId(person.WaId);
        var (first, last) = NameOf(person.Name, number);
        var contact = new Contact
        {
            FirstName = first,
            LastName = last,
            Username = person.Username,
            Type = ContactType.Lead,
            StatusId = channel.DefaultStatusId ?? await db.Statuses.OrderBy(status => status.Id).Select(status => status.Id).FirstAsync(),
            SourceId = await SourceAsync(db, channel, isFromAd),
            AssignedId = channel.DefaultAssignedId,
            Consent = await db.FindConsentAsync(OptOuts.SubjectsOf(person)) ?? default,
        };
        if (number is not null)
        {
            contact.SetPhone(number);
            var country = PhoneNumber.CountryOf(number.Key);
            contact.CountryId = await db.Countries.Where(known => known.Code == country).Select(known => (int?)known.Id)
                .FirstOrDefaultAsync();
        }

        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return contact;
    }

    private static async Task<long> SourceAsync(AppDbContext db, Channel channel, bool isFromAd)
    {
        if (isFromAd && channel.AdSourceId is { } ad && await db.Sources.AnyAsync(source => source.Id == ad))
        {
            return ad;
        }

        return channel.DefaultSourceId ?? await db.Sources.OrderBy(source => source.Id).Select(source => source.Id).FirstAsync();
    }

    private async Task<ChannelIdentity> KeepIdentityAsync(
        AppDbContext db, long channelId, ChannelIdentity? identity, Contact contact, Person person)
    {
        var now = time.UtcNowInSeconds();
        if (identity is null)
        {
            identity = new ChannelIdentity { ChannelId = channelId, WaId = person.WaId, UserId = person.UserId, CreatedAt = now };
            db.ChannelIdentities.Add(identity);
        }

        identity.ContactId = contact.Id;
        identity.ProfileName = person.Name ?? identity.ProfileName;
        identity.ParentUserId = person.ParentUserId ?? identity.ParentUserId;
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

        // Fills in a number that was hidden until now.
        if (!contact.HasPhone && PhoneNumber.FromWaId(waId) is { } number && !await PersonResolver.OthersWithNumber(db, number.Key, contact.Id).AnyAsync())
        {
            contact.SetPhone(number);
        }

        identity.ContactPhoneKey = contact.PhoneKey;
        await db.SaveChangesAsync();
        return identity;
    }

    private async Task<Conversation> ConversationAsync(AppDbContext db, Channel channel, Contact contact, Person person)
    {
        var (channelId, contactId) = (channel.Id, contact.Id);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.ContactId == contactId && c.ChannelId == channelId) is { } known)
        {
            return known;
        }

        var conversation = Conversation.Open(channelId, contactId, contact.AssignedId, time.UtcNowInSeconds());
        (conversation.WaId, conversation.UserId, conversation.ContactPhoneKey) = (person.WaId, person.UserId, contact.PhoneKey);
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        return conversation;
    }

    private static (string First, string Last) NameOf(string? profile, PhoneNumber? number)
    {
        var name = string.Join(' ', (profile ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0)
        {
            return (number is null ? "WhatsApp" : PhoneNumber.FormatKey(number.Key), "");
        }

        var index = name.LastIndexOf(' ');
        return index < 0
            ? (name.Cut(Contact.NameMaxLength), "")
            : (name[..index].Cut(Contact.NameMaxLength), name[(index + 1)..].Cut(Contact.NameMaxLength));
    }
}
