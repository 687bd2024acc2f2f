using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Notifications.Push;

/// <summary>
/// Sends claimed pushes, each once. What nobody needs any more is dropped: it was read, the hours are quiet, the kind is no longer wanted,
/// the session has ended. A push service that is busy is asked again a few times; a browser that is gone is forgotten.
/// </summary>
public sealed partial class PushSender(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, RemotePushes pushes, PushKeys keys, TenantContext tenant,
    TimeProvider time, ILogger<PushSender> logger) : IWorkStep<PushMessage>
{
    public const int MaxAttempts = 5;

    private const int TopicBytes = 18;

    private static readonly CurrentActor Actor = new(ActorKind.Job, null, "Pushes", ChangeOrigin.System, FrozenSet<string>.Empty);

    // Limits how long a push service may ask to wait.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(15);
    private static readonly Backoff Waits = new(TimeSpan.FromSeconds(10), MaxWait);

    public static TimeSpan Lease => TimeSpan.FromMinutes(2);

    public static int AtOnce => 50;

    public static ChangeKind WokenBy => ChangeKind.Pushes;

    public static TimeSpan PollInterval => TimeSpan.FromSeconds(3);

    public async Task RunAsync(Claim<PushMessage> claim, CancellationToken cancellationToken)
    {
        tenant.Enter(claim.Tenant, Actor);
        var addressed = await AddressAsync(claim, cancellationToken);
        var vapid = addressed.Count == 0 ? null : await keys.GetAsync(cancellationToken);

        // Not cancelled from here on, so that every result is recorded.
        var sent = await Task.WhenAll(addressed.Select(async one => new Sent(
            one, await pushes.SendAsync(one.Target, ContentOf(claim.Tenant.Id, one), vapid!, CancellationToken.None))));
        (await writer.WriteAsync<Done>(db => RecordAsync(db, claim, sent), CancellationToken.None)).OrThrow();
    }

    /// <summary>The rows that are still to be told, with where.</summary>
    private async Task<List<Addressed>> AddressAsync(Claim<PushMessage> claim, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = claim.Rows.Select(row => row.SubscriptionId).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscriptions = await PushQueue.SignedIn(db).AsNoTracking().Where(s => ids.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, cancellationToken);
        var people = subscriptions.Values.Select(s => s.UserId).Distinct().ToList();
        var wanting = new Dictionary<NotificationKind, HashSet<long>>();
        foreach (var kind in claim.Rows.Select(row => row.Kind).OfType<NotificationKind>().Distinct())
        {
            var recipients = await NotificationRecipients.FindAsync(db, kind, member => people.Contains(member.UserId));
            wanting[kind] = [.. recipients.Where(one => one.Ways.HasFlag(NotificationWays.Push)).Select(one => one.UserId)];
        }

        var unread = await UnreadAsync(db, claim, people, cancellationToken);
        return
        [
            .. claim.Rows
                .Where(row => subscriptions.TryGetValue(row.SubscriptionId, out var s)
                    && row.CreatedAt > now - PushMessage.UsefulFor
                    && (row.Kind is not { } kind || (wanting[kind].Contains(s.UserId)
                        && (!IsOfConversation(kind) || unread.Contains((s.UserId, row.SubjectId ?? 0))))))
                .Select(row => new Addressed(row, subscriptions[row.SubscriptionId])),
        ];
    }

    // Who opened the conversation, here or elsewhere, has read its notifications.
    private static async Task<HashSet<(long UserId, long ConversationId)>> UnreadAsync(
        AppDbContext db, Claim<PushMessage> claim, List<long> people, CancellationToken cancellationToken)
    {
        var conversations = claim.Rows.Where(row => row.Kind is { } kind && IsOfConversation(kind))
            .Select(row => row.SubjectId ?? 0).Distinct().ToList();
        var rows = conversations.Count == 0
            ? []
            : await db.Notifications
                .Where(n => people.Contains(n.UserId) && conversations.Contains(n.ConversationId) && n.ReadAt == null)
                .Select(n => new { n.UserId, n.ConversationId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.UserId, row.ConversationId))];
    }

    private static bool IsOfConversation(NotificationKind kind) =>
        kind is not (NotificationKind.CampaignPaused or NotificationKind.ChannelTrouble);

    private static PushContent ContentOf(long tenantId, Addressed one)
    {
        var content = JsonSerializer.Serialize(
            new { kind = one.Row.Kind?.ToString() ?? "Test", id = one.Row.SubjectId, workspace = tenantId });

        // The push service sees the topic, so it says nothing: it differs from browser to browser.
        var topic = SHA256.HashData(Encoding.UTF8.GetBytes($"{one.Subscription.Auth} {content}"));
        return new PushContent(content, Base64Url.EncodeToString(topic.AsSpan(0, TopicBytes)), PushMessage.UsefulFor);
    }

    private async Task<Result<Done>> RecordAsync(AppDbContext db, Claim<PushMessage> claim, Sent[] sent)
    {
        var now = time.GetUtcNow();
        var gone = sent.Where(one => one.Outcome.IsGone).Select(one => one.To.Subscription.Id).Distinct().ToList();
        var again = sent.Where(one => one.Outcome.MayRecover && one.To.Row.Attempts < MaxAttempts)
            .ToDictionary(one => one.To.Row.Id, one => one.Outcome);
        var done = claim.Rows.Select(row => row.Id).Where(id => !again.ContainsKey(id)).ToList();
        foreach (var one in sent.Where(one => one.Outcome is { Succeeded: false } && !again.ContainsKey(one.To.Row.Id)))
        {
            Log.NotSent(logger, one.To.Subscription.Id, one.Outcome.Status);
        }

        var ours = db.PushMessages.Where(row => row.LeaseOwner == claim.Owner);
        await ours.Where(row => done.Contains(row.Id)).ExecuteDeleteAsync();
        await db.PushSubscriptions.Where(s => gone.Contains(s.Id)).ExecuteDeleteAsync();
        foreach (var (id, outcome) in again)
        {
            var wait = Waits.SpreadAfter(claim.Rows.Single(row => row.Id == id).Attempts);
            var asked = outcome.RetryAfter is { } told && told > wait ? told : wait;
            await ours.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.EndLease(now + (asked < MaxWait ? asked : MaxWait)));
        }

        return default(Done);
    }

    private sealed record Addressed(PushMessage Row, PushSubscription Subscription)
    {
        public PushTarget Target => new(Subscription.Endpoint, Subscription.P256dh, Subscription.Auth);
    }

    private sealed record Sent(Addressed To, PushOutcome Outcome);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5391, Level = LogLevel.Information,
            Message = "A push to subscription {Subscription} was given up; the push service answered {Status}.")]
        public static partial void NotSent(ILogger logger, long subscription, int? status);
    }
}
