using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>A conversation's messages, page by page: one of 5,000 messages opens as fast as one of ten.</summary>
public sealed class ConversationHistoryQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public const int PageSize = 40;

    /// <param name="olderThan">Id of the oldest message shown; null starts with the newest.</param>
    /// <param name="size">At most ten times <see cref="PageSize"/>.</param>
    public async Task<Result<ConversationHistoryPage>> ListAsync(
        long conversationId, long? olderThan, int size, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        var take = Math.Clamp(size, 1, PageSize * 10);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // Scheduled messages are listed separately; they take their place when sent. A reaction is a line only if its message is unknown.
        var rows = db.Messages.Where(m => m.ConversationId == conversationId
            && (m.Type != MessageType.Reaction || !db.Messages.Any(target => target.Wamid == m.ReplyToWamid && target.ConversationId == conversationId))
            && (m.State == null || m.State != OutboxState.Waiting || m.CampaignId != null || m.Attempts > 0 || m.DueAt <= now));
        if (olderThan is { } id
            && await db.Messages.Where(m => m.Id == id && m.ConversationId == conversationId).Select(m => (DateTimeOffset?)m.CreatedAt)
            .SingleOrDefaultAsync(cancellationToken) is { } at)
        {
            rows = rows.Where(m => m.CreatedAt < at || (m.CreatedAt == at && m.Id < id));
        }

        var found = await rows.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(take + 1)
            .Select(m => new ConversationMessage(
                m.Id, m.Direction, m.Type, m.Status, m.State, m.Text, m.Type == MessageType.Text && m.Direction == MessageDirection.Outbound
                    ? null
                    : m.Content, m.Wamid, m.ReplyToWamid,
                m.TemplateName, m.ErrorCode, m.Error, db.Users.Where(user => user.Id == m.StaffId)
                    .Select(user => user.Name)
                    .FirstOrDefault(),
                m.CreatedAt, m.DueAt, m.EditedAt, m.RevokedAt, null)
            { IsStarred = m.StarredAt != null })
            .ToListAsync(cancellationToken);
        var hasOlder = found.Count > take;
        var messages = await WithFilesAsync(db, [.. found.Take(take).Reverse()], cancellationToken);
        messages = await WithReactionsAsync(db, conversationId, messages, cancellationToken);
        return new ConversationHistoryPage(
            messages, await CommentsAsync(db, conversationId, messages, olderThan is null, hasOlder, cancellationToken),
            await QuotedAsync(db, conversationId, messages, cancellationToken), hasOlder)
        {
            Scheduled = olderThan is null ? await ListScheduledAsync(db, conversationId, now, cancellationToken) : [],
        };
    }

    /// <summary>
    /// The id to pass as <c>olderThan</c> so that the message is in the middle of its page; null if it is among the newest, or not in this
    /// conversation.
    /// </summary>
    public async Task<Result<long?>> FindEndAroundAsync(long conversationId, long messageId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var at = await db.Messages.Where(m => m.Id == messageId && m.ConversationId == conversationId)
            .Select(m => (DateTimeOffset?)m.CreatedAt)
            .SingleOrDefaultAsync(cancellationToken);
        var after = db.Messages.Where(m => m.ConversationId == conversationId
            && (m.CreatedAt > at || (m.CreatedAt == at && m.Id > messageId)));
        var ids = at is null
            ? []
            : await after.OrderBy(m => m.CreatedAt)
                .ThenBy(m => m.Id)
                .Skip(PageSize / 2)
                .Take(1)
                .Select(m => m.Id)
                .ToListAsync(cancellationToken);
        return ids.Count == 0 ? (long?)null : ids[0];
    }

    // A separate query by ids: in a single statement, EF would number all files of the tenant.
    private static async Task<List<ConversationMessage>> WithFilesAsync(
        AppDbContext db, List<ConversationMessage> messages, CancellationToken cancellationToken)
    {
        var ids = messages.ConvertAll(m => m.Id);
        var files = await ConversationFiles.OfAsync(db, ids, cancellationToken);
        return files.Count == 0 ? messages : messages.ConvertAll(m => files.TryGetValue(m.Id, out var file) ? m with { File = file } : m);
    }

    // A reaction is younger than its message, so the index of the conversation is read from the page's oldest message on.
    private static async Task<List<ConversationMessage>> WithReactionsAsync(
        AppDbContext db, long conversationId, List<ConversationMessage> messages, CancellationToken cancellationToken)
    {
        var wamids = messages.Select(m => m.Wamid).OfType<string>().ToList();
        if (wamids.Count == 0)
        {
            return messages;
        }

        var from = messages[0].CreatedAt;
        var reactions = await db.Messages
            .Where(m => m.ConversationId == conversationId && m.CreatedAt >= from && m.Type == MessageType.Reaction && m.Status != MessageStatus.Failed
                && (m.State == null || m.State == OutboxState.Sent || m.State == OutboxState.Sending) && wamids.Contains(m.ReplyToWamid!))
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id)
            .Select(m => new { Target = m.ReplyToWamid!, Emoji = m.Text, IsOurs = m.Direction == MessageDirection.Outbound })
            .ToListAsync(cancellationToken);
        if (reactions.Count == 0)
        {
            return messages;
        }

        // The last of each side counts; an empty one took it back.
        var shown = reactions.GroupBy(reaction => reaction.Target, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<ShownReaction>)[.. group.GroupBy(reaction => reaction.IsOurs)
                .Select(side => new ShownReaction(side.Last().Emoji, side.Key)).Where(reaction => reaction.Emoji.Length > 0)],
            StringComparer.Ordinal);
        return messages.ConvertAll(m => m.Wamid is { } wamid && shown.TryGetValue(wamid, out var own) ? m with { Reactions = own } : m);
    }

    private static async Task<IReadOnlyList<ScheduledMessage>> ListScheduledAsync(
        AppDbContext db, long conversationId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Messages
            .Where(m => m.ConversationId == conversationId
                && m.State == OutboxState.Waiting
                && m.CampaignId == null
                && m.Attempts == 0
                && m.DueAt > now)
            .OrderBy(m => m.DueAt).Take(PageSize)
            .Select(m => new ScheduledMessage(
                m.Id, m.Type, m.Text, m.TemplateName, db.Users.Where(user => user.Id == m.StaffId)
                    .Select(user => user.Name)
                    .FirstOrDefault(), m.DueAt!.Value))
            .ToListAsync(cancellationToken);

    // Comments belong to the page of messages of their time; those before the first message belong to the oldest page.
    private static async Task<IReadOnlyList<ConversationComment>> CommentsAsync(
        AppDbContext db, long conversationId, List<ConversationMessage> messages, bool isNewest, bool hasOlder,
        CancellationToken cancellationToken)
    {
        var comments = db.Comments.Where(comment => comment.ConversationId == conversationId);
        if (hasOlder)
        {
            var from = messages[0].CreatedAt;
            comments = comments.Where(comment => comment.CreatedAt >= from);
        }

        if (!isNewest && messages.Count > 0)
        {
            var until = messages[^1].CreatedAt;
            comments = comments.Where(comment => comment.CreatedAt <= until);
        }

        return await comments.OrderByDescending(comment => comment.CreatedAt).ThenByDescending(comment => comment.Id).Take(PageSize * 10)
            .Select(comment => new ConversationComment(
                comment.Id, comment.Text, db.Users.Where(user => user.Id == comment.StaffId)
                    .Select(user => user.Name)
                    .FirstOrDefault(), comment.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, QuotedMessage>> QuotedAsync(
        AppDbContext db, long conversationId, List<ConversationMessage> messages, CancellationToken cancellationToken)
    {
        var here = messages.Select(m => m.Wamid).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var quoted = messages.Select(m => m.ReplyToWamid)
            .OfType<string>()
            .Where(wamid => !here.Contains(wamid))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return quoted.Count == 0
            ? new Dictionary<string, QuotedMessage>(StringComparer.Ordinal)
            : await db.Messages.Where(m => m.Wamid != null && quoted.Contains(m.Wamid) && m.ConversationId == conversationId)
                .Select(m => new { Wamid = m.Wamid!, m.Id, m.Text, m.Type })
                .ToDictionaryAsync(m => m.Wamid, m => new QuotedMessage(m.Id, m.Text, m.Type), StringComparer.Ordinal, cancellationToken);
    }
}
