using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Conversations as other programs read them, by page and filter.</summary>
public sealed class ConversationQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public async Task<Result<Page<ConversationDetails>>> ListAsync(ConversationQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ConversationsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Conversations.AsNoTracking();
        foreach (var filter in query.Filters)
        {
            rows = filter.Field switch
            {
                ConversationFilterFields.AssignedId => rows.Where(FilterExpressions.Where(
                    (Conversation c) => c.AssignedId, filter.Operator, [.. filter.Numbers.Select(number => (long?)number)],
                    IsNull(filter))),
                ConversationFilterFields.ContactId =>
                    rows.Where(FilterExpressions.Where((Conversation c) => c.ContactId, filter.Operator, filter.Numbers, IsNull(filter))),
                ConversationFilterFields.ChannelId =>
                    rows.Where(FilterExpressions.Where((Conversation c) => c.ChannelId, filter.Operator, filter.Numbers, IsNull(filter))),
                ConversationFilterFields.Unread =>
                    WhereEither(rows, filter, rows.Where(c => c.UnreadCount > 0), rows.Where(c => c.UnreadCount == 0)),
                ConversationFilterFields.WindowOpen => await WhereWindowAsync(db, rows, filter, cancellationToken),
                _ => throw new NotSupportedException($"Conversations have no filter {filter.Field}."),
            };
        }

        var total = await rows.LongCountAsync(cancellationToken);
        var ordered = query.IsOldestFirst
            ? rows.OrderBy(c => c.LastMessageAt).ThenBy(c => c.Id)
            : rows.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id);
        var page = query.Page.Skip >= total ? []
            : await ordered.Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size).ToListAsync(cancellationToken);
        return new Page<ConversationDetails>(await ToDetailsAsync(db, page, cancellationToken), query.Page, total);
    }

    public async Task<Result<ConversationDetails>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ConversationsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, id, time.GetUtcNow(), cancellationToken) is { } found ? found : InboxErrors.NotFound;
    }

    /// <summary>Also inside a write, for a comparison of versions.</summary>
    internal static async Task<ConversationDetails?> FindAsync(AppDbContext db, long id, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } conversation)
        {
            return null;
        }

        var key = await db.Contacts.Where(c => c.Id == conversation.ContactId).Select(c => c.PhoneKey)
            .SingleOrDefaultAsync(cancellationToken);
        return ToDetails(conversation, key ?? "", now);
    }

    private async Task<List<ConversationDetails>> ToDetailsAsync(AppDbContext db, List<Conversation> page,
        CancellationToken cancellationToken)
    {
        var (now, ids) = (time.GetUtcNow(), page.ConvertAll(c => c.ContactId));
        var keys = await db.Contacts.Where(contact => ids.Contains(contact.Id)).Select(contact => new { contact.Id, contact.PhoneKey })
            .ToDictionaryAsync(contact => contact.Id, contact => contact.PhoneKey, cancellationToken);
        return page.ConvertAll(c => ToDetails(c, keys.GetValueOrDefault(c.ContactId, ""), now));
    }

    private static ConversationDetails ToDetails(Conversation conversation, string contactKey, DateTimeOffset now)
    {
        var closesAt = conversation.WindowClosesAt(contactKey);
        return new ConversationDetails(
            conversation.Id, conversation.ContactId, conversation.ChannelId, conversation.AssignedId, conversation.UnreadCount,
            conversation.LastMessageId, conversation.WrittenAt, conversation.LastInboundAt, closesAt, closesAt > now,
            conversation.CreatedAt, conversation.UpdatedAt);
    }

    // Whether a number is still the contact's takes more than a database can say; of those that wrote within a day few have changed.
    private async Task<IQueryable<Conversation>> WhereWindowAsync(
        AppDbContext db, IQueryable<Conversation> rows, FilterTerm filter, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - Conversation.ServiceWindow;
        var changed = await db.Conversations.AsNoTracking().Where(c => c.LastInboundAt > since && c.ContactPhoneKey != null)
            .Join(db.Contacts, c => c.ContactId, contact => contact.Id, (c, contact) => new { Conversation = c, contact.PhoneKey })
            .Where(pair => pair.Conversation.ContactPhoneKey != pair.PhoneKey).ToListAsync(cancellationToken);
        var closed = changed.Where(pair => !pair.Conversation.StandsFor(pair.PhoneKey)).Select(pair => pair.Conversation.Id).ToList();
        return WhereEither(
            rows, filter,
            rows.Where(c => c.LastInboundAt > since && !closed.Contains(c.Id)),
            rows.Where(c => c.LastInboundAt == null || c.LastInboundAt <= since || closed.Contains(c.Id)));
    }

    private static IQueryable<Conversation> WhereEither(
        IQueryable<Conversation> rows, FilterTerm filter, IQueryable<Conversation> yes, IQueryable<Conversation> no)
    {
        var wants = filter.Operator switch
        {
            FilterOperator.NotEqual or FilterOperator.NotIn => (Yes: !filter.Numbers.Contains(1), No: !filter.Numbers.Contains(0)),
            FilterOperator.Null => (Yes: !IsNull(filter), No: !IsNull(filter)),
            _ => (Yes: filter.Numbers.Contains(1), No: filter.Numbers.Contains(0)),
        };
        return wants switch
        {
            (true, true) => rows,
            (true, false) => yes,
            (false, true) => no,
            _ => rows.Where(c => false),
        };
    }

    private static bool IsNull(FilterTerm filter) => filter.Operator == FilterOperator.Null && filter.Numbers[0] == 1;
}
