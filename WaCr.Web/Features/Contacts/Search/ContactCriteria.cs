using System.Linq.Expressions;
using System.Reflection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Lists;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>Search and filters of a list, as the two kinds of query that <c>ContactListPlan</c> chooses from.</summary>
internal sealed class ContactCriteria(ContactSearch? search, IReadOnlyList<FilterTerm> filters)
{
    private static readonly MethodInfo Concat = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;

    public static ContactCriteria From(ContactQuery query, TenantIdentity tenant) =>
        new(ContactSearch.From(query.Search, tenant), query.Filters);

    public bool IsEmpty => search is null && filters.Count == 0;

    public bool IsSearch => search is not null;

    public ContactSearch? Search => search;

    /// <summary>The filters alone; null if there are none.</summary>
    public ContactCriteria? WithoutSearch => filters.Count == 0 ? null : new ContactCriteria(null, filters);

    /// <summary>True if the filters are equalities on indexes that end in the id, so that rows come in id order.</summary>
    public bool ComesInOrderOfIds => IsSearch || filters.All(filter =>
        filter is { Operator: FilterOperator.Equal, Field: not ContactFilterFields.CreatedAt and not ContactFilterFields.GroupId });

    /// <summary>Cache key: equal for equal criteria.</summary>
    public string Key => $"{search}\n{string.Join('&', filters)}";

    /// <summary>Query that finds rows through the filters' index. For counting, and for results small enough to sort in memory.</summary>
    public IQueryable<ContactMatch> Driving(AppDbContext db)
    {
        var matches = search is null ? All(db) : db.FindCandidates(search.Needles, search.Words);
        // With a search, filters must not use an index, or SQLite walks a filter's index and asks the text index for each row.
        matches = filters.Aggregate(matches, (rows, filter) => Narrow(db, rows, filter, tests: IsSearch && !db.HasQueryPlanner));

        // Last, because it is the most expensive test per row.
        return search?.Testing(matches) ?? matches;
    }

    /// <summary>Query that walks the sort's index and tests each row. For large results, where a page fills quickly.</summary>
    public IQueryable<ContactMatch> Testing(AppDbContext db, string sortedBy)
    {
        var matches = filters.Aggregate(All(db), (rows, filter) => Narrow(db, rows, filter, tests: filter.Field != sortedBy));
        return search?.Testing(matches) ?? matches;
    }

    private static IQueryable<ContactMatch> All(AppDbContext db) => db.Contacts.Select(c => new ContactMatch { Order = c.Id, Contact = c });

    private static IQueryable<ContactMatch> Narrow(AppDbContext db, IQueryable<ContactMatch> rows, FilterTerm filter, bool tests) => filter.Field switch
    {
        // "+ 0" keeps SQLite from using the column's index without changing the value.
        ContactFilterFields.Type => Where(rows, tests ? m => (long)m.Contact.Type + 0 : m => (long)m.Contact.Type, filter),
        ContactFilterFields.StatusId => Where(rows, tests ? m => m.Contact.StatusId + 0 : m => m.Contact.StatusId, filter),
        ContactFilterFields.SourceId => Where(rows, tests ? m => m.Contact.SourceId + 0 : m => m.Contact.SourceId, filter),
        ContactFilterFields.AssignedId => Where(rows, tests ? m => m.Contact.AssignedId + 0 : m => m.Contact.AssignedId, filter),
        ContactFilterFields.CreatedAt => rows.Where(FilterExpressions.WhereTime<ContactMatch>(m => m.Contact.CreatedAt, filter)),
        ContactFilterFields.GroupId => InGroups(db, rows, filter, tests),
        ContactFilterFields.CountryId => Where(rows, tests ? m => m.Contact.CountryId + 0 : m => m.Contact.CountryId, filter),
        ContactFilterFields.IsOptedOut => OptedOut(rows, filter.Numbers[0] == 1, tests),
        ContactFilterFields.Email => WithEmail(rows, !WantsNull(filter), tests),
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

    private static IQueryable<ContactMatch> OptedOut(IQueryable<ContactMatch> rows, bool wanted, bool tests) => tests
        ? rows.Where(m => (m.Contact.IsOptedOut ? 1 : 0) == (wanted ? 1 : 0))
        : rows.Where(m => m.Contact.IsOptedOut == wanted);

    // Tests the e-mail key, which has an index; it is null exactly when the e-mail is.
    private static IQueryable<ContactMatch> WithEmail(IQueryable<ContactMatch> rows, bool wanted, bool tests) => tests
        ? rows.Where(m => (m.Contact.Email != null) == wanted)
        : wanted ? rows.Where(m => m.Contact.EmailKey != null) : rows.Where(m => m.Contact.EmailKey == null);

    private static bool WantsNull(FilterTerm filter) => filter.Operator == FilterOperator.Null && filter.Numbers[0] == 1;

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
