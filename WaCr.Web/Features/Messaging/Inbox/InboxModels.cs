namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Filter of the conversation list.</summary>
public enum InboxBox
{
    All = 0,

    /// <summary>With messages nobody has read.</summary>
    Unread = 1,
    Mine = 2,
    Unassigned = 3,

    /// <summary>Of contacts who wait for an answer; who waits longest comes first.</summary>
    Waiting = 4,
}

/// <param name="Search">Part of the contact's name, phone, e-mail or company; null or blank for all.</param>
/// <param name="StatusId">Status of the contact; null for any.</param>
/// <param name="GroupId">Group of the contact; null for any.</param>
/// <param name="Before">End of the previous page; null for the newest.</param>
public sealed record InboxQuery(
    InboxBox Box, string? Search = null, long? StatusId = null, long? GroupId = null, InboxCursor? Before = null);

/// <summary>Position in the list.</summary>
/// <param name="At">Of the last message; among those who wait, since when they do.</param>
public readonly record struct InboxCursor(DateTimeOffset At, long Id);

/// <summary>A conversation as a list item.</summary>
/// <param name="ContactName">Empty if the contact is in the trash.</param>
/// <param name="LastText">Text of the last message; empty if it has none.</param>
public sealed record InboxItem(
    long Id, long ContactId, string ContactName, string? WaId, DateTimeOffset LastMessageAt, string LastText, MessageType? LastType,
    MessageDirection? LastDirection, MessageStatus? LastStatus, OutboxState? LastState, int Unread, long? AssignedId,
    DateTimeOffset? WindowClosesAt, string? Status, string? StatusColor)
{
    /// <summary>The contact wants no messages at all.</summary>
    public bool IsOptedOut { get; init; }

    /// <summary>WhatsApp keeps the contact's messages from the number, and ours from the contact.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Content of a last message without text, in WhatsApp's format; otherwise null.</summary>
    public string? LastContent { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public bool HasOnlyBroadcasts => LastMessageAt == Conversation.BroadcastsOnly;

    /// <summary>Null if nobody is assigned.</summary>
    public string? AssignedName { get; init; }

    /// <summary>Null where the workspace has one number.</summary>
    public string? ChannelName { get; init; }

    /// <summary>What a contact who hides the number is called at WhatsApp, without the @; null for the others.</summary>
    public string? Username { get; init; }
}

/// <param name="Next">Null on the last page.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, InboxCursor? Next);

/// <summary>A conversation opened by a user.</summary>
/// <param name="PhoneKey">The contact's; empty if the contact is in the trash.</param>
/// <param name="IsGone">The contact is in the trash, so nothing can be sent.</param>
public sealed record OpenConversation(
    long Id, long ContactId, string ContactName, string PhoneKey, string? WaId, bool IsOptedOut, bool IsGone, long? AssignedId,
    DateTimeOffset? WindowClosesAt, int Unread, string ChannelName)
{
    public bool HasPhone => !PhoneNumber.IsNone(PhoneKey);

    /// <summary>The contact's name at WhatsApp, without the @; null if there is none.</summary>
    public string? Username { get; init; }

    /// <summary>Broadcasts and marketing templates are not sent; answers are.</summary>
    public bool WantsNoMarketing { get; init; }

    /// <summary>The contact is blocked at WhatsApp, so nothing can be sent.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Whether WhatsApp shows the contact's number to the business; otherwise it can be asked for.</summary>
    public bool HidesNumber { get; init; }

    /// <summary>Whether the contact sees that staff read and write.</summary>
    public bool SendsReadReceipts { get; init; }

    /// <summary>The contact's language as a BCP 47 tag; null if unknown.</summary>
    public string? Language { get; init; }

    /// <summary>Values of the merge fields, by field name.</summary>
    public IReadOnlyDictionary<string, string> Merge { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A message's file.</summary>
/// <param name="FileId">Null until it is downloaded.</param>
public sealed record ConversationFile(long? FileId, MediaState State, string? FileName, string? ContentType, long Size, bool IsVoice);

/// <param name="Content">JSON in WhatsApp's format for content beyond text, such as buttons, lists, locations; null for our own plain
/// text.</param>
public sealed record ConversationMessage(
    long Id, MessageDirection Direction, MessageType Type, MessageStatus Status, OutboxState? State, string Text, string? Content,
    string? Wamid, string? ReplyToWamid, string? TemplateName, int? ErrorCode, string? Error, string? StaffName, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? EditedAt, DateTimeOffset? RevokedAt, ConversationFile? File)
{
    public bool IsStarred { get; init; }

    /// <inheritdoc cref="MessageTypes.IsEvent"/>
    public bool IsEvent => Type.IsEvent();

    /// <summary>At most one of each side.</summary>
    public IReadOnlyList<ShownReaction> Reactions { get; init; } = [];
}

public sealed record ShownReaction(string Emoji, bool IsOurs);

/// <summary>A message that another one quotes.</summary>
public sealed record QuotedMessage(long Id, string Text, MessageType Type)
{
    public override string ToString() => $"{nameof(QuotedMessage)} {Id}";
}

/// <summary>An internal comment in a conversation.</summary>
public sealed record ConversationComment(long Id, string Text, string? StaffName, DateTimeOffset CreatedAt);

/// <param name="Messages">Oldest first. A reaction stands at its message, not among them.</param>
/// <param name="Comments">Comments of the same period.</param>
/// <param name="Quoted">Messages quoted but not on this page, by wamid.</param>
/// <param name="HasOlder">Whether older messages exist.</param>
public sealed record ConversationHistoryPage(
    IReadOnlyList<ConversationMessage> Messages, IReadOnlyList<ConversationComment> Comments,
    IReadOnlyDictionary<string, QuotedMessage> Quoted, bool HasOlder)
{
    /// <summary>Scheduled messages, next first; only with the newest page.</summary>
    public IReadOnlyList<ScheduledMessage> Scheduled { get; init; } = [];
}

/// <summary>A scheduled message.</summary>
public sealed record ScheduledMessage(
    long Id, MessageType Type, string Text, string? TemplateName, string? StaffName, DateTimeOffset DueAt);
