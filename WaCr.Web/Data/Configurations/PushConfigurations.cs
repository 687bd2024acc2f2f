using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> subscription)
    {
        subscription.Property(s => s.Endpoint).HasMaxLength(PushSubscription.EndpointMaxLength);
        subscription.Property(s => s.EndpointHash).HasMaxLength(PushSubscription.EndpointHashLength);
        subscription.Property(s => s.P256dh).HasMaxLength(PushSubscription.KeyMaxLength);
        subscription.Property(s => s.Auth).HasMaxLength(PushSubscription.KeyMaxLength);
        subscription.Property(s => s.Device).HasMaxLength(UserSession.DeviceMaxLength);
        subscription.HasIndex(s => new { s.TenantId, s.UserId });

        // A browser may be subscribed by one user in several workspaces, and is looked for in all of them.
        subscription.HasIndex(s => new { s.EndpointHash, s.TenantId }).IsUnique();
        subscription.HasOne<Membership>().WithMany()
            .HasForeignKey(s => new { s.TenantId, s.UserId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PushMessageConfiguration : IEntityTypeConfiguration<PushMessage>
{
    public void Configure(EntityTypeBuilder<PushMessage> message)
    {
        message.HasIndex(m => new { m.TenantId, m.DueAt });
        message.HasIndex(m => new { m.TenantId, m.SubscriptionId, m.Kind, m.SubjectId });
        message.HasOne<PushSubscription>().WithMany()
            .HasForeignKey(m => new { m.TenantId, m.SubscriptionId }).HasPrincipalKey(s => new { s.TenantId, s.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ServerSecretConfiguration : IEntityTypeConfiguration<ServerSecret>
{
    public void Configure(EntityTypeBuilder<ServerSecret> secret)
    {
        secret.HasKey(s => s.Name);
        secret.Property(s => s.Name).HasMaxLength(ServerSecret.NameMaxLength);
    }
}
