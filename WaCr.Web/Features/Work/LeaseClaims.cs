using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Work;

/// <summary>
/// Distributes due rows of all tenants among processes. Lifts the tenant filter throughout, because claims name the tenant.
/// </summary>
public sealed class LeaseClaims<T>(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
    where T : class, ILeased
{
    /// <summary>Tenants with due rows.</summary>
    public async Task<IReadOnlyList<TenantIdentity>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var rows = Rows(db);

        // Each tenant is queried through its own index.
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => rows.Any(row => row.TenantId == tenant.Id && row.DueAt <= now))
            .ToListAsync(cancellationToken);
        return [.. tenants.Select(tenant => tenant.ToIdentity())];
    }

    /// <summary>Claims the rows due longest; null if another process was faster.</summary>
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

    /// <summary>
    /// Releases rows, due again at <paramref name="due"/>; null means done. Rows claimed by another process meanwhile are not changed.
    /// </summary>
    /// <param name="which">Null: all rows of the claim.</param>
    public Task ReleaseAsync(Claim<T> claim, DateTimeOffset? due, Expression<Func<T, bool>>? which = null) => writer.WriteAsync<int>(
        async db =>
        {
            if (due is not null && CommittedChanges.KindOf(typeof(T)) is { } kind)
            {
                db.NoteChange(new Change(kind, claim.Tenant.Id));
            }

            return await Ours(db, claim, which).ExecuteUpdateAsync(set => set.EndLease(due).SetProperty(row => row.Attempts, 0));
        },
        CancellationToken.None);

    /// <summary>Releases failed rows with a delay that grows with each failure.</summary>
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

    /// <summary>On the start of a single-process installation, releases claims left by a process that died.</summary>
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

/// <summary>Statements on leases inside a step's write.</summary>
internal static class Leases
{
    /// <summary>Extends the lease; false if the rows were stopped or belong to another process.</summary>
    public static async Task<bool> RenewAsync<T>(this IQueryable<T> ours, DateTimeOffset until)
        where T : class, ILeased => await ours.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until)) > 0;

    /// <param name="due">When it is due next; null: never.</param>
    public static UpdateSettersBuilder<T> EndLease<T>(this UpdateSettersBuilder<T> set, DateTimeOffset? due)
        where T : class, ILeased => set.SetProperty(row => row.DueAt, due).SetProperty(row => row.LeaseOwner, (Guid?)null);
}
