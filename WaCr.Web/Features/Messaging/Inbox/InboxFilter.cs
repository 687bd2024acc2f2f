using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>The conversations that a query of the inbox asks for, from its cursor on.</summary>
internal static class InboxFilter
{
    /// <param name="me">The user who looks.</param>
    /// <param name="found">Contacts that match the search; null without one.</param>
    public static IQueryable<Conversation> Of(AppDbContext db, InboxQuery query, long? me, List<long>? found)
    {
        var rows = query.Box switch
        {
            InboxBox.Unread => db.Conversations.Where(c => c.UnreadCount > 0),
            InboxBox.Mine => db.Conversations.Where(c => c.AssignedId == me),
            InboxBox.Waiting => db.Conversations.Where(c => c.WaitingSince != null),
            InboxBox.Unassigned => db.Conversations.Where(c => c.AssignedId == null),
            _ => db.Conversations,
        };
        rows = found is null
            ? rows.Where(c => c.LastMessageAt > Conversation.BroadcastsOnly)
            : rows.Where(c => found.Contains(c.ContactId));

        if (query.StatusId is { } status)
        {
            rows = rows.Where(c => db.Contacts.Any(contact => contact.Id == c.ContactId && contact.StatusId == status));
        }

        if (query.GroupId is { } group)
        {
            rows = rows.Where(c => db.GroupMembers.Any(member => member.GroupId == group && member.ContactId == c.ContactId));
        }

        if (query is { Box: InboxBox.Waiting, Before: var (since, last) })
        {
            return rows.Where(c => c.WaitingSince > since || (c.WaitingSince == since && c.Id > last));
        }

        return query.Before is var (at, id) ? rows.Where(c => c.LastMessageAt < at || (c.LastMessageAt == at && c.Id < id)) : rows;
    }
}
