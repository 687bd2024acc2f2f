using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>
/// After each change of how somebody signs in: ends the person's other sessions, writes it down, and tells them in the app. If it was
/// not them, they see it.
/// </summary>
public sealed class AccountNotices(
    IDatabaseWriter writer, SessionService sessions, SecurityEvents events, TimeProvider time)
{
    /// <param name="userId">Whose account it is.</param>
    /// <param name="change">What changed.</param>
    /// <param name="session">The one that made the change and goes on; null: none does.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task TellAsync(long userId, AuditAction change, Guid? session, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(userId, session, cancellationToken);
        await events.RecordOfAccountAsync(change, userId);
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
