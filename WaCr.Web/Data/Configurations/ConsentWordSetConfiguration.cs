using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WaCr.Web.Domain;

namespace WaCr.Web.Data.Configurations;

internal sealed class ConsentWordSetConfiguration : IEntityTypeConfiguration<ConsentWordSet>
{
    public void Configure(EntityTypeBuilder<ConsentWordSet> set)
    {
        set.Property(s => s.Language).HasMaxLength(ConsentWordSet.LanguageMaxLength);
        set.Property(s => s.Stop).HasMaxLength(ConsentWordSet.WordsMaxLength);
        set.Property(s => s.Start).HasMaxLength(ConsentWordSet.WordsMaxLength);
        set.HasIndex(s => new { s.TenantId, s.Language }).IsUnique();
        set.HasOne<Tenant>().WithMany().HasForeignKey(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
