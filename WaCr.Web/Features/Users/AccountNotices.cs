using WaCr.Web.Data;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>
/// After each change of a user's sign-in methods: ends other sessions, records the change, and notifies the user in the app, who then sees
/// it if it was somebody else. It follows the commit of the change, so no request that goes away cancels it.
/// </summary>
public sealed class AccountNotices(
    IDatabaseWriter writer, SessionService sessions, SecurityEvents events, TimeProvider time)
{
    /// <param name="userId">The changed account.</param>
    /// <param name="change">What changed.</param>
    /// <param name="session">The session that made the change and stays signed in; null if none.</param>
    public async Task NotifyAsync(long userId, AuditAction change, Guid? session)
    {
        await sessions.EndAllAsync(userId, session, CancellationToken.None);
        await events.RecordOfAccountAsync(change, userId);
        await TellAsync(userId, change);
    }

    /// <summary>The same if the operator changed them.</summary>
    public async Task NotifyByOperatorAsync(long userId, AuditAction change)
    {
        await sessions.EndAllAsync(userId, except: null, CancellationToken.None);
        await events.RecordByOperatorAsync(change, userId);
        await TellAsync(userId, change);
    }

    private async Task TellAsync(long userId, AuditAction change)
    {
        var told = await writer.WriteAsync<Done>(
            async db =>
            {
                db.AccountNotices.Add(new AccountNotice { UserId = userId, Change = change, CreatedAt = time.UtcNowInSeconds() });
                await db.SaveChangesAsync();
                return default(Done);
            },
            CancellationToken.None);
        told.OrThrow();
    }
}
