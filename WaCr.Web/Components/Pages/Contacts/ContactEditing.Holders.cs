using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>Who has the number or the address that this contact cannot have as well.</summary>
public sealed partial class ContactEditing
{
    private readonly Dictionary<string, ContactDetails> _holders = new(StringComparer.Ordinal);

    public bool MayMerge => !IsNew && MayWrite && tenant.Actor.May(Permissions.ContactsDelete);

    /// <summary>Null if nobody has it, or whoever has it was not found.</summary>
    public ContactDetails? HolderOf(string field) => IsTaken(Errors, field) ? _holders.GetValueOrDefault(field) : null;

    private static bool IsTaken(FieldErrors errors, string field) =>
        errors[field].Any(error => error == ContactErrors.PhoneTaken || error == ContactErrors.EmailTaken);

    private async Task FindHoldersAsync(FieldErrors errors, CancellationToken cancellationToken)
    {
        foreach (var field in new[] { ContactFieldNames.Phone, ContactFieldNames.Email })
        {
            if (!IsTaken(errors, field))
            {
                continue;
            }

            _holders.Remove(field);
            var query = new ContactQuery
            {
                Page = new PageRequest(1, 1),
                Filters = [FilterTerm.OfTexts(field, FilterOperator.Equal, Model![field])],
            };
            var found = await Attempt.RunAsync(() => queries.ListAsync(query, cancellationToken), logger, cancellationToken);
            if (found.Value is { Items: [var holder] })
            {
                _holders[field] = holder;
            }
        }
    }

    private async Task RefuseAsync(AppError? error)
    {
        if (error is ValidationError { Fields: var fields })
        {
            await FindHoldersAsync(fields, CancellationToken.None);
        }

        Errors = error is ValidationError validation ? validation.Fields : [];
        Refusal = error is ValidationError ? null : error;
    }
}
