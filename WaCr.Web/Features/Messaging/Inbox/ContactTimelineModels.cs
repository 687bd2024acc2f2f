using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Kinds of timeline entries to show.</summary>
public enum TimelineFilter
{
    All = 0,
    Messages = 1,
    Comments = 2,
    Changes = 3,

    /// <summary>Opt-outs and renewed consent.</summary>
    Consent = 4,
}

/// <param name="StaffName">Author; null for contacts, API calls and campaigns.</param>
public sealed record TimelineMessage(
    long Id, long ConversationId, string ChannelName, MessageDirection Direction, MessageType Type, MessageStatus Status,
    OutboxState? State, string Text,
    bool IsTemplate, string? StaffName, DateTimeOffset At);

public sealed record TimelineComment(long Id, long ConversationId, string Text, string? StaffName, DateTimeOffset At);

/// <summary>A timeline entry: exactly one of message, comment and change.</summary>
public sealed record TimelineItem(
    DateTimeOffset At, TimelineMessage? Message = null, TimelineComment? Comment = null, HistoryEntry? Change = null)
{
    /// <summary>The contact's text or tapped button that opted out or in; null for WhatsApp's switch.</summary>
    public string? ConsentKeyword { get; init; }
}

/// <summary>Position among messages or comments, which are ordered by time.</summary>
public readonly record struct TimelinePlace(DateTimeOffset At, long Id);

/// <summary>Where a page ended in each source; null for a source with nothing shown yet.</summary>
public sealed record TimelineCursor(long? ChangesBefore, TimelinePlace? MessagesBefore, TimelinePlace? CommentsBefore)
{
    public static TimelineCursor Newest { get; } = new(null, null, null);
}

/// <param name="ConversationIds">The contact's conversations; changes in them affect this page.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record ContactTimelinePage(IReadOnlyList<TimelineItem> Items, IReadOnlyList<long> ConversationIds, TimelineCursor? Next);
