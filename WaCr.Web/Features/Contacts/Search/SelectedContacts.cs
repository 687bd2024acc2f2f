using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

internal static class SelectedContacts
{
    /// <summary>The contacts selected now, in no particular order.</summary>
    public static IQueryable<Contact> Selected(this AppDbContext db, ContactSelection selection, TenantIdentity tenant)
    {
        if (selection.Matching is not { } query)
        {
            var ids = selection.Ids;
            return db.Contacts.Where(contact => ids.Contains(contact.Id));
        }

        var matching = ContactCriteria.From(query, tenant).UsingFilterIndex(db).Select(match => match.Contact);
        var except = selection.Except;
        return except.Count == 0 ? matching : matching.Where(contact => !except.Contains(contact.Id));
    }
}
