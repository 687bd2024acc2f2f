using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum WebhookStatus
{
    Active = 0,

    /// <summary>By a person: nothing new is written down for it, and what waits goes on waiting.</summary>
    Paused = 1,

    /// <summary>By us, because its receiver failed for too long or is gone; a person makes it active again.</summary>
    Disabled = 2,
}

public enum WebhookDisabled
{
    /// <summary>The receiver answered 410: it wants no more.</summary>
    Gone = 0,

    /// <summary>It failed for <see cref="Webhook.MaxFailing"/>.</summary>
    Failing = 1,
}

/// <summary>An address of another system that is told what changes here. Its secrets are protected (<c>WebhookSecrets</c>).</summary>
public sealed class Webhook : ITenantOwned, IAudited
{
    public const int MaxPerTenant = 20;
    public const int UrlMaxLength = 2048;
    public const int DescriptionMaxLength = 255;
    public const int EventsMaxLength = 1000;

    /// <summary>How long a receiver may fail before it is given up.</summary>
    public static readonly TimeSpan MaxFailing = TimeSpan.FromDays(5);

    /// <summary>How long the secret before the last one signs beside it.</summary>
    public static readonly TimeSpan OldSecretKeptFor = TimeSpan.FromHours(24);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Url { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>Names of events, <c>contact.*</c> or <c>*</c>, with blanks between them.</summary>
    public string Events { get; set; } = "";

    public WebhookStatus Status { get; set; }
    public WebhookDisabled? DisabledBecause { get; set; }

    /// <summary>Protected.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Protected; the secret before the last rotation, which signs until the time beside it.</summary>
    public string? OldSecret { get; set; }

    public DateTimeOffset? OldSecretEndsAt { get; set; }

    /// <summary>Since when no try has succeeded; null while the last one did, or there was none.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>Who sends to it now, and until when others take that one for alive.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset LeaseEndsAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
