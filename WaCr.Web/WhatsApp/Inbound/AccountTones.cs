using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Whether an event is good, serious or neither, and which earlier words it ends.</summary>
internal sealed record AccountTone(bool IsGood, bool IsSerious, IReadOnlyList<string> Ends)
{
    public static readonly AccountTone Neutral = new(false, false, []);

    public static readonly AccountTone Serious = new(false, true, []);

    /// <summary>Nothing needs to be done about it.</summary>
    public static AccountTone Good(params string[] ends) => new(true, false, ends);
}

/// <summary>
/// The meaning of each word of account webhooks. Only whole words count, since parts mislead ("DISAPPROVED"). A word not listed is shown as
/// it comes, as neither good nor serious.
/// </summary>
internal static class AccountTones
{
    private static readonly Dictionary<(string Field, string Word), AccountTone> Known = new()
    {
        [("account_update", "ACCOUNT_RESTRICTION")] = AccountTone.Serious,
        [("account_update", "ACCOUNT_VIOLATION")] = AccountTone.Serious,
        [("account_update", "ACCOUNT_DELETED")] = AccountTone.Serious,
        [("account_update", "DISABLED_UPDATE")] = AccountTone.Serious,
        [("account_update", "ACCOUNT_OFFBOARDED")] = AccountTone.Serious,
        [("account_update", "ACCOUNT_RECONNECTED")] = AccountTone.Good("ACCOUNT_OFFBOARDED"),
        [("account_update", "PARTNER_REMOVED")] = AccountTone.Serious,
        [("account_update", "PARTNER_ADDED")] = AccountTone.Good("PARTNER_REMOVED"),
        [("account_update", "PARTNER_APP_UNINSTALLED")] = AccountTone.Serious,
        [("account_update", "PARTNER_APP_INSTALLED")] = AccountTone.Good("PARTNER_APP_UNINSTALLED"),
        [("account_update", "MM_LITE_TERMS_SIGNED")] = AccountTone.Good(),
        [("account_review_update", "APPROVED")] = AccountTone.Good("REJECTED"),
        [("account_review_update", "REJECTED")] = AccountTone.Serious,
        [("account_alerts", "OBA_APPROVED")] = AccountTone.Good("OBA_REJECTED"),
        [("account_alerts", "OBA_REJECTED")] = AccountTone.Serious,
        [("phone_number_quality_update", "FLAGGED")] = AccountTone.Serious,
        [("phone_number_quality_update", "UNFLAGGED")] = AccountTone.Good("FLAGGED"),
        [("phone_number_quality_update", "DOWNGRADE")] = AccountTone.Serious,
        [("phone_number_quality_update", "UPGRADE")] = AccountTone.Good("DOWNGRADE"),
        [("phone_number_quality_update", "ONBOARDING")] = AccountTone.Good(),
        [("phone_number_quality_update", "THROUGHPUT_UPGRADE")] = AccountTone.Good(),
        [("phone_number_name_update", "APPROVED")] = AccountTone.Good("REJECTED", "DEFERRED", "PENDING"),
        [("phone_number_name_update", "REJECTED")] = AccountTone.Serious,
        [("security", "PIN_CHANGED")] = AccountTone.Serious,
        [("security", "PIN_RESET_REQUEST")] = AccountTone.Serious,
        [("security", "PIN_RESET_SUCCESS")] = AccountTone.Serious,
    };

    /// <param name="field">WhatsApp's name of the kind.</param>
    /// <param name="word">WhatsApp's word for the event.</param>
    /// <param name="value">Has the details of bans and alerts, whose word alone does not tell.</param>
    public static AccountTone Of(string field, string word, JsonElement value)
    {
        var alert = value.Member("alert_info") ?? value;
        return (field, value.Member("ban_info").Text("waba_ban_state"), alert.Text("alert_status"), alert.Text("alert_severity")) switch
        {
            ("account_update", "REINSTATE", _, _) => AccountTone.Good(word, "ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION"),
            ("account_alerts", _, "RESOLVED", _) => AccountTone.Good(word),
            ("account_alerts", _, _, "CRITICAL" or "WARNING") => AccountTone.Serious,
            _ => Known.GetValueOrDefault((field, word), AccountTone.Neutral),
        };
    }
}
