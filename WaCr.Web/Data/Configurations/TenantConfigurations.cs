using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.Ignore(t => t.AuditDays);
        tenant.Property(t => t.Name).HasMaxLength(Tenant.NameMaxLength);
        tenant.Property(t => t.Subdomain).HasMaxLength(Tenant.SubdomainMaxLength);
        tenant.Property(t => t.CountryCode).HasMaxLength(2);
        tenant.Property(t => t.TimeZone).HasMaxLength(Tenant.TimeZoneMaxLength);
        tenant.Property(t => t.ConsentKey).HasMaxLength(Tenant.ConsentKeyLength);
        tenant.HasIndex(t => t.Subdomain).IsUnique();
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.HasKey(m => new { m.TenantId, m.UserId });
        membership.HasOne(m => m.Tenant).WithMany().HasForeignKey(m => m.TenantId).OnDelete(DeleteBehavior.Restrict);

        // The one index that does not start with the tenant: sign-in looks up a user's tenants.
        membership.HasIndex(m => m.UserId);
        membership.HasOne(m => m.User).WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.Property(i => i.Email).HasMaxLength(Invitation.EmailMaxLength);
        invitation.HasIndex(i => new { i.TenantId, i.Id });

        // Looked up before a tenant is known.
        invitation.HasIndex(i => i.Hash).IsUnique();
        invitation.HasOne(i => i.Tenant).WithMany().HasForeignKey(i => i.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PlanConfiguration : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> plan)
    {
        plan.Property(p => p.Code).HasMaxLength(Plan.NameMaxLength);
        plan.Property(p => p.Name).HasMaxLength(Plan.NameMaxLength);
        plan.HasIndex(p => p.Code).IsUnique();
    }
}

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.HasKey(s => s.TenantId);
        subscription.Property(s => s.TenantId).ValueGeneratedNever();
        subscription.HasOne<Tenant>().WithOne().HasForeignKey<Subscription>(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
        subscription.HasOne(s => s.Plan).WithMany().HasForeignKey(s => s.PlanId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UsageCounterConfiguration : IEntityTypeConfiguration<UsageCounter>
{
    public void Configure(EntityTypeBuilder<UsageCounter> counter)
    {
        counter.HasKey(c => new { c.TenantId, c.Metric, c.Period });
        counter.Property(c => c.Period).HasMaxLength(UsageCounter.PeriodMaxLength);
        counter.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RateWindowConfiguration : IEntityTypeConfiguration<RateWindow>
{
    public void Configure(EntityTypeBuilder<RateWindow> window)
    {
        window.HasKey(w => new { w.TenantId, w.TokenId });
        window.HasOne<Tenant>().WithMany().HasForeignKey(w => w.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> token)
    {
        token.Property(t => t.Name).HasMaxLength(ApiToken.NameMaxLength);
        token.Property(t => t.Prefix).HasMaxLength(ApiToken.PrefixMaxLength);
        token.Property(t => t.Scopes).HasMaxLength(ApiToken.ScopesMaxLength);
        token.HasIndex(t => new { t.TenantId, t.Id });

        // Looked up before a tenant is known.
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasOne(t => t.Tenant).WithMany().HasForeignKey(t => t.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.Property(e => e.EntityType).HasMaxLength(AuditEntry.EntityTypeMaxLength);
        entry.Property(e => e.ActorName).HasMaxLength(AuditEntry.ActorNameMaxLength);
        entry.Property(e => e.RequestId).HasMaxLength(AuditEntry.RequestIdMaxLength);
        entry.Property(e => e.Address).HasMaxLength(AuditEntry.AddressMaxLength);
        entry.Property(e => e.CountKey).HasMaxLength(AuditEntry.CountKeyMaxLength);
        entry.HasIndex(e => new { e.TenantId, e.EntityType, e.EntityId, e.Id });
        entry.HasIndex(e => new { e.TenantId, e.At, e.Id });
        entry.HasIndex(e => new { e.TenantId, e.CountKey }).IsUnique().HasFilter("\"CountKey\" IS NOT NULL");
        entry.HasOne<Tenant>().WithMany().HasForeignKey(e => e.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> request)
    {
        request.Property(r => r.Key).HasMaxLength(IdempotentRequest.KeyMaxLength);
        request.Property(r => r.Location).HasMaxLength(200);
        request.Property(r => r.ETag).HasMaxLength(100);
        request.HasIndex(r => new { r.TenantId, r.TokenId, r.Key }).IsUnique();
        request.HasIndex(r => new { r.TenantId, r.ExpiresAt });
        request.HasOne<Tenant>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
