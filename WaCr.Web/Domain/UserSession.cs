using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>A person signed in with one browser. Its id stands in the cookie, which is worth nothing without this row.</summary>
public sealed class UserSession : IPlatformOwned
{
    public const int DeviceMaxLength = 300;
    public const int AddressMaxLength = 45;

    /// <summary>The longest working day: it ends overnight.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(16);

    /// <summary>Where the person asked to stay signed in; it ends then, however much it is used.</summary>
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(30);

    /// <summary>For how long a password or passkey that was asked for once more opens the pages that change how to sign in.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromMinutes(10);

    public Guid Id { get; set; }
    public long UserId { get; set; }

    /// <summary>What the browser says about itself (User-Agent).</summary>
    public string Device { get; set; } = "";

    /// <summary>The client's address when it began.</summary>
    public string Address { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written behind, to the minute.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the person gave the password or a passkey once more; null: not since it began.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}
