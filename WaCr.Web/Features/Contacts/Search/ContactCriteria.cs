using System.Linq.Expressions;
using System.Reflection;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Contacts;

/// <summary>Search and filters of a list, as the two kinds of query that <c>ContactListPlan</c> chooses from.</summary>
internal sealed class ContactCriteria(ContactSearch? search, IReadOnlyList<FilterTerm> filters)
{
    private static readonly MethodInfo Concat = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;

    public static ContactCriteria From(ContactQuery query, TenantIdentity tenant) =>
        new(ContactSearch.From(query.Search, tenant), [.. query.Filters.Select(filter => WithKeys(filter, tenant))]);

    public bool IsEmpty => search is null && filters.Count == 0;

    public bool IsSearch => search is not null;

    public ContactSearch? Search => search;

    /// <summary>Whether messages change the result, too, which no cache of contacts hears of.</summary>
    public bool FollowsMessages => filters.Any(filter => filter.Field is ContactFilterFields.LastMessageAt
        or ContactFilterFields.Unread or ContactFilterFields.Campaign);

    /// <summary>The filters alone; null if there are none.</summary>
    public ContactCriteria? WithoutSearch => filters.Count == 0 ? null : new ContactCriteria(null, filters);

    /// <summary>True if the filters are equalities on indexes that end in the id, so that rows come in id order.</summary>
    public bool ComesInOrderOfIds => IsSearch || filters.All(filter =>
        filter is
        {
            Operator: FilterOperator.Equal,
            Field: not ContactFilterFields.CreatedAt and not ContactFilterFields.UpdatedAt and not ContactFilterFields.GroupId
                and not ContactFilterFields.Consent and not ContactFilterFields.LastMessageAt and not ContactFilterFields.Unread
                and not ContactFilterFields.Campaign
        });

    /// <summary>Cache key: equal for equal criteria.</summary>
    public string Key => $"{search}\n{string.Join('&', filters)}";

    /// <summary>Query that finds rows through the filters' index. For counting, and for results small enough to sort in memory.</summary>
    public IQueryable<ContactMatch> UsingFilterIndex(AppDbContext db)
    {
        var matches = search is null ? All(db) : db.FindCandidates(search.Needles, search.Words);
        // With a search, filters must not use an index, or SQLite walks a filter's index and asks the text index for each row.
        matches = filters.Aggregate(matches, (rows, filter) => Narrow(db, rows, filter, tests: IsSearch && !db.HasQueryPlanner));

        // Last, because it is the most expensive test per row.
        return search?.Filter(matches) ?? matches;
    }

    /// <summary>Query that walks the sort's index and tests each row. For large results, where a page fills quickly.</summary>
    public IQueryable<ContactMatch> UsingSortIndex(AppDbContext db, string sortedBy)
    {
        var matches = filters.Aggregate(All(db), (rows, filter) => Narrow(db, rows, filter, tests: filter.Field != sortedBy));
        return search?.Filter(matches) ?? matches;
    }

    private static IQueryable<ContactMatch> All(AppDbContext db) => db.Contacts.Select(c => new ContactMatch { Order = c.Id, Contact = c });

    private static IQueryable<ContactMatch> Narrow(AppDbContext db, IQueryable<ContactMatch> rows, FilterTerm filter, bool tests) =>
        filter.Field switch
        {
            // "+ 0" keeps SQLite from using the column's index without changing the value.
            ContactFilterFields.Type => Where(rows, tests ? m => (long)m.Contact.Type + 0 : m => (long)m.Contact.Type, filter),
            ContactFilterFields.StatusId => Where(rows, tests ? m => m.Contact.StatusId + 0 : m => m.Contact.StatusId, filter),
            ContactFilterFields.SourceId => Where(rows, tests ? m => m.Contact.SourceId + 0 : m => m.Contact.SourceId, filter),
            ContactFilterFields.AssignedId => Where(rows, tests ? m => m.Contact.AssignedId + 0 : m => m.Contact.AssignedId, filter),
            ContactFilterFields.CreatedAt => rows.Where(FilterExpressions.WhereTime<ContactMatch>(m => m.Contact.CreatedAt, filter)),
            ContactFilterFields.UpdatedAt => rows.Where(FilterExpressions.WhereTime<ContactMatch>(m => m.Contact.UpdatedAt, filter)),
            ContactFilterFields.LastMessageAt => InConversations(
                rows, Newest(db, filter).Where(FilterExpressions.WhereTime<Conversation>(c => c.LastMessageAt, filter)), wanted: true, tests),
            ContactFilterFields.Unread => InConversations(
                rows, WithMessages(db).Where(c => c.UnreadCount > 0), filter.Numbers[0] == 1, tests),
            ContactFilterFields.Campaign => ReachedBy(db, rows, filter.Numbers[0], (CampaignReach)filter.Numbers[1], tests),
            ContactFilterFields.GroupId => InGroups(db, rows, filter, tests),
            ContactFilterFields.CountryId => Where(rows, tests ? m => m.Contact.CountryId + 0 : m => m.Contact.CountryId, filter),
            ContactFilterFields.IsOptedOut => OptedOut(rows, filter, tests),
            ContactFilterFields.Consent => WithConsent(rows, filter, tests),
            ContactFilterFields.Email when filter.Operator == FilterOperator.Null => WithEmail(rows, !WantsNull(filter), tests),
            ContactFilterFields.Email => WhereKey(rows, tests ? m => m.Contact.EmailKey + "" : m => m.Contact.EmailKey, filter),
            ContactFilterFields.Phone when filter.Operator == FilterOperator.Null =>
                rows.Where(m => (m.Contact.Phone == "") == WantsNull(filter)),
            ContactFilterFields.Phone => WhereKey(rows, tests ? m => m.Contact.PhoneKey + "" : m => m.Contact.PhoneKey, filter),
            _ when ContactFields.FindFilter(filter.Field) is { } field => Where(rows, field, filter, tests),
            _ => throw new NotSupportedException($"Contacts have no filter {filter.Field}."),
        };

