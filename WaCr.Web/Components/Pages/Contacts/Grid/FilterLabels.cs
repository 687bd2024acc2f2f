using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>Filters as sentences: "Status is Interested, Paris or Lyon".</summary>
public static class FilterLabels
{
    private const int Named = 3;

    public static string KeyOf(string filter, string value) => $"{filter}:{value}";

    public static string Label(Localizer T, string filter) => filter switch
    {
        ContactFilter.Type => T["Type"],
        ContactFilter.Status => T["Status"],
        ContactFilter.Source => T["Source"],
        ContactFilter.Assigned => T["Assigned to"],
        ContactFilter.Group => T["Group"],
        ContactFilter.Country => T["Country"],
        ContactFilter.Created => T["Added"],
        ContactFilter.Changed => T["Changed"],
        ContactFilter.LastMessage => T["Last message"],
        ContactFilter.Unread => T["Unread messages"],
        ContactFilter.Campaign => T["Broadcast"],
        ContactFilter.Email => T["E-mail"],
        ContactFilter.OptedOut => T["Opted out"],
        ContactFilter.Consent => T["Consent"],
        _ => ContactFieldLabels.Of(T, filter),
    };

    /// <summary>The filter's label for "none".</summary>
    public static string Nothing(Localizer T, string filter) => filter switch
    {
        ContactFilter.Assigned => T["Nobody"],
        ContactFilter.Group => T["No group"],
        ContactFilter.Country => T["No country"],
        _ => T["None"],
    };

    public static IReadOnlyList<Choice> ChoicesOf(Localizer T, string filter, ContactChoices choices) =>
        filter == ContactFilter.Group ? choices.Groups : choices.Of(T, filter) ?? [];

    public static string Sentence(Localizer T, ContactFilter filter, IReadOnlyDictionary<string, string> names) =>
        (filter.Name, filter.IsNothing, filter.Not) switch
        {
            (ContactFilter.Assigned, true, false) => T["Unassigned"],
            (ContactFilter.Assigned, true, true) => T["Assigned to someone"],
            (ContactFilter.Group, true, false) => T["No groups"],
            (ContactFilter.Group, true, true) => T["In a group"],
            (ContactFilter.Country, true, false) => T["Has no country"],
            (ContactFilter.Country, true, true) => T["Has a country"],
            (_, true, false) => T["{field} is empty", ("field", Label(T, filter.Name))],
            (_, true, true) => T["{field} is not empty", ("field", Label(T, filter.Name))],
            (ContactFilter.Campaign, _, _) => T["Broadcast “{name}”: {step}",
                ("name", names.GetValueOrDefault(KeyOf(filter.Name, filter.Values[0])) ?? T["No longer available"]),
                ("step", Reach(T, ContactFilter.ReadCampaign(filter.Values[0])!.Value.Reach))],
            (ContactFilter.Email, _, _) => YesOrNo(T, filter.Name, filter.Values[0]),
            (ContactFilter.OptedOut or ContactFilter.Unread, _, _) => YesOrNo(T, filter.Name, filter.Values[0]),
            (ContactFilter.Created or ContactFilter.Changed or ContactFilter.LastMessage, _, _) => Days(T, filter),
            (_, _, true) => T["{field} is not {values}", ("field", Label(T, filter.Name)), ("values", Values(T, filter, names))],
            _ => T["{field} is {values}", ("field", Label(T, filter.Name)), ("values", Values(T, filter, names))],
        };

    public static string Reach(Localizer T, CampaignReach reach) => reach switch
    {
        CampaignReach.Sent => T["Sent"],
        CampaignReach.Delivered => T["Delivered"],
        CampaignReach.Read => T["Read"],
        _ => T["Failed"],
    };

    public static string YesOrNo(Localizer T, string filter, string value) => (filter, value) switch
    {
        (ContactFilter.Email, ContactFilter.Yes) => T["Has an e-mail"],
        (ContactFilter.Email, _) => T["Has no e-mail"],
        (ContactFilter.Unread, ContactFilter.Yes) => T["Has unread messages"],
        (ContactFilter.Unread, _) => T["Nothing unread"],
        (_, ContactFilter.Yes) => T["Opted out of messages"],
        _ => T["Not opted out"],
    };

    private static string Values(Localizer T, ContactFilter filter, IReadOnlyDictionary<string, string> names)
    {
        var texts = filter.Values.Take(Named).Select(value =>
            ContactChoices.NameOf(T, filter.Name, value) ?? names.GetValueOrDefault(KeyOf(filter.Name, value)) ?? T["No longer available"]).ToList();
        return filter.Values.Count > Named ? T["{list} or {count} more", ("list", string.Join(", ", texts)), ("count", filter.Values.Count - Named)]
            : texts is [var only] ? only
            : T["{list} or {last}", ("list", string.Join(", ", texts.SkipLast(1))), ("last", texts[^1])];
    }

    private static string Days(Localizer T, ContactFilter filter) => (filter.Name, filter.From, filter.Until) switch
    {
        (ContactFilter.Created, { } from, { } until) when from == until => T["Added on {day}", ("day", TimeLabels.Day(from))],
        (ContactFilter.Created, { } from, { } until) => T["Added between {from} and {until}", ("from", TimeLabels.Day(from)), ("until", TimeLabels.Day(until))],
        (ContactFilter.Created, { } from, null) => T["Added since {day}", ("day", TimeLabels.Day(from))],
        (ContactFilter.Created, _, { } until) => T["Added until {day}", ("day", TimeLabels.Day(until))],
        (_, { } from, { } until) when from == until => T["{field}: {day}", ("field", Label(T, filter.Name)), ("day", TimeLabels.Day(from))],
        (_, { } from, { } until) =>
            T["{field}: {from} to {until}", ("field", Label(T, filter.Name)), ("from", TimeLabels.Day(from)), ("until", TimeLabels.Day(until))],
        (_, { } from, null) => T["{field}: since {day}", ("field", Label(T, filter.Name)), ("day", TimeLabels.Day(from))],
        (_, _, var until) => T["{field}: until {day}", ("field", Label(T, filter.Name)), ("day", TimeLabels.Day(until!.Value))],
    };
}
