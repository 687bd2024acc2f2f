using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

public sealed class MessageQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageCountCache totals)
{
    /// <summary>Largest total reported for a search; filters alone are counted completely.</summary>
    public const int MaxSearchTotal = 10_000;

    // Up to this size, finding all rows and sorting is faster than walking the sort's index past rows that do not match.
    private const int SmallResult = 2_000;

    private static readonly Expression<Func<Message, MessageDetails>> Details = m => new MessageDetails
    {
        Id = m.Id,
        ConversationId = m.ConversationId,
        ContactId = m.ContactId,
        Direction = m.Direction,
        Type = m.Type,
        Status = m.Status,
        Text = m.Text,
        Wamid = m.Wamid,
        ReplyToWamid = m.ReplyToWamid,
        Url = m.Url,
        Error = m.Error,
        ErrorCode = m.ErrorCode,
        StaffId = m.StaffId,
        SentAt = m.SentAt,
        EditedAt = m.EditedAt,
        RevokedAt = m.RevokedAt,
        SendAt = m.State == OutboxState.Waiting && m.CampaignId == null && m.Attempts == 0 ? m.DueAt : null,
        IsCancelled = m.State == OutboxState.Cancelled,
        CreatedAt = m.CreatedAt,
        UpdatedAt = m.UpdatedAt,
        SenderId = m.Direction == MessageDirection.Outbound
            ? m.Channel!.DisplayPhoneNumber ?? m.Channel.PhoneNumberId
            : m.Conversation!.WaId ?? m.Conversation.UserId,
    };

    private static readonly CompiledPage<MessageDetails> NewestFirst = new((db, skip, take) =>
        db.Messages.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Skip(skip).Take(take).Select(Details));

    private static readonly CompiledQuery<long, MessageDetails> ById = new((db, id) => db.Messages.Where(m => m.Id == id).Select(Details));

    private static readonly CompiledQuery<string, MessageDetails> ByWamid = new(
        (db, wamid) => db.Messages.Where(m => m.Wamid == wamid).Select(Details));

    /// <param name="id">Our id, or WhatsApp's.</param>
    public async Task<Result<MessageDetails>> GetAsync(string id, bool withContent, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? await ById.SingleOrDefaultAsync(db, number, cancellationToken)
            : id.Length <= Message.WamidMaxLength && TextRule.IsStorable(id) ? await ByWamid.SingleOrDefaultAsync(db, id, cancellationToken) : null;
        return found is null ? MessageErrors.NotFound : withContent ? (await WithContentAsync(db, [found], cancellationToken))[0] : found;
    }

    public async Task<Result<Page<MessageDetails>>> ListAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var criteria = new MessageCriteria(query.Search, query.Filters);
        if (criteria.IsSearch && !db.HasQueryPlanner)
        {
            var searched = await SearchAsync(db, criteria, query, cancellationToken);
            return query.WithContent ? searched with { Items = await WithContentAsync(db, searched.Items, cancellationToken) } : searched;
        }

