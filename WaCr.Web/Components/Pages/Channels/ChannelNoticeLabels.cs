using WaCr.Web.Components.Language;
using WaCr.Web.Features.Channels;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>Screen texts for notices about a number or its account; WhatsApp's own words follow.</summary>
internal static class ChannelNoticeLabels
{
    public static string Of(Localizer T, ChannelNoticeItem news) => Of(T, news.Field, news.Word, news.Channel, news.IsSerious);

    public static string Of(Localizer T, string field, string word, string channel, bool isSerious) => (field, word) switch
    {
        (ChannelTrouble.Field, var found) => OfRead(T, found, channel),
        ("account_update", "ACCOUNT_RESTRICTION") => T["WhatsApp restricts what {channel} may do", ("channel", channel)],
        ("account_update", "ACCOUNT_VIOLATION") => T["WhatsApp warns {channel} of a breach of its policy", ("channel", channel)],
        ("account_update" or "account_review_update", _) when isSerious =>
            T["WhatsApp restricted or closed {channel}'s account", ("channel", channel)],
        ("account_alerts", _) => T["WhatsApp warns about {channel}'s account", ("channel", channel)],
        ("phone_number_quality_update", "FLAGGED") => T["The quality of {channel}'s messages is low", ("channel", channel)],
        ("phone_number_quality_update", "UPGRADE") => T["WhatsApp raised {channel}'s limit", ("channel", channel)],
        ("phone_number_quality_update", "DOWNGRADE") => T["WhatsApp lowered {channel}'s limit", ("channel", channel)],
        ("phone_number_quality_update", "THROUGHPUT_UPGRADE") => T["{channel} can send faster now", ("channel", channel)],
        ("phone_number_quality_update", _) => T["WhatsApp changed {channel}'s quality rating", ("channel", channel)],
        ("phone_number_name_update", "APPROVED") => T["WhatsApp approved {channel}'s display name", ("channel", channel)],
        ("phone_number_name_update", "REJECTED") => T["WhatsApp rejected {channel}'s display name", ("channel", channel)],
        ("phone_number_name_update", _) => T["WhatsApp reviewed {channel}'s display name", ("channel", channel)],
        ("business_capability_update", _) => T["WhatsApp changed {channel}'s sending limits", ("channel", channel)],
        ("security", "PIN_CHANGED") => T["{channel}'s PIN was changed in WhatsApp", ("channel", channel)],
        ("security", _) => T["{channel}'s security settings were changed in WhatsApp", ("channel", channel)],
        _ => T["WhatsApp changed {channel}'s account", ("channel", channel)],
    };

    /// <summary>WhatsApp's words; our own find needs none but its explanation.</summary>
    public static string Details(Localizer T, ChannelNoticeItem news) => (news.Field, news.Word, news.Details) switch
    {
        (ChannelTrouble.Field, var word, "") => AdviceOf(T, word),
        (ChannelTrouble.Field, _, var details) => details,
        (_, "ACCOUNT_RESTRICTION", var details) when Restrictions(T, details) is { Length: > 0 } said => said,
        (_, "", var details) => details,
        (_, var word, "") => word,
        var (_, word, details) => $"{word} ({details})",
    };

    private static string OfRead(Localizer T, string word, string channel) => word switch
    {
        ChannelTrouble.NumberStopped => T["WhatsApp has stopped {channel}'s number", ("channel", channel)],
        ChannelTrouble.NotRegistered => T["{channel}'s number is not registered", ("channel", channel)],
        ChannelTrouble.NotSubscribed => T["{channel}'s messages don't reach this workspace", ("channel", channel)],
        ChannelTrouble.QualityLow => T["The quality of {channel}'s messages is low", ("channel", channel)],
        ChannelTrouble.NameDeclined => T["WhatsApp rejected {channel}'s display name", ("channel", channel)],
        ChannelTrouble.TokenEnds => T["{channel}'s access token ends soon", ("channel", channel)],
        ChannelTrouble.Unpaid => T["{channel}'s WhatsApp account can't pay", ("channel", channel)],
        _ when word.StartsWith(ChannelTrouble.Limited, StringComparison.Ordinal) => T["{channel} can send less than usual", ("channel", channel)],
        _ => T["{channel} can't send", ("channel", channel)],
    };

    private static string AdviceOf(Localizer T, string word) => word switch
    {
        ChannelTrouble.NotRegistered or ChannelTrouble.NotSubscribed => T["Run the check in the WhatsApp settings to fix this."],
        ChannelTrouble.QualityLow => T["Too many people blocked or reported your messages. Send less, and only to those who want it."],
        ChannelTrouble.TokenEnds => T["Generate a new one in Meta's Business settings and enter it in the WhatsApp settings."],
        _ => "",
    };

    // The kinds of restrictions by WhatsApp's names, which stand in the details.
    private static string Restrictions(Localizer T, string details)
    {
        return string.Join(' ', new[]
        {
            Has("RESTRICTED_BIZ_INITIATED_MESSAGING") ? T["No templates and broadcasts; answers within 24 hours still go."] : "",
            Has("RESTRICTED_CUSTOMER_INITIATED_MESSAGING") ? T["No answers to customers."] : "",
            Has("RESTRICTED_ADD_PHONE_NUMBER_ACTION") ? T["No new numbers can be added."] : "",
        }.Where(said => said.Length > 0));

        bool Has(string kind) => details.Contains(kind, StringComparison.Ordinal);
    }
}
