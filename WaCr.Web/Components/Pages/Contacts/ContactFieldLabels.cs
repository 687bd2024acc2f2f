using System.Globalization;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>A contact's fields and their values as people read them.</summary>
public static class ContactFieldLabels
{
    public static string Of(Localizer T, string field) => field switch
    {
        ContactFieldNames.FirstName => T["First name"],
        ContactFieldNames.LastName => T["Last name"],
        ContactFieldNames.Company => T["Company"],
        ContactFieldNames.Type => T["Type"],
        ContactFieldNames.Email => T["E-mail"],
        ContactFieldNames.Phone => T["Phone"],
        ContactFieldNames.StatusId => T["Status"],
        ContactFieldNames.SourceId => T["Source"],
        ContactFieldNames.Description => T["Notes"],
        ContactFieldNames.City => T["City"],
        ContactFieldNames.State => T["State or region"],
        ContactFieldNames.Zip => T["Postal code"],
        ContactFieldNames.Address => T["Street address"],
        ContactFieldNames.CountryId => T["Country"],
        ContactFieldNames.AssignedId => T["Assigned to"],
        ContactFieldNames.Groups => T["Groups"],
        ContactFieldNames.IsOptedOut => T["Opted out of messages"],
        ContactFieldNames.ConsentSource => T["How they agreed"],
        ContactFieldNames.ConsentProof => T["In their words"],
        _ => field,
    };

    /// <summary>What a value that a form or the history holds says.</summary>
    public static string ValueOf(Localizer T, string field, string value, ContactChoices choices) => field switch
    {
        ContactFieldNames.Type => NameOf(T, ContactChoices.TypesIn(T), value),
        ContactFieldNames.StatusId => NameOf(T, choices.Statuses, value),
        ContactFieldNames.SourceId => NameOf(T, choices.Sources, value),
        ContactFieldNames.CountryId => NameOf(T, choices.Countries, value),
        ContactFieldNames.AssignedId => NameOf(T, choices.People, value),
        ContactFieldNames.IsOptedOut => value == "true" ? T["Yes"] : T["No"],
        _ => value,
    };

    /// <summary>The groups' names, as a sentence lists them.</summary>
    public static string GroupsOf(Localizer T, IEnumerable<long> ids, ContactChoices choices) =>
        string.Join(", ", ids.Select(id => NameOf(T, choices.Groups, id.ToString(CultureInfo.InvariantCulture))));

    private static string NameOf(Localizer T, IReadOnlyList<Choice> choices, string value) =>
        choices.FirstOrDefault(choice => choice.Value == value)?.Text ?? T["No longer available"];
}
