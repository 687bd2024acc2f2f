using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>One line of a conversation: a message or an internal comment.</summary>
public sealed record ConversationLine(ConversationMessage? Message, ConversationComment? Comment)
{
    public DateTimeOffset At => Message?.CreatedAt ?? Comment!.CreatedAt;

    public (bool IsMessage, long Id) Key => Message is { } message ? (true, message.Id) : (false, Comment!.Id);
}

public sealed record ConversationDay(DateOnly Day, IReadOnlyList<ConversationLine> Lines);

public static class ConversationLines
{
    /// <summary>Messages and comments by time, grouped by day in the zone.</summary>
    public static IEnumerable<ConversationDay> ByDay(ConversationHistoryPage page, string timeZone) =>
        page.Messages.Select(message => new ConversationLine(message, null))
            .Concat(page.Comments.Select(comment => new ConversationLine(null, comment)))
            .OrderBy(line => line.At).ThenBy(line => line.Key)
            .GroupBy(line => TimeLabels.DateOf(line.At, timeZone))
            .Select(day => new ConversationDay(day.Key, [.. day]));
}
