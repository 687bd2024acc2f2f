using WaCr.Web.Components.Language;
using WaCr.Web.Features.Channels;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>Screen texts for WhatsApp's notices about a number or its account; WhatsApp's own words follow.</summary>
internal static class ChannelNoticeLabels
{
    public static string Of(Localizer T, ChannelNoticeItem news) => news.Field switch
    {
        "account_update" or "account_review_update" when news.IsSerious =>
            T["WhatsApp restricted or closed {channel}'s account", ("channel", news.Channel)],
        "account_alerts" => T["WhatsApp warns about {channel}'s account", ("channel", news.Channel)],
        "phone_number_quality_update" => T["WhatsApp changed {channel}'s quality rating", ("channel", news.Channel)],
        "phone_number_name_update" => T["WhatsApp reviewed {channel}'s display name", ("channel", news.Channel)],
        "business_capability_update" => T["WhatsApp changed {channel}'s sending limits", ("channel", news.Channel)],
        "security" => T["{channel}'s security settings were changed in WhatsApp", ("channel", news.Channel)],
        _ => T["WhatsApp changed {channel}'s account", ("channel", news.Channel)],
    };

    public static string Details(ChannelNoticeItem news) => (news.Word, news.Details) switch
    {
        ("", var details) => details,
        (var word, "") => word,
        var (word, details) => $"{word} ({details})",
    };
}
