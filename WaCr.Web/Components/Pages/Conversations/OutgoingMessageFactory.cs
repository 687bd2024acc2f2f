using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>Makes of a request what the thread sends: now, or at its time.</summary>
public sealed class OutgoingMessageFactory(MessageSender sender, MessageScheduler scheduler)
{
    public PendingMessage Make(SendText request, string text, DateTimeOffset? dueAt) => dueAt is { } at
        ? Of(text, () => scheduler.ScheduleAsync(request, at, CancellationToken.None), isLater: true)
        : Of(text, () => sender.SendAsync(request, CancellationToken.None));

    public PendingMessage Make(SendInteractive request, string text, DateTimeOffset? dueAt) => dueAt is { } at
        ? Of(text, () => scheduler.ScheduleAsync(request, at, CancellationToken.None), isLater: true)
        : Of(text, () => sender.SendAsync(request, CancellationToken.None));

    public PendingMessage Make(SendMedia request, string text, DateTimeOffset? dueAt, string? picture, string? fileName) => dueAt is { } at
        ? Of(text, () => scheduler.ScheduleAsync(request, at, CancellationToken.None), picture, fileName, isLater: true)
        : Of(text, () => sender.SendAsync(request, CancellationToken.None), picture, fileName);

    public PendingMessage Make(SendTemplate request, string text, DateTimeOffset? dueAt, string? picture, string? fileName) => dueAt is { } at
        ? Of(text, () => scheduler.ScheduleAsync(request, at, CancellationToken.None), picture, fileName, isLater: true)
        : Of(text, () => sender.SendAsync(request, CancellationToken.None), picture, fileName);

    private static PendingMessage Of<T>(string text, Func<Task<Result<T>>> send, string? picture = null, string? fileName = null, bool isLater = false) =>
        new(text, async () => await send() is { Succeeded: false, Error: { } error } ? error : default(Done)) { Picture = picture, FileName = fileName, IsLater = isLater };
}
