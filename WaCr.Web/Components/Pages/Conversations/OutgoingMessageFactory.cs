using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>Turns a request into a message sent now or at its scheduled time.</summary>
public sealed class OutgoingMessageFactory(MessageSender sender, MessageScheduler scheduler)
{
    public PendingMessage Make(SendMessage request, string text, DateTimeOffset? dueAt, string? picture = null, string? fileName = null) =>
        new(text, () => dueAt is { } at
            ? ErrorOf(scheduler.ScheduleAsync(request, at, CancellationToken.None))
            : ErrorOf(sender.SendAsync(request, CancellationToken.None)))
        {
            Picture = picture,
            FileName = fileName,
            IsLater = dueAt is not null,
        };

    private static async Task<Result<Done>> ErrorOf<T>(Task<Result<T>> sent) =>
        await sent is { Succeeded: false, Error: { } error } ? error : default(Done);
}
