using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>How somebody signs in was changed: shown to them with their notifications, in whatever workspace they are.</summary>
public sealed class AccountNotice : IPlatformOwned
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public AuditAction Change { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}
