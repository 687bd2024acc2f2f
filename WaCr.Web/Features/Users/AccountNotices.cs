using WaCr.Web.Data;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>
/// After each change of a user's sign-in methods: ends other sessions, records the change, and notifies the user in the app, who then sees
/// it if it was somebody else.
/// </summary>
public sealed class AccountNotices(
    IDatabaseWriter writer, SessionService sessions, SecurityEvents events, TimeProvider time)
{
    /// <param name="userId">The changed account.</param>
    /// <param name="change">What changed.</param>
    /// <param name="session">The session that made the change and stays signed in; null if none.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task NotifyAsync(long userId, AuditAction change, Guid? session, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(userId, session, cancellationToken);
        await events.RecordOfAccountAsync(change, userId);
        await TellAsync(userId, change, cancellationToken);
    }

    /// <summary>The same if the operator changed them.</summary>
    public async Task NotifyByOperatorAsync(long userId, AuditAction change, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(userId, except: null, cancellationToken);
        await events.RecordByOperatorAsync(change, userId);
        await TellAsync(userId, change, cancellationToken);
    }

    private async Task TellAsync(long userId, AuditAction change, CancellationToken cancellationToken)
    {
        var told = await writer.WriteAsync<Done>(
            async db =>
            {
                db.AccountNotices.Add(new AccountNotice { UserId = userId, Change = change, CreatedAt = time.UtcNowInSeconds() });
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        told.OrThrow();
    }
}
