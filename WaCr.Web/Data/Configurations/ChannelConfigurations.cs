using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> channel)
    {
        channel.HasAlternateKey(c => new { c.TenantId, c.Id });
        channel.Property(c => c.Name).HasMaxLength(Channel.NameMaxLength);
        channel.Property(c => c.PhoneNumberId).HasMaxLength(Channel.PhoneNumberIdMaxLength);
        channel.Property(c => c.BusinessAccountId).HasMaxLength(Channel.BusinessAccountIdMaxLength);
        channel.Property(c => c.DisplayPhoneNumber).HasMaxLength(Channel.DisplayPhoneNumberMaxLength);
        channel.Property(c => c.VerifiedName).HasMaxLength(Channel.VerifiedNameMaxLength);
        channel.Property(c => c.OptOutWords).HasMaxLength(Channel.OptOutWordsMaxLength);
        channel.Property(c => c.CredentialError).HasMaxLength(Channel.CredentialErrorMaxLength);
        channel.Property(c => c.MarketingStopReason).HasMaxLength(Channel.CredentialErrorMaxLength);

        // A webhook has no tenant: it names the number, the account or, in the handshake, the verify token.
        channel.HasIndex(c => c.PhoneNumberId);
        channel.HasIndex(c => c.PhoneNumberId, "IX_Channels_Claimed").IsUnique().HasFilter("\"ClaimedAt\" IS NOT NULL");
        channel.HasIndex(c => new { c.TenantId, c.PhoneNumberId }).IsUnique();
        channel.HasIndex(c => c.BusinessAccountId);
        channel.HasIndex(c => c.VerifyTokenHash);

        channel.HasOne<Status>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.DefaultStatusId }).HasPrincipalKey(s => new { s.TenantId, s.Id })
            .OnDelete(DeleteBehavior.Restrict);
        channel.HasOne<Source>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.DefaultSourceId }).HasPrincipalKey(s => new { s.TenantId, s.Id })
            .OnDelete(DeleteBehavior.Restrict);
        channel.HasOne<Membership>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.DefaultAssignedId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
        channel.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ChannelIdentityConfiguration : IEntityTypeConfiguration<ChannelIdentity>
{
    public void Configure(EntityTypeBuilder<ChannelIdentity> identity)
    {
        identity.Property(i => i.WaId).HasMaxLength(ChannelIdentity.WaIdMaxLength);
        identity.Property(i => i.UserId).HasMaxLength(ChannelIdentity.UserIdMaxLength);
        identity.Property(i => i.ParentUserId).HasMaxLength(ChannelIdentity.UserIdMaxLength);
        identity.Property(i => i.ContactPhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        identity.Ignore(i => i.PhoneKey);
        identity.Property(i => i.ProfileName).HasMaxLength(ChannelIdentity.ProfileNameMaxLength);
        identity.HasIndex(i => new { i.TenantId, i.ChannelId, i.WaId }).IsUnique();
        identity.HasIndex(i => new { i.TenantId, i.ChannelId, i.UserId }).IsUnique();
        identity.HasIndex(i => new { i.TenantId, i.ChannelId, i.ParentUserId }).HasFilter("\"ParentUserId\" IS NOT NULL");
        identity.HasIndex(i => new { i.TenantId, i.ContactId });
        identity.HasOne<Channel>().WithMany()
            .HasForeignKey(i => new { i.TenantId, i.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChannelNoticeConfiguration : IEntityTypeConfiguration<ChannelNotice>
{
    public void Configure(EntityTypeBuilder<ChannelNotice> notice)
    {
        notice.Property(n => n.Field).HasMaxLength(ChannelNotice.FieldMaxLength);
        notice.Property(n => n.Word).HasMaxLength(ChannelNotice.WordMaxLength);
        notice.Property(n => n.Details).HasMaxLength(ChannelNotice.DetailsMaxLength);
        notice.HasIndex(n => new { n.TenantId, n.ChannelId, n.Field, n.Word }).IsUnique();
        notice.HasOne<Channel>().WithMany()
            .HasForeignKey(n => new { n.TenantId, n.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChannelHealthConfiguration : IEntityTypeConfiguration<ChannelHealth>
{
    public void Configure(EntityTypeBuilder<ChannelHealth> health)
    {
        health.Property(h => h.Quality).HasMaxLength(ChannelHealth.WordMaxLength);
        health.Property(h => h.NumberStatus).HasMaxLength(ChannelHealth.WordMaxLength);
        health.Property(h => h.NameStatus).HasMaxLength(ChannelHealth.WordMaxLength);
        health.Property(h => h.Throughput).HasMaxLength(ChannelHealth.WordMaxLength);
        health.Property(h => h.PortfolioId).HasMaxLength(ChannelHealth.PortfolioIdMaxLength);
        health.HasIndex(h => new { h.TenantId, h.ChannelId }).IsUnique();
        health.HasIndex(h => new { h.TenantId, h.DueAt }).HasFilter("\"DueAt\" IS NOT NULL");
        health.HasOne<Channel>().WithMany()
            .HasForeignKey(h => new { h.TenantId, h.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookEventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    public void Configure(EntityTypeBuilder<WebhookEvent> received)
    {
        received.Property(e => e.Key).HasMaxLength(WebhookEvent.KeyMaxLength);
        received.Property(e => e.Field).HasMaxLength(WebhookEvent.FieldMaxLength);
        received.Property(e => e.Error).HasMaxLength(WebhookEvent.ErrorMaxLength);
        received.HasIndex(e => new { e.TenantId, e.Key }).IsUnique();

        // A partial index for the frequent query for waiting events; only the sweep looks for finished ones.
        received.HasIndex(e => new { e.TenantId, e.DueAt, e.Id }).HasFilter("\"DueAt\" IS NOT NULL");
        received.HasIndex(e => new { e.TenantId, e.ProcessedAt });
        received.HasOne<Channel>().WithMany()
            .HasForeignKey(e => new { e.TenantId, e.ChannelId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
