using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.Text).HasMaxLength(Notification.TextMaxLength);
        notification.HasIndex(n => new { n.TenantId, n.UserId, n.Id });
        notification.HasIndex(n => new { n.TenantId, n.UserId, n.Id }, "IX_Notifications_Unread").HasFilter("\"ReadAt\" IS NULL");
        notification.HasIndex(n => new { n.TenantId, n.ConversationId });
        notification.HasOne<Membership>().WithMany()
            .HasForeignKey(n => new { n.TenantId, n.UserId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Cascade);
        notification.HasOne<Membership>().WithMany()
            .HasForeignKey(n => new { n.TenantId, n.FromId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
        notification.HasOne<Conversation>().WithMany()
            .HasForeignKey(n => new { n.TenantId, n.ConversationId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
