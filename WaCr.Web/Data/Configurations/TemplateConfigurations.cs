using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class TemplateConfiguration : IEntityTypeConfiguration<Template>
{
    public void Configure(EntityTypeBuilder<Template> template)
    {
        template.Property(t => t.BusinessAccountId).HasMaxLength(Channel.BusinessAccountIdMaxLength);
        template.Property(t => t.WhatsAppId).HasMaxLength(Template.WhatsAppIdMaxLength);
        template.Property(t => t.Name).HasMaxLength(Template.NameMaxLength);
        template.Property(t => t.Language).HasMaxLength(Template.LanguageMaxLength);
        template.Property(t => t.Category).HasMaxLength(Template.WordMaxLength);
        template.Property(t => t.Status).HasMaxLength(Template.WordMaxLength);
        template.Property(t => t.ParameterFormat).HasMaxLength(Template.WordMaxLength);
        template.Property(t => t.HeaderFormat).HasMaxLength(Template.WordMaxLength);
        template.Property(t => t.Quality).HasMaxLength(Template.WordMaxLength);
        template.Property(t => t.RejectedReason).HasMaxLength(Template.ReasonMaxLength);
        template.Property(t => t.EditTimes).HasMaxLength(Template.EditTimesMaxLength);
        template.HasIndex(t => new { t.TenantId, t.Name, t.Language, t.BusinessAccountId }).IsUnique();
        template.HasIndex(t => new { t.TenantId, t.WhatsAppId }).IsUnique();
        template.HasIndex(t => new { t.TenantId, t.CreatedAt, t.Id });
        template.HasIndex(t => new { t.TenantId, t.UpdatedAt, t.Id });
        template.HasOne<Tenant>().WithMany().HasForeignKey(t => t.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnsavedTemplateConfiguration : IEntityTypeConfiguration<UnsavedTemplate>
{
    public void Configure(EntityTypeBuilder<UnsavedTemplate> draft)
    {
        draft.Property(d => d.Name).HasMaxLength(Template.NameMaxLength);
        draft.HasIndex(d => new { d.TenantId, d.UserId, d.TemplateId });
        draft.HasIndex(d => new { d.TenantId, d.TemplateId });
        draft.HasIndex(d => new { d.TenantId, d.KeptAt });
        draft.HasOne<Template>().WithMany()
            .HasForeignKey(d => new { d.TenantId, d.TemplateId })
                .HasPrincipalKey(t => new { t.TenantId, t.Id })
                .OnDelete(DeleteBehavior.Cascade);
        draft.HasOne<Membership>().WithMany()
            .HasForeignKey(d => new { d.TenantId, d.UserId })
                .HasPrincipalKey(m => new { m.TenantId, m.UserId })
                .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OneTimeCodeConfiguration : IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> code)
    {
        code.Property(c => c.PhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        code.Property(c => c.Purpose).HasMaxLength(OneTimeCode.PurposeMaxLength);
        code.HasIndex(c => new { c.TenantId, c.PhoneKey, c.Purpose }).IsUnique().HasFilter("\"State\" = 0");
        code.HasIndex(c => new { c.TenantId, c.PhoneKey, c.Purpose, c.CreatedAt });
        code.HasIndex(c => new { c.TenantId, c.ExpiresAt });
        code.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OneTimeCodeLimitConfiguration : IEntityTypeConfiguration<OneTimeCodeLimit>
{
    public void Configure(EntityTypeBuilder<OneTimeCodeLimit> limit)
    {
        limit.HasKey(l => new { l.TenantId, l.Action, l.PhoneKey });
        limit.Property(l => l.PhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        limit.HasIndex(l => new { l.TenantId, l.StartedAt });
        limit.HasOne<Tenant>().WithMany().HasForeignKey(l => l.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
