namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A business's phone number as Meta holds it, with its account, token and app.</summary>
public sealed record SandboxNumber
{
    public required string PhoneNumberId { get; init; }

    public required string BusinessAccountId { get; init; }

    /// <summary>Digits in international form.</summary>
    public required string Phone { get; init; }

    public string VerifiedName { get; init; } = "Sandbox";

    public required string AccessToken { get; init; }

    public required string AppSecret { get; init; }

    public required string VerifyToken { get; init; }

    /// <summary>Where events are posted; unset: nowhere yet. Inside the product it defaults to the product's own URL.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>As on Meta's test numbers: all others are refused with 131030. Unset: anybody.</summary>
    public IReadOnlyList<string>? AllowedRecipients { get; init; }

    public SandboxTokenState TokenState { get; init; }

    /// <summary>When the token says that it ends; unset: never.</summary>
    public DateTimeOffset? TokenEndsAt { get; init; }

    /// <summary>Whether it may send and receive; a registration sets its PIN if it has none.</summary>
    public bool IsRegistered { get; init; } = true;

    public string? Pin { get; init; }

    /// <summary>Whether the account's webhooks go to its app.</summary>
    public bool IsSubscribed { get; init; } = true;

    /// <summary>The webhook fields that the app wants; unset: all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public string Quality { get; init; } = "GREEN";

    public string MessagingLimit { get; init; } = "TIER_2K";

    public string NameStatus { get; init; } = "APPROVED";

    public string Throughput { get; init; } = "STANDARD";

    public string Status { get; init; } = "CONNECTED";

    /// <summary>The account can't pay: templates are not sent.</summary>
    public bool IsUnpaid { get; init; }

    public bool WantsField(string field) => Fields?.Contains(field) != false;

    /// <summary>
    /// The numbers of the two demo tenants. Their secrets are public in this repository; they must open nothing but a sandbox.
    /// </summary>
    public static IReadOnlyList<SandboxNumber> Shipped { get; } =
    [
        new()
        {
            PhoneNumberId = "106540352242922",
            BusinessAccountId = "102290129340398",
            Phone = "15550783881",
            VerifiedName = "Riverside Trading",
            AccessToken = "sandbox-token-riverside",
            AppSecret = "sandbox-app-secret-riverside",
            VerifyToken = "sandbox-verify-riverside",
        },
        new()
        {
            PhoneNumberId = "106540352242933",
            BusinessAccountId = "102290129340409",
            Phone = "551155501234",
            VerifiedName = "Café Aurora",
            AccessToken = "sandbox-token-aurora",
            AppSecret = "sandbox-app-secret-aurora",
            VerifyToken = "sandbox-verify-aurora",
        },
    ];

    public override string ToString() => $"{nameof(SandboxNumber)} {PhoneNumberId}";
}

public enum SandboxTokenState
{
    Valid,
    Expired,
    WithoutPermission,
}
