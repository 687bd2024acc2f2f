using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>
/// A contact's messages, comments and changes, newest first, merged from sources that each have an index. Ten years read as fast as a day.
/// </summary>
public sealed class ContactTimelineQueries(IDbContextFactory<AppDbContext> contexts, ContactHistory history, TenantContext tenant)
{
    public const int PageSize = ContactHistory.PageSize;

    /// <param name="after">End of the previous page.</param>
    public async Task<Result<ContactTimelinePage>> ListAsync(
        long contactId, TimelineFilter filter, TimelineCursor after, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var conversations = await db.Conversations.Where(c => c.ContactId == contactId)
            .Join(db.Channels, c => c.ChannelId, channel => channel.Id, (c, channel) =>
                new ConversationChannel(c.Id, channel.Name, channel.OptOutWords))
            .ToListAsync(cancellationToken);
        var items = new List<TimelineItem>();
        var isMore = false;
        if ((filter is TimelineFilter.All or TimelineFilter.Messages) && tenant.Actor.May(Permissions.MessagesRead))
        {
            foreach (var conversation in conversations)
            {
                items.AddRange((await MessagesAsync(db, conversation, after.MessagesBefore, cancellationToken))
                    .Select(message => new TimelineItem(message.At, Message: message)));
            }
        }

        if ((filter is TimelineFilter.All or TimelineFilter.Comments) && tenant.Actor.May(Permissions.CommentsRead))
        {
            foreach (var conversation in conversations)
            {
                items.AddRange((await CommentsAsync(db, conversation, after.CommentsBefore, cancellationToken))
                    .Select(comment => new TimelineItem(comment.At, Comment: comment)));
            }
        }

        if (filter is TimelineFilter.All or TimelineFilter.Changes or TimelineFilter.Consent)
        {
            var changes = filter == TimelineFilter.Consent
                ? await history.ListConsentAsync(contactId, after.ChangesBefore, cancellationToken)
                : await history.ListAsync(contactId, after.ChangesBefore, cancellationToken);
            if (!changes.Succeeded)
            {
                return changes.Error;
            }

            items.AddRange(InOrder(changes.Value.Entries));
            isMore = changes.Value.OlderThan is not null;
        }

        items.Sort((one, other) => (other.At, KeyOf(other)).CompareTo((one.At, KeyOf(one))));
        isMore |= items.Count > PageSize;
        var page = items.Take(PageSize).ToList();
        for (var i = 0; i < page.Count; i++)
        {
            var keyword = await ConsentKeywordCause.FindAsync(db, conversations, page[i].Change, cancellationToken);
            page[i] = page[i] with { ConsentKeyword = keyword };
        }

        return new ContactTimelinePage(page, [.. conversations.Select(conversation => conversation.Id)], isMore ? Next(page, after) : null);
    }

    private static Task<List<TimelineMessage>> MessagesAsync(
        AppDbContext db, ConversationChannel conversation, TimelinePlace? before, CancellationToken cancellationToken)
    {
        var rows = db.Messages.Where(m => m.ConversationId == conversation.Id);
        if (before is var (at, id))
        {
            rows = rows.Where(m => m.CreatedAt < at || (m.CreatedAt == at && m.Id < id));
        }

        return rows.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(PageSize + 1)
            .Select(m => new TimelineMessage(
                m.Id, m.ConversationId, conversation.Channel, m.Direction, m.Type, m.Status, m.State, m.Text, m.TemplateName != null,
                db.Users.Where(user => user.Id == m.StaffId).Select(user => user.Name).FirstOrDefault(), m.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    private static Task<List<TimelineComment>> CommentsAsync(
        AppDbContext db, ConversationChannel conversation, TimelinePlace? before, CancellationToken cancellationToken)
    {
        var rows = db.Comments.Where(comment => comment.ConversationId == conversation.Id);
        if (before is var (at, id))
        {
            rows = rows.Where(comment => comment.CreatedAt < at || (comment.CreatedAt == at && comment.Id < id));
        }

        return rows.OrderByDescending(comment => comment.CreatedAt).ThenByDescending(comment => comment.Id).Take(PageSize + 1)
            .Select(comment => new TimelineComment(
                comment.Id, comment.ConversationId, comment.Text, db.Users.Where(user => user.Id == comment.StaffId)
                    .Select(user => user.Name).FirstOrDefault(),
                comment.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    // Changes are ordered by id; two servers may write times in a slightly different order, so times are lowered to match.
    private static IEnumerable<TimelineItem> InOrder(IReadOnlyList<HistoryEntry> entries)
    {
        var latest = DateTimeOffset.MaxValue;
        foreach (var entry in entries)
        {
            latest = entry.At < latest ? entry.At : latest;
            yield return new TimelineItem(latest, Change: entry);
        }
    }

    // At the same time, the change caused by a message sorts above the message.
    private static (int Source, long Id) KeyOf(TimelineItem item) => item switch
    {
        { Change: { } change } => (2, change.Id),
        { Comment: { } comment } => (1, comment.Id),
        _ => (0, item.Message!.Id),
    };

    private static TimelineCursor Next(List<TimelineItem> page, TimelineCursor after) => new(
        page.FindLast(item => item.Change is not null)?.Change!.Id ?? after.ChangesBefore,
        page.FindLast(item => item.Message is not null)?.Message is { } message ? new TimelinePlace(message.At, message.Id) : after.MessagesBefore,
        page.FindLast(item => item.Comment is not null)?.Comment is { } comment ? new TimelinePlace(comment.At, comment.Id) : after.CommentsBefore);
}
