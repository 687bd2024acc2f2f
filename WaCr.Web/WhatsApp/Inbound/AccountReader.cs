using System.Text.Json;
using WaCr.Web.Common;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>What WhatsApp says about an account or a number. The kinds and their members change without notice, so all of them are told as they came.</summary>
internal static class AccountReader
{
    private const int MaxDetails = 30;

    /// <summary>Parts of the words for what ends a trouble.</summary>
    private static readonly string[] Good =
        ["REINSTATE", "UNFLAGGED", "UPGRADE", "ONBOARDING", "RECONNECTED", "VERIFIED", "APPROVED", "PARTNER_ADDED", "_INSTALLED", "RESOLVED"];

    private static readonly string[] Serious =
    [
        "DISABLE", "RESTRICT", "VIOLATION", "DELETE", "REMOVED", "OFFBOARD", "BAN", "FLAGGED", "DOWNGRADE", "REJECTED", "LOCK", "UNINSTALLED",
        "DISCONNECTED", "CRITICAL", "WARNING", "PIN_",
    ];

    /// <summary>Said under another name, or about the envelope.</summary>
    private static readonly string[] LeftOut = ["event", "decision", "alert_type", "messaging_product", "metadata", "entity_id", "entity_type", "waba_info"];

    public static AccountChanged Read(string field, JsonElement value, DateTimeOffset? at)
    {
        var alert = value.Member("alert_info") ?? value;
        var word = value.Text("event") ?? value.Text("decision") ?? alert.Text("alert_type") ?? "";
        string?[] tones = [word, value.Member("ban_info").Text("waba_ban_state"), alert.Text("alert_severity"), alert.Text("alert_status")];
        var isGood = tones.Any(tone => Has(tone, Good));
        return new AccountChanged(field, word)
        {
            Details = string.Join(", ", Leaves(value, null).Take(MaxDetails)).Cut(AccountChanged.DetailsMaxLength),
            IsGood = isGood,
            IsSerious = !isGood && tones.Any(tone => Has(tone, Serious)),
            At = at,
            DisplayPhoneNumber = value.Text("display_phone_number"),
        };
    }

    private static bool Has(string? word, string[] parts) =>
        word is not null && parts.Any(part => word.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Leaves(JsonElement element, string? name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(member => !LeftOut.Contains(member.Name)).SelectMany(member => Leaves(member.Value, member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, name)),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.String when element.GetString() is "" or "NONE" => [],
        _ => [name is null ? element.ToString() : $"{name}: {element}"],
    };
}
