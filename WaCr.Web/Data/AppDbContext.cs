using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data;

/// <summary>
/// One model for both engines. A context is leased from the factory for one operation and bound to
/// the scope's tenant; what an engine does in its own way is abstract here.
/// </summary>
public abstract class AppDbContext(DbContextOptions options)
    : IdentityUserContext<AppUser, long>(options), IDataProtectionKeyContext
{
    /// <summary>The query filter that keeps tenants apart.</summary>
    public const string TenantFilter = "Tenant";

    private TenantContext? _scope;
    private TimeProvider _time = TimeProvider.System;

    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<Status> Statuses => Set<Status>();
    public DbSet<Country> Countries => Set<Country>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<UsageCounter> UsageCounters => Set<UsageCounter>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>What the tenant filter compares with; 0 matches nothing.</summary>
    public long CurrentTenantId => _scope?.TenantId ?? 0;

    /// <summary>Ties a leased context to the scope it works for. Pooled contexts are bound anew at each lease.</summary>
    public void Bind(TenantContext? scope, TimeProvider time)
    {
        _scope = scope;
        _time = time;
    }

    /// <summary>
    /// Contacts that may contain one of <paramref name="needles"/> in their search text: never too few, and cheaply found. The
    /// caller tests them. Needles are folded and at least three characters long.
    /// </summary>
    public abstract IQueryable<ContactMatch> FindCandidates(IReadOnlyList<string> needles);

    /// <summary>
    /// Whether the engine weighs a LIMIT against the size of a result by itself. SQLite keeps no statistics here and
    /// does not, so list queries tell it which index to walk.
    /// </summary>
    public abstract bool ChoosesPlans { get; }

    /// <summary>Whether other replicas may write to the same database.</summary>
    public abstract bool MayBeShared { get; }

    /// <summary>Ids for rows of <paramref name="table"/> that are about to be inserted; call it inside a write.</summary>
    public abstract Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count, CancellationToken cancellationToken);

    /// <summary>Whether the database refused a write because a unique index already holds the value.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>Whether the database could not write for a reason outside the product (disk full, disk error, unreachable).</summary>
    public abstract bool IsStorageFailure(Exception exception);

    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        PrepareSave();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public sealed override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await GiveIdsAsync(cancellationToken);
        PrepareSave();
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // An audit entry names the id of what it tells of, so a new row must have one before it is saved.
    private async Task GiveIdsAsync(CancellationToken cancellationToken)
    {
        var added = ChangeTracker.Entries<IAudited>()
            .Where(entry => entry.State == EntityState.Added && entry.Metadata.FindProperty(nameof(Contact.Id)) is not null
                && (entry.Property(nameof(Contact.Id)).IsTemporary || entry.Property(nameof(Contact.Id)).CurrentValue is 0L))
            .GroupBy(entry => entry.Metadata.GetTableName()!, StringComparer.Ordinal);
        foreach (var table in added)
        {
            var entries = table.ToList();
            var ids = await ReserveIdsAsync(table.Key, entries.Count, cancellationToken);
            foreach (var (entry, id) in entries.Zip(ids))
            {
                var property = entry.Property(nameof(Contact.Id));
                property.CurrentValue = id;
                property.IsTemporary = false;
            }
        }
    }

    private void PrepareSave()
    {
        ChangeTracker.DetectChanges();
        SaveGuard.Check(ChangeTracker, _scope);
        if (_scope is { IsSet: true })
        {
            ChangeStamps.Apply(ChangeTracker, _time.UtcNowInSeconds());
            AuditTrail.Add(this, _scope, _time.GetUtcNow());
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Each index is written out in Configurations/, led by the tenant; an index per foreign key would not be.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        IdentityTables.Rename(builder);
        TenantModel.Apply(builder, this);
    }
}