        var total = await TotalAsync(db, criteria, cancellationToken);
        var items = query.Page.Skip >= total ? [] : await ReadAsync(db, criteria, query, total, cancellationToken);
        return new Page<MessageDetails>(query.WithContent ? await WithContentAsync(db, items, cancellationToken) : items, query.Page, total);
    }

    /// <summary>
    /// Loads a complete message inside another write, where the compiled read query cannot be used because it is bound to the read model.
    /// </summary>
    internal static async Task<MessageDetails?> FindWithContentAsync(AppDbContext db, long id) =>
        await db.Messages.Where(m => m.Id == id).Select(Details).SingleOrDefaultAsync() is { } found
            ? (await WithContentAsync(db, [found], CancellationToken.None))[0]
            : null;

    // A separate query, because content is the last and longest column and few callers want it.
    private static async Task<List<MessageDetails>> WithContentAsync(
        AppDbContext db, IReadOnlyList<MessageDetails> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(m => m.Id).ToList();
        var contents = await db.Messages.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Content })
            .ToDictionaryAsync(m => m.Id, m => m.Content, cancellationToken);
        return [.. messages.Select(m => m with { Content = MessageContent.Read(contents.GetValueOrDefault(m.Id)) })];
    }

    // One pass over the text index gives page and total; the result is small enough to sort in memory.
    private static async Task<Page<MessageDetails>> SearchAsync(
        AppDbContext db, MessageCriteria criteria, MessageQuery query, CancellationToken cancellationToken)
    {
        var found = await criteria.FoundInOrder(db).Take(MaxSearchTotal)
            .Select(m => new FoundMessage(m.Id, m.CreatedAt, m.UpdatedAt)).ToListAsync(cancellationToken);
        IOrderedEnumerable<FoundMessage>? ordered = null;
        var order = OrderOf(query);
        foreach (var term in order)
        {
            Func<FoundMessage, DateTimeOffset> key = term.Field == MessageSortFields.CreatedAt ? m => m.CreatedAt : m => m.UpdatedAt;
            ordered = (ordered, term.Descending) switch
            {
                (null, false) => found.OrderBy(key),
                (null, true) => found.OrderByDescending(key),
                (_, false) => ordered.ThenBy(key),
                (_, true) => ordered.ThenByDescending(key),
            };
        }

        var page = (order[^1].Descending ? ordered!.ThenByDescending(m => m.Id) : ordered!.ThenBy(m => m.Id))
            .Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size).Select(m => m.Id).ToList();
        var details = await db.Messages.Where(m => page.Contains(m.Id)).Select(Details).ToDictionaryAsync(m => m.Id, cancellationToken);
        return new Page<MessageDetails>([.. page.Where(details.ContainsKey).Select(id => details[id])], query.Page, found.Count);
    }

    private static IReadOnlyList<SortTerm> OrderOf(MessageQuery query) =>
        query.Sort.Count == 0 ? [new SortTerm(MessageSortFields.CreatedAt, Descending: true)] : query.Sort;

    private static Task<List<MessageDetails>> ReadAsync(
        AppDbContext db, MessageCriteria criteria, MessageQuery query, long total, CancellationToken cancellationToken)
    {
        var skip = (int)Math.Min(query.Page.Skip, int.MaxValue);
        var isNewestFirst = query.Sort is [] or [{ Field: MessageSortFields.CreatedAt, Descending: true }];
        if (criteria.IsEmpty && isNewestFirst)
        {
            return NewestFirst.ToListAsync(db, skip, query.Page.Size, cancellationToken);
        }

        var order = OrderOf(query);
        var comesInOrder = criteria.ComesByCreation && order is [{ Field: MessageSortFields.CreatedAt }];
        var walks = !db.HasQueryPlanner && !comesInOrder && (criteria.IsEmpty || total > SmallResult);
        var rows = criteria.Rows(db, tests: walks);
        if (walks && order.Count > 1)
        {
            rows = UseIndexOf(order[0], rows);
        }

        IOrderedQueryable<Message>? ordered = null;
        foreach (var term in order)
        {
            Expression<Func<Message, DateTimeOffset>> key = term.Field == MessageSortFields.CreatedAt ? m => m.CreatedAt : m => m.UpdatedAt;
            ordered = (ordered, term.Descending) switch
            {
                (null, false) => rows.OrderBy(key),
                (null, true) => rows.OrderByDescending(key),
                (_, false) => ordered.ThenBy(key),
                (_, true) => ordered.ThenByDescending(key),
            };
        }

        // The id ends every order, so that pages never overlap.
        ordered = order[^1].Descending ? ordered!.ThenByDescending(m => m.Id) : ordered!.ThenBy(m => m.Id);
        return ordered.Skip(skip).Take(query.Page.Size).Select(Details).ToListAsync(cancellationToken);
    }

    // A range every row matches; it makes SQLite walk the first field's index and sort only equal rows.
    private static IQueryable<Message> UseIndexOf(SortTerm first, IQueryable<Message> rows) => first.Field == MessageSortFields.CreatedAt
        ? rows.Where(m => m.CreatedAt >= DateTimeOffset.UnixEpoch)
        : rows.Where(m => m.UpdatedAt >= DateTimeOffset.UnixEpoch);

    private Task<long> TotalAsync(AppDbContext db, MessageCriteria criteria, CancellationToken cancellationToken)
    {
        if (criteria.IsSearch)
        {
            return criteria.Rows(db, tests: false).Take(MaxSearchTotal).LongCountAsync(cancellationToken);
        }

        return criteria.MayChange
            ? criteria.Rows(db, tests: false).LongCountAsync(cancellationToken)
            : totals.GetAsync(db, tenant.TenantId, criteria, cancellationToken);
    }

    private sealed record FoundMessage(long Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
}
