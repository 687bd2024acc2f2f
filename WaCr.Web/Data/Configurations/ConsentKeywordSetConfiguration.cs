using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ConsentKeywordSetConfiguration : IEntityTypeConfiguration<ConsentKeywordSet>
{
    public void Configure(EntityTypeBuilder<ConsentKeywordSet> set)
    {
        set.Property(s => s.Language).HasMaxLength(ConsentKeywordSet.LanguageMaxLength);
        set.Property(s => s.Stop).HasMaxLength(ConsentKeywordSet.WordsMaxLength);
        set.Property(s => s.Start).HasMaxLength(ConsentKeywordSet.WordsMaxLength);
        set.HasIndex(s => new { s.TenantId, s.Language }).IsUnique();
        set.HasOne<Tenant>().WithMany().HasForeignKey(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
