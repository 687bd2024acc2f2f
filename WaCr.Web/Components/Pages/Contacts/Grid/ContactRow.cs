using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>One contact in the list; small, since prerendered rows are sent to the circuit. Fields without a column are null.</summary>
public sealed record ContactRow(
    long Id, string Name, string Phone, string? PhoneCountry, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Status { get; init; } = "";
    public string? StatusColor { get; init; }
    public string? Email { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }
    public DateTimeOffset? LastMessageAt { get; init; }
    public ContactType Type { get; init; }
    public string? Source { get; init; }
    public string? Assigned { get; init; }
    public string? Country { get; init; }
    public string? CountryCode { get; init; }
    public Consent Consent { get; init; }

    /// <summary>The shown fields of <see cref="ContactFields.Listed"/>, by name; null if all are empty.</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }

    public string? TextOf(string field) => Texts?.GetValueOrDefault(field);
}

/// <param name="For">The criteria and page of these rows.</param>
/// <param name="Names">Labels of the filters' values, by <c>filter:value</c>.</param>
public sealed record ContactRows(string For, IReadOnlyList<ContactRow> Items, long Total, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>False if the search stopped counting here.</summary>
    public bool IsCounted { get; init; } = true;

    public string TotalText => TextOf(Total, IsCounted);

    public static string TextOf(long total, bool isCounted) => NumberLabels.Number(total) + (isCounted ? "" : "+");
}
