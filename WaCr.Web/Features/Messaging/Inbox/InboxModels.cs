using WaCr.Web.Domain;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Which conversations a person wants to see.</summary>
public enum InboxBox
{
    All = 0,

    /// <summary>Those with something of the customer's that nobody has read.</summary>
    Unread = 1,
    Mine = 2,
    Unassigned = 3,
}

/// <param name="Search">A part of the contact's name, phone, e-mail or company; null or blank for everybody.</param>
/// <param name="StatusId">Of the contact; null for any.</param>
/// <param name="GroupId">That the contact is in; null for any.</param>
/// <param name="Before">Where the page before ended; null for the newest.</param>
public sealed record InboxQuery(InboxBox Box, string? Search = null, long? StatusId = null, long? GroupId = null, InboxCursor? Before = null);

/// <summary>A place in the list, which goes by the last message.</summary>
public readonly record struct InboxCursor(DateTimeOffset LastMessageAt, long Id);

/// <summary>A conversation as the list shows it.</summary>
/// <param name="ContactName">Empty where the contact lies in the trash.</param>
/// <param name="LastText">Of the last message; empty where it has none.</param>
public sealed record InboxItem(
    long Id, long ContactId, string ContactName, string? WaId, DateTimeOffset LastMessageAt, string LastText, MessageType? LastType,
    MessageDirection? LastDirection, MessageStatus? LastStatus, OutboxState? LastState, int Unread, long? AssignedId, DateTimeOffset? WindowClosesAt,
    string? Status, string? StatusColor)
{
    /// <summary>Of a last message without a text, in WhatsApp's words; null for every other.</summary>
    public string? LastContent { get; init; }
}

/// <param name="Next">Null where there are no more.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, InboxCursor? Next);

/// <summary>A conversation that is open on somebody's screen.</summary>
/// <param name="IsGone">The contact lies in the trash: nothing can be sent.</param>
public sealed record OpenConversation(
    long Id, long ContactId, string ContactName, string Phone, string? WaId, bool IsOptedOut, bool IsGone, long? AssignedId,
    DateTimeOffset? WindowClosesAt, int Unread, string ChannelName)
{
    /// <summary>The contact's, after BCP 47; null where nobody knows it.</summary>
    public string? Language { get; init; }

    /// <summary>What merge fields stand for here, by their names.</summary>
    public IReadOnlyDictionary<string, string> Merge { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The file of a message in a thread.</summary>
/// <param name="FileId">Null while it is not here.</param>
public sealed record ConversationFile(long? FileId, MediaState State, string? FileName, string? ContentType, long Size, bool IsVoice);

/// <param name="Content">JSON in WhatsApp's words, for what is more than its text: buttons, a list, a place; null for our own plain text.</param>
public sealed record ConversationMessage(
    long Id, MessageDirection Direction, MessageType Type, MessageStatus Status, OutboxState? State, string Text, string? Content, string? Wamid,
    string? ReplyToWamid, string? TemplateName, int? ErrorCode, string? Error, string? StaffName, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? EditedAt, DateTimeOffset? RevokedAt, ConversationFile? File);

/// <summary>A note among colleagues in a thread.</summary>
public sealed record ConversationComment(long Id, string Text, string? StaffName, DateTimeOffset CreatedAt);

/// <param name="Messages">From the oldest to the newest.</param>
/// <param name="Comments">Of the same stretch of time.</param>
/// <param name="Quoted">The messages that others of the thread answer or react to, by wamid, where they are not among them.</param>
/// <param name="HasOlder">Whether there is anything before.</param>
public sealed record ConversationHistoryPage(
    IReadOnlyList<ConversationMessage> Messages, IReadOnlyList<ConversationComment> Comments, IReadOnlyDictionary<string, string> Quoted, bool HasOlder)
{
    /// <summary>What leaves later, the next first; with the newest stretch alone.</summary>
    public IReadOnlyList<ScheduledMessage> PutOff { get; init; } = [];
}

/// <summary>A message that waits for its time.</summary>
public sealed record ScheduledMessage(long Id, MessageType Type, string Text, string? TemplateName, string? StaffName, DateTimeOffset DueAt);
