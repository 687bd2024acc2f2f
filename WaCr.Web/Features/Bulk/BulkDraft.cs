using System.Linq.Expressions;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Bulk;

/// <summary>A <see cref="BulkAction"/> after the checks that need no database.</summary>
internal sealed class BulkDraft
{
    private readonly BulkAction _action;
    private readonly ContactDraft _fields;
    private readonly HashSet<long> _groups;

    private BulkDraft(BulkAction action, ContactDraft fields)
    {
        _action = action;
        _fields = fields;
        _groups = [.. action.Groups?.Ids ?? []];
        Errors = new FieldErrors().AddAll(fields.Errors).AddAll(fields.Consent?.CheckForMany() ?? []);
        foreach (var unknown in action.Fields.Keys.Except(BulkAction.Editable, StringComparer.Ordinal))
        {
            Errors.Add(unknown, BulkErrors.FieldUnknown);
        }

        if (action.IsNothing || (action.Groups is { Mode: not GroupsMode.Replace } && _groups.Count == 0))
        {
            Errors.Add(action.Groups is null ? "action" : ContactFieldNames.Groups, BulkErrors.NothingToDo);
        }
    }

    public FieldErrors Errors { get; }

    /// <summary>How a changed consent was said.</summary>
    public ConsentStatement? Statement => _fields.Consent?.Statement;

    public static BulkDraft From(BulkAction action, string homeCountry) =>
        new(action, ContactDraft.ForUpdate(ToPatch(action), homeCountry, ChangeOrigin.Bulk));

    /// <summary>Its own errors, plus references to rows that do not exist.</summary>
    public async Task<FieldErrors> CheckAsync(AppDbContext db) =>
        new FieldErrors().AddAll(Errors).AddAll(await ContactChecks.CheckAsync(db, _fields));

    public void ApplyTo(Contact contact)
    {
        _fields.ApplyTo(contact);
        contact.Consent = contact.Consent.With(_fields.Consent?.Change ?? default);
        if (_action.Groups?.Mode is GroupsMode.Remove or GroupsMode.Replace)
        {
            var keeps = _action.Groups.Mode == GroupsMode.Replace;
            contact.Groups.RemoveAll(member => _groups.Contains(member.GroupId) != keeps);
        }

        if (_action.Groups?.Mode is GroupsMode.Add or GroupsMode.Replace)
        {
            contact.Groups.AddRange(_groups.Except(contact.Groups.Select(member => member.GroupId)).ToList()
                .Select(group => new GroupMember { TenantId = contact.TenantId, ContactId = contact.Id, GroupId = group }));
        }
    }

    /// <summary>Predicate for contacts that the action would change, so that the database can count them.</summary>
    public Expression<Func<Contact, bool>> Changes()
    {
        var changes = new List<Expression<Func<Contact, bool>>>();
        foreach (var field in ContactFields.Bulk)
        {
            switch (field)
            {
                case ContactColumnField column when _fields[column].IsGiven: changes.Add(column.Differs(_fields[column].Value)); break;
                case ContactReferenceField id when _fields[id].IsGiven: changes.Add(id.Differs(_fields[id].Value)); break;
                case { Name: ContactFieldNames.Type } when _fields.Type.IsGiven: changes.Add(OtherThan(_fields.Type.Value)); break;
            }
        }

        if (_fields.Consent is { } consent)
        {
            changes.Add(consent.Differs());
        }

        if (_action.Groups is { } groups)
        {
            var (ids, count) = (_groups.ToList(), _groups.Count);
            changes.Add(groups.Mode switch
            {
                GroupsMode.Add => c => c.Groups.Count(member => ids.Contains(member.GroupId)) < count,
                GroupsMode.Remove => c => c.Groups.Any(member => ids.Contains(member.GroupId)),
                _ => c => c.Groups.Count(member => ids.Contains(member.GroupId)) < count || c.Groups.Any(member => !ids.Contains(member.GroupId)),
            });
        }

        var contact = changes[0].Parameters[0];
        var any = changes.Select(change => new Renamed(change.Parameters[0], contact).Visit(change.Body)).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<Contact, bool>>(any, contact);
    }

    private static Expression<Func<Contact, bool>> OtherThan(ContactType type) => c => c.Type != type;

    private static ContactPatch ToPatch(BulkAction action)
    {
        var patch = new ContactPatch
        {
            Consent = action.Consent,
            Groups = action.Groups is { } groups ? new Optional<IReadOnlyList<long>?>(groups.Ids) : default,
        };
        foreach (var field in ContactFields.Bulk.Where(field => action.Fields.ContainsKey(field.Name)))
        {
            var value = action.Fields[field.Name];
            switch (field)
            {
                case ContactTextField text: text.Give(patch, new Optional<string?>(value)); break;

                // Text that is no number becomes an id that does not exist; the database check rejects it.
                case ContactReferenceField id:
                    id.Give(patch, new Optional<long?>(value is null ? null : ContactFieldValues.IdOf(value) ?? 0));
                    break;
            }
        }

        return patch;
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
