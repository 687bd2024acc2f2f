namespace WaCr.Web.Domain;

/// <summary>How a number does at WhatsApp: read once a day, and at once after WhatsApp reports a change. One row per channel.</summary>
public sealed class ChannelHealth : ILeased
{
    /// <summary>For WhatsApp's words, which are stored as they come.</summary>
    public const int WordMaxLength = 40;

    public const int PortfolioIdMaxLength = 64;

    /// <summary>The value of <see cref="DailyLimit"/> that is none.</summary>
    public const int Unlimited = int.MaxValue;

    public static readonly TimeSpan ReadEvery = TimeSpan.FromDays(1);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string? Quality { get; set; }

    /// <summary>People whom the portfolio may write to first within 24 hours; null if unknown.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>CONNECTED, FLAGGED, RESTRICTED, BANNED and so on.</summary>
    public string? NumberStatus { get; set; }

    /// <summary>APPROVED, PENDING_REVIEW, DECLINED and so on.</summary>
    public string? NameStatus { get; set; }

    /// <summary>STANDARD or HIGH.</summary>
    public string? Throughput { get; set; }

    /// <summary>The business portfolio, whose numbers share the limit; null if unknown.</summary>
    public string? PortfolioId { get; set; }

    /// <summary>When the access token ends; null: never, or unknown.</summary>
    public DateTimeOffset? TokenExpiresAt { get; set; }

    /// <summary>When WhatsApp last answered for it; null: never.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it is read next.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }

    /// <summary>Nothing is known yet: the channel has another number. A read that runs loses its lease.</summary>
    public void Clear()
    {
        (Quality, DailyLimit, NumberStatus, NameStatus, Throughput, PortfolioId) = (null, null, null, null, null, null);
        (TokenExpiresAt, ReadAt, DueAt, LeaseOwner, Attempts) = (null, null, null, null, 0);
    }
}
