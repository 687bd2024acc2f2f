using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class CampaignConfiguration : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> campaign)
    {
        campaign.HasAlternateKey(c => new { c.TenantId, c.Id });
        campaign.Property(c => c.Name).HasMaxLength(Campaign.NameMaxLength);
        campaign.Property(c => c.TemplateName).HasMaxLength(Template.NameMaxLength);
        campaign.Property(c => c.TemplateLanguage).HasMaxLength(Template.LanguageMaxLength);
        campaign.Property(c => c.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        campaign.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id });
        campaign.HasIndex(c => new { c.TenantId, c.TemplateName, c.TemplateLanguage, c.CreatedAt });
        campaign.HasIndex(c => new { c.TenantId, c.DueAt, c.Id }).HasFilter("\"DueAt\" IS NOT NULL");
        campaign.HasOne<Channel>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Restrict);
        campaign.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CampaignChunkConfiguration : IEntityTypeConfiguration<CampaignChunk>
{
    public void Configure(EntityTypeBuilder<CampaignChunk> chunk)
    {
        chunk.HasKey(c => new { c.TenantId, c.CampaignId, c.Number });
        chunk.HasOne<Campaign>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.CampaignId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CampaignExclusionConfiguration : IEntityTypeConfiguration<CampaignExclusion>
{
    public void Configure(EntityTypeBuilder<CampaignExclusion> exclusion)
    {
        exclusion.HasKey(e => new { e.TenantId, e.CampaignId, e.ContactId });
        exclusion.HasIndex(e => new { e.TenantId, e.CampaignId, e.Reason, e.ContactId });
        exclusion.HasOne<Campaign>().WithMany()
            .HasForeignKey(e => new { e.TenantId, e.CampaignId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
