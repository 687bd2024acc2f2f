using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.Property(w => w.Url).HasMaxLength(Webhook.UrlMaxLength);
        webhook.Property(w => w.Description).HasMaxLength(Webhook.DescriptionMaxLength);
        webhook.Property(w => w.Events).HasMaxLength(Webhook.EventsMaxLength);
        webhook.HasIndex(w => new { w.TenantId, w.Status, w.LeaseEndsAt });
        webhook.HasOne<Tenant>().WithMany().HasForeignKey(w => w.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OutgoingEventConfiguration : IEntityTypeConfiguration<OutgoingEvent>
{
    public void Configure(EntityTypeBuilder<OutgoingEvent> row)
    {
        row.Ignore(e => e.Key);
        row.Property(e => e.Type).HasMaxLength(OutgoingEvent.TypeMaxLength);
        row.Property(e => e.RequestId).HasMaxLength(AuditEntry.RequestIdMaxLength);
        row.HasIndex(e => new { e.TenantId, e.OccurredAt });
        row.HasIndex(e => new { e.TenantId, e.ContactId }).HasFilter("\"ContactId\" IS NOT NULL");
        row.HasOne<Tenant>().WithMany().HasForeignKey(e => e.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("WebhookDeliveries");

        // Partial: only deliveries still to be sent, few however many were sent before.
        delivery.HasIndex(d => new { d.TenantId, d.WebhookId, d.DueAt, d.Id }, "IX_WebhookDeliveries_Waiting").HasFilter("\"State\" = 0");
        delivery.HasIndex(d => new { d.TenantId, d.WebhookId, d.State, d.Id });
        delivery.HasIndex(d => new { d.TenantId, d.EventId });
        delivery.HasOne<Tenant>().WithMany().HasForeignKey(d => d.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
