using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

public enum CollectionKind
{
    /// <summary>Pictures, videos, voice notes and documents that are here to be opened.</summary>
    Files = 0,

    /// <summary>Messages whose text has a web address.</summary>
    Links = 1,
    Starred = 2,
}

/// <param name="ContactName">Empty if the contact is in the trash.</param>
public sealed record CollectedMessage(
    long Id, long ConversationId, long ContactId, string ContactName, MessageDirection Direction, MessageType Type, string Text,
    string? Content, DateTimeOffset CreatedAt)
{
    /// <summary>Null for a message without a file, and while it is not downloaded.</summary>
    public ConversationFile? File { get; init; }
}

/// <param name="Next">Start of the next page; null on the last page.</param>
public sealed record MessageCollectionPage(IReadOnlyList<CollectedMessage> Items, CollectionCursor? Next);

public readonly record struct CollectionCursor(DateTimeOffset At, long Id);

/// <summary>What a conversation holds of one kind, newest first: its files, its links, its starred messages.</summary>
public sealed class MessageCollections(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int PageSize = 30;

    private static readonly MessageType[] WithFiles =
        [MessageType.Image, MessageType.Video, MessageType.Document, MessageType.Audio, MessageType.Template];

    /// <param name="before">End of the previous page; null for the newest.</param>
    public Task<Result<MessageCollectionPage>> ListAsync(
        long conversationId, CollectionKind kind, CollectionCursor? before, CancellationToken cancellationToken) => ReadAsync(
        db =>
        {
            var rows = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId);
            rows = before is var (at, id) ? rows.Where(m => m.CreatedAt < at || (m.CreatedAt == at && m.Id < id)) : rows;
            return kind switch
            {
                CollectionKind.Files => rows.Where(m => WithFiles.Contains(m.Type)
                    && db.MessageMedia.Any(media => media.MessageId == m.Id && media.MediaFileId != null)),
                CollectionKind.Links => rows.Where(m => m.RevokedAt == null && (m.Text.Contains("http://") || m.Text.Contains("https://"))),
                _ => rows.Where(m => m.StarredAt != null),
            };
        },
        byStar: false,
        cancellationToken);

    /// <summary>The starred messages of all conversations, the last starred first.</summary>
    public Task<Result<MessageCollectionPage>> ListStarredAsync(CollectionCursor? before, CancellationToken cancellationToken) => ReadAsync(
        db =>
        {
            var rows = db.Messages.AsNoTracking().Where(m => m.StarredAt != null);
            return before is var (at, id) ? rows.Where(m => m.StarredAt < at || (m.StarredAt == at && m.Id < id)) : rows;
        },
        byStar: true,
        cancellationToken);

    private async Task<Result<MessageCollectionPage>> ReadAsync(
        Func<AppDbContext, IQueryable<Message>> choose, bool byStar, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = choose(db);
        var ordered = byStar ? rows.OrderByDescending(m => m.StarredAt) : rows.OrderByDescending(m => m.CreatedAt);
        var found = await ordered.ThenByDescending(m => m.Id).Take(PageSize + 1)
            .Select(m => new
            {
                m.StarredAt,
                Message = new CollectedMessage(
                    m.Id, m.ConversationId, m.ContactId, "", m.Direction, m.Type, m.Text, m.Text == "" ? m.Content : null, m.CreatedAt),
            })
            .ToListAsync(cancellationToken);
        var page = found.GetRange(0, Math.Min(PageSize, found.Count));
        var next = found.Count <= PageSize
            ? (CollectionCursor?)null
            : new CollectionCursor(byStar ? page[^1].StarredAt!.Value : page[^1].Message.CreatedAt, page[^1].Message.Id);
        return new MessageCollectionPage(await DescribedAsync(db, page.ConvertAll(row => row.Message), cancellationToken), next);
    }

    // Separate queries by ids: in a single statement, EF would number all files and contacts of the tenant.
    private static async Task<IReadOnlyList<CollectedMessage>> DescribedAsync(
        AppDbContext db, List<CollectedMessage> items, CancellationToken cancellationToken)
    {
        var (ids, people) = (items.ConvertAll(item => item.Id), items.ConvertAll(item => item.ContactId));
        var names = await db.Contacts.Where(contact => people.Contains(contact.Id))
            .Select(contact => new { contact.Id, contact.FirstName, contact.LastName })
            .ToDictionaryAsync(contact => contact.Id, contact => $"{contact.FirstName} {contact.LastName}".Trim(), cancellationToken);
        var files = await ConversationFiles.OfAsync(db, ids, cancellationToken);
        return items.ConvertAll(item => item with
        {
            ContactName = names.GetValueOrDefault(item.ContactId, ""),
            File = files.GetValueOrDefault(item.Id),
        });
    }
}
