using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>Progress of a message as reported by WhatsApp.</summary>
internal sealed record ReportedProgress(MessageStatus Status, string Wamid, DateTimeOffset At)
{
    /// <summary>WhatsApp's error code.</summary>
    public int? Code { get; init; }

    public string? Reason { get; init; }
    public string? PriceCategory { get; init; }
    public bool? IsBillable { get; init; }
}

/// <summary>
/// The state transitions of outgoing messages: each with its allowed start states and all columns it writes. Direct sends, outbox,
/// campaigns, statuses and clean-up all use them, so a state is always stored the same way. Each returns the number of rows moved: 0 if the
/// state did not allow it, because another process was faster.
/// </summary>
internal static class MessageTransitions
{
    /// <summary>Waiting → Sending: claimed until the lease ends. Counts as an attempt.</summary>
    /// <param name="created">A scheduled message takes its place in the conversation when it is sent, not when it was written.</param>
    public static Task<int> ClaimAsync(
        IQueryable<Message> messages, Guid owner, DateTimeOffset leaseUntil, DateTimeOffset created, DateTimeOffset now) =>
        messages.Where(m => m.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Sending)
            .SetProperty(m => m.LeaseUntil, leaseUntil)
            .SetProperty(m => m.LeaseOwner, owner)
            .SetProperty(m => m.Attempts, m => m.Attempts + 1)
            .SetProperty(m => m.CreatedAt, m => m.CampaignId == null && m.Attempts == 0 ? created : m.CreatedAt)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>
    /// As <see cref="AcceptAsync"/>, but Uncertain if the id is another message's, since no status will be matched to this one.
    /// </summary>
    /// <returns>False if it is uncertain.</returns>
    public static async Task<bool> AcceptOrDoubtAsync(AppDbContext db, long id, AcceptedMessage accepted, DateTimeOffset now)
    {
        if (await AcceptAsync(db, id, accepted, now) > 0)
        {
            return true;
        }

        await MarkUncertainAsync(db.Messages.Where(m => m.Id == id), now);
        return !await db.Messages.AnyAsync(m => m.Id == id && m.Wamid == null); // a status may have brought the id before
    }

