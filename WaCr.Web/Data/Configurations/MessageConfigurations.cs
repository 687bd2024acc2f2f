using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.HasAlternateKey(m => new { m.TenantId, m.Id });
        message.Ignore(m => m.Reference);
        message.Property(m => m.Wamid).HasMaxLength(Message.WamidMaxLength);
        message.Property(m => m.ReplyToWamid).HasMaxLength(Message.WamidMaxLength);
        message.Property(m => m.TemplateName).HasMaxLength(Template.NameMaxLength);
        message.Property(m => m.TemplateLanguage).HasMaxLength(Template.LanguageMaxLength);
        message.Property(m => m.Error).HasMaxLength(Message.ErrorMaxLength);
        message.Property(m => m.PriceCategory).HasMaxLength(Message.PriceCategoryMaxLength);
        message.Property(m => m.PricedOn).HasConversion(DayNumbers.Converter);
        message.Property(m => m.PricedCountry).HasMaxLength(PricedMessages.CountryMaxLength);
        message.Property(m => m.Url).HasMaxLength(Message.UrlMaxLength);

        message.HasIndex(m => new { m.TenantId, m.Wamid }).IsUnique();

        // One index per sort order, and one per filter that may leave few of many; each ends in the id as a tie-breaker.
        message.HasIndex(m => new { m.TenantId, m.CreatedAt, m.Id });
        message.HasIndex(m => new { m.TenantId, m.UpdatedAt, m.Id });
        message.HasIndex(m => new { m.TenantId, m.ConversationId, m.CreatedAt, m.Id });
        message.HasIndex(m => new { m.TenantId, m.Type, m.CreatedAt, m.Id });
        message.HasIndex(m => new { m.TenantId, m.Status, m.CreatedAt, m.Id });

        // Partial indexes: only the rows that the outbox still has to process.
        message.HasIndex(m => new { m.TenantId, m.ChannelId, m.DueAt, m.Id }, "IX_Messages_Waiting").HasFilter("\"State\" = 0");
        message.HasIndex(m => new { m.TenantId, m.ConversationId, m.DueAt }, "IX_Messages_PutOff").HasFilter("\"State\" = 0");
        message.HasIndex(m => new { m.TenantId, m.LeaseUntil, m.Id }, "IX_Messages_Sending").HasFilter("\"State\" = 1");
        message.HasIndex(m => new { m.TenantId, m.State, m.Id }, "IX_Messages_Unsent").HasFilter("\"State\" > 2");

        // The starred ones, of a conversation and of all; the first ad that a contact came from.
        message.HasIndex(m => new { m.TenantId, m.StarredAt, m.Id }).HasFilter("\"StarredAt\" IS NOT NULL");
        message.HasIndex(m => new { m.TenantId, m.ContactId, m.CreatedAt }, "IX_Messages_FromAd").HasFilter("\"IsFromAd\"");

        // No contact gets the same campaign twice.
        message.HasIndex(m => new { m.TenantId, m.CampaignId, m.ContactId }).IsUnique().HasFilter("\"CampaignId\" IS NOT NULL");

        // A campaign's next messages to release, and its counts by status, without reading the rows. The same for a template.
        message.HasIndex(m => new { m.TenantId, m.CampaignId, m.State, m.Status, m.Id }).HasFilter("\"CampaignId\" IS NOT NULL");
        message.HasIndex(m => new { m.TenantId, m.TemplateName, m.TemplateLanguage, m.CreatedAt, m.Status })
            .HasFilter("\"TemplateName\" IS NOT NULL");

        message.HasOne(m => m.Conversation).WithMany()
            .HasForeignKey(m => new { m.TenantId, m.ConversationId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
        message.HasOne(m => m.Channel).WithMany()
            .HasForeignKey(m => new { m.TenantId, m.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Restrict);
        message.HasOne<Membership>().WithMany()
            .HasForeignKey(m => new { m.TenantId, m.StaffId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GroupMessageConfiguration : IEntityTypeConfiguration<GroupMessage>
{
    public void Configure(EntityTypeBuilder<GroupMessage> message)
    {
        message.Property(m => m.GroupId).HasMaxLength(GroupMessage.GroupIdMaxLength);
        message.Property(m => m.Wamid).HasMaxLength(Message.WamidMaxLength);
        message.Property(m => m.SenderWaId).HasMaxLength(ChannelIdentity.WaIdMaxLength);
        message.Property(m => m.SenderUserId).HasMaxLength(ChannelIdentity.UserIdMaxLength);
        message.Property(m => m.SenderName).HasMaxLength(ChannelIdentity.ProfileNameMaxLength);
        message.Property(m => m.Error).HasMaxLength(Message.ErrorMaxLength);
        message.HasIndex(m => new { m.TenantId, m.Wamid }).IsUnique();
        message.HasIndex(m => new { m.TenantId, m.SentAt, m.Id });
        message.HasIndex(m => new { m.TenantId, m.SenderWaId });
        message.HasOne<Channel>().WithMany()
            .HasForeignKey(m => new { m.TenantId, m.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MediaFileConfiguration : IEntityTypeConfiguration<MediaFile>
{
    public void Configure(EntityTypeBuilder<MediaFile> file)
    {
        file.HasAlternateKey(f => new { f.TenantId, f.Id });
        file.Property(f => f.Hash).HasMaxLength(MediaFile.HashLength);
        file.Property(f => f.ContentType).HasMaxLength(MediaFile.ContentTypeMaxLength);
        file.HasIndex(f => new { f.TenantId, f.Hash }).IsUnique();
        file.HasOne<Tenant>().WithMany().HasForeignKey(f => f.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MessageMediaConfiguration : IEntityTypeConfiguration<MessageMedia>
{
    public void Configure(EntityTypeBuilder<MessageMedia> media)
    {
        media.ToTable("MessageMedia");
        media.HasKey(m => new { m.TenantId, m.MessageId });
        media.Property(m => m.WhatsAppId).HasMaxLength(MessageMedia.WhatsAppIdMaxLength);
        media.Property(m => m.FileName).HasMaxLength(MessageMedia.FileNameMaxLength);
        media.Property(m => m.ClaimedContentType).HasMaxLength(MessageMedia.ContentTypeMaxLength);
        media.Property(m => m.Error).HasMaxLength(MessageMedia.ErrorMaxLength);
        media.HasIndex(m => new { m.TenantId, m.DueAt, m.MessageId }).HasFilter("\"DueAt\" IS NOT NULL");
        media.HasIndex(m => new { m.TenantId, m.MediaFileId });
        media.HasOne<Message>().WithOne()
            .HasForeignKey<MessageMedia>(m => new { m.TenantId, m.MessageId }).HasPrincipalKey<Message>(m => new { m.TenantId, m.Id })
            .OnDelete(DeleteBehavior.Cascade);
        media.HasOne<MediaFile>().WithMany()
            .HasForeignKey(m => new { m.TenantId, m.MediaFileId }).HasPrincipalKey(f => new { f.TenantId, f.Id })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
