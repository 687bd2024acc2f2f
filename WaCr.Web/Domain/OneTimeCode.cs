namespace WaCr.Web.Domain;

public enum OneTimeCodeState
{
    /// <summary>Can be verified until it expires; at most one per phone and purpose.</summary>
    Active = 0,
    Used = 1,

    /// <summary>Replaced by a newer one, or never accepted by WhatsApp.</summary>
    Void = 2,
}

public sealed class OneTimeCode : ITenantOwned
{
    public const int MaxAttempts = 5;
    public const int PurposeMaxLength = 50;
    public const string DefaultPurpose = "authentication";
    public const int SaltLength = 16;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>The phone's key (<c>PhoneNumber.Key</c>).</summary>
    public string PhoneKey { get; set; } = "";

    public string Purpose { get; set; } = DefaultPurpose;
    public OneTimeCodeState State { get; set; }
    public byte[] Salt { get; set; } = [];
    public byte[] Hash { get; set; } = [];
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public long? MessageId { get; set; }
}

public enum OneTimeCodeAction
{
    Resend = 0,
    Verify = 1,
}

/// <summary>Counts requests for a phone since <see cref="StartedAt"/>.</summary>
public sealed class OneTimeCodeLimit : ITenantOwned
{
    public long TenantId { get; set; }
    public OneTimeCodeAction Action { get; set; }
    public string PhoneKey { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public int Count { get; set; }
}
