using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

/// <summary>When each user was last active.</summary>
public sealed class LastSeen : LastUse<(long TenantId, long UserId)>;

/// <summary>Run by a job at an interval.</summary>
public sealed class LastSeenWriter(IDatabaseWriter writer, LastSeen people, SessionCache sessions)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (seen, used) = (people.Take(), sessions.Uses.Take());
        if (seen.Count == 0 && used.Count == 0)
        {
            return;
        }

        await writer.WriteAsync<Done>(
            async db =>
            {
                foreach (var ((tenantId, userId), seenAt) in seen)
                {
                    // Lifts the tenant filter: one pass serves all tenants, and each row is named by tenant and id.
                    await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
                        .Where(membership => membership.TenantId == tenantId && membership.UserId == userId)
                        .ExecuteUpdateAsync(set => set.SetProperty(membership => membership.LastSeenAt, seenAt));
                }

                foreach (var (id, usedAt) in used)
                {
                    await db.UserSessions.Where(session => session.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, usedAt));
                }

                return default(Done);
            },
            cancellationToken);
    }
}
