using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Notifications.Push;

/// <summary>Adds pushes inside the write of what they tell, and removes subscriptions inside the write that ends them.</summary>
internal static class PushQueue
{
    // Whoever has the conversation open reads it meanwhile, and is not told by another device.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    /// <summary>
    /// For those of the recipients who want a push, one for each browser in which they are signed in. A browser has one waiting of a kind and
    /// subject.
    /// </summary>
    public static async Task AddAsync(
        AppDbContext db, NotificationKind kind, long? subjectId, IReadOnlyCollection<NotificationRecipient> recipients)
    {
        var users = recipients.Where(recipient => recipient.Ways.HasFlag(NotificationWays.Push))
            .Select(recipient => recipient.UserId).ToList();
        if (users.Count == 0)
        {
            return;
        }

        var due = db.Now + Delay;

        // One that was tried before is late, and may be given up before the news of this one.
        var ids = await SignedIn(db)
            .Where(s => users.Contains(s.UserId)
                && !db.PushMessages.Any(m =>
                    m.SubscriptionId == s.Id && m.Kind == kind && m.SubjectId == subjectId && m.Attempts == 0))
            .OrderBy(s => s.Id).Select(s => s.Id).ToListAsync();
        db.PushMessages.AddRange(
            ids.Select(id => new PushMessage { SubscriptionId = id, Kind = kind, SubjectId = subjectId, CreatedAt = db.Now, DueAt = due }));
    }

    /// <summary>Nothing is sent to a browser after its session.</summary>
    public static IQueryable<PushSubscription> SignedIn(AppDbContext db) =>
        db.PushSubscriptions.Where(s => db.UserSessions.Any(session => session.Id == s.SessionId && session.ExpiresAt > db.Now));

    /// <summary>
    /// The user's browsers of these sessions, in all workspaces: they were ended. One whose session merely ran out is kept, and goes on when
    /// the user signs in there again.
    /// </summary>
    public static Task<int> RemoveOfSessionsAsync(AppDbContext db, long userId, IReadOnlyCollection<Guid> sessionIds)
    {
        // Lifts the tenant filter: a session is of no workspace.
        var workspaces = db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(m => m.UserId == userId).Select(m => m.TenantId);
        return db.PushSubscriptions.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(s => workspaces.Contains(s.TenantId) && s.UserId == userId && sessionIds.Contains(s.SessionId))
            .ExecuteDeleteAsync();
    }

    /// <summary>The user's browsers in this workspace.</summary>
    public static Task<int> RemoveOfMemberAsync(AppDbContext db, long userId) =>
        db.PushSubscriptions.Where(s => s.UserId == userId).ExecuteDeleteAsync();
}
