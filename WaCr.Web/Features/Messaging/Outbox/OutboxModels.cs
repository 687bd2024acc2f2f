using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>A message for the outbox, sent now or not before <see cref="DueAt"/>.</summary>
public sealed record OutboxMessage(long ConversationId, MessageType Type, OutboundContent Content, string Text)
{
    public DateTimeOffset? DueAt { get; init; }
    public string? ReplyToWamid { get; init; }

    /// <summary>Where its file is.</summary>
    public string? Url { get; init; }

    /// <summary>Author; null for the API and campaigns.</summary>
    public long? StaffId { get; init; }

    /// <summary>A contact gets a campaign once, and not after opting out.</summary>
    public long? CampaignId { get; init; }
}

/// <summary>A message that was not sent, or only possibly.</summary>
/// <param name="ContactName">Empty if the contact was deleted.</param>
/// <param name="MayGoAgain">Whether it certainly did not arrive and is stored completely, unlike a one-time code.</param>
public sealed record UnsentMessage(
    long Id, long ConversationId, long ContactId, long ChannelId, string ContactName, string Text, OutboxState State, int Attempts,
    int? ErrorCode, string? Error, DateTimeOffset UpdatedAt, bool MayGoAgain);

/// <summary>A number and its outbox counts.</summary>
/// <param name="PausedAt">Since when a user or WhatsApp has paused it.</param>
public sealed record OutboxOfChannel(long Id, string Name, DateTimeOffset? PausedAt, bool IsRefused, OutboxCounts Totals);

/// <summary>Messages in a channel's outbox by state.</summary>
public sealed record OutboxCounts(long Waiting, long Sending, long Uncertain, long Dead);

/// <summary>
/// Our own reasons why a message was not sent. A message stores the code; WhatsApp's reasons and those of a plan's limit it stores as text.
/// </summary>
public static class OutboxErrors
{
    public const string WindowClosed = "outbox.window_closed";
    public const string OptedOut = "outbox.opted_out";
    public const string OptedOutOfMarketing = "outbox.opted_out_of_marketing";
    public const string ContactGone = "outbox.contact_gone";
    public const string NoAddress = "outbox.no_address";
    public const string Unconfirmed = "outbox.unconfirmed";
    public const string Unreachable = "outbox.unreachable";
    public const string MarketingStopped = "outbox.marketing_stopped";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [WindowClosed] = "More than 24 hours have passed since the customer's last message; only a template may be sent.",
        [OptedOut] = "The contact has opted out.",
        [OptedOutOfMarketing] = "The contact has opted out of marketing.",
        [ContactGone] = "The contact was deleted.",
        [NoAddress] = "The contact has no number or WhatsApp id to send to.",
        [Unconfirmed] = "WhatsApp did not confirm whether the message was sent.",
        [MarketingStopped] = "WhatsApp accepts no marketing from this number; other messages are sent.",
        [Unreachable] = "WhatsApp could not be reached.",
    };

    public static readonly NotFoundError ConversationNotFound = new("conversation.not_found", "Conversation not found");
    public static readonly NotFoundError ChannelNotFound = new("channel.not_found", "Channel not found");
    public static readonly NotFoundError MessageNotFound = new("message.not_found", "Message not found");

    /// <summary>The API's sentence for what a message stores.</summary>
    public static string? TextOf(string? stored) => stored is not null && Texts.TryGetValue(stored, out var text) ? text : stored;
}
