namespace WaCr.Web.Domain;

/// <summary>
/// A browser that gets a user's pushes of one workspace, as long as the user is signed in there. Its address and keys come from the
/// browser.
/// </summary>
public sealed class PushSubscription : ITenantOwned
{
    public const int MaxPerUser = 10;
    public const int EndpointMaxLength = 2048;
    public const int EndpointHashLength = 43;
    public const int KeyMaxLength = 100;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long UserId { get; set; }

    /// <summary>The session in which the browser was subscribed or last seen. Nothing is sent after it has ended.</summary>
    public Guid SessionId { get; set; }

    /// <summary>The push service's address for this browser.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>SHA-256 of the endpoint, which is too long for an index.</summary>
    public string EndpointHash { get; set; } = "";

    /// <summary>The browser's public key and secret, in Base64Url: what is sent can be read by this browser alone.</summary>
    public string P256dh { get; set; } = "";

    public string Auth { get; set; } = "";

    /// <summary>The browser's User-Agent.</summary>
    public string Device { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>
/// One push to one browser, until it was sent or given up. What is sent is the kind and ids: no name, no text, no number.
/// </summary>
public sealed class PushMessage : ILeased
{
    /// <summary>After it nobody needs to be told any more.</summary>
    public static readonly TimeSpan UsefulFor = TimeSpan.FromHours(1);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long SubscriptionId { get; set; }

    /// <summary>Null for a test.</summary>
    public NotificationKind? Kind { get; set; }

    /// <summary>The conversation, broadcast or number that it is about.</summary>
    public long? SubjectId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }
}

/// <summary>A key that the server made for itself, encrypted.</summary>
public sealed class ServerSecret : IPlatformOwned
{
    public const int NameMaxLength = 40;

    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
}
