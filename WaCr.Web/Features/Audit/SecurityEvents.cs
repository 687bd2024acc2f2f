using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Audit;

/// <summary>
/// Writes security events into the audit trail of each workspace concerned and into the log: ids and IP addresses, never phones, e-mails or
/// texts. Actions of signed-in users are written at once; anonymous attempts, which can be repeated without limit, are counted
/// (<see cref="SecurityEventCounts"/>).
/// </summary>
public sealed partial class SecurityEvents(
    IServiceScopeFactory scopes, IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant,
    SecurityEventCounts counts,
    TimeProvider time, ILogger<SecurityEvents> logger)
{
    private static readonly CurrentActor Operator =
        new(ActorKind.System, null, "", ChangeOrigin.CommandLine, FrozenSet<string>.Empty);

    private static readonly CurrentActor Stranger = new(ActorKind.Anonymous, null, "", ChangeOrigin.App, FrozenSet<string>.Empty);

    /// <summary>Records an event of the current tenant and actor. It is committed when the call returns.</summary>
    /// <param name="entityType">One of the constants of <see cref="AuditEntry"/>.</param>
    /// <param name="details">Values by API field name; never personal data.</param>
    public async Task RecordAsync(
        AuditAction action, string entityType, long entityId = 0, IReadOnlyDictionary<string, object?>? details = null)
    {
        var written = await writer.WriteAsync<Done>(
            async db =>
            {
                db.AuditEntries.Add(AuditTrail.Event(action, entityType, entityId, details, tenant, time.GetUtcNow()));
                await db.SaveChangesAsync();
                return default(Done);
            },
            CancellationToken.None);
        written.OrThrow();
        Log(action, entityType, entityId);
    }

    /// <summary>
    /// Records what the user did with the account (sign-in, second factor, password) in each workspace the user belongs to. It is committed
    /// when the call returns; needs no tenant.
    /// </summary>
    /// <param name="address">IP address, if the caller knows it better than the scope.</param>
    public async Task RecordOfAccountAsync(
        AuditAction action, long userId, IReadOnlyDictionary<string, object?>? details = null, string? address = null)
    {
        var from = address ?? tenant.ClientAddress;
        await RecordOfAccountAsync(
            action, userId, name => new CurrentActor(ActorKind.User, userId, name, ChangeOrigin.App, FrozenSet<string>.Empty), details,
            from);
        Events.Happened(logger, action, AuditEntry.AccountType, userId, 0, ActorKind.User, userId, from);
    }

    /// <summary>The same for what the operator did with somebody's account, on the command line.</summary>
    public async Task RecordByOperatorAsync(AuditAction action, long userId)
    {
        await RecordOfAccountAsync(action, userId, _ => Operator, details: null, from: null);
        Events.Happened(logger, action, AuditEntry.AccountType, userId, 0, Operator.Kind, Operator.Id, null);
    }

    /// <summary>
    /// Records in the write that locks an account, and in each of its workspaces, that it was locked; <paramref name="at"/> names the lock.
    /// </summary>
    internal async Task AddLockOutAsync(AppDbContext db, long userId, DateTimeOffset at)
    {
        var tenants = await TenantsOfAsync(db, userId);
        await db.InsertOfAccountAsync(
            tenants.ConvertAll(tenantId => AuditTrail.EventOfAccount(AuditAction.LockedOut, userId, tenantId, Stranger, tenant, at)));
    }

    /// <summary>Removes the entries of a lock that the same attempt lifts again: the last one allowed was right.</summary>
    internal static async Task TakeBackLockOutAsync(AppDbContext db, long userId, DateTimeOffset at)
    {
        // Lifts the tenant filter: all of the account's workspaces have one. They are named, since every index of the trail begins with them.
        var tenants = await TenantsOfAsync(db, userId);
        await db.AuditEntries.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(entry => tenants.Contains(entry.TenantId) && entry.EntityType == AuditEntry.AccountType && entry.EntityId == userId
                && entry.Action == AuditAction.LockedOut && entry.At == at)
            .ExecuteDeleteAsync();
    }

    /// <summary>Logs a lock once its attempt turned out wrong.</summary>
    public void LogLockOut(long userId) =>
        Events.Counted(logger, AuditAction.LockedOut, AuditEntry.AccountType, userId, 0, 1, tenant.ClientAddress);

    /// <summary>Counts an anonymous event on an account, such as a wrong password or code. Written within seconds.</summary>
    public void CountOfAccount(AuditAction action, long userId, string? address = null) =>
        Count(new CountedEvent(action, AuditEntry.AccountType, userId, TenantId: null), address);

    /// <summary>Counts an anonymous event in a workspace, such as a webhook with a wrong signature. Written within seconds.</summary>
    public void CountInWorkspace(AuditAction action, string entityType, long entityId, long tenantId, string? address = null) =>
        Count(new CountedEvent(action, entityType, entityId, tenantId), address);

    /// <summary>Counts events on unknown e-mails, numbers or tokens. Logged every few seconds, never audited.</summary>
    public void CountUnknown(AuditAction action, string entityType, string? address = null) =>
        Count(new CountedEvent(action, entityType, 0, TenantId: 0), address);

    /// <summary>Logs an event only; the audit trail gets it from the changed row.</summary>
    public void Log(AuditAction action, string entityType, long entityId) =>
        Events.Happened(logger, action, entityType, entityId, tenant.TenantId, tenant.Actor.Kind, tenant.Actor.Id, tenant.ClientAddress);

    /// <summary>Records an event for another tenant than the scope's, at most once per key.</summary>
    internal Task RecordOnceAsync(
        TenantIdentity identity, CurrentActor actor, AuditAction action, string entityType, long entityId, string key, string? address) =>
        InWorkspaceAsync(identity, actor, address, async (inner, db) =>
        {
            if (!await db.AuditEntries.AnyAsync(entry => entry.CountKey == key))
            {
                var entry = AuditTrail.Event(action, entityType, entityId, null, inner, time.GetUtcNow());
                entry.CountKey = key;
                db.AuditEntries.Add(entry);
                await db.SaveChangesAsync();
                Events.Happened(logger, action, entityType, entityId, identity.Id, actor.Kind, actor.Id, address);
            }
        });

    /// <summary>Writes the counted events to the database and the log; a job calls it every few seconds.</summary>
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
            // What could not be written is counted again for the next round.
            foreach (var (left, sum) in counted)
            {
                counts.Add(left, sum);
            }
        }
    }

    private async Task RecordOfAccountAsync(
        AuditAction action, long userId, Func<string, CurrentActor> actorOf, IReadOnlyDictionary<string, object?>? details, string? from)
    {
        foreach (var (identity, name) in await WorkspacesOfAsync(userId))
        {
            await InWorkspaceAsync(identity, actorOf(name), from, async (inner, db) =>
            {
                db.AuditEntries.Add(AuditTrail.Event(action, AuditEntry.AccountType, userId, details, inner, time.GetUtcNow()));
                await db.SaveChangesAsync();
            });
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
        foreach (var (identity, _) in tenants)
        {
            await InWorkspaceAsync(identity, Stranger, sum.Address, (inner, db) => AddAsync(inner, db, counted, sum));
        }

        Events.Counted(logger, counted.Action, counted.EntityType, counted.EntityId, counted.TenantId ?? 0, sum.Times, sum.Address);
    }

    private void Count(CountedEvent counted, string? address) =>
        counts.Add(counted, new CountedSum(1, time.GetUtcNow(), address ?? tenant.ClientAddress));

    private static async Task AddAsync(TenantContext tenant, AppDbContext db, CountedEvent counted, CountedSum sum)
    {
        var key = counted.KeyAt(sum.LastAt);
        var known = await db.AuditEntries.Where(entry => entry.CountKey == key).ExecuteUpdateAsync(set => set
            .SetProperty(entry => entry.Times, entry => entry.Times + sum.Times)
            .SetProperty(entry => entry.At, sum.LastAt)
            .SetProperty(entry => entry.Address, sum.Address));
        if (known == 0)
        {
            var entry = AuditTrail.Event(counted.Action, counted.EntityType, counted.EntityId, null, tenant, sum.LastAt);
            (entry.Times, entry.CountKey) = (sum.Times, key);
            db.AuditEntries.Add(entry);
            await db.SaveChangesAsync();
        }
    }

    // Lifts the tenant filter: an account spans tenants. Only this user's rows are read.
    private static Task<List<long>> TenantsOfAsync(AppDbContext db, long userId) =>
        db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(membership => membership.UserId == userId).Select(membership => membership.TenantId).ToListAsync();

    // One scope per workspace: a scope cannot change its tenant.
    private async Task InWorkspaceAsync(
        TenantIdentity identity, CurrentActor actor, string? address, Func<TenantContext, AppDbContext, Task> write)
    {
        await using var inner = scopes.CreateAsyncScope();
        var context = inner.ServiceProvider.GetRequiredService<TenantContext>();
        context.Enter(identity, actor);
        (context.ClientAddress, context.RequestId) = (address, tenant.RequestId);
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

        // Lifts the tenant filter: an account spans tenants. Only this user's rows are read.
        var rows = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(membership => membership.UserId == userId)
            .Select(membership => new { Tenant = membership.Tenant!, membership.User!.Name })
            .ToListAsync();
        return rows.ConvertAll(row => (row.Tenant.ToIdentity(), row.Name));
    }

    private async Task<IReadOnlyList<(TenantIdentity Tenant, string Name)>> WorkspaceAsync(long tenantId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var tenants = await db.Tenants.AsNoTracking().Where(identity => identity.Id == tenantId).ToListAsync();
        return tenants.ConvertAll(identity => (identity.ToIdentity(), ""));
    }

    private static partial class Events
    {
        [LoggerMessage(
            EventId = 7001, Level = LogLevel.Information,
            Message = "Security: {Action} {EntityType} {EntityId} in tenant {TenantId} by {ActorKind} {ActorId} from {Address}.")]
        public static partial void Happened(
            ILogger logger, AuditAction action, string entityType, long entityId, long tenantId, ActorKind actorKind, long? actorId,
            string? address);

        [LoggerMessage(
            EventId = 7002, Level = LogLevel.Warning,
            Message = "Security: {Action} {EntityType} {EntityId} in tenant {TenantId}, {Times} times, the last from {Address}.")]
        public static partial void Counted(
            ILogger logger, AuditAction action, string entityType, long entityId, long tenantId, int times, string? address);
    }
}
