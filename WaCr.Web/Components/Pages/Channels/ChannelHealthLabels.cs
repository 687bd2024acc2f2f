using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>Screen texts for how a number does; WhatsApp's word where it is a new one.</summary>
internal static class ChannelHealthLabels
{
    public static string Quality(Localizer T, string? word) => word switch
    {
        "GREEN" => T["High"],
        "YELLOW" => T["Medium"],
        "RED" => T["Low"],
        null or "" or "UNKNOWN" or "NA" => T["Not rated yet"],
        _ => word,
    };

    public static string? ToneOfQuality(string? word) => word switch
    {
        "YELLOW" => "soon",
        "RED" => "bad",
        _ => null,
    };

    public static string Status(Localizer T, string? word) => word switch
    {
        "CONNECTED" => T["Connected"],
        "FLAGGED" => T["Flagged for its quality"],
        "RESTRICTED" => T["Restricted"],
        "RATE_LIMITED" => T["Slowed down"],
        "BANNED" => T["Banned"],
        "PENDING" or "UNVERIFIED" => T["Not registered"],
        "DISCONNECTED" => T["Disconnected"],
        null or "" or "UNKNOWN" => T["Not known yet"],
        _ => word,
    };

    public static string? ToneOfStatus(string? word) => word switch
    {
        "FLAGGED" or "RATE_LIMITED" => "soon",
        "RESTRICTED" or "BANNED" or "PENDING" or "UNVERIFIED" or "DISCONNECTED" => "bad",
        _ => null,
    };

    public static string Name(Localizer T, string? word) => word switch
    {
        "APPROVED" => T["Approved"],
        "AVAILABLE_WITHOUT_REVIEW" => T["Usable without review"],
        "PENDING_REVIEW" => T["In review"],
        "DECLINED" => T["Rejected"],
        "EXPIRED" => T["Expired"],
        null or "" or "NONE" => T["Not known yet"],
        _ => word,
    };

    public static string? ToneOfName(string? word) => word switch
    {
        "PENDING_REVIEW" => "soon",
        "DECLINED" or "EXPIRED" => "bad",
        _ => null,
    };

    public static string Throughput(Localizer T, string? word) => word switch
    {
        "STANDARD" => T["Up to {count} messages a second", ("count", 80)],
        "HIGH" => T["Up to {count} messages a second", ("count", 1_000)],
        null or "" or "NOT_APPLICABLE" => T["Not known yet"],
        _ => word,
    };
}
