using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>
/// Reads what WhatsApp reports about an account or a number. Kinds and members change without notice, so all are passed on.
/// </summary>
internal static class AccountReader
{
    public static readonly string[] Fields =
    [
        "account_update", "account_alerts", "account_review_update", "phone_number_quality_update", "phone_number_name_update",
        "business_capability_update", "security",
    ];

    private const int MaxDetails = 30;

    /// <summary>Members reported under another name, or part of the envelope.</summary>
    private static readonly string[] LeftOut =
    [
        "event", "decision", "alert_type", "messaging_product", "metadata", "entity_id", "entity_type", "waba_info", "expiration"
    ];

    public static AccountChanged Read(string field, JsonElement value, DateTimeOffset? at)
    {
        var alert = value.Member("alert_info") ?? value;
        var word = value.Text("event") ?? value.Text("decision") ?? alert.Text("alert_type") ?? "";
        var severity = AccountEventSeverities.Of(field, word, value);
        return new AccountChanged(field, word)
        {
            Details = string.Join(", ", Leaves(value, null).Take(MaxDetails)).Cut(AccountChanged.DetailsMaxLength),
            IsGood = severity.IsGood,
            IsSerious = severity.IsSerious,
            Ends = severity.Ends,
            At = at,
            DisplayPhoneNumber = value.Text("display_phone_number"),
            EndsAt = value.Items("restriction_info").Max(restriction => restriction.Time("expiration")),
            DailyLimit = MessagingLimit.Of(
                value.Text("max_daily_conversations_per_business") ?? value.Text("current_limit")
                    ?? value.Text("max_daily_conversation_per_phone")),
            NameStatus = field == "phone_number_name_update" ? NameStatusOf(word) : null,
            Throughput = (field, word) is (AccountEventNames.Quality, AccountEventNames.ThroughputRaised) ? "HIGH" : null,
        };
    }

    private static string? NameStatusOf(string decision) => decision switch
    {
        "APPROVED" => "APPROVED",
        "REJECTED" => "DECLINED",
        "DEFERRED" or "PENDING" => "PENDING_REVIEW",
        _ => null,
    };

    private static IEnumerable<string> Leaves(JsonElement element, string? name) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject()
                .Where(member => !LeftOut.Contains(member.Name))
                .SelectMany(member => Leaves(member.Value, member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, name)),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.String when element.GetString() is "" or "NONE" => [],
        _ => [name is null ? element.ToString() : $"{name}: {element}"],
    };
}