    private static IQueryable<ContactMatch> Where(IQueryable<ContactMatch> rows, ContactColumnField field, FilterTerm filter, bool tests)
    {
        Expression<Func<ContactMatch, Contact>> contact = m => m.Contact;
        Expression column = Expression.Property(contact.Body, ((MemberExpression)field.Column.Body).Member.Name);
        if (tests && filter.Operator != FilterOperator.Null)
        {
            // Like "+ 0" above: the empty string changes nothing but prevents the use of the index.
            column = Expression.Add(column, Expression.Constant(""), Concat);
        }

        return rows.Where(FilterExpressions.Where(
            Expression.Lambda<Func<ContactMatch, string?>>(column, contact.Parameters), filter.Operator,
            [.. filter.Texts.Select(text => field.Normalize(text) ?? text)], WantsNull(filter)));
    }

    private static IQueryable<ContactMatch> Where(IQueryable<ContactMatch> rows, Expression<Func<ContactMatch, long>> column, FilterTerm filter) =>
        rows.Where(FilterExpressions.Where(column, filter.Operator, filter.Numbers, WantsNull(filter)));

    private static IQueryable<ContactMatch> Where(IQueryable<ContactMatch> rows, Expression<Func<ContactMatch, long?>> column, FilterTerm filter) =>
        rows.Where(FilterExpressions.Where(column, filter.Operator, [.. filter.Numbers.Select(number => (long?)number)], WantsNull(filter)));

    private static IQueryable<ContactMatch> OptedOut(IQueryable<ContactMatch> rows, FilterTerm filter, bool tests)
    {
        if (filter.Operator == FilterOperator.Null)
        {
            return WantsNull(filter) ? rows.Where(_ => false) : rows;
        }

        // One of two values, or both, or none.
        var negated = filter.Operator is FilterOperator.NotEqual or FilterOperator.NotIn;
        var (yes, no) = (filter.Numbers.Contains(1) != negated, filter.Numbers.Contains(0) != negated);
        return (yes, no) switch
        {
            (true, true) => rows,
            (false, false) => rows.Where(_ => false),
            _ when tests => rows.Where(m => (m.Contact.IsOptedOut ? 1 : 0) == (yes ? 1 : 0)),
            _ => rows.Where(m => m.Contact.IsOptedOut == yes),
        };
    }

    private static IQueryable<ContactMatch> WithConsent(IQueryable<ContactMatch> rows, FilterTerm filter, bool tests)
    {
        // Those who opted out of anything have an index.
        var isFew = filter.Operator is FilterOperator.Equal or FilterOperator.In
            && filter.Numbers.All(number => number >= (long)ConsentFilter.NoMarketing);
        var some = isFew && !tests ? rows.Where(m => m.Contact.IsOptedOut) : rows;
        return Where(
            some,
            m => m.Contact.IsOptedOut
                ? m.Contact.OptedOutOf == ConsentPurpose.Everything ? (long)ConsentFilter.Nothing : (long)ConsentFilter.NoMarketing
                : m.Contact.AgreesToMarketing ? (long)ConsentFilter.AgreesToMarketing : (long)ConsentFilter.Unknown,
            filter);
    }

