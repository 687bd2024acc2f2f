using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Conversations as items of the list, with what other tables know of them.</summary>
internal static class InboxItems
{
    // Separate queries by ids: in a single statement, EF would number all messages of the tenant for a page of thirty.
    public static async Task<List<InboxItem>> ReadAsync(AppDbContext db, List<Conversation> page, CancellationToken cancellationToken)
    {
        var contactIds = page.ConvertAll(c => c.ContactId);
        var people = await db.Contacts.Where(contact => contactIds.Contains(contact.Id))
            .Select(contact => new
            {
                contact.Id,
                contact.FirstName,
                contact.LastName,
                contact.PhoneKey,
                contact.Username,
                contact.IsOptedOut,
                contact.OptedOutOf,
                contact.Status!.Name,
                contact.Status.Color,
            })
            .ToDictionaryAsync(contact => contact.Id, cancellationToken);
        var assigned = page.Select(c => c.AssignedId).OfType<long>().Distinct().ToList();
        var names = assigned.Count == 0 ? [] : await db.Memberships.Where(member => assigned.Contains(member.UserId))
            .Select(member => new { member.UserId, member.User!.Name })
            .ToDictionaryAsync(member => member.UserId, member => member.Name, cancellationToken);
        var channels = await db.Channels.Select(channel => new { channel.Id, channel.Name })
            .ToDictionaryAsync(channel => channel.Id, channel => channel.Name, cancellationToken);
        var messageIds = page.Select(c => c.LastMessageId).OfType<long>().ToList();
        var messages = await db.Messages.Where(m => messageIds.Contains(m.Id))
            .Select(m => new { m.Id, m.Text, m.Type, m.Direction, m.Status, m.State, Content = m.Text == "" ? m.Content : null })
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        return page.ConvertAll(c =>
        {
            var (who, last) = (people.GetValueOrDefault(c.ContactId), messages.GetValueOrDefault(c.LastMessageId ?? 0));
            return new InboxItem(
                c.Id, c.ContactId, NameOf(who?.FirstName, who?.LastName), c.WaId, c.LastMessageAt, last?.Text ?? "", last?.Type,
                last?.Direction, last?.Status,
                last?.State, c.UnreadCount, c.AssignedId, c.WindowClosesAt(who?.PhoneKey ?? ""), who?.Name, who?.Color)
            {
                LastContent = last?.Content,
                WaitingSince = c.WaitingSince,
                AssignedName = c.AssignedId is { } userId ? names.GetValueOrDefault(userId) : null,
                ChannelName = channels.Count > 1 ? channels.GetValueOrDefault(c.ChannelId) : null,
                IsOptedOut = who is { IsOptedOut: true, OptedOutOf: ConsentPurpose.Everything },
                IsBlocked = c.BlockedAt is not null,
                Username = who is not null && PhoneNumber.IsNone(who.PhoneKey) ? who.Username : null,
            };
        });
    }

    public static string NameOf(string? firstName, string? lastName) => $"{firstName} {lastName}".Trim();
}
