using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class AccountNoticeConfiguration : IEntityTypeConfiguration<AccountNotice>
{
    public void Configure(EntityTypeBuilder<AccountNotice> notice)
    {
        notice.Property(n => n.Field).HasMaxLength(ChannelNotice.FieldMaxLength);
        notice.Property(n => n.Word).HasMaxLength(ChannelNotice.WordMaxLength);
        notice.Property(n => n.Text).HasMaxLength(Notification.TextMaxLength);
        notice.HasIndex(n => new { n.UserId, n.Id });
        notice.HasOne<AppUser>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
