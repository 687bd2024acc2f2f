using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>The workspace's conversations, by their last message.</summary>
public sealed class InboxQueries(IDbContextFactory<AppDbContext> contexts, ContactQueries contacts, TenantContext scope)
{
    public const int PageSize = 30;

    // A name that more contacts share is to be typed further.
    private const int MostContacts = 200;

    private static readonly PageRequest FoundContacts = new(1, PageRequest.MaxSize);

    public async Task<Result<InboxPage>> ListAsync(InboxQuery query, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.MessagesRead) is { } forbidden)
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
        var rows = await Boxed(db, query, found).OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new Row
            {
                Conversation = c,
                Contact = db.Contacts.Where(contact => contact.Id == c.ContactId)
                    .Select(contact => new Who(contact.FirstName, contact.LastName, contact.Status!.Name, contact.Status.Color)).FirstOrDefault(),
                Last = db.Messages.Where(m => m.Id == c.LastMessageId).Select(m => new Latest(m.Text, m.Type, m.Direction, m.Status, m.State)).FirstOrDefault(),
            })
            .AsNoTracking().ToListAsync(cancellationToken);
        var items = rows.Take(PageSize).Select(ToItem).ToList();
        return new InboxPage(items, rows.Count > PageSize ? new InboxCursor(items[^1].LastMessageAt, items[^1].Id) : null);
    }

    public async Task<Result<OpenConversation>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } conversation)
        {
            return InboxErrors.NotFound;
        }

        // One by one: joined, SQLite would read all contacts of the tenant for the sake of one.
        var channel = await db.Channels.Where(c => c.Id == conversation.ChannelId).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken);
        var contact = await db.Contacts.Where(c => c.Id == conversation.ContactId)
            .Select(c => new { c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut }).SingleOrDefaultAsync(cancellationToken);
        return new OpenConversation(
            conversation.Id, conversation.ContactId, NameOf(contact?.FirstName, contact?.LastName), contact?.Phone ?? "", conversation.WaId,
            contact?.IsOptedOut == true, contact is null, conversation.AssignedId, conversation.WindowClosesAt, conversation.UnreadCount, channel ?? "")
        {
            Merge = contact is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : MergeFields.ValuesOf(contact.FirstName, contact.LastName, contact.Email, contact.Phone, contact.PhoneKey),
        };
    }

    private async Task<Result<List<long>>> FindAsync(string search, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        for (var page = FoundContacts; ids.Count < MostContacts; page = page with { Number = page.Number + 1 })
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
        var me = scope.Actor.Id;
        var rows = query.Box switch
        {
            InboxBox.Unread => db.Conversations.Where(c => c.UnreadCount > 0),
            InboxBox.Mine => db.Conversations.Where(c => c.AssignedId == me),
            InboxBox.Unassigned => db.Conversations.Where(c => c.AssignedId == null),
            _ => db.Conversations,
        };
        if (found is not null)
        {
            rows = rows.Where(c => found.Contains(c.ContactId));
        }

        if (query.StatusId is { } status)
        {
            rows = rows.Where(c => db.Contacts.Any(contact => contact.Id == c.ContactId && contact.StatusId == status));
        }

        if (query.GroupId is { } group)
        {
            rows = rows.Where(c => db.GroupMembers.Any(member => member.GroupId == group && member.ContactId == c.ContactId));
        }

        return query.Before is var (at, id) ? rows.Where(c => c.LastMessageAt < at || (c.LastMessageAt == at && c.Id < id)) : rows;
    }

    private static InboxItem ToItem(Row row) => new(
        row.Conversation.Id, row.Conversation.ContactId, NameOf(row.Contact?.FirstName, row.Contact?.LastName), row.Conversation.WaId,
        row.Conversation.LastMessageAt, row.Last?.Text ?? "", row.Last?.Type, row.Last?.Direction, row.Last?.Status, row.Last?.State,
        row.Conversation.UnreadCount, row.Conversation.AssignedId, row.Conversation.WindowClosesAt, row.Contact?.Status, row.Contact?.Color);

    private static string NameOf(string? firstName, string? lastName) => $"{firstName} {lastName}".Trim();

    private sealed record Who(string FirstName, string LastName, string Status, string? Color);

    private sealed record Latest(string Text, MessageType Type, MessageDirection Direction, MessageStatus Status, OutboxState? State);

    private sealed class Row
    {
        public required Conversation Conversation { get; init; }
        public required Who? Contact { get; init; }
        public required Latest? Last { get; init; }
    }
}

public static class InboxErrors
{
    public static NotFoundError NotFound => new("Conversation not found");
}
