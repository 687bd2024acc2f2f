using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>What of a contact's past is wanted.</summary>
public enum TimelineFilter
{
    All = 0,
    Messages = 1,
    Comments = 2,
    Changes = 3,

    /// <summary>Whether the contact wants to be written to.</summary>
    Consent = 4,
}

/// <param name="StaffName">Who wrote it; null for customers, programs and broadcasts.</param>
public sealed record TimelineMessage(
    long Id, long ConversationId, string ChannelName, MessageDirection Direction, MessageType Type, MessageStatus Status, OutboxState? State, string Text,
    bool IsTemplate, string? StaffName, DateTimeOffset At);

public sealed record TimelineComment(long Id, long ConversationId, string Text, string? StaffName, DateTimeOffset At);

/// <summary>One of a message, a comment and a change.</summary>
public sealed record TimelineItem(DateTimeOffset At, TimelineMessage? Message = null, TimelineComment? Comment = null, HistoryEntry? Change = null)
{
    /// <summary>What the contact wrote or tapped to stop or to start again; null where it was no word.</summary>
    public string? ConsentWord { get; init; }
}

/// <summary>A place among messages or comments, which go by time.</summary>
public readonly record struct TimelinePlace(DateTimeOffset At, long Id);

/// <summary>Where a page ended, in each of its sources; null where nothing of one was shown yet.</summary>
public sealed record TimelineCursor(long? ChangesBefore, TimelinePlace? MessagesBefore, TimelinePlace? CommentsBefore)
{
    public static TimelineCursor Newest { get; } = new(null, null, null);
}

/// <param name="ConversationIds">Of the contact: what moves in them belongs here.</param>
/// <param name="Next">Null where these are the oldest.</param>
public sealed record ContactTimelinePage(IReadOnlyList<TimelineItem> Items, IReadOnlyList<long> ConversationIds, TimelineCursor? Next);