    /// <summary>
    /// Any state without a WhatsApp id → Sent or HeldByWhatsApp: WhatsApp accepted it, even if it was marked uncertain meanwhile. Not with
    /// another message's id.
    /// </summary>
    public static async Task<int> AcceptAsync(AppDbContext db, long id, AcceptedMessage accepted, DateTimeOffset now)
    {
        var (wamid, state) = (accepted.MessageId, accepted.IsHeld ? OutboxState.HeldByWhatsApp : OutboxState.Sent);
        var message = db.Messages.Where(m => m.Id == id && m.Wamid == null && !db.Messages.Any(other => other.Wamid == wamid));
        var moved = await message.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state)
            .SetProperty(m => m.Wamid, wamid)
            .SetProperty(m => m.Status, m => m.Status < MessageStatus.Accepted ? MessageStatus.Accepted : m.Status)
            .SetProperty(m => m.SentAt, m => m.SentAt ?? now)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.ErrorCode, (int?)null)
            .SetProperty(m => m.Error, (string?)null)
            .SetProperty(m => m.UpdatedAt, now));
        return await RecordEventAsync(db, EventTypes.MessageSent, id, moved);
    }

    /// <summary>
    /// WhatsApp accepted it and does not hold it: the contact waits no longer, unless it is a broadcast or a reaction, or the contact wrote after it.
    /// </summary>
    public static Task<int> AnswerAsync(AppDbContext db, long conversationId, long id) => db.Conversations
        .Where(c => c.Id == conversationId && db.Messages.Any(m => m.Id == id && m.CampaignId == null && m.Type != MessageType.Reaction
            && c.WaitingSince <= m.CreatedAt))
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.WaitingSince, (DateTimeOffset?)null));

    /// <summary>Open → Dead: not sent, for this reason. The caller gives usage back.</summary>
    public static async Task<int> FailAsync(AppDbContext db, long id, int? code, string reason, DateTimeOffset now)
    {
        var moved = await Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Dead)
            .SetProperty(m => m.Status, MessageStatus.Failed)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.FailedAt, now)
            .SetProperty(m => m.ErrorCode, code)
            .SetProperty(m => m.Error, reason.Cut(Message.ErrorMaxLength))
            .SetProperty(m => m.UpdatedAt, now));
        return await RecordEventAsync(db, EventTypes.MessageStatus, id, moved);
    }

    /// <summary>Sending → Uncertain: it may have been sent. Not retried automatically; a status may still settle it.</summary>
    public static Task<int> MarkUncertainAsync(IQueryable<Message> messages, DateTimeOffset now) =>
        messages.Where(m => m.Wamid == null && m.State == OutboxState.Sending).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Uncertain)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.ErrorCode, (int?)null)
            .SetProperty(m => m.Error, OutboxErrors.Unconfirmed)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>Open → Waiting: certainly not sent; tried again later.</summary>
    /// <param name="counts">Whether the attempt counts towards the maximum.</param>
    public static Task<int> RetryLaterAsync(
        AppDbContext db, long id, DateTimeOffset due, bool counts, int? code, string reason, DateTimeOffset now)
    {
        var less = counts ? 0 : 1;
        return Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Waiting)
            .SetProperty(m => m.DueAt, due)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.Attempts, m => m.Attempts - less)
            .SetProperty(m => m.ErrorCode, code)
            .SetProperty(m => m.Error, reason.Cut(Message.ErrorMaxLength))
            .SetProperty(m => m.UpdatedAt, now));
    }

    /// <summary>Waiting, due later: the recipient's rate limit is reached.</summary>
    public static Task<int> PostponeAsync(IQueryable<Message> messages, DateTimeOffset due) =>
        messages.Where(m => m.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, due));

    /// <summary>Waiting → Held: its campaign will release or cancel it.</summary>
    public static Task<int> HoldAsync(IQueryable<Message> messages, string? reason, DateTimeOffset now) =>
        messages.Where(m => m.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Held)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.Error, reason)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>Held → Waiting: released by its campaign.</summary>
    public static Task<int> ReleaseAsync(IQueryable<Message> messages, DateTimeOffset now) =>
        messages.Where(m => m.State == OutboxState.Held).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Waiting)
            .SetProperty(m => m.DueAt, now)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>Waiting or Held → Cancelled: cancelled before it was sent.</summary>
    public static Task<int> CancelAsync(IQueryable<Message> messages, DateTimeOffset now) =>
        messages.Where(m => m.State == OutboxState.Waiting || m.State == OutboxState.Held).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Cancelled)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>
    /// Dead or Uncertain → Waiting (or Held), on a user's request. Uses a new nonce, so a late status of the first attempt cannot settle
    /// the second.
    /// </summary>
    public static Task<int> RetryAsync(IQueryable<Message> messages, OutboxState to, DateTimeOffset? due, DateTimeOffset now)
    {
        var nonce = RandomNumberGenerator.GetInt32(int.MaxValue);
        return messages.Where(m => m.Wamid == null && (m.State == OutboxState.Dead || m.State == OutboxState.Uncertain)).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, to)
            .SetProperty(m => m.Status, MessageStatus.Pending)
            .SetProperty(m => m.Nonce, nonce)
            .SetProperty(m => m.DueAt, due)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.Attempts, 0)
            .SetProperty(m => m.ErrorCode, (int?)null)
            .SetProperty(m => m.Error, (string?)null)
            .SetProperty(m => m.FailedAt, (DateTimeOffset?)null)
            .SetProperty(m => m.UpdatedAt, now));
    }

    /// <summary>Any state, forwards only: WhatsApp's reported status.</summary>
    public static async Task<int> ReportAsync(AppDbContext db, long id, ReportedProgress report, DateTimeOffset now)
    {
        // The answer to the send was lost, or arrives later than this status.
        var isFirst = report.Status != MessageStatus.Failed && await db.HasSubscriberAsync(EventTypes.MessageSent)
            && await db.Messages.AnyAsync(m => m.Id == id && m.Wamid == null);
        var (status, at, failed) = (report.Status, report.At, report.Status == MessageStatus.Failed);
        var state = failed ? OutboxState.Dead : OutboxState.Sent;
        var moved = await db.Messages.Where(m => m.Id == id && m.Status < status).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, status)
            .SetProperty(m => m.Wamid, report.Wamid)
            .SetProperty(m => m.State, state)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.SentAt, m => status == MessageStatus.Sent || m.SentAt == null ? at : m.SentAt)
            .SetProperty(m => m.DeliveredAt, m => status >= MessageStatus.Delivered && m.DeliveredAt == null ? at : m.DeliveredAt)
            .SetProperty(m => m.ReadAt, m => status >= MessageStatus.Read && m.ReadAt == null ? at : m.ReadAt)
            .SetProperty(m => m.FailedAt, m => failed ? at : m.FailedAt)
            .SetProperty(m => m.PriceCategory, m => m.PriceCategory ?? report.PriceCategory)
            .SetProperty(m => m.IsBillable, m => m.PriceCategory == null ? report.IsBillable : m.IsBillable)
            .SetProperty(m => m.ErrorCode, report.Code)
            .SetProperty(m => m.Error, report.Reason.Cut(Message.ErrorMaxLength))
            .SetProperty(m => m.UpdatedAt, now));
        if (isFirst)
        {
            await RecordEventAsync(db, EventTypes.MessageSent, id, moved);
        }

        return await RecordEventAsync(db, EventTypes.MessageStatus, id, moved);
    }

    /// <summary>
    /// Any state, stays: a status that comes late adds the price if none was told, and an earlier time of delivery.
    /// </summary>
    public static Task<int> ReportLateAsync(AppDbContext db, long id, ReportedProgress report)
    {
        var (at, isDelivery) = (report.At, report.Status == MessageStatus.Delivered);
        return db.Messages
            .Where(m => m.Id == id && ((m.PriceCategory == null && report.PriceCategory != null) || (isDelivery && m.DeliveredAt > at)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.PriceCategory, m => m.PriceCategory ?? report.PriceCategory)
                .SetProperty(m => m.IsBillable, m => m.PriceCategory == null ? report.IsBillable : m.IsBillable)
                .SetProperty(m => m.DeliveredAt, m => isDelivery && m.DeliveredAt > at ? at : m.DeliveredAt));
    }

    /// <summary>Inbound: its writer sees now that it was read.</summary>
    public static Task<int> ReadInboundAsync(IQueryable<Message> messages, DateTimeOffset now) =>
        messages.Where(m => m.Direction == MessageDirection.Inbound && m.Status < MessageStatus.Read).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, MessageStatus.Read)
            .SetProperty(m => m.ReadAt, now)
            .SetProperty(m => m.UpdatedAt, now));

    private static async Task<int> RecordEventAsync(AppDbContext db, string eventType, long id, int moved)
    {
        if (moved > 0)
        {
            await MessageEvents.NoteAsync(db, eventType, id);
        }

        return moved;
    }

    private static IQueryable<Message> Open(AppDbContext db, long id) => db.Messages.Where(m =>
        m.Id == id && m.Wamid == null && m.Status < MessageStatus.Failed
        && (m.State == OutboxState.Waiting || m.State == OutboxState.Sending || m.State == OutboxState.Uncertain));
}
