namespace WaCr.Web.Domain;

/// <summary>An API token. Its text is shown once and never stored.</summary>
public sealed class ApiToken : ITenantOwned, IAudited
{
    public const int NameMaxLength = 100;
    public const int PrefixMaxLength = 16;
    public const int ScopesMaxLength = 1000;
    public const int DefaultRateLimitPerMinute = 60;

    /// <summary>Valid tokens at the same time.</summary>
    public const int MaxPerTenant = 50;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The token's first characters, by which people tell tokens apart.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>SHA-256 of the whole token. It has 256 random bits, so it needs no salt and no slow hash.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>Permissions, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    public int RateLimitPerMinute { get; set; } = DefaultRateLimitPerMinute;
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Written later, at most once a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
    public long? CreatedById { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public Tenant? Tenant { get; set; }
}
