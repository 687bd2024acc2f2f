using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>What a contact wants, in words.</summary>
public static class ConsentLabels
{
    public static string Of(Localizer T, MarketingConsent consent) => consent switch
    {
        MarketingConsent.Granted => T["Agreed to marketing"],
        MarketingConsent.Denied => T["Wants no marketing"],
        _ => T["Never asked about marketing"],
    };

    public static string Of(Localizer T, ServiceConsent consent) => consent == ServiceConsent.Denied ? T["Wants no messages"] : T["May be written to"];

    /// <summary>In a narrow column; empty if nothing was ever said.</summary>
    public static string InBrief(Localizer T, Consent consent) => consent switch
    {
        { Service: ServiceConsent.Denied } => T["Nothing at all"],
        { Marketing: MarketingConsent.Denied } => T["No marketing"],
        { Marketing: MarketingConsent.Granted } => T["Agreed"],
        _ => "",
    };

    /// <summary>Options of a field.</summary>
    /// <param name="none">The text of no answer; null where one has to be chosen.</param>
    public static IReadOnlyList<Choice> Marketing(Localizer T, string? none)
    {
        List<Choice> answers = [new(ValueOf(MarketingConsent.Granted), T["Agreed"]), new(ValueOf(MarketingConsent.Denied), T["Not wanted"])];
        return none is null ? answers : [new(ValueOf(MarketingConsent.Unknown), none), .. answers];
    }

    /// <inheritdoc cref="Marketing"/>
    public static IReadOnlyList<Choice> Service(Localizer T) =>
        [new(ValueOf(ServiceConsent.Allowed), T["Allowed"]), new(ValueOf(ServiceConsent.Denied), T["Not wanted"])];

    /// <summary>As <see cref="ConsentPatch"/> takes it; empty for no answer.</summary>
    public static string ValueOf(MarketingConsent consent) => consent switch
    {
        MarketingConsent.Granted => "granted",
        MarketingConsent.Denied => "denied",
        _ => "",
    };

    /// <inheritdoc cref="ConsentPatch.Service"/>
    public static string ValueOf(ServiceConsent consent) => consent == ServiceConsent.Denied ? "denied" : "allowed";

    public static MarketingConsent ReadMarketing(string value) => value switch
    {
        "granted" => MarketingConsent.Granted,
        "denied" => MarketingConsent.Denied,
        _ => MarketingConsent.Unknown,
    };

    public static ServiceConsent ReadService(string value) => value == "denied" ? ServiceConsent.Denied : ServiceConsent.Allowed;

    /// <summary>Options of the list's filter.</summary>
    public static IReadOnlyList<Choice> Filters(Localizer T) =>
    [
        new("no_marketing", T["No marketing"]),
        new("nothing", T["Nothing at all"]),
        new("agreed", T["Agreed to marketing"]),
        new("unknown", T["Never said anything"]),
    ];

    /// <summary>Null for no option of the filter.</summary>
    public static ConsentFilter? ReadFilter(string value) => value switch
    {
        "no_marketing" => ConsentFilter.NoMarketing,
        "nothing" => ConsentFilter.Nothing,
        "agreed" => ConsentFilter.AgreesToMarketing,
        "unknown" => ConsentFilter.Unknown,
        _ => null,
    };

    public static string Who(Localizer T, CurrentConsent said) => said.ActorKind switch
    {
        ActorKind.Webhook => T["The contact"],
        _ when said.ActorName.Length > 0 => said.ActorName,
        _ => T["The system"],
    };

    /// <summary>A value of the history.</summary>
    public static string ValueOf(Localizer T, string field, string value) => (field, value) switch
    {
        (ContactFieldNames.ConsentMarketing, "granted") => T["Agreed"],
        (ContactFieldNames.ConsentMarketing, "denied") => T["Not wanted"],
        (ContactFieldNames.ConsentMarketing, _) => T["Never asked"],
        (_, "denied") => T["Not wanted"],
        _ => T["Allowed"],
    };

    /// <summary>What the contact did, if all that changed is what they want; null otherwise.</summary>
    public static string? Wish(Localizer T, HistoryEntry entry)
    {
        if (entry.Action != AuditAction.Updated || entry.Changes.Count == 0
            || !entry.Changes.All(change => ContactFieldNames.IsConsent(change.Field)))
        {
            return null;
        }

        var service = entry.Changes.FirstOrDefault(change => change.Field == ContactFieldNames.ConsentService);
        var marketing = entry.Changes.FirstOrDefault(change => change.Field == ContactFieldNames.ConsentMarketing);
        var denies = (service ?? marketing)?.After is "denied" || entry.Changes[0].After == "true";
        return !denies ? service is null && marketing is not null ? T["agrees to marketing"] : T["has opted in again"]
            : service is null && marketing is not null ? T["wants no more marketing"] : T["has opted out"];
    }
}
