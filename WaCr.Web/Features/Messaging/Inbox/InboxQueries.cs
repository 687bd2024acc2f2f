using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>The workspace's conversations, ordered by last message; those that wait for an answer, by how long they do.</summary>
public sealed class InboxQueries(IDbContextFactory<AppDbContext> contexts, ContactQueries contacts, TenantContext tenant)
{
    public const int PageSize = 30;

    /// <summary>More unread conversations are not counted.</summary>
    public const int MaxCounted = 100;

    // With more matching contacts, the user has to type more of the name.
    private const int MaxContacts = 200;

    private static readonly PageRequest FoundContacts = new(1, PageRequest.MaxSize);

    public async Task<Result<InboxPage>> ListAsync(InboxQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        List<long>? found = null;
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var people = await FindAsync(query.Search, cancellationToken);
            if (!people.Succeeded)
            {
                return people.Error;
            }

            found = people.Value;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var boxed = Boxed(db, query, found);
        var ordered = query.Box == InboxBox.Waiting
            ? boxed.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id)
            : boxed.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id);
        var page = await ordered.Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var shown = page.GetRange(0, Math.Min(PageSize, page.Count));
        return new InboxPage(
            await ToItemsAsync(db, shown, cancellationToken),
            page.Count == shown.Count ? null
                : new InboxCursor(query.Box == InboxBox.Waiting ? shown[^1].WaitingSince!.Value : shown[^1].LastMessageAt, shown[^1].Id));
    }

    /// <summary>Conversations with unread messages, up to <see cref="MaxCounted"/>.</summary>
    public async Task<Result<int>> CountUnreadAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Conversations.Where(c => c.UnreadCount > 0).OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id)
            .Select(c => c.Id).Take(MaxCounted).CountAsync(cancellationToken);
    }

    public async Task<Result<OpenConversation>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } conversation)
        {
            return InboxErrors.NotFound;
        }

        // Separate queries: with a join, SQLite would read all contacts of the tenant for one row.
        var channel = await db.Channels.Where(c => c.Id == conversation.ChannelId).Select(c => new { c.Name, c.SendsReadReceipts })
            .SingleOrDefaultAsync(cancellationToken);
        var contact = await db.Contacts.Where(c => c.Id == conversation.ContactId)
            .Select(c => new { c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf, c.Language, c.Username })
                .SingleOrDefaultAsync(cancellationToken);
        return new OpenConversation(
            conversation.Id, conversation.ContactId, NameOf(contact?.FirstName, contact?.LastName), contact?.PhoneKey ?? "",
            conversation.WaId,
            contact is { IsOptedOut: true, OptedOutOf: ConsentPurpose.Everything }, contact is null, conversation.AssignedId,
                conversation.WindowClosesAt(contact?.PhoneKey ?? ""), conversation.UnreadCount, channel?.Name ?? "")
        {
            IsBlocked = conversation.BlockedAt is not null,
            HidesNumber = contact is { Phone: "" } && conversation is { WaId: null, UserId: not null },
            SendsReadReceipts = channel?.SendsReadReceipts == true,
            Language = contact?.Language,
            Username = contact?.Username,
            WantsNoMarketing = contact?.IsOptedOut == true,
            Merge = contact is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : MergeFields.ValuesOf(contact.FirstName, contact.LastName, contact.Email, contact.Phone, contact.PhoneKey),
        };
    }

    private async Task<Result<List<long>>> FindAsync(string search, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        for (var page = FoundContacts; ids.Count < MaxContacts; page = page with { Number = page.Number + 1 })
        {
            var found = await contacts.ListAsync(new ContactQuery { Search = search, Page = page }, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Error;
            }

            ids.AddRange(found.Value.Items.Select(contact => contact.Id));
            if (found.Value.Items.Count < page.Size)
            {
                break;
            }
        }

        return ids;
    }

    private IQueryable<Conversation> Boxed(AppDbContext db, InboxQuery query, List<long>? found)
    {
        var me = tenant.Actor.Id;
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

    // A separate query by ids: in a single statement, EF would number all messages of the tenant for a page of thirty.
    private static async Task<List<InboxItem>> ToItemsAsync(AppDbContext db, List<Conversation> page, CancellationToken cancellationToken)
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

    private static string NameOf(string? firstName, string? lastName) => $"{firstName} {lastName}".Trim();
}

public static class InboxErrors
{
    public static NotFoundError NotFound => new("conversation.not_found", "Conversation not found");
}
