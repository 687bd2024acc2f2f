using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Messaging;

public sealed record MessageQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Sort by <see cref="MessageSortFields"/>; empty: newest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>Part of the text, ignoring case; one or two letters match only its beginning.</summary>
    public string? Search { get; init; }

    /// <summary>Filters on <see cref="MessageFilterFields"/>.</summary>
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];

    /// <summary>Whether to load <see cref="MessageDetails.Content"/>.</summary>
    public bool WithContent { get; init; }
}

public static class MessageSortFields
{
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    public static readonly IReadOnlyList<string> All = [CreatedAt, UpdatedAt];
}

/// <summary>
/// Filter values are numbers: ids, and the values of <see cref="MessageType"/>, <see cref="MessageDirection"/> and
/// <see cref="ShownStatus"/>.
/// </summary>
public static class MessageFilterFields
{
    public const string Type = "type";
    public const string Status = "status";
    public const string ConversationId = "interaction_id";
    public const string ContactId = "contact_id";
    public const string Direction = "direction";
}

/// <summary>Message status as shown in app and API, with fewer steps than stored.</summary>
public enum ShownStatus
{
    Sent = 0,
    Delivered = 1,
    Read = 2,
    Failed = 3,

    /// <summary>Not sent yet, or possibly sent.</summary>
    Pending = 4,
}

public static class ShownStatuses
{
    public static ShownStatus Of(MessageStatus status) => status switch
    {
        MessageStatus.Pending => ShownStatus.Pending,
        MessageStatus.Accepted or MessageStatus.Sent => ShownStatus.Sent,
        MessageStatus.Failed => ShownStatus.Failed,
        MessageStatus.Delivered => ShownStatus.Delivered,
        _ => ShownStatus.Read,
    };

    internal static IEnumerable<long> StepsOf(long shown) =>
        Enum.GetValues<MessageStatus>().Where(status => (long)Of(status) == shown).Select(status => (long)status);
}

/// <summary>Search and filters of a message list.</summary>
internal sealed class MessageCriteria(string? search, IReadOnlyList<FilterTerm> filters)
{
    public bool IsEmpty => search is null && filters.Count == 0;

    public bool IsSearch => search is not null;

    /// <summary>Whether a stored message can start or stop matching.</summary>
    public bool MayChange => filters.Any(filter => filter.Field == MessageFilterFields.Status);

    /// <summary>Only equalities, each on an index that continues by creation time.</summary>
    public bool ComesByCreation => !IsSearch && filters.Count > 0 && filters.All(filter =>
        filter.Operator == FilterOperator.Equal && filter.Field is MessageFilterFields.Type or MessageFilterFields.ConversationId);

    /// <summary>Cache key: equal for equal criteria.</summary>
    public string Key => $"{search}\n{string.Join('&', filters)}";

    /// <param name="tests">The sort's index drives the query; SQLite is kept from using the filters' indexes.</param>
    public IQueryable<Message> Rows(AppDbContext db, bool tests) =>
        filters.Aggregate(search is null ? db.Messages.AsNoTracking() : Found(db, search), (narrowed, filter) => Narrow(narrowed, filter, tests));

    /// <summary>Search matches by descending id, in the order of the text index; no filter index may be used.</summary>
    public IQueryable<Message> FoundInOrder(AppDbContext db) => filters.Aggregate(
        db.FindMessages(search!).AsNoTracking().OrderByDescending(found => found.Order).Select(found => found.Message),
        (narrowed, filter) => Narrow(narrowed, filter, tests: true));

    private static IQueryable<Message> Found(AppDbContext db, string part) =>
        db.FindMessages(part).AsNoTracking().Select(found => found.Message);

    // "+ 0" keeps SQLite from using the column's index without changing the value.
    private static IQueryable<Message> Narrow(IQueryable<Message> rows, FilterTerm filter, bool tests) => filter.Field switch
    {
        MessageFilterFields.Type => Where(rows, tests ? m => (long)m.Type + 0 : m => (long)m.Type, filter.Operator, filter.Numbers),
        MessageFilterFields.ConversationId => Where(rows, tests ? m => m.ConversationId + 0 : m => m.ConversationId, filter.Operator, filter.Numbers),
        MessageFilterFields.ContactId => Where(rows, m => m.Conversation!.ContactId, filter.Operator, filter.Numbers),
        MessageFilterFields.Direction => Where(rows, m => (long)m.Direction, filter.Operator, filter.Numbers),
        MessageFilterFields.Status => WhereStatus(rows, tests ? m => (long)m.Status + 0 : m => (long)m.Status, filter),
        _ => throw new NotSupportedException($"Messages have no filter {filter.Field}."),
    };

    private static IQueryable<Message> WhereStatus(IQueryable<Message> rows, Expression<Func<Message, long>> column, FilterTerm filter)
    {
        var op = filter.Operator switch
        {
            FilterOperator.Equal => FilterOperator.In,
            FilterOperator.NotEqual => FilterOperator.NotIn,
            var other => other,
        };
        return Where(rows, column, op, op == FilterOperator.Null ? filter.Numbers : [.. filter.Numbers.SelectMany(ShownStatuses.StepsOf)]);
    }

    private static IQueryable<Message> Where(
        IQueryable<Message> rows, Expression<Func<Message, long>> column, FilterOperator op, IReadOnlyList<long> numbers) =>
        rows.Where(FilterExpressions.Where(column, op, numbers, op == FilterOperator.Null && numbers[0] == 1));
}
