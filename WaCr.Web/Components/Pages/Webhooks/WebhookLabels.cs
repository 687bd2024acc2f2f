using WaCr.Web.Components.Language;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Components.Pages.Webhooks;

/// <summary>Screen texts for webhooks. Event names are not translated: developers use the API's.</summary>
public static class WebhookLabels
{
    public static string Of(Localizer T, WebhookDetails webhook) => webhook switch
    {
        { Status: WebhookStatus.Paused } => T["Paused"],
        { Status: WebhookStatus.Disabled, DisabledBecause: WebhookDisabled.Gone } => T["Disabled: the receiver is gone"],
        { Status: WebhookStatus.Disabled } => T["Disabled: it failed for five days"],
        { FailingSince: not null } => T["Failing"],
        _ => T["Active"],
    };

    /// <summary>What the chip of its state looks like.</summary>
    public static string ClassOf(WebhookDetails webhook) => webhook switch
    {
        { Status: WebhookStatus.Paused } => "",
        { Status: WebhookStatus.Disabled } => "gone",
        { FailingSince: not null } => "soon",
        _ => "good",
    };

    public static string Of(Localizer T, DeliveryState state) => state switch
    {
        DeliveryState.Delivered => T["Delivered"],
        DeliveryState.Failed => T["Failed"],
        _ => T["Waiting"],
    };

    public static string ClassOf(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "good",
        DeliveryState.Failed => "gone",
        _ => "soon",
    };

    public static string Resource(Localizer T, string resource) => resource switch
    {
        "contact" => T["Contacts"],
        "group" => T["Groups"],
        "source" => T["Sources"],
        "status" => T["Statuses"],
        "message" => T["Messages"],
        "conversation" => T["Conversations"],
        "comment" => T["Comments"],
        "template" => T["Templates"],
        "campaign" => T["Broadcasts"],
        "channel" => T["WhatsApp numbers"],
        _ => resource,
    };

    /// <summary>The receiver's answer as a short text.</summary>
    public static string Outcome(Localizer T, int? status) =>
        status is { } code ? code.ToString(System.Globalization.CultureInfo.InvariantCulture) : T["no answer"];
}
