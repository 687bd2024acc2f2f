using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

/// <summary>When each person was last here, kept in memory and written behind: opening a page must not cost a write.</summary>
public sealed class LastSeen
{
    private ConcurrentDictionary<(long TenantId, long UserId), DateTimeOffset> _seen = new();

    public void Note(long tenantId, long userId, DateTimeOffset at) => _seen[(tenantId, userId)] = at;

    /// <summary>What was noted since the last call.</summary>
    public IReadOnlyList<(long TenantId, long UserId, DateTimeOffset At)> Take()
    {
        if (_seen.IsEmpty)
        {
            return [];
        }

        var seen = Interlocked.Exchange(ref _seen, new());
        return [.. seen.Select(pair => (pair.Key.TenantId, pair.Key.UserId, pair.Value))];
    }
}

/// <summary>The step that the job repeats.</summary>
public sealed class LastSeenWriter(IDatabaseWriter writer, LastSeen people, SessionCache sessions)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (seen, used) = (people.Take(), sessions.TakeUses());
        if (seen.Count == 0 && used.Count == 0)
        {
            return;
        }

        await writer.WriteAsync<Done>(
            async db =>
            {
                foreach (var (tenantId, userId, at) in seen)
                {
                    // The filter is lifted since one pass serves all tenants; each row is named by tenant and id.
                    await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
                        .Where(membership => membership.TenantId == tenantId && membership.UserId == userId)
                        .ExecuteUpdateAsync(set => set.SetProperty(membership => membership.LastSeenAt, at));
                }

                foreach (var (id, at) in used)
                {
                    await db.UserSessions.Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, at));
                }

                return default(Done);
            },
            cancellationToken);
    }
}
