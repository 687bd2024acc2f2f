using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Operations;

/// <summary>Screen words of what is measured.</summary>
internal static class OperatorLabels
{
    public static string Time(Localizer T, string instrument) => instrument switch
    {
        "wacr.webhook.lag" => T["WhatsApp's event: from arrival to effect"],
        "wacr.delivery.lag" => T["Webhook: from a change to its receipt"],
        "wacr.graph.duration" => T["Call to WhatsApp"],
        "wacr.commit_group.wait" => T["Write: wait for its turn"],
        _ => instrument,
    };

    public static string Queue(Localizer T, string queue) => queue switch
    {
        "outbox" => T["Outbox"],
        "whatsapp events" => T["WhatsApp's events"],
        "webhook deliveries" => T["Deliveries to webhooks"],
        "bulk jobs" => T["Changes of many contacts"],
        "pushes" => T["Notifications of browsers"],
        "campaigns" => T["Broadcasts"],
        _ => queue,
    };

    public static string Cache(Localizer T, string cache) => cache switch
    {
        "sessions" => T["Cached sessions found"],
        "message counts" => T["Cached message counts found"],
        "contact counts" => T["Cached contact counts found"],
        "contact searches" => T["Cached contact searches found"],
        _ => cache,
    };

    public static string Limit(Localizer T, string limit) => limit switch
    {
        "token" => T["An API token's"],
        "tenant" => T["A workspace's plan"],
        "address" => T["An address without a token"],
        "sign-in" => T["Sign-in attempts of an address"],
        _ => limit,
    };
}
