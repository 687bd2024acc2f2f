using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Work;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Processes stored events. An event is marked done in the transaction of its effects, so it takes effect once, however often it is tried.
/// One that comes too early waits for its message; one that fails is kept with the reason.
/// </summary>
public sealed partial class WebhookProcessor(
    IDatabaseWriter writer, TenantContext tenant, InboundEvents inbound, TimeProvider time, ILogger<WebhookProcessor> logger) : IWorkStep<WebhookEvent>
{
    /// <summary>How long an event may wait for its message, which another program may have sent.</summary>
    public static readonly TimeSpan MaxPark = TimeSpan.FromHours(1);

    public const int MaxAttempts = 8;

    // Parallel writes share a commit on SQLite; on PostgreSQL this is the number of connections.
    private const int SideBySide = 16;

    private static readonly Backoff Delay = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    public static int AtOnce => 200;

    public static TimeSpan PollInterval { get; } = TimeSpan.FromSeconds(1);

    public static ChangeKind WokenBy => ChangeKind.WebhookEvents;

    /// <summary>
    /// The claim only avoids duplicate work; the event's row, marked in the transaction of its effects, guarantees that it takes effect
    /// once.
    /// </summary>
    public async Task RunAsync(Claim<WebhookEvent> claim, CancellationToken cancellationToken)
    {
        tenant.Enter(claim.Tenant, WebhookActor.WhatsApp);

        // Events of one person or message run in order; in parallel they would only conflict.
        var strands = claim.Rows
            .Select(row => (Row: row, Read: WebhookReader.TryRead(row.Payload)))
            .GroupBy(work => OrderingKeyOf(work.Read), StringComparer.Ordinal);
        await Parallel.ForEachAsync(strands, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (strand, _) =>
        {
            foreach (var (row, read) in strand)
            {
                await ProcessAsync(row, read);
            }
        });
    }

    private static string OrderingKeyOf(WhatsAppEvent? read) => read switch
    {
        StatusReported status => "m:" + status.MessageId,
        MessageReceived { Message.GroupId: { } group } => "g:" + group,
        MessageEchoed { Message.GroupId: { } group } => "g:" + group,
        MessageReceived received => "p:" + (received.From.WaId ?? received.From.UserId),
        MessageEchoed echo => "p:" + (echo.To.WaId ?? echo.To.UserId),
        PreferenceChanged preference => "p:" + (preference.Person.WaId ?? preference.Person.UserId),
        PersonChanged changed => "p:" + (changed.Person.WaId ?? changed.Person.UserId),
        PersonNamed named => "p:" + (named.Person.WaId ?? named.Person.UserId),
        _ => "",
    };

    private async Task ProcessAsync(WebhookEvent row, WhatsAppEvent? read)
    {
        if (read is null)
        {
            await PostponeAsync(row, "It cannot be read.", isLast: true);
            return;
        }

        try
        {
            var applied = await writer.WriteAsync(db => ApplyOnceAsync(db, row, read), CancellationToken.None);
            if (applied.Succeeded)
            {
                Measures.WebhookApplied(time.GetUtcNow() - row.ReceivedAt);
                return;
            }

            await PostponeAsync(row, applied.Error.Message, isLast: time.GetUtcNow() >= row.ReceivedAt + MaxPark);
        }
        catch (Exception failure) when (!Outage.IsCauseOf(failure) || Outage.IsDamage(failure))
        {
            // Logs only the kind of failure, since the details may hold message text.
            Log.EventFailed(logger, row.Id, failure);
            await PostponeAsync(row, $"It could not be processed ({failure.GetType().Name}).", isLast: row.Attempts >= MaxAttempts);
        }
    }

    private async Task<Result<InboundEffect>> ApplyOnceAsync(AppDbContext db, WebhookEvent row, WhatsAppEvent read)
    {
        var now = time.GetUtcNow();
        var ours = await db.WebhookEvents.Where(e => e.Id == row.Id && e.State == WebhookEventState.Waiting).ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(e => e.State, WebhookEventState.Done)
            .SetProperty(e => e.ProcessedAt, now)
            .SetProperty(e => e.Error, (string?)null));
        var applied = ours == 0 ? InboundEffect.None : await inbound.ApplyAsync(db, row.ChannelId, read);
        if (applied is { Succeeded: true, Value.ConversationId: { } conversationId })
        {
            db.NoteChange(ChangeKind.Conversation, conversationId);
        }

        return applied;
    }

    private async Task PostponeAsync(WebhookEvent row, string reason, bool isLast)
    {
        var due = isLast ? (DateTimeOffset?)null : time.GetUtcNow() + Delay.After(row.Attempts);
        await writer.WriteAsync<int>(
            async db => await db.WebhookEvents.Where(e => e.Id == row.Id && e.State == WebhookEventState.Waiting).ExecuteUpdateAsync(set => set.EndLease(due)
                .SetProperty(e => e.State, isLast ? WebhookEventState.Dead : WebhookEventState.Waiting)
                .SetProperty(e => e.ProcessedAt, isLast ? time.GetUtcNow() : (DateTimeOffset?)null)
                .SetProperty(e => e.Error, reason)),
            CancellationToken.None);
        if (isLast)
        {
            Log.EventGivenUp(logger, row.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5302, Level = LogLevel.Error, Message = "Webhook event {EventId} failed.")]
        public static partial void EventFailed(ILogger logger, long eventId, Exception failure);

        [LoggerMessage(EventId = 5303, Level = LogLevel.Warning, Message = "Gave up on webhook event {EventId}; its row has the reason.")]
        public static partial void EventGivenUp(ILogger logger, long eventId);
    }
}
