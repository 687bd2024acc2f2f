using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Work;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Media;

/// <summary>
/// Downloads files of stored messages, so a failed download does not lose the message. Until then the file is shown as loading; after
/// giving up, with the reason.
/// </summary>
public sealed partial class MediaFetcher(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ChannelDirectory channels,
    IWhatsAppClient whatsApp,
    FileStore store, TimeProvider time, ILogger<MediaFetcher> logger) : IWorkStep<MessageMedia>
{
    /// <summary>WhatsApp's own limit for files users send, in bytes.</summary>
    public const long MaxFileBytes = 100 * 1024 * 1024;

    /// <summary>With the delays between attempts about three days; WhatsApp deletes the file after seven.</summary>
    public const int MaxAttempts = 20;

    private static readonly CurrentActor Actor = new(
        ActorKind.Job, null, "Files", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);
    private static readonly Backoff Delay = new(TimeSpan.FromSeconds(5), TimeSpan.FromHours(6));

    /// <summary>Longer than a download may take.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(7);

    public static int AtOnce => 4;

    public static TimeSpan PollInterval { get; } = TimeSpan.FromSeconds(2);

    public static ChangeKind WokenBy => ChangeKind.Media;

    public async Task RunAsync(Claim<MessageMedia> claim, CancellationToken cancellationToken)
    {
        tenant.Enter(claim.Tenant, Actor);
        await Task.WhenAll((await FindPlacesAsync(claim.Rows, cancellationToken)).Select(FetchAsync));
    }

    private async Task<List<Wanted>> FindPlacesAsync(IReadOnlyList<MessageMedia> files, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = files.Select(file => file.MessageId).ToList();
        var places = await db.Messages.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.ChannelId, m.ConversationId })
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        return [.. files.Where(file => places.ContainsKey(file.MessageId)).Select(file => new Wanted(
            file.MessageId, places[file.MessageId].ChannelId, places[file.MessageId].ConversationId, file.WhatsAppId!, file.FileName,
            file.Attempts))];
    }

    private async Task FetchAsync(Wanted wanted)
    {
        try
        {
            if (await DownloadAsync(wanted) is { } problem)
            {
                await PostponeAsync(wanted, problem.Message, isLast: problem is MediaTooLarge || wanted.Attempts >= MaxAttempts);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, wanted.MessageId, failure);
            await PostponeAsync(wanted, "The file could not be stored.", isLast: false);
        }
    }

    /// <summary>Null if the file was stored.</summary>
    private async Task<AppError?> DownloadAsync(Wanted wanted)
    {
        var channel = await channels.OpenAsync(wanted.ChannelId, CancellationToken.None);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        await using var draft = store.OpenDraft();
        var came = await whatsApp.DownloadMediaAsync(channel.Value.Access, wanted.WhatsAppId, draft, MaxFileBytes, CancellationToken.None);
        if (!came.Succeeded)
        {
            return came.Error;
        }

        draft.Position = 0;
        var stored = await store.KeepAsync(draft, wanted.FileName, CancellationToken.None);
        var recorded = await writer.WriteAsync<Done>(
            async db =>
            {
                db.NoteChange(ChangeKind.Conversation, wanted.ConversationId);
                var fileId = await FileStore.RecordAsync(db, stored);
                var waiting = await db.MessageMedia.Where(media => media.MessageId == wanted.MessageId && media.State == MediaState.Waiting)
                    .ExecuteUpdateAsync(set => set.EndLease(null)
                    .SetProperty(media => media.State, MediaState.Stored)
                    .SetProperty(media => media.MediaFileId, fileId)
                    .SetProperty(media => media.Error, (string?)null));
                return waiting > 0 ? default(Done) : MessageErrors.NotFound; // erased meanwhile: the file's row must not stay either
            },
            CancellationToken.None);
        return recorded.Error is null or NotFoundError ? null : recorded.Error;
    }

    private async Task PostponeAsync(Wanted wanted, string reason, bool isLast)
    {
        var due = isLast ? (DateTimeOffset?)null : time.GetUtcNow() + Delay.After(wanted.Attempts);
        var error = reason.Cut(MessageMedia.ErrorMaxLength);
        await writer.WriteAsync<int>(
            async db =>
            {
                db.NoteChange(ChangeKind.Conversation, wanted.ConversationId);
                return await db.MessageMedia.Where(media => media.MessageId == wanted.MessageId && media.State == MediaState.Waiting)
                    .ExecuteUpdateAsync(set => set.EndLease(due)
                        .SetProperty(media => media.State, isLast ? MediaState.Failed : MediaState.Waiting)
                        .SetProperty(media => media.Error, error));
            },
            CancellationToken.None);
    }

    private sealed record Wanted(long MessageId, long ChannelId, long ConversationId, string WhatsAppId, string? FileName, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5331, Level = LogLevel.Error, Message = "The file of message {MessageId} could not be stored.")]
        public static partial void NotKept(ILogger logger, long messageId, Exception failure);
    }
}
