using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ContactMergeConfiguration : IEntityTypeConfiguration<ContactMerge>
{
    public void Configure(EntityTypeBuilder<ContactMerge> merge)
    {
        merge.Property(m => m.MergedName).HasMaxLength(ContactMerge.NameMaxLength);
        merge.Property(m => m.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        merge.HasIndex(m => new { m.TenantId, m.SurvivorId, m.Id });
        merge.HasIndex(m => new { m.TenantId, m.MergedAt });
        merge.HasIndex(m => new { m.TenantId, m.MergedId, m.Id });
        merge.HasOne<Tenant>().WithMany().HasForeignKey(m => m.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
