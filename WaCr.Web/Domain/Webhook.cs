namespace WaCr.Web.Domain;

public enum WebhookStatus
{
    Active = 0,

    /// <summary>By a user: no new deliveries are written, and waiting ones keep waiting.</summary>
    Paused = 1,

    /// <summary>By the product, because the receiver failed too long or answered 410; a user can reactivate it.</summary>
    Disabled = 2,
}

public enum WebhookDisabled
{
    /// <summary>The receiver answered 410.</summary>
    Gone = 0,

    /// <summary>It failed for <see cref="Webhook.MaxFailing"/>.</summary>
    Failing = 1,
}

/// <summary>A URL of another system that receives events. Its secrets are encrypted (<c>WebhookSecrets</c>).</summary>
public sealed class Webhook : ITenantOwned, IAudited
{
    public const int MaxPerTenant = 20;
    public const int UrlMaxLength = 2048;
    public const int DescriptionMaxLength = 255;
    public const int EventsMaxLength = 1000;

    /// <summary>How long a receiver may fail before the webhook is disabled.</summary>
    public static readonly TimeSpan MaxFailing = TimeSpan.FromDays(5);

    /// <summary>How long a previous secret also signs.</summary>
    public static readonly TimeSpan OldSecretKeptFor = TimeSpan.FromHours(24);

    /// <summary>Previous secrets that sign at the same time; each makes the signature's header longer.</summary>
    public const int MaxOldSecrets = 9;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Url { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>Event names, <c>contact.*</c> or <c>*</c>, separated by spaces.</summary>
    public string Events { get; set; } = "";

    public WebhookStatus Status { get; set; }
    public WebhookDisabled? DisabledBecause { get; set; }

    /// <summary>Encrypted.</summary>
    public string Secret { get; set; } = "";

    /// <summary>
    /// Encrypted; the previous secrets, newest first and separated by blanks. The newest also signs until the time next to it, each further
    /// one until the Unix second behind its <c>@</c>.
    /// </summary>
    public string? OldSecret { get; set; }

    public DateTimeOffset? OldSecretEndsAt { get; set; }

    /// <summary>When the current run of failures began; null if the last attempt succeeded or there was none.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>Who sends to it now; next, when that lease ends.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset LeaseEndsAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
