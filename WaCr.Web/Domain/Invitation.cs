namespace WaCr.Web.Domain;

/// <summary>An invitation to a tenant for one e-mail address. Its link is shown once and never stored.</summary>
public sealed class Invitation : ITenantOwned, IAudited
{
    public const int EmailMaxLength = 256;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Email { get; set; } = "";
    public Role Role { get; set; }

    /// <summary>SHA-256 of the link's secret, which has 256 random bits.</summary>
    public byte[] Hash { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null if the operator made it.</summary>
    public long? CreatedById { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
    public Tenant? Tenant { get; set; }

    public bool IsOpenAt(DateTimeOffset now) => AcceptedAt is null && RevokedAt is null && ExpiresAt > now;
}
