using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ConsentRecordConfiguration : IEntityTypeConfiguration<ConsentRecord>
{
    public void Configure(EntityTypeBuilder<ConsentRecord> record)
    {
        record.Property(r => r.SubjectHash).HasMaxLength(ConsentRecord.SubjectHashLength);
        record.Property(r => r.Source).HasMaxLength(ConsentRecord.SourceMaxLength);
        record.Property(r => r.Proof).HasMaxLength(ConsentRecord.ProofMaxLength);
        record.HasIndex(r => new { r.TenantId, r.SubjectHash, r.Purpose }).IsUnique();
        record.HasOne<Tenant>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
