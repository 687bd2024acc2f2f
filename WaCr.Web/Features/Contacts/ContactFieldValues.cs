using System.Globalization;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's fields as texts by their names in the API, "" for none: how forms, history and merges hold them.</summary>
public static class ContactFieldValues
{
    /// <summary>All but the groups.</summary>
    public static Dictionary<string, string> Of(ContactDetails contact) => new(StringComparer.Ordinal)
    {
        [ContactFieldNames.FirstName] = contact.FirstName,
        [ContactFieldNames.LastName] = contact.LastName,
        [ContactFieldNames.Company] = contact.Company ?? "",
        [ContactFieldNames.Type] = contact.Type.ToString().ToLowerInvariant(),
        [ContactFieldNames.Email] = contact.Email ?? "",
        [ContactFieldNames.Phone] = contact.Phone,
        [ContactFieldNames.StatusId] = Text(contact.StatusId),
        [ContactFieldNames.SourceId] = Text(contact.SourceId),
        [ContactFieldNames.Description] = contact.Description ?? "",
        [ContactFieldNames.City] = contact.City ?? "",
        [ContactFieldNames.State] = contact.State ?? "",
        [ContactFieldNames.Zip] = contact.Zip ?? "",
        [ContactFieldNames.Address] = contact.Address ?? "",
        [ContactFieldNames.CountryId] = Text(contact.CountryId),
        [ContactFieldNames.AssignedId] = Text(contact.AssignedId),
    };

    /// <summary>An update of these fields and no others; "" clears.</summary>
    public static ContactPatch ToPatch(IReadOnlyDictionary<string, string> values)
    {
        return new ContactPatch
        {
            FirstName = Field(ContactFieldNames.FirstName),
            LastName = Field(ContactFieldNames.LastName),
            Company = Field(ContactFieldNames.Company),
            Type = Field(ContactFieldNames.Type),
            Email = Field(ContactFieldNames.Email),
            Phone = Field(ContactFieldNames.Phone),
            StatusId = Id(ContactFieldNames.StatusId),
            SourceId = Id(ContactFieldNames.SourceId),
            Description = Field(ContactFieldNames.Description),
            City = Field(ContactFieldNames.City),
            State = Field(ContactFieldNames.State),
            Zip = Field(ContactFieldNames.Zip),
            Address = Field(ContactFieldNames.Address),
            CountryId = Id(ContactFieldNames.CountryId),
            AssignedId = Id(ContactFieldNames.AssignedId),
        };

        Optional<string?> Field(string field) =>
            values.TryGetValue(field, out var value) ? new Optional<string?>(Meaning(value)) : default;

        Optional<long?> Id(string field) => values.TryGetValue(field, out var value)
            ? new Optional<long?>(long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null)
            : default;
    }

    /// <summary>What a value says: a text area's own line breaks and blanks around it say nothing.</summary>
    public static string? Meaning(string text)
    {
        var trimmed = text.ReplaceLineEndings("\n").Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
