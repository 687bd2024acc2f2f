using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class PricedMessagesConfiguration : IEntityTypeConfiguration<PricedMessages>
{
    public void Configure(EntityTypeBuilder<PricedMessages> priced)
    {
        priced.HasKey(p => new { p.TenantId, p.Day, p.ChannelId, p.CampaignId, p.Category, p.Country, p.IsBillable, p.Slot });
        priced.Property(p => p.Day).HasConversion(DayNumbers.Converter);
        priced.Property(p => p.Category).HasMaxLength(Message.PriceCategoryMaxLength);
        priced.Property(p => p.Country).HasMaxLength(PricedMessages.CountryMaxLength);
        priced.HasIndex(p => new { p.TenantId, p.CampaignId }).HasFilter("\"CampaignId\" <> 0");
        priced.HasOne<Tenant>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
