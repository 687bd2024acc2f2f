using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Bulk;

/// <summary>The right to work on a job until its lease ends; each chunk renews it.</summary>
public sealed record BulkClaim(long TenantId, long JobId, Guid Owner);

/// <summary>Shares the running jobs of all tenants among all processes: one works on a job at a time, and nobody waits behind a long one.</summary>
public sealed class BulkClaims(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Many times what a chunk takes. After it the process that had the job is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The job that has waited longest; null where none waits.</summary>
    public async Task<BulkClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // The filter is lifted since the loop serves all tenants; each is asked along its own index.
        var due = await db.Tenants
            .SelectMany(tenant => db.BulkJobs.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(job => job.TenantId == tenant.Id && job.State == BulkState.Running && job.LeaseEndsAt <= now))
            .OrderBy(job => job.LeaseEndsAt).ThenBy(job => job.Id)
            .Select(job => new { job.TenantId, job.Id })
            .FirstOrDefaultAsync(cancellationToken);
        if (due is null)
        {
            return null;
        }

        var claim = new BulkClaim(due.TenantId, due.Id, Guid.NewGuid());
        var claimed = await writer.WriteAsync<int>(
            async write => await Job(write, claim)
                .Where(job => job.State == BulkState.Running && job.LeaseEndsAt <= now)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(job => job.LeaseOwner, claim.Owner)
                    .SetProperty(job => job.LeaseEndsAt, now + Lease)),
            cancellationToken);
        return claimed.OrThrow() == 1 ? claim : null;
    }

    /// <summary>Somebody else may go on with it; it goes behind those that wait already.</summary>
    public Task ReleaseAsync(BulkClaim claim)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync<int>(
            async db => await Job(db, claim)
                .Where(job => job.LeaseOwner == claim.Owner)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeaseOwner, (Guid?)null).SetProperty(job => job.LeaseEndsAt, now)),
            CancellationToken.None);
    }

    /// <summary>Where no other process can be at work, what has a lease at the start was left by one that died.</summary>
    public async Task ReleaseLeftBehindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db => db.HasReplicas ? 0 : await db.BulkJobs.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(job => job.State == BulkState.Running && job.LeaseEndsAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeaseOwner, (Guid?)null).SetProperty(job => job.LeaseEndsAt, now)),
            cancellationToken);
    }

    // The filter is lifted since the loop enters a tenant only once it has a job of it; the claim names the tenant.
    private static IQueryable<BulkJob> Job(AppDbContext db, BulkClaim claim) => db.BulkJobs.IgnoreQueryFilters([AppDbContext.TenantFilter])
        .Where(job => job.TenantId == claim.TenantId && job.Id == claim.JobId);
}
