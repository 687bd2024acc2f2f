using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Whether an event is good, serious or neither, and which earlier words it ends.</summary>
internal sealed record AccountEventSeverity(bool IsGood, bool IsSerious, IReadOnlyList<string> Ends)
{
    public static readonly AccountEventSeverity Neutral = new(false, false, []);

    public static readonly AccountEventSeverity Serious = new(false, true, []);

    /// <summary>Nothing needs to be done about it.</summary>
    public static AccountEventSeverity Good(params string[] ends) => new(true, false, ends);
}

/// <summary>
/// The meaning of each word of account webhooks. Only whole words count, since parts mislead ("DISAPPROVED"). A word not listed is shown as
/// it comes, as neither good nor serious.
/// </summary>
internal static class AccountEventSeverities
{
    private static readonly Dictionary<(string Field, string Word), AccountEventSeverity> Known = new()
    {
        [("account_update", "ACCOUNT_RESTRICTION")] = AccountEventSeverity.Serious,
        [("account_update", "ACCOUNT_VIOLATION")] = AccountEventSeverity.Serious,
        [("account_update", "ACCOUNT_DELETED")] = AccountEventSeverity.Serious,
        [("account_update", "DISABLED_UPDATE")] = AccountEventSeverity.Serious,
        [("account_update", "ACCOUNT_OFFBOARDED")] = AccountEventSeverity.Serious,
        [("account_update", "ACCOUNT_RECONNECTED")] = AccountEventSeverity.Good("ACCOUNT_OFFBOARDED"),
        [("account_update", "PARTNER_REMOVED")] = AccountEventSeverity.Serious,
        [("account_update", "PARTNER_ADDED")] = AccountEventSeverity.Good("PARTNER_REMOVED"),
        [("account_update", "PARTNER_APP_UNINSTALLED")] = AccountEventSeverity.Serious,
        [("account_update", "PARTNER_APP_INSTALLED")] = AccountEventSeverity.Good("PARTNER_APP_UNINSTALLED"),
        [("account_update", "MM_LITE_TERMS_SIGNED")] = AccountEventSeverity.Good(),
        [("account_review_update", "APPROVED")] = AccountEventSeverity.Good("REJECTED"),
        [("account_review_update", "REJECTED")] = AccountEventSeverity.Serious,
        [("account_alerts", "OBA_APPROVED")] = AccountEventSeverity.Good("OBA_REJECTED"),
        [("account_alerts", "OBA_REJECTED")] = AccountEventSeverity.Serious,
        [("phone_number_quality_update", "FLAGGED")] = AccountEventSeverity.Serious,
        [("phone_number_quality_update", "UNFLAGGED")] = AccountEventSeverity.Good("FLAGGED"),
        [("phone_number_quality_update", "DOWNGRADE")] = AccountEventSeverity.Serious,
        [("phone_number_quality_update", "UPGRADE")] = AccountEventSeverity.Good("DOWNGRADE"),
        [("phone_number_quality_update", "ONBOARDING")] = AccountEventSeverity.Good(),
        [("phone_number_quality_update", "THROUGHPUT_UPGRADE")] = AccountEventSeverity.Good(),
        [("phone_number_name_update", "APPROVED")] = AccountEventSeverity.Good("REJECTED", "DEFERRED", "PENDING"),
        [("phone_number_name_update", "REJECTED")] = AccountEventSeverity.Serious,
        [("security", "PIN_CHANGED")] = AccountEventSeverity.Serious,
        [("security", "PIN_RESET_REQUEST")] = AccountEventSeverity.Serious,
        [("security", "PIN_RESET_SUCCESS")] = AccountEventSeverity.Serious,
    };

    /// <param name="field">WhatsApp's name of the kind.</param>
    /// <param name="word">WhatsApp's word for the event.</param>
    /// <param name="value">Has the details of bans and alerts, whose word alone does not tell.</param>
    public static AccountEventSeverity Of(string field, string word, JsonElement value)
    {
        var alert = value.Member("alert_info") ?? value;
        return (field, value.Member("ban_info").Text("waba_ban_state"), alert.Text("alert_status"), alert.Text("alert_severity")) switch
        {
            ("account_update", "REINSTATE", _, _) => AccountEventSeverity.Good(word, "ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION"),
            ("account_alerts", _, "RESOLVED", _) => AccountEventSeverity.Good(word),
            ("account_alerts", _, _, "CRITICAL" or "WARNING") => AccountEventSeverity.Serious,
            _ => Known.GetValueOrDefault((field, word), AccountEventSeverity.Neutral),
        };
    }
}
