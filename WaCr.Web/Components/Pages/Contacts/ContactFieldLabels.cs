using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>Labels of a contact's fields and values.</summary>
public static class ContactFieldLabels
{
    public static string Of(Localizer T, string field) => field switch
    {
        ContactFieldNames.IsOptedOut => T["Opted out of messages"],
        ContactFieldNames.ConsentMarketing => T["Marketing"],
        ContactFieldNames.ConsentService => T["Other messages"],
        ContactFieldNames.ConsentSource => T["How they said it"],
        ContactFieldNames.ConsentProof => T["In their words"],
        _ => ContactFields.Find(field) is { } known ? T[known.Label] : field,
    };

    /// <summary>The label of a value from a form or the history.</summary>
    public static string ValueOf(Localizer T, string field, string value, ContactChoices choices) =>
        ContactChoices.NameOf(T, field, value) ?? (choices.Of(T, field) is { } among ? NameOf(T, among, value)
        : field is ContactFieldNames.ConsentMarketing or ContactFieldNames.ConsentService ? ConsentLabels.ValueOf(T, field, value)
        : field == ContactFieldNames.IsOptedOut ? value == "true" ? T["Yes"] : T["No"]
        : value);

    /// <summary>The groups' names, as a list in a sentence.</summary>
    public static string GroupsOf(Localizer T, IEnumerable<long> ids, ContactChoices choices) =>
        string.Join(", ", ids.Select(id => NameOf(T, choices.Groups, id.ToString(CultureInfo.InvariantCulture))));

    private static string NameOf(Localizer T, IReadOnlyList<Choice> choices, string value) =>
        choices.FirstOrDefault(choice => choice.Value == value)?.Text ?? T["No longer available"];
}
