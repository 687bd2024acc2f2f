using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Name).HasMaxLength(SavedView.NameMaxLength);
        view.Property(v => v.Query).HasMaxLength(SavedView.QueryMaxLength);
        view.HasIndex(v => new { v.TenantId, v.OwnerId, v.Id });
        view.HasIndex(v => new { v.TenantId, v.IsShared, v.Id });
        view.HasOne<Membership>().WithMany()
            .HasForeignKey(v => new { v.TenantId, v.OwnerId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UserPreferenceConfiguration : IEntityTypeConfiguration<UserPreference>
{
    public void Configure(EntityTypeBuilder<UserPreference> preference)
    {
        preference.HasKey(p => new { p.TenantId, p.UserId, p.Key });
        preference.Property(p => p.Key).HasMaxLength(UserPreference.KeyMaxLength);
        preference.HasOne<Membership>().WithMany()
            .HasForeignKey(p => new { p.TenantId, p.UserId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
