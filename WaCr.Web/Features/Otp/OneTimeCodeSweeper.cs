using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Otp;

/// <summary>Deletes codes a day after expiry, and old rate-limit rows.</summary>
public sealed class OneTimeCodeSweeper(IDatabaseWriter writer, TimeProvider time)
{
    public static readonly TimeSpan ExpiredAreKeptFor = TimeSpan.FromDays(1);

    private const int AtOnce = 1_000;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ExpiredAreKeptFor;
        while ((await writer.WriteAsync<int>(db => SweepCodesAsync(db, oldest), cancellationToken)).OrThrow() == AtOnce)
        {
            // The next thousand follow in a later write, so other writers can run in between.
        }

        await writer.WriteAsync<int>(
            async db =>
            {
                // Lifts the tenant filter: one pass serves all tenants.
                return await db.OneTimeCodeLimits.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                    .Where(limit => db.Tenants.Select(tenant => tenant.Id).Contains(limit.TenantId) && limit.StartedAt <= oldest)
                    .ExecuteDeleteAsync();
            },
            cancellationToken);
    }

    private static async Task<Result<int>> SweepCodesAsync(AppDbContext db, DateTimeOffset oldest)
    {
        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var expired = await db.Tenants
            .SelectMany(tenant => db.OneTimeCodes.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(code => code.TenantId == tenant.Id && code.ExpiresAt <= oldest))
            .Select(code => new { code.TenantId, code.Id })
            .Take(AtOnce)
            .ToListAsync();
        foreach (var tenant in expired.GroupBy(code => code.TenantId, code => code.Id))
        {
            var ids = tenant.ToList();
            await db.OneTimeCodes.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(code => code.TenantId == tenant.Key && ids.Contains(code.Id))
                .ExecuteDeleteAsync();
        }

        return expired.Count;
    }
}
