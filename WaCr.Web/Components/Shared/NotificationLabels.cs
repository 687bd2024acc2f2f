using WaCr.Web.Components.Language;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Components.Shared;

/// <summary>The fixed words of each kind that can be chosen: they name nobody, since a lock screen shows them.</summary>
internal static class NotificationLabels
{
    private const string Test = "Test";

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

    /// <summary>What the service worker shows for each kind of push, and where that leads with its id: a push has no words.</summary>
    public static IResult Write(Localizer T) => Results.Json(new
    {
        lang = CultureInfo.CurrentUICulture.Name,
        dir = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr",
        kinds = NotificationSettings.Kinds.ToDictionary(
                kind => kind.ToString(),
                kind => new { text = Of(T, kind), path = PathOf(kind, 0).Replace("/0", "/{id}", StringComparison.Ordinal) })
            .Append(new(Test, new { text = T["A test notification"], path = Urls.Notifications }))
            .ToDictionary(),
    });

    public static string Way(Localizer T, NotificationWays way) => way switch
    {
        NotificationWays.Bell => T["Bell"],
        NotificationWays.Sound => T["Sound"],
        _ => T["Notification"],
    };
}
