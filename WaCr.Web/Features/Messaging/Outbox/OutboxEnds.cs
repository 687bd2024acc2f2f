using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>How an attempt can end. What a status has settled meanwhile stays as it is: it knows better.</summary>
internal static class OutboxEnds
{
    public static Task<int> GiveUpAsync(AppDbContext db, long id, int? code, string reason, DateTimeOffset now) =>
        Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Dead)
            .SetProperty(m => m.Status, MessageStatus.Failed)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.FailedAt, now)
            .SetProperty(m => m.ErrorCode, code)
            .SetProperty(m => m.Error, Shortened(reason))
            .SetProperty(m => m.UpdatedAt, now));

    public static Task<int> WaitAsync(AppDbContext db, long id, DateTimeOffset due, bool counts, int? code, string reason, DateTimeOffset now)
    {
        var less = counts ? 0 : 1;
        return Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Waiting)
            .SetProperty(m => m.DueAt, due)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.Attempts, m => m.Attempts - less)
            .SetProperty(m => m.ErrorCode, code)
            .SetProperty(m => m.Error, Shortened(reason))
            .SetProperty(m => m.UpdatedAt, now));
    }

    /// <summary>Its campaign lets it go again, or takes it back.</summary>
    public static Task<int> HoldAsync(AppDbContext db, long id, string? reason, DateTimeOffset now) =>
        Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Held)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.Error, reason)
            .SetProperty(m => m.UpdatedAt, now));

    public static Task<int> DoubtAsync(AppDbContext db, long id, DateTimeOffset now) =>
        Open(db, id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Uncertain)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.Error, OutboxErrors.Unconfirmed)
            .SetProperty(m => m.UpdatedAt, now));

    /// <summary>Also where it was taken for uncertain meanwhile; a status that came first has set more than this already.</summary>
    public static Task<int> SentAsync(AppDbContext db, long id, string wamid, DateTimeOffset now) =>
        db.Messages.Where(m => m.Id == id && m.Wamid == null).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Sent)
            .SetProperty(m => m.Wamid, wamid)
            .SetProperty(m => m.Status, m => m.Status < MessageStatus.Accepted ? MessageStatus.Accepted : m.Status)
            .SetProperty(m => m.DueAt, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LeaseOwner, (Guid?)null)
            .SetProperty(m => m.ErrorCode, (int?)null)
            .SetProperty(m => m.Error, (string?)null)
            .SetProperty(m => m.UpdatedAt, now));

    private static IQueryable<Message> Open(AppDbContext db, long id) => db.Messages.Where(m =>
        m.Id == id && m.Wamid == null && (m.State == OutboxState.Waiting || m.State == OutboxState.Sending || m.State == OutboxState.Uncertain));

    private static string Shortened(string text) => text.Length <= Message.ErrorMaxLength ? text : text[..Message.ErrorMaxLength];
}
