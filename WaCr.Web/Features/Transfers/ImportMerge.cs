using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Puts a row's values into a contact that exists: over what it has, or only where it has nothing.</summary>
internal sealed class ImportMerge(ExistingPolicy policy, string homeCountry)
{
    /// <param name="keepsPhone">Whether the row's number already leads to the contact: another spelling, an earlier number, or one from a
    /// merge.</param>
    public void Apply(ContactDraft draft, Contact contact, bool keepsPhone)
    {
        var blankBefore = contact.Groups.Count == 0;
        contact.Consent = contact.Consent.With(draft.Consent?.Change ?? default).With(draft.OptsOut ? ConsentChange.StopsAll : default);
        if (policy == ExistingPolicy.Overwrite)
        {
            var (entered, key) = (contact.Phone, contact.PhoneKey);
            draft.ApplyTo(contact);
            if (keepsPhone && PhoneNumber.TryParse(entered, homeCountry, out var before))
            {
                contact.SetPhone(before with { Key = key });
            }
        }
        else
        {
            foreach (var field in ContactFields.Columns.Where(field => field.Read(contact) is null && draft[field].Or(null) is not null))
            {
                field.Write(contact, draft[field].Value);
            }

            contact.CountryId ??= (int?)draft.CountryId.Or(null);
            contact.AssignedId ??= draft.AssignedId.Or(null);
        }

        // Groups are only added, because a file knows only some of them.
        if (policy == ExistingPolicy.Overwrite || blankBefore)
        {
            contact.Groups.AddRange(draft.Groups.Or([]).Except(contact.Groups.Select(member => member.GroupId)).ToList()
                .Select(group => new GroupMember { TenantId = contact.TenantId, ContactId = contact.Id, GroupId = group }));
        }
    }
}
