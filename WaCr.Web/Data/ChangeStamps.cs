using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>Sets times, versions and derived keys, so that no service can forget them.</summary>
internal static class ChangeStamps
{
    private const string CreatedAt = nameof(Contact.CreatedAt);
    private const string UpdatedAt = nameof(Contact.UpdatedAt);

    public static void Apply(ChangeTracker tracker, DateTimeOffset now)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            if (entry.Entity is Contact contact)
            {
                contact.RefreshKeys();
                entry.DetectChanges();
            }

            if (entry.State == EntityState.Added && entry.Metadata.FindProperty(CreatedAt) is not null
                && entry.Property(CreatedAt).CurrentValue is DateTimeOffset created && created == default)
            {
                entry.Property(CreatedAt).CurrentValue = now;
            }

            if (entry.Metadata.FindProperty(UpdatedAt) is not null
                && (entry.State == EntityState.Modified
                    || entry.Property(UpdatedAt).CurrentValue is DateTimeOffset updated && updated == default))
            {
                entry.Property(UpdatedAt).CurrentValue = now;
            }

            if (entry.Entity is IVersioned versioned)
            {
                versioned.Version++;
                entry.DetectChanges();
            }
        }
    }
}
