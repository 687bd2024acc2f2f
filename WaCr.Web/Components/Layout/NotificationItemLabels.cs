using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Channels;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Components.Layout;

/// <summary>What the bell says of a notification, and where it leads.</summary>
internal static class NotificationItemLabels
{
    public static string Sentence(Localizer T, NotificationItem item) => (item.Kind, item.From) switch
    {
        (NotificationKind.SignInChanged, _) => T["Your sign-in settings were changed"],
        (NotificationKind.TokensLeft, var who) => T["{name} can no longer create API tokens, but theirs still work", ("name", who ?? "")],
        (NotificationKind.ChannelTrouble, _) =>
            ChannelNoticeLabels.Of(T, item.Trouble?.Field ?? "", item.Trouble?.Word ?? "", item.About, isSerious: true),
        (NotificationKind.WebhookDisabled, _) => T["A webhook was disabled since its receiver failed"],
        (NotificationKind.CampaignPaused, _) => T["The broadcast {name} was paused", ("name", item.About)],
        (NotificationKind.MessageInMine, _) => T["New message from {name}", ("name", NameOf(T, item))],
        (NotificationKind.MessageUnassigned, _) => T["New message from {name}, unassigned", ("name", NameOf(T, item))],
        (NotificationKind.Assigned, { } from) => T["{who} assigned you the conversation with {name}", ("who", from), ("name", NameOf(T, item))],
        (NotificationKind.Assigned, _) => T["The conversation with {name} was assigned to you", ("name", NameOf(T, item))],
        (NotificationKind.NotSent, _) => T["Not sent: your message to {name}", ("name", NameOf(T, item))],
        (_, { } from) => T["{who} mentioned you ({name})", ("who", from), ("name", NameOf(T, item))],
        _ => T["You were mentioned ({name})", ("name", NameOf(T, item))],
    };

    public static string Link(NotificationItem item) => item switch
    {
        { ConversationId: { } id } => Urls.Conversation(id),
        { CampaignId: { } campaign } => Urls.Broadcast(campaign),
        { Kind: NotificationKind.TokensLeft } => Urls.ApiTokens,
        { Kind: NotificationKind.WebhookDisabled } => Urls.Webhooks,
        { Kind: NotificationKind.ChannelTrouble } => Urls.Channels,
        _ => Urls.Sessions,
    };

    public static string Text(Localizer T, NotificationItem item) => item.Kind switch
    {
        NotificationKind.SignInChanged => AccountChangeTexts.Of(T, item.Text),
        NotificationKind.CampaignPaused => "",
        NotificationKind.ChannelTrouble => T["See the WhatsApp settings"],
        _ => item.Text,
    };

    private static string NameOf(Localizer T, NotificationItem item) => item.About.Length > 0 ? item.About : T["Deleted contact"];
}
