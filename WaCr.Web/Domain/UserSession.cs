namespace WaCr.Web.Domain;

/// <summary>A user signed in with one browser. The cookie holds its id and is worthless without this row.</summary>
public sealed class UserSession : IPlatformOwned
{
    public const int DeviceMaxLength = 300;
    public const int AddressMaxLength = 45;

    /// <summary>The longest working day, so that it ends overnight.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(16);

    /// <summary>For "stay signed in"; the session ends then, even if it is in use.</summary>
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(30);

    /// <summary>How long re-entering the password or passkey gives access to the pages that change the sign-in.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromMinutes(10);

    public Guid Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The browser's User-Agent.</summary>
    public string Device { get; set; } = "";

    /// <summary>The client's address when it began.</summary>
    public string Address { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written later, to the minute.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the password or passkey was last re-entered; null if not since it began.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}
