using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.HasAlternateKey(c => new { c.TenantId, c.Id });
        contact.Ignore(c => c.HasPhone);
        contact.Ignore(c => c.Consent);
        // The optional texts have their limits as attributes, where the table of fields reads them.
        contact.Property(c => c.FirstName).HasMaxLength(Contact.NameMaxLength);
        contact.Property(c => c.LastName).HasMaxLength(Contact.NameMaxLength);
        contact.Property(c => c.Phone).HasMaxLength(Contact.PhoneMaxLength);
        contact.Property(c => c.PhoneKey).HasMaxLength(Contact.PhoneKeyMaxLength);
        contact.Property(c => c.Version).IsConcurrencyToken();

        contact.HasIndex(c => new { c.TenantId, c.PhoneKey }).IsUnique();
        contact.HasIndex(c => new { c.TenantId, c.EmailKey }).IsUnique();

        // One index per sort order and one per filter; each ends in the id as a tie-breaker.
        contact.HasIndex(c => new { c.TenantId, c.FirstNameKey, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.LastNameKey, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.UpdatedAt, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.Type, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.StatusId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.SourceId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.AssignedId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.CountryId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.IsOptedOut, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.Language, c.Id });

        contact.HasOne(c => c.Status).WithMany()
            .HasForeignKey(c => new { c.TenantId, c.StatusId }).HasPrincipalKey(s => new { s.TenantId, s.Id })
            .OnDelete(DeleteBehavior.Restrict);
        contact.HasOne(c => c.Source).WithMany()
            .HasForeignKey(c => new { c.TenantId, c.SourceId }).HasPrincipalKey(s => new { s.TenantId, s.Id })
            .OnDelete(DeleteBehavior.Restrict);
        contact.HasOne<Membership>().WithMany()
            .HasForeignKey(c => new { c.TenantId, c.AssignedId }).HasPrincipalKey(m => new { m.TenantId, m.UserId })
            .OnDelete(DeleteBehavior.Restrict);
        contact.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
        contact.HasOne<Country>().WithMany().HasForeignKey(c => c.CountryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GroupMemberConfiguration : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> member)
    {
        member.HasKey(m => new { m.TenantId, m.GroupId, m.ContactId });
        member.HasIndex(m => new { m.TenantId, m.ContactId, m.GroupId });
        member.HasOne(m => m.Group).WithMany()
            .HasForeignKey(m => new { m.TenantId, m.GroupId }).HasPrincipalKey(g => new { g.TenantId, g.Id })
            .OnDelete(DeleteBehavior.Cascade);
        member.HasOne(m => m.Contact).WithMany(c => c.Groups)
            .HasForeignKey(m => new { m.TenantId, m.ContactId }).HasPrincipalKey(c => new { c.TenantId, c.Id })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
