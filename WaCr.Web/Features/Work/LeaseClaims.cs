using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Work;

/// <summary>Shares the due rows of all tenants among all processes. Filters of the tenant are lifted throughout, since claims name it themselves.</summary>
public sealed class LeaseClaims<T>(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
    where T : class, ILeased
{
    /// <summary>Whose rows are due.</summary>
    public async Task<IReadOnlyList<TenantIdentity>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var rows = Rows(db);

        // Each tenant is asked along its own index.
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => rows.Any(row => row.TenantId == tenant.Id && row.DueAt <= now))
            .ToListAsync(cancellationToken);
        return [.. tenants.Select(tenant => tenant.ToIdentity())];
    }

    /// <summary>What has been due longest; null where another process was quicker.</summary>
    public async Task<Claim<T>?> ClaimAsync(TenantIdentity tenant, int atMost, TimeSpan lease, CancellationToken cancellationToken)
    {
        var (now, owner) = (time.GetUtcNow(), Guid.NewGuid());
        var claimed = await writer.WriteAsync<List<T>>(
            async db =>
            {
                var key = KeyOf(db);
                var due = await Rows(db).AsNoTracking()
                    .Where(row => row.TenantId == tenant.Id && row.DueAt <= now)
                    .OrderBy(row => row.DueAt).ThenBy(row => EF.Property<long>(row, key))
                    .Take(atMost).TagWith(RowLocks.SkipLocked).ToListAsync();
                if (due.Count == 0)
                {
                    return due;
                }

                var read = KeyGetter(db);
                var keys = due.ConvertAll(row => read(row));
                await Rows(db)
                    .Where(row => row.TenantId == tenant.Id && keys.Contains(EF.Property<long>(row, key)) && row.DueAt <= now)
                    .ExecuteUpdateAsync(set => set
                        .SetProperty(row => row.LeaseOwner, owner)
                        .SetProperty(row => row.DueAt, now + lease)
                        .SetProperty(row => row.Attempts, row => row.Attempts + 1));
                foreach (var row in due)
                {
                    (row.LeaseOwner, row.DueAt, row.Attempts) = (owner, now + lease, row.Attempts + 1);
                }

                return due;
            },
            cancellationToken);
        return claimed.OrThrow() is { Count: > 0 } rows ? new Claim<T>(tenant, owner, rows) : null;
    }

    /// <summary>Somebody may go on with it from <paramref name="due"/> on; null: it is done. What is another's by now stays that one's.</summary>
    /// <param name="which">Null: all of the claim.</param>
    public Task ReleaseAsync(Claim<T> claim, DateTimeOffset? due, Expression<Func<T, bool>>? which = null) => writer.WriteAsync<int>(
        async db => await Ours(db, claim, which).ExecuteUpdateAsync(set => set.EndLease(due).SetProperty(row => row.Attempts, 0)),
        CancellationToken.None);

    /// <summary>It failed: it is due again later, the longer the more often it did.</summary>
    public async Task BackOffAsync(Claim<T> claim, Backoff backoff)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db =>
            {
                var rows = 0;
                foreach (var attempts in claim.Rows.Select(row => row.Attempts).Distinct())
                {
                    rows += await Ours(db, claim, null).Where(row => row.Attempts == attempts)
                        .ExecuteUpdateAsync(set => set.EndLease(now + backoff.After(attempts)));
                }

                return rows;
            },
            CancellationToken.None);
    }

    /// <summary>Where no other process can be at work, what is claimed at the start was left by one that died.</summary>
    public async Task ReleaseLeftBehindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db => db.HasReplicas ? 0 : await Rows(db)
                .Where(row => db.Tenants.Select(tenant => tenant.Id).Contains(row.TenantId) && row.DueAt > now && row.LeaseOwner != null)
                .ExecuteUpdateAsync(set => set.EndLease(now)),
            cancellationToken);
    }

    private static IQueryable<T> Ours(AppDbContext db, Claim<T> claim, Expression<Func<T, bool>>? which)
    {
        var ours = Rows(db).Where(row => row.TenantId == claim.Tenant.Id && row.DueAt != null && row.LeaseOwner == claim.Owner);
        return which is null ? ours : ours.Where(which);
    }

    private static IQueryable<T> Rows(AppDbContext db) => db.Set<T>().IgnoreQueryFilters([AppDbContext.TenantFilter]);

    private static string KeyOf(AppDbContext db) => Key(db).Name;

    private static Func<T, long> KeyGetter(AppDbContext db)
    {
        var getter = Key(db).GetGetter();
        return row => (long)getter.GetClrValue(row)!;
    }

    private static Microsoft.EntityFrameworkCore.Metadata.IProperty Key(AppDbContext db) =>
        db.Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties.Single(property => property.Name != nameof(ILeased.TenantId));
}

/// <summary>What a lease is within the write of a step.</summary>
internal static class Leases
{
    /// <summary>Puts the end of the lease off; false where the rows are somebody else's by now, or stopped.</summary>
    public static async Task<bool> RenewAsync<T>(this IQueryable<T> ours, DateTimeOffset until)
        where T : class, ILeased => await ours.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until)) > 0;

    /// <param name="due">When it is to be worked on next; null: never again.</param>
    public static UpdateSettersBuilder<T> EndLease<T>(this UpdateSettersBuilder<T> set, DateTimeOffset? due)
        where T : class, ILeased => set.SetProperty(row => row.DueAt, due).SetProperty(row => row.LeaseOwner, (Guid?)null);
}
