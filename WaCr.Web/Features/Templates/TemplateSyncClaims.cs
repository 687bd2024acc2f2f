using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Templates;

/// <summary>A channel whose account's templates are to be fetched.</summary>
/// <param name="Until">So long it is claimed.</param>
public sealed record DueSync(TenantIdentity Tenant, long ChannelId, DateTimeOffset Until);

/// <summary>Shares the daily syncs among all processes: each account of a tenant is one's, once.</summary>
public sealed class TemplateSyncClaims(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    /// <summary>Claimed for an hour; who fetched one says when it is due again (<see cref="DoneAsync"/>).</summary>
    public async Task<IReadOnlyList<DueSync>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNowInSeconds(); // a claim is known again by its end, of which a database may round less
        List<Candidate> due;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // The filter is lifted since the loop serves all tenants; each channel is one row of few.
            due = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(c => c.AccessToken != null && c.BusinessAccountId != null && c.CredentialRefusedAt == null && (c.TemplatesDueAt == null || c.TemplatesDueAt <= now))
                .OrderBy(c => c.Id)
                .Join(db.Tenants, c => c.TenantId, tenant => tenant.Id, (c, tenant) => new Candidate(tenant, c.Id, c.BusinessAccountId!, c.TemplatesDueAt))
                .ToListAsync(cancellationToken);
        }

        var claimed = new List<DueSync>();
        foreach (var account in due.GroupBy(one => (one.Tenant.Id, one.Account)))
        {
            // A number that was connected just now is synced by whoever connects it; from then on daily.
            var isNew = account.All(one => one.DueAt is null);
            var first = account.First();
            var until = now + (isNew ? Interval : AfterFailure);
            if (await TakeAsync(first.Tenant.Id, first.Account, now, until, cancellationToken) && !isNew)
            {
                claimed.Add(new DueSync(first.Tenant.ToIdentity(), first.ChannelId, until));
            }
        }

        return claimed;
    }

    /// <summary>In the scope of the sync's tenant. What fell due while it ran stays due.</summary>
    public async Task DoneAsync(DueSync sync)
    {
        var (channelId, until, next) = (sync.ChannelId, sync.Until, time.GetUtcNow() + Interval);
        (await writer.WriteAsync<int>(
            async db => await db.Channels
                .Where(c => c.TemplatesDueAt == until && c.BusinessAccountId == db.Channels.Where(own => own.Id == channelId).Select(own => own.BusinessAccountId).First())
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.TemplatesDueAt, next)),
            CancellationToken.None)).OrThrow();
    }

    private async Task<bool> TakeAsync(long tenantId, string account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var taken = await writer.WriteAsync<int>(
            async db => await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(c => c.TenantId == tenantId && c.BusinessAccountId == account && (c.TemplatesDueAt == null || c.TemplatesDueAt <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.TemplatesDueAt, until)),
            cancellationToken);
        return taken.OrThrow() > 0;
    }

    private sealed record Candidate(Tenant Tenant, long ChannelId, string Account, DateTimeOffset? DueAt);
}
