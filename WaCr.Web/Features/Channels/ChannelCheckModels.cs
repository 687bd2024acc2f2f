namespace WaCr.Web.Features.Channels;

/// <summary>What is checked about a connection, in the order in which it is set up.</summary>
public enum ChannelCheckKind
{
    Token = 0,
    Permissions = 1,
    Number = 2,
    Registration = 3,
    Subscription = 4,
    Webhook = 5,
    Fields = 6,
    Event = 7,
}

public enum ChannelCheckState
{
    Good = 0,

    /// <summary>It works, but not for long or not fully.</summary>
    Warning = 1,
    Failed = 2,

    /// <summary>It can't be told before the earlier ones are good.</summary>
    Unknown = 3,
}

/// <summary>What is wrong; each has its own repair.</summary>
public enum ChannelProblem
{
    None = 0,

    /// <summary>WhatsApp refuses the token: it ended, was withdrawn or was copied incompletely.</summary>
    TokenRefused = 1,

    /// <summary>The token ends soon, at <see cref="ChannelCheck.At"/>.</summary>
    TokenEndsSoon = 2,

    /// <summary>Permissions are missing, those in <see cref="ChannelCheck.Names"/>.</summary>
    PermissionsMissing = 3,

    /// <summary>No business account id is entered.</summary>
    AccountMissing = 4,

    /// <summary>The token can't see the account.</summary>
    AccountUnreachable = 5,

    /// <summary>The account has other numbers, those in <see cref="ChannelCheck.Numbers"/>.</summary>
    NumberElsewhere = 6,

    /// <summary>The token can't see the number.</summary>
    NumberUnreachable = 7,

    /// <summary>Another workspace has claimed the number.</summary>
    NumberClaimed = 8,

    /// <summary>The number needs a PIN to be registered.</summary>
    NotRegistered = 9,

    /// <summary>The account's webhooks go to no app, or to others only.</summary>
    NotSubscribed = 10,

    /// <summary>The app has no callback URL.</summary>
    WebhookMissing = 11,

    /// <summary>Webhooks go to <see cref="ChannelCheck.Address"/> instead.</summary>
    WebhookElsewhere = 12,

    /// <summary>No app secret is entered.</summary>
    SecretMissing = 13,

    /// <summary>WhatsApp refuses the app secret.</summary>
    SecretRefused = 14,

    /// <summary>Fields are not subscribed, those in <see cref="ChannelCheck.Names"/>.</summary>
    FieldsMissing = 15,

    /// <summary>Nothing has arrived yet.</summary>
    NothingHeard = 16,

    /// <summary>Something arrived at <see cref="ChannelCheck.At"/> whose signature the app secret doesn't fit.</summary>
    SignatureRefused = 17,

    /// <summary>WhatsApp did not answer the question.</summary>
    NoAnswer = 18,
}

public sealed record ChannelCheck(ChannelCheckKind Kind, ChannelCheckState State, ChannelProblem Problem = ChannelProblem.None)
{
    /// <summary>Permissions or webhook fields, by WhatsApp's names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Numbers to choose from.</summary>
    public IReadOnlyList<ChannelNumber> Numbers { get; init; } = [];

    public DateTimeOffset? At { get; init; }
    public string? Address { get; init; }

    /// <summary>What WhatsApp answered.</summary>
    public AppError? Error { get; init; }
}

/// <summary>A number of a business account.</summary>
public sealed record ChannelNumber(string PhoneNumberId, string? DisplayPhoneNumber, string? VerifiedName);

/// <summary>The result of a check.</summary>
/// <param name="AppId">The token's app, for links into Meta's pages; null if unknown.</param>
public sealed record ChannelReport(IReadOnlyList<ChannelCheck> Checks, string? AppId, DateTimeOffset At)
{
    public bool IsGood => Checks.All(check => check.State is ChannelCheckState.Good or ChannelCheckState.Warning);
}
