using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>Screen texts for the outbox.</summary>
public static class OutboxLabels
{
    public static string StateOf(Localizer T, OutboxOfChannel channel)
    {
        var waiting = T["{count} waiting", ("count", channel.Totals.Waiting + channel.Totals.Sending)];
        return channel switch
        {
            { IsRefused: true } => T["WhatsApp rejected the access token. An admin can renew it in the settings."],
            { PausedAt: not null } => $"{T["Sending paused"]} · {waiting}",
            _ => $"{T["Sending"]} · {waiting}",
        };
    }

    public static string SwitchOf(Localizer T, OutboxOfChannel channel) => channel.PausedAt is null ? T["Pause sending"] : T["Resume sending"];

    /// <summary>Whether another number would help.</summary>
    /// <param name="code">WhatsApp's; 131026 is a number that cannot be reached.</param>
    public static bool IsAboutTheNumber(int? code) => code == 131026;

    /// <param name="code">WhatsApp's.</param>
    public static string ReasonOf(Localizer T, int? code, string? error) => error switch
    {
        _ when MessageLabels.Advice(T, code) is { Length: > 0 } advice => advice,
        OutboxErrors.WindowClosed => T["The 24-hour window has closed. Send a template instead."],
        OutboxErrors.OptedOut => T["The contact has opted out."],
        OutboxErrors.OptedOutOfMarketing => T["The contact has opted out of marketing."],
        OutboxErrors.ContactGone => T["The contact was deleted."],
        OutboxErrors.NoAddress => T["The contact has no number or WhatsApp id to send to."],
        OutboxErrors.Unconfirmed => T["WhatsApp did not confirm whether the message was sent."],
        OutboxErrors.MarketingStopped => T["WhatsApp accepts no marketing from this number. Other messages are sent."],
        OutboxErrors.Unreachable => T["WhatsApp could not be reached."],
        var other => other ?? "",
    };
}
