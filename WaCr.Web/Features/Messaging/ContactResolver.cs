using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Finds the contact for a message or creates one, inside the caller's write. If two writes would create the same contact, the second waits
/// at the tenant's counter and then finds it.
/// </summary>
public sealed class ContactResolver(UsageGate usage, TimeProvider time)
{
    /// <summary>Finds or creates a contact by number. A channel without default status and source creates none.</summary>
    internal async Task<Result<Addressee>> FindOrCreateAsync(AppDbContext db, OpenChannel channel, PhoneNumber phone, NewContact? wanted)
    {
        var known = await db.FindOrLockAsync(
            () => PersonResolver.FindAddresseeAsync(db, phone), found => found is not null, _ => UsageGate.LockAsync(db, Metric.Contacts));
        if (known is not null)
        {
            return known;
        }

        if (channel is not { DefaultStatusId: { } statusId, DefaultSourceId: { } sourceId })
        {
            return new ValidationError(MessageFields.Phone, MessageErrors.NoDefaults);
        }

        var errors = await CheckAsync(db, wanted);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var contact = new Contact
        {
            FirstName = wanted?.FirstName ?? PhoneNumber.FormatKey(phone.Key),
            LastName = wanted?.LastName ?? "",
            Email = wanted?.Email,
            CountryId = wanted?.CountryId ?? await CountryOfAsync(db, phone.Key),
            AssignedId = wanted?.AssignedId ?? channel.DefaultAssignedId,
            StatusId = statusId,
            SourceId = sourceId,
        };
        contact.SetPhone(phone);
        contact.Groups.AddRange((wanted?.Groups ?? []).Select(groupId => new GroupMember { GroupId = groupId }));
        return await AddAsync(db, contact);
    }

    /// <summary>Stores the contact's ids on a channel. An id of another contact stays with that contact.</summary>
    internal async Task RememberAsync(AppDbContext db, long channelId, long contactId, string? waId, string? userId)
    {
        if (await PersonResolver.FindAddresseeAsync(db, contactId) is not { } contact)
        {
            return; // deleted since the message was sent
        }

        var identity = await db.ChannelIdentities
            .Where(i => i.ChannelId == channelId && ((userId != null && i.UserId == userId) || (waId != null && i.WaId == waId)))
            .OrderByDescending(i => i.LastSeenAt)
            .FirstOrDefaultAsync();
        if (identity is null)
        {
            identity = new ChannelIdentity { ChannelId = channelId };
            db.ChannelIdentities.Add(identity);
        }

        else if (identity.ContactId != contactId && await PersonResolver.OwnerOfAsync(db, identity) is not null)
        {
            return;
        }

        identity.ContactId = contactId;
        identity.ContactPhoneKey = contact.PhoneKey;
        identity.WaId = await IsFreeAsync(i => i.WaId == waId) ? waId ?? identity.WaId : identity.WaId;
        identity.UserId = await IsFreeAsync(i => i.UserId == userId) ? userId ?? identity.UserId : identity.UserId;
        identity.LastSeenAt = time.GetUtcNow();
        await db.SaveChangesAsync();

        // The two ids may be on separate rows already; both rows then point to the contact and keep their own id.
        async Task<bool> IsFreeAsync(Expression<Func<ChannelIdentity, bool>> sameId) =>
            !await db.ChannelIdentities.Where(i => i.ChannelId == channelId && i.Id != identity.Id).AnyAsync(sameId);
    }

    private async Task<Result<Addressee>> AddAsync(AppDbContext db, Contact contact)
    {
        if (await usage.TakeAsync(db, Metric.Contacts, 1) is { } limit)
        {
            return limit;
        }

        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return new Addressee(
            contact.Id, contact.FirstName, contact.LastName, contact.Email, contact.Phone, contact.PhoneKey, contact.IsOptedOut,
                contact.OptedOutOf,
            contact.AssignedId)
        { IsNew = true };
    }

    private static async Task<FieldErrors> CheckAsync(AppDbContext db, NewContact? wanted)
    {
        var errors = new FieldErrors();
        if (wanted?.Email is { } email)
        {
            var key = TextKey.IgnoringCase(email);
            if (await db.Contacts.AnyAsync(c => c.EmailKey == key))
            {
                errors.Add(MessageFields.ContactEmail, MessageErrors.EmailTaken);
            }
        }

        if (wanted?.AssignedId is { } user && !await db.Memberships.AnyAsync(m => m.UserId == user && m.IsActive))
        {
            errors.Add(MessageFields.ContactAssignedId, MessageErrors.UserUnknown);
        }

        if (wanted is { Groups: { Count: > 0 } groups } && await db.Groups.CountAsync(g => groups.Contains(g.Id)) != groups.Count)
        {
            errors.Add(MessageFields.ContactGroups, MessageErrors.GroupsUnknown);
        }

        return errors;
    }

    private static async Task<int?> CountryOfAsync(AppDbContext db, string phoneKey)
    {
        var code = PhoneNumber.CountryOf(phoneKey);
        return code is null ? null : await db.Countries.Where(c => c.Code == code).Select(c => (int?)c.Id).SingleOrDefaultAsync();
    }
}
