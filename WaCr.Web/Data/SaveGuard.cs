using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>The last check before a save: no row of another tenant, and no tenant-owned row without a tenant.</summary>
internal static class SaveGuard
{
    public static void Check(ChangeTracker tracker, TenantContext? tenant)
    {
        foreach (var entry in tracker.Entries<ITenantOwned>())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            if (tenant is not { IsSet: true })
            {
                throw new TenantNotSetException();
            }

            if (entry.State == EntityState.Added && entry.Entity.TenantId == 0)
            {
                entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = tenant.TenantId;
            }

            if (entry.Entity.TenantId != tenant.TenantId)
            {
                throw new ForeignTenantException(entry.Metadata.ClrType.Name);
            }
        }
    }
}

public sealed class ForeignTenantException(string entity)
    : InvalidOperationException($"A {entity} of another tenant was about to be written.");
