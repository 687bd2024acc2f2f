using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Audit;

/// <summary>
/// Writes what happens around security into the audit trail of each workspace that it concerns, and as an event into the log: ids and addresses,
/// never a phone, an e-mail or a text. What people do who are signed in is written at once; what strangers can repeat as often as they like is
/// counted (<see cref="SecurityEventCounts"/>).
/// </summary>
public sealed partial class SecurityEvents(
    IServiceScopeFactory scopes, IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext scope, SecurityEventCounts counts,
    TimeProvider time, ILogger<SecurityEvents> logger)
{
    private static readonly CurrentActor Stranger = new(ActorKind.Anonymous, null, "", ChangeOrigin.App, FrozenSet<string>.Empty);

    /// <summary>In the workspace that this scope has entered, by whoever acts in it. Written when the call returns.</summary>
    /// <param name="entityType">One of the constants of <see cref="AuditEntry"/>.</param>
    /// <param name="details">By name, in the words of the API; never personal data.</param>
    public async Task RecordAsync(
        AuditAction action, string entityType, long entityId = 0, IReadOnlyDictionary<string, object?>? details = null)
    {
        var written = await writer.WriteAsync<Done>(
            async db =>
            {
                db.AuditEntries.Add(AuditTrail.Event(action, entityType, entityId, details, scope, time.GetUtcNow()));
                await db.SaveChangesAsync();
                return default(Done);
            },
            CancellationToken.None);
        written.OrThrow();
        Log(action, entityType, entityId);
    }

    /// <summary>
    /// What the person of this account did with it, in each workspace in which that one is a member: sign-in, factors, passwords. Written when
    /// the call returns; needs no workspace.
    /// </summary>
    /// <param name="address">Where the caller knows it better than the scope.</param>
    public async Task RecordOfAccountAsync(
        AuditAction action, long userId, IReadOnlyDictionary<string, object?>? details = null, string? address = null)
    {
        var from = address ?? scope.ClientAddress;
        foreach (var (tenant, name) in await WorkspacesOfAsync(userId))
        {
            var actor = new CurrentActor(ActorKind.User, userId, name, ChangeOrigin.App, FrozenSet<string>.Empty);
            await InWorkspaceAsync(tenant, actor, from, async (inner, db) =>
            {
                db.AuditEntries.Add(AuditTrail.Event(action, AuditEntry.AccountType, userId, details, inner, time.GetUtcNow()));
                await db.SaveChangesAsync();
            });
        }

        Events.Happened(logger, action, AuditEntry.AccountType, userId, 0, ActorKind.User, userId, from);
    }

    /// <summary>Something that a stranger did to this account: a wrong password or code, the lock-out that follows. Written within seconds.</summary>
    public void CountOfAccount(AuditAction action, long userId, string? address = null) =>
        Count(new CountedEvent(action, AuditEntry.AccountType, userId, TenantId: null), address);

    /// <summary>Something that a stranger did to a thing of this workspace: a webhook with a wrong signature. Written within seconds.</summary>
    public void CountInWorkspace(AuditAction action, string entityType, long entityId, long tenantId, string? address = null) =>
        Count(new CountedEvent(action, entityType, entityId, tenantId), address);

    /// <summary>What concerns nobody here: an unknown e-mail, number or token. Only the log is told, once every few seconds.</summary>
    public void CountUnknown(AuditAction action, string entityType, string? address = null) =>
        Count(new CountedEvent(action, entityType, 0, TenantId: 0), address);

    /// <summary>For the log alone: what the audit trail tells by itself, since a row changed.</summary>
    public void Log(AuditAction action, string entityType, long entityId) =>
        Events.Happened(logger, action, entityType, entityId, scope.TenantId, scope.Actor.Kind, scope.Actor.Id, scope.ClientAddress);

    /// <summary>By an actor of another workspace than this scope's, unless it was written under this key before.</summary>
    internal Task RecordOnceAsync(TenantIdentity tenant, CurrentActor actor, AuditAction action, string entityType, long entityId, string key, string? address) =>
        InWorkspaceAsync(tenant, actor, address, async (inner, db) =>
        {
            if (!await db.AuditEntries.AnyAsync(entry => entry.CountKey == key))
            {
                var entry = AuditTrail.Event(action, entityType, entityId, null, inner, time.GetUtcNow());
                entry.CountKey = key;
                db.AuditEntries.Add(entry);
                await db.SaveChangesAsync();
                Events.Happened(logger, action, entityType, entityId, tenant.Id, actor.Kind, actor.Id, address);
            }
        });

    /// <summary>Brings what was counted into the database and the log; a job calls it every few seconds.</summary>
    public async Task WriteCountedAsync()
    {
        var counted = new Queue<KeyValuePair<CountedEvent, CountedSum>>(counts.Take());
        try
        {
            while (counted.TryPeek(out var next))
            {
                await WriteAsync(next.Key, next.Value);
                counted.Dequeue();
            }
        }
        finally
        {
            // What could not be written is tried again with the next round.
            foreach (var (left, sum) in counted)
            {
                counts.Add(left, sum);
            }
        }
    }

    private async Task WriteAsync(CountedEvent counted, CountedSum sum)
    {
        IReadOnlyList<(TenantIdentity Tenant, string Name)> tenants = counted.TenantId switch
        {
            null => await WorkspacesOfAsync(counted.EntityId),
            0 => [],
            { } id => await WorkspaceAsync(id),
        };
        foreach (var (tenant, _) in tenants)
        {
            await InWorkspaceAsync(tenant, Stranger, sum.Address, (inner, db) => AddAsync(inner, db, counted, sum));
        }

        Events.Counted(logger, counted.Action, counted.EntityType, counted.EntityId, counted.TenantId ?? 0, sum.Times, sum.Address);
    }

    private void Count(CountedEvent counted, string? address) => counts.Add(counted, new CountedSum(1, time.GetUtcNow(), address ?? scope.ClientAddress));

    private static async Task AddAsync(TenantContext scope, AppDbContext db, CountedEvent counted, CountedSum sum)
    {
        var key = counted.KeyAt(sum.LastAt);
        var known = await db.AuditEntries.Where(entry => entry.CountKey == key).ExecuteUpdateAsync(set => set
            .SetProperty(entry => entry.Times, entry => entry.Times + sum.Times)
            .SetProperty(entry => entry.At, sum.LastAt)
            .SetProperty(entry => entry.Address, sum.Address));
        if (known == 0)
        {
            var entry = AuditTrail.Event(counted.Action, counted.EntityType, counted.EntityId, null, scope, sum.LastAt);
            (entry.Times, entry.CountKey) = (sum.Times, key);
            db.AuditEntries.Add(entry);
            await db.SaveChangesAsync();
        }
    }

    // Each workspace has its own scope, since a scope keeps the one that it was entered with.
    private async Task InWorkspaceAsync(TenantIdentity tenant, CurrentActor actor, string? address, Func<TenantContext, AppDbContext, Task> write)
    {
        await using var inner = scopes.CreateAsyncScope();
        var context = inner.ServiceProvider.GetRequiredService<TenantContext>();
        context.Enter(tenant, actor);
        (context.ClientAddress, context.RequestId) = (address, scope.RequestId);
        var written = await inner.ServiceProvider.GetRequiredService<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                await write(context, db);
                return default(Done);
            },
            CancellationToken.None);
        written.OrThrow();
    }

    private async Task<IReadOnlyList<(TenantIdentity Tenant, string Name)>> WorkspacesOfAsync(long userId)
    {
        await using var db = await contexts.CreateDbContextAsync();

        // The filter is lifted since an account belongs to no workspace; the rows are those of this person alone.
        var rows = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(membership => membership.UserId == userId)
            .Select(membership => new { Tenant = membership.Tenant!, membership.User!.Name })
            .ToListAsync();
        return rows.ConvertAll(row => (row.Tenant.ToIdentity(), row.Name));
    }

    private async Task<IReadOnlyList<(TenantIdentity Tenant, string Name)>> WorkspaceAsync(long tenantId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var tenants = await db.Tenants.AsNoTracking().Where(tenant => tenant.Id == tenantId).ToListAsync();
        return tenants.ConvertAll(tenant => (tenant.ToIdentity(), ""));
    }

    private static partial class Events
    {
        [LoggerMessage(
            EventId = 7001, Level = LogLevel.Information,
            Message = "Security: {Action} {EntityType} {EntityId} in tenant {TenantId} by {ActorKind} {ActorId} from {Address}.")]
        public static partial void Happened(
            ILogger logger, AuditAction action, string entityType, long entityId, long tenantId, ActorKind actorKind, long? actorId, string? address);

        [LoggerMessage(
            EventId = 7002, Level = LogLevel.Warning,
            Message = "Security: {Action} {EntityType} {EntityId} in tenant {TenantId}, {Times} times, the last from {Address}.")]
        public static partial void Counted(
            ILogger logger, AuditAction action, string entityType, long entityId, long tenantId, int times, string? address);
    }
}
