using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Deletes expired keys of all tenants in small batches, because other writers wait.</summary>
public sealed class IdempotencySweeper(IDatabaseWriter writer, TimeProvider time)
{
    private const int AtOnce = 500;

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (swept, gone) = (0, AtOnce);
        while (gone == AtOnce)
        {
            gone = (await writer.WriteAsync<int>(db => SweepAsync(db, now), cancellationToken)).OrThrow();
            swept += gone;
        }

        return swept;
    }

    private static async Task<Result<int>> SweepAsync(AppDbContext db, DateTimeOffset now)
    {
        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var expired = await db.Tenants
            .SelectMany(tenant => db.IdempotentRequests.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(request => request.TenantId == tenant.Id && request.ExpiresAt <= now))
            .Select(request => request.Id).Take(AtOnce).ToListAsync();
        return expired.Count == 0 ? 0 : await db.IdempotentRequests.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(request => expired.Contains(request.Id)).ExecuteDeleteAsync();
    }
}
