using MudBlazor;
using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Components.Layout;

/// <summary>The search over everything: contacts by the contact list's search, and pages by name.</summary>
public sealed class GlobalFinder(ContactQueries contacts, TenantContext tenant, SandboxPresence sandbox, Localizer T)
{
    private const int MaxContacts = 6;

    /// <summary>An empty text finds the contacts changed last, and every page.</summary>
    public async Task<Result<IReadOnlyList<SearchGroup>>> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var text = typed.Trim();
        List<SearchGroup> groups = [];
        if (tenant.Actor.May(Permissions.ContactsRead))
        {
            var found = await contacts.ListAsync(QueryOf(text), cancellationToken);
            if (!found.Succeeded)
            {
                return found.Error;
            }

            groups.Add(new(text.Length == 0 ? T["Recently changed"] : T["Contacts"], [.. found.Value.Items.Select(HitOf)]));
        }

        groups.Add(new(T["Pages"], [.. PagesNamed(text)]));
        groups.RemoveAll(group => group.Hits.Count == 0);
        return groups;
    }

    private static ContactQuery QueryOf(string text) => new()
    {
        Page = new PageRequest(1, MaxContacts),
        Sort = [new SortTerm(ContactSortFields.UpdatedAt, Descending: true)],
        Search = text,
    };

    private static SearchHit HitOf(ContactDetails contact) => new(
        Urls.Contact(contact.Id), $"{contact.FirstName} {contact.LastName}".Trim(), contact.Phone, Icons.Material.Outlined.Person);

    private IEnumerable<SearchHit> PagesNamed(string text) =>
        from page in AppPages.For(tenant.Actor, sandbox)
        let name = page.Name(T)
        where TextKey.Folded(name).Contains(TextKey.Folded(text), StringComparison.Ordinal)
        select new SearchHit(page.Url, name, null, page.Icon);
}
