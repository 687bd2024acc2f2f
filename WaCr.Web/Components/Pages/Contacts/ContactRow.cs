using WaCr.Web.Common;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>One contact as the list shows it; small, since the rows travel with the page to the circuit.</summary>
public sealed record ContactRow(
    long Id, string Name, string Phone, string? Country, string? Email, string? Company,
    string Status, string? StatusColor, IReadOnlyList<string> Groups, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ContactRow From(ContactDetails contact) => new(
        contact.Id,
        $"{contact.FirstName} {contact.LastName}",
        PhoneNumber.Display(contact.PhoneKey),
        PhoneNumber.CountryOf(contact.PhoneKey) is { Length: 2 } country ? country : null,
        contact.Email,
        contact.Company,
        contact.Status?.Name ?? "",
        contact.Status?.Color,
        [.. (contact.Groups ?? []).Select(group => group.Name)],
        contact.CreatedAt,
        contact.UpdatedAt);
}

/// <param name="For">The state whose rows these are.</param>
public sealed record ContactRows(ContactListState For, IReadOnlyList<ContactRow> Items, long Total);
