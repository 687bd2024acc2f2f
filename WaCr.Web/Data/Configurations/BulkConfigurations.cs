using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class BulkJobConfiguration : IEntityTypeConfiguration<BulkJob>
{
    public void Configure(EntityTypeBuilder<BulkJob> job)
    {
        job.HasAlternateKey(j => new { j.TenantId, j.Id });
        job.Property(j => j.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        job.HasIndex(j => new { j.TenantId, j.DueAt, j.Id }).HasFilter("\"DueAt\" IS NOT NULL");
        job.HasIndex(j => new { j.TenantId, j.State });
        job.HasIndex(j => new { j.TenantId, j.UndoneId }).IsUnique();
        job.HasIndex(j => new { j.TenantId, j.CreatedAt, j.Id });
        job.HasOne<BulkJob>().WithMany()
            .HasForeignKey(j => new { j.TenantId, j.UndoneId }).HasPrincipalKey(j => new { j.TenantId, j.Id })
            .OnDelete(DeleteBehavior.Cascade);
        job.HasOne<Tenant>().WithMany().HasForeignKey(j => j.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BulkChunkConfiguration : IEntityTypeConfiguration<BulkChunk>
{
    public void Configure(EntityTypeBuilder<BulkChunk> chunk)
    {
        chunk.HasKey(c => new { c.TenantId, c.JobId, c.Number });
        chunk.HasOne<BulkJob>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.JobId }).HasPrincipalKey(j => new { j.TenantId, j.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
