using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Media;

/// <summary>
/// Fetches the files of messages that are kept already, so that a file that does not come takes no message with it. Until then it is shown as
/// on its way; given up, with the reason.
/// </summary>
public sealed partial class MediaFetcher(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext scope, ChannelDirectory channels, IWhatsAppClient whatsApp,
    FileStore store, MessageSignal live, TimeProvider time, ILogger<MediaFetcher> logger)
{
    /// <summary>WhatsApp's own limit for what people may send.</summary>
    public const long MaxFileBytes = 100 * 1024 * 1024;

    /// <summary>Longer than a file may take to come down.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(7);

    /// <summary>With the delays between them about three days; WhatsApp forgets the file after seven.</summary>
    public const int MaxAttempts = 20;

    private const int AtOnce = 4;

    private static readonly CurrentActor Actor = new(ActorKind.Job, null, "Files", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(6);

    /// <summary>Whose files are to be fetched.</summary>
    public async Task<IReadOnlyList<TenantIdentity>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // The filter is lifted since the loop serves all tenants; each is asked along its own index.
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => db.MessageMedia.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Any(media => media.TenantId == tenant.Id && media.State == MediaState.Waiting && media.DueAt <= now))
            .ToListAsync(cancellationToken);
        return [.. tenants.Select(tenant => tenant.ToIdentity())];
    }

    /// <summary>How many were taken up.</summary>
    public async Task<int> FetchAsync(TenantIdentity tenant, CancellationToken cancellationToken)
    {
        scope.Enter(tenant, Actor);
        var claimed = await ClaimAsync(cancellationToken);
        await Task.WhenAll(claimed.Select(FetchAsync));
        return claimed.Count;
    }

    // The time at which it is due is the claim: after it the process that had it is taken for dead.
    private async Task<List<Wanted>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claimed = await writer.WriteAsync<List<Wanted>>(
            async db =>
            {
                var rows = await db.MessageMedia.AsNoTracking()
                    .Where(media => media.State == MediaState.Waiting && media.DueAt <= now)
                    .OrderBy(media => media.DueAt).ThenBy(media => media.MessageId)
                    .Take(AtOnce).TagWith(RowLocks.SkipLocked).ToListAsync();
                var ids = rows.ConvertAll(row => row.MessageId);
                await db.MessageMedia.Where(media => ids.Contains(media.MessageId)).ExecuteUpdateAsync(set => set
                    .SetProperty(media => media.DueAt, now + Lease)
                    .SetProperty(media => media.Attempts, media => media.Attempts + 1));
                var places = await db.Messages.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.ChannelId, m.ConversationId }).ToDictionaryAsync(m => m.Id);
                return rows.ConvertAll(row => new Wanted(
                    row.MessageId, places[row.MessageId].ChannelId, places[row.MessageId].ConversationId, row.WhatsAppId!, row.FileName, row.Attempts + 1));
            },
            cancellationToken);
        return claimed.OrThrow();
    }

    private async Task FetchAsync(Wanted wanted)
    {
        try
        {
            if (await DownloadAsync(wanted) is { } problem)
            {
                await PutOffAsync(wanted, problem.Message, isLast: problem is MediaTooLarge || wanted.Attempts >= MaxAttempts);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, wanted.MessageId, failure);
            await PutOffAsync(wanted, "The file could not be stored.", isLast: false);
        }

        live.Notify(scope.TenantId, wanted.ConversationId);
    }

    /// <summary>Null where the file is kept now.</summary>
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
        (await writer.WriteAsync<int>(
            async db =>
            {
                var fileId = await FileStore.RecordAsync(db, stored);
                return await db.MessageMedia.Where(media => media.MessageId == wanted.MessageId && media.State == MediaState.Waiting).ExecuteUpdateAsync(set => set
                    .SetProperty(media => media.State, MediaState.Stored)
                    .SetProperty(media => media.MediaFileId, fileId)
                    .SetProperty(media => media.DueAt, (DateTimeOffset?)null)
                    .SetProperty(media => media.Error, (string?)null));
            },
            CancellationToken.None)).OrThrow();
        return null;
    }

    private async Task PutOffAsync(Wanted wanted, string reason, bool isLast)
    {
        var delay = Math.Min(MaxDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(wanted.Attempts, 16) - 1));
        var due = time.GetUtcNow() + TimeSpan.FromSeconds(delay);
        var error = reason.Cut(MessageMedia.ErrorMaxLength);
        await writer.WriteAsync<int>(
            async db => await db.MessageMedia.Where(media => media.MessageId == wanted.MessageId && media.State == MediaState.Waiting).ExecuteUpdateAsync(set => set
                .SetProperty(media => media.State, isLast ? MediaState.Failed : MediaState.Waiting)
                .SetProperty(media => media.DueAt, isLast ? null : due)
                .SetProperty(media => media.Error, error)),
            CancellationToken.None);
    }

    private sealed record Wanted(long MessageId, long ChannelId, long ConversationId, string WhatsAppId, string? FileName, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5331, Level = LogLevel.Error, Message = "The file of message {MessageId} could not be stored.")]
        public static partial void NotKept(ILogger logger, long messageId, Exception failure);
    }
}
