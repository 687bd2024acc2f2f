using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>One line of a thread: a message, or a note among colleagues.</summary>
public sealed record ThreadLine(ThreadMessage? Message, ThreadComment? Comment)
{
    public DateTimeOffset At => Message?.CreatedAt ?? Comment!.CreatedAt;

    public (bool IsMessage, long Id) Key => Message is { } message ? (true, message.Id) : (false, Comment!.Id);
}

public sealed record ThreadDay(DateOnly Day, IReadOnlyList<ThreadLine> Lines);

public static class ThreadLines
{
    /// <summary>Messages and comments by time, under the days of the zone.</summary>
    public static IEnumerable<ThreadDay> ByDay(ThreadPage page, string timeZone) =>
        page.Messages.Select(message => new ThreadLine(message, null)).Concat(page.Comments.Select(comment => new ThreadLine(null, comment)))
            .OrderBy(line => line.At).ThenBy(line => line.Key)
            .GroupBy(line => TimeWords.DateOf(line.At, timeZone))
            .Select(day => new ThreadDay(day.Key, [.. day]));
}
