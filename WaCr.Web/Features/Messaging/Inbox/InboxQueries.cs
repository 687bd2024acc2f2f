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
        var boxed = InboxFilter.Of(db, query, tenant.Actor.Id, found);
        var ordered = query.Box == InboxBox.Waiting
            ? boxed.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id)
            : boxed.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id);
        var page = await ordered.Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var shown = page.GetRange(0, Math.Min(PageSize, page.Count));
        return new InboxPage(
            await InboxItems.ReadAsync(db, shown, cancellationToken),
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
            conversation.Id, conversation.ContactId, InboxItems.NameOf(contact?.FirstName, contact?.LastName), contact?.PhoneKey ?? "",
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
}
