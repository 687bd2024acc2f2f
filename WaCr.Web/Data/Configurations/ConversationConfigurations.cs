using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.HasAlternateKey(c => new { c.TenantId, c.Id });
        conversation.Property(c => c.WaId).HasMaxLength(ChannelIdentity.WaIdMaxLength);
        conversation.Property(c => c.UserId).HasMaxLength(ChannelIdentity.UserIdMaxLength);
        conversation.Property(c => c.ContactPhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        conversation.HasIndex(c => new { c.TenantId, c.ContactId, c.ChannelId }).IsUnique();

        // Lists sort by the last message: all, by assignee (or none), and unread ones.
        conversation.HasIndex(c => new { c.TenantId, c.LastMessageAt, c.Id });
        conversation.HasIndex(c => new { c.TenantId, c.AssignedId, c.LastMessageAt, c.Id });
        conversation.HasIndex(c => new { c.TenantId, c.WaitingSince, c.Id }).HasFilter("\"WaitingSince\" IS NOT NULL");
        conversation.HasIndex(c => new { c.TenantId, c.LastMessageAt, c.Id }, "IX_Conversations_Unread").HasFilter("\"UnreadCount\" > 0");

        conversation.HasOne<Channel>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Restrict);
        conversation.HasOne<Membership>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.AssignedId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UsageWindowConfiguration : IEntityTypeConfiguration<UsageWindow>
{
    public void Configure(EntityTypeBuilder<UsageWindow> window)
    {
        window.HasKey(w => new { w.TenantId, w.ContactId, w.OpenedAt });
        window.Property(w => w.Period).HasMaxLength(UsageCounter.PeriodMaxLength);

        // If two open one at the same time, the second fails on this index.
        window.HasIndex(w => new { w.TenantId, w.ContactId }).IsUnique().HasFilter("\"IsLatest\"");
        window.HasIndex(w => new { w.TenantId, w.OpenedAt });
        window.HasOne<Tenant>().WithMany().HasForeignKey(w => w.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> comment)
    {
        comment.Property(c => c.Text).HasMaxLength(Comment.TextMaxLength);
        comment.Property(c => c.StatusMessage).HasMaxLength(Comment.StatusMessageMaxLength);
        comment.Property(c => c.FileName).HasMaxLength(MessageMedia.FileNameMaxLength);
        comment.Property(c => c.Url).HasMaxLength(Message.UrlMaxLength);
        comment.Property(c => c.MessageId).HasMaxLength(Message.WamidMaxLength);
        comment.Property(c => c.RefMessageId).HasMaxLength(Message.WamidMaxLength);
        comment.HasIndex(c => new { c.TenantId, c.ConversationId, c.CreatedAt, c.Id });
        comment.HasIndex(c => new { c.TenantId, c.MediaFileId }).HasFilter("\"MediaFileId\" IS NOT NULL");
        comment.HasOne<Conversation>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.ConversationId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
        comment.HasOne<MediaFile>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.MediaFileId }).HasPrincipalKey(f => new { f.TenantId, f.Id })
            .OnDelete(DeleteBehavior.Restrict);
        comment.HasOne<Membership>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.StaffId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