    private static IQueryable<ContactMatch> WhereKey(IQueryable<ContactMatch> rows, Expression<Func<ContactMatch, string?>> key,
        FilterTerm filter) =>
        rows.Where(FilterExpressions.Where(key, filter.Operator, filter.Texts));

    // A number or an address stands for its key, whose index finds it. No key equals a text that is no number.
    private static FilterTerm WithKeys(FilterTerm filter, TenantIdentity tenant) => filter.Field switch
    {
        ContactFilterFields.Email when filter.Texts.Count > 0 => filter with { Texts = [.. filter.Texts.Select(TextKey.IgnoringCase)] },
        ContactFilterFields.Phone when filter.Texts.Count > 0 =>
            filter with
            {
                Texts = [.. filter.Texts.Select(text =>
                PhoneNumber.TryParse(text, tenant.Country, out var number) ? number.Key : "")]
            },
        _ => filter,
    };

    // Tests the e-mail key, which has an index; it is null exactly when the e-mail is.
    private static IQueryable<ContactMatch> WithEmail(IQueryable<ContactMatch> rows, bool wanted, bool tests) => tests
        ? rows.Where(m => (m.Contact.Email != null) == wanted)
        : wanted ? rows.Where(m => m.Contact.EmailKey != null) : rows.Where(m => m.Contact.EmailKey == null);

    private static bool WantsNull(FilterTerm filter) => filter.Operator == FilterOperator.Null && filter.Numbers[0] == 1;

    // The conversation with broadcasts alone has no time that anybody chose.
    private static IQueryable<Conversation> WithMessages(AppDbContext db) =>
        db.Conversations.Where(c => c.LastMessageAt > Conversation.BroadcastsOnly);

    // A contact's last message is the newest of all numbers. A lower bound alone holds for it if it holds for any.
    private static IQueryable<Conversation> Newest(AppDbContext db, FilterTerm filter) =>
        filter.Operator is FilterOperator.GreaterThan or FilterOperator.GreaterOrEqual
            ? WithMessages(db)
            : WithMessages(db).Where(c =>
                !db.Conversations.Any(other => other.ContactId == c.ContactId && other.LastMessageAt > c.LastMessageAt));

    private static IQueryable<ContactMatch> InConversations(
        IQueryable<ContactMatch> rows, IQueryable<Conversation> conversations, bool wanted, bool tests)
    {
        if (tests || !wanted)
        {
            return rows.Where(m => conversations.Any(c => c.ContactId == m.Contact.Id) == wanted);
        }

        var contacts = conversations.Select(c => c.ContactId);
        return rows.Where(m => contacts.Contains(m.Contact.Id));
    }

    private static IQueryable<ContactMatch> ReachedBy(
        AppDbContext db, IQueryable<ContactMatch> rows, long campaignId, CampaignReach reach, bool tests)
    {
        var sent = db.Messages.Where(m => m.CampaignId == campaignId);
        var messages = reach switch
        {
            CampaignReach.Failed => sent.Where(m => m.State == OutboxState.Dead),
            CampaignReach.Read => sent.Where(m => m.Status >= MessageStatus.Read),
            CampaignReach.Delivered => sent.Where(m => m.Status >= MessageStatus.Delivered),
            _ => sent.Where(
                m => m.Status == MessageStatus.Accepted || m.Status == MessageStatus.Sent || m.Status >= MessageStatus.Delivered),
        };
        if (tests)
        {
            return rows.Where(match => messages.Any(m => m.ContactId == match.Contact.Id));
        }

        var contacts = messages.Select(m => m.ContactId);
        return rows.Where(match => contacts.Contains(match.Contact.Id));
    }

    private static IQueryable<ContactMatch> InGroups(AppDbContext db, IQueryable<ContactMatch> rows, FilterTerm filter, bool tests)
    {
        switch (filter.Operator)
        {
            case FilterOperator.Null:
                var wantsNone = WantsNull(filter);
                return rows.Where(m => m.Contact.Groups.Any() != wantsNone);
            case FilterOperator.NotEqual or FilterOperator.NotIn:
                var ids = filter.Numbers;
                return rows.Where(m => !m.Contact.Groups.Any(member => ids.Contains(member.GroupId)));
        }

        var inGroup = FilterExpressions.Where<GroupMember, long>(member => member.GroupId, filter.Operator, filter.Numbers);
        if (tests)
        {
            return rows.Where(m => m.Contact.Groups.AsQueryable().Any(inGroup));
        }

        var members = db.GroupMembers.Where(inGroup).Select(member => member.ContactId);
        return rows.Where(m => members.Contains(m.Contact.Id));
    }
}
