using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class SavedPlaceConfiguration : IEntityTypeConfiguration<SavedPlace>
{
    public void Configure(EntityTypeBuilder<SavedPlace> place)
    {
        place.Property(p => p.Name).HasMaxLength(SavedPlace.NameMaxLength);
        place.Property(p => p.Address).HasMaxLength(SavedPlace.AddressMaxLength);
        place.Property(p => p.Latitude).HasPrecision(9, 6);
        place.Property(p => p.Longitude).HasPrecision(9, 6);
        place.HasIndex(p => new { p.TenantId, p.Name }).IsUnique();
        place.HasOne<Tenant>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
