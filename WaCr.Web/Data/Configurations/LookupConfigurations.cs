using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal abstract class LookupConfiguration<TLookup>(string table) : IEntityTypeConfiguration<TLookup>
    where TLookup : Lookup
{
    public virtual void Configure(EntityTypeBuilder<TLookup> lookup)
    {
        lookup.ToTable(table);
        lookup.HasAlternateKey(l => new { l.TenantId, l.Id });
        lookup.Property(l => l.Name).HasMaxLength(Lookup.NameMaxLength);
        lookup.Property(l => l.NameKey).HasMaxLength(Lookup.NameMaxLength);
        lookup.HasIndex(l => new { l.TenantId, l.NameKey }).IsUnique();
        lookup.HasIndex(l => new { l.TenantId, l.CreatedAt, l.Id });
        lookup.HasIndex(l => new { l.TenantId, l.UpdatedAt, l.Id });
        lookup.HasOne<Tenant>().WithMany().HasForeignKey(l => l.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GroupConfiguration() : LookupConfiguration<Group>("Groups");

internal sealed class SourceConfiguration() : LookupConfiguration<Source>("Sources");

internal sealed class StatusConfiguration() : LookupConfiguration<Status>("Statuses")
{
    public override void Configure(EntityTypeBuilder<Status> status)
    {
        base.Configure(status);
        status.Property(s => s.Color).HasMaxLength(Status.ColorLength);
    }
}

internal sealed class CountryConfiguration : IEntityTypeConfiguration<Country>
{
    public void Configure(EntityTypeBuilder<Country> country)
    {
        country.Property(c => c.Id).ValueGeneratedNever();
        country.Property(c => c.Code).HasMaxLength(2);
        country.Property(c => c.Code3).HasMaxLength(3);
        country.Property(c => c.Name).HasMaxLength(100);
        country.HasIndex(c => c.Code).IsUnique();
    }
}
