using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class DeletedContactConfiguration : IEntityTypeConfiguration<DeletedContact>
{
    public void Configure(EntityTypeBuilder<DeletedContact> contact)
    {
        contact.HasKey(c => new { c.TenantId, c.Id });
        contact.Property(c => c.Id).ValueGeneratedNever();
        contact.Property(c => c.PhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        contact.Property(c => c.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        contact.HasIndex(c => new { c.TenantId, c.DeletedAt, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.PhoneKey }); // finds a merged contact by its old number
        contact.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
