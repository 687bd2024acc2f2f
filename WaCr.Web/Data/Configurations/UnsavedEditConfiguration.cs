using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class UnsavedEditConfiguration : IEntityTypeConfiguration<UnsavedEdit>
{
    public void Configure(EntityTypeBuilder<UnsavedEdit> edit)
    {
        edit.HasIndex(e => new { e.TenantId, e.UserId, e.ContactId }).IsUnique();
        edit.HasIndex(e => new { e.TenantId, e.ContactId });
        edit.HasIndex(e => new { e.TenantId, e.KeptAt });
        edit.HasOne<Contact>().WithMany()
            .HasForeignKey(e => new { e.TenantId, e.ContactId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
        edit.HasOne<Membership>().WithMany()
            .HasForeignKey(e => new { e.TenantId, e.UserId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
