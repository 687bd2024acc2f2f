using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> import)
    {
        import.HasAlternateKey(i => new { i.TenantId, i.Id });
        import.Property(i => i.FileName).HasMaxLength(Import.FileNameMaxLength);
        import.Property(i => i.Format).HasMaxLength(Import.FormatMaxLength);
        import.Property(i => i.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        import.HasIndex(i => new { i.TenantId, i.CreatedAt, i.Id });
        import.HasIndex(i => new { i.TenantId, i.JobId }).IsUnique();
        import.HasOne<BulkJob>().WithMany()
            .HasForeignKey(i => new { i.TenantId, i.JobId }).HasPrincipalKey(j => new { j.TenantId, j.Id })
            .OnDelete(DeleteBehavior.Cascade);
        import.HasOne<Tenant>().WithMany().HasForeignKey(i => i.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ImportFilePartConfiguration : IEntityTypeConfiguration<ImportFilePart>
{
    public void Configure(EntityTypeBuilder<ImportFilePart> part)
    {
        part.HasKey(p => new { p.TenantId, p.ImportId, p.Number });
        part.HasOne<Import>().WithMany()
            .HasForeignKey(p => new { p.TenantId, p.ImportId }).HasPrincipalKey(i => new { i.TenantId, i.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportChunkConfiguration : IEntityTypeConfiguration<ImportChunk>
{
    public void Configure(EntityTypeBuilder<ImportChunk> chunk)
    {
        chunk.HasKey(c => new { c.TenantId, c.ImportId, c.Number });
        chunk.HasOne<Import>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.ImportId }).HasPrincipalKey(i => new { i.TenantId, i.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
