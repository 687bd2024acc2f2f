using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>One contact as the list shows it; small, since the rows travel with the page to the circuit. What no column shows is null.</summary>
public sealed record ContactRow(long Id, string Name, string Phone, string? PhoneCountry, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Status { get; init; } = "";
    public string? StatusColor { get; init; }
    public string? Email { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }
    public ContactType Type { get; init; }
    public string? Source { get; init; }
    public string? Assigned { get; init; }
    public string? Country { get; init; }
    public string? CountryCode { get; init; }
    public bool IsOptedOut { get; init; }

    /// <summary>Those of <see cref="ContactFields.Listed"/> that a column shows, by name; null where they are all empty.</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }

    public string? TextOf(string field) => Texts?.GetValueOrDefault(field);
}

/// <param name="For">The criteria and page whose rows these are.</param>
/// <param name="Names">What the filters' values are called, by <c>filter:value</c>.</param>
public sealed record ContactRows(string For, IReadOnlyList<ContactRow> Items, long Total, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>A search counts no further than this.</summary>
    public bool IsCounted { get; init; } = true;

    public string TotalText => Total.ToString("N0", CultureInfo.CurrentCulture) + (IsCounted ? "" : "+");
}
