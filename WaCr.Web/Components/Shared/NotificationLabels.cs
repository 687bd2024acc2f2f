using WaCr.Web.Components.Language;
using WaCr.Web.Domain;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Components.Shared;

/// <summary>The fixed words of each kind that can be chosen: they name nobody, since a lock screen shows them.</summary>
internal static class NotificationLabels
{
    public static string Of(Localizer T, NotificationKind kind) => kind switch
    {
        NotificationKind.MessageInMine => T["New message in your conversations"],
        NotificationKind.MessageUnassigned => T["New message in an unassigned conversation"],
        NotificationKind.Mention => T["A colleague mentioned you"],
        NotificationKind.Assigned => T["A conversation was assigned to you"],
        NotificationKind.CampaignPaused => T["A broadcast was paused"],
        _ => T["A WhatsApp number is in trouble"],
    };

    /// <summary>Where it leads.</summary>
    public static string PathOf(NotificationKind kind, long? id) => (kind, id) switch
    {
        (NotificationKind.CampaignPaused, { } campaign) => Urls.Broadcast(campaign),
        (NotificationKind.ChannelTrouble, _) => Urls.Channels,
        (_, { } conversation) => Urls.Conversation(conversation),
        _ => Urls.Conversations,
    };

    public static string Way(Localizer T, NotificationWays way) => way switch
    {
        NotificationWays.Bell => T["Bell"],
        NotificationWays.Sound => T["Sound"],
        _ => T["Notification"],
    };
}
