namespace WaCr.Web.Domain;

/// <summary>The types of events that webhooks can receive.</summary>
public static class EventTypes
{
    public const string Everything = "*";

    public const string ContactCreated = "contact.created";
    public const string ContactUpdated = "contact.updated";
    public const string ContactDeleted = "contact.deleted";
    public const string ContactRestored = "contact.restored";
    public const string ContactMerged = "contact.merged";
    public const string ContactOptedOut = "contact.opted_out";
    public const string ContactOptedIn = "contact.opted_in";
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageStatus = "message.status";
    public const string MessageEdited = "message.edited";
    public const string MessageRevoked = "message.revoked";
    public const string ConversationAssigned = "conversation.assigned";
    public const string CommentCreated = "comment.created";
    public const string TemplateUpdated = "template.updated";
    public const string CampaignStarted = "campaign.started";
    public const string CampaignPaused = "campaign.paused";
    public const string CampaignFinished = "campaign.finished";
    public const string ChannelAlert = "channel.alert";

    /// <summary>Sent by a webhook's test; cannot be chosen.</summary>
    public const string Ping = "ping";

    /// <summary>In display order.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ContactCreated, ContactUpdated, ContactDeleted, ContactRestored, ContactMerged, ContactOptedOut, ContactOptedIn,
        .. OfLookup("group"), .. OfLookup("source"), .. OfLookup("status"),
        MessageReceived, MessageSent, MessageStatus, MessageEdited, MessageRevoked,
        ConversationAssigned, CommentCreated, TemplateUpdated, CampaignStarted, CampaignPaused, CampaignFinished, ChannelAlert,
    ];

    /// <summary>The part before the dot: <c>contact</c>, <c>message</c> and so on.</summary>
    public static readonly IReadOnlyList<string> Resources = [.. All.Select(ResourceOf).Distinct(StringComparer.Ordinal)];

    public static string ResourceOf(string type) => type.Split('.')[0];

    /// <summary>Whether it is valid in a webhook's list: an event, all events of a resource, or all.</summary>
    public static bool IsChoice(string name) =>
        name == Everything || All.Contains(name, StringComparer.Ordinal)
        || (name.EndsWith(".*", StringComparison.Ordinal) && Resources.Contains(name[..^2], StringComparer.Ordinal));

    /// <param name="chosen">The webhook's list.</param>
    /// <param name="type">The event's type.</param>
    public static bool Includes(IReadOnlyCollection<string> chosen, string type) =>
        chosen.Contains(Everything) || chosen.Contains(type) || chosen.Contains(ResourceOf(type) + ".*");

    private static string[] OfLookup(string resource) => [resource + ".created", resource + ".updated", resource + ".deleted"];
}
