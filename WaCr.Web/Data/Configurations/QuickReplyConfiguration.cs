using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WaCr.Web.Data.Configurations;

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
