namespace WaCr.Web.Domain;

/// <summary>
/// A POST with an Idempotency-Key, and its answer once there is one. While <see cref="StatusCode"/> is null the first request is still
/// running, until <see cref="LeaseEndsAt"/>, since its process may have crashed.
/// </summary>
public sealed class IdempotentRequest : ITenantOwned
{
    public const int KeyMaxLength = 255;
    public const int BodyMaxLength = 8_192;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long TokenId { get; set; }
    public string Key { get; set; } = "";

    /// <summary>SHA-256 of method, path and body.</summary>
    public byte[] Fingerprint { get; set; } = [];

    public int? StatusCode { get; set; }
    public string? Location { get; set; }
    public string? ETag { get; set; }

    /// <summary>The answer's bytes as sent; null if too large to store.</summary>
    public byte[]? Body { get; set; }

    /// <summary>
    /// JSON: the ids of what the request changed, written in the same transaction. Once set, the request never runs again; a repeat is
    /// answered from this.
    /// </summary>
    public string? Outcome { get; set; }

    /// <summary>Who runs it; another may take over when the lease has ended and nothing was changed.</summary>
    public Guid LeaseOwner { get; set; }

    public DateTimeOffset LeaseEndsAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
