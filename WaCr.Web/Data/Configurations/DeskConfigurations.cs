using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class SavedPlaceConfiguration : IEntityTypeConfiguration<SavedPlace>
{
    public void Configure(EntityTypeBuilder<SavedPlace> place)
    {
        place.Property(p => p.Name).HasMaxLength(SavedPlace.NameMaxLength);
        place.Property(p => p.Address).HasMaxLength(SavedPlace.AddressMaxLength);
        place.Property(p => p.Latitude).HasPrecision(9, 6);
        place.Property(p => p.Longitude).HasPrecision(9, 6);
        place.HasIndex(p => new { p.TenantId, p.Name }).IsUnique();
        place.HasOne<Tenant>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class QuickReplyConfiguration : IEntityTypeConfiguration<QuickReply>
{
    public void Configure(EntityTypeBuilder<QuickReply> reply)
    {
        reply.ToTable("QuickReplies");
        reply.Property(r => r.Shortcut).HasMaxLength(QuickReply.ShortcutMaxLength);
        reply.Property(r => r.Text).HasMaxLength(QuickReply.TextMaxLength);
        reply.HasIndex(r => new { r.TenantId, r.Shortcut }).IsUnique();
        reply.HasOne<Tenant>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

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
