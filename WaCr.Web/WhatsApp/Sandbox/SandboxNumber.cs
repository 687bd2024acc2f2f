namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A business's phone number as Meta would hold it, with its account, token and the app that hears of it.</summary>
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

    /// <summary>Where events go; unset: nowhere yet. The sandbox beside the product fills in the product's own address.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>As on Meta's test numbers: everybody else is refused with 131030. Unset: anybody may be written to.</summary>
    public IReadOnlyList<string>? AllowedRecipients { get; init; }

    public SandboxTokenState TokenState { get; init; }

    /// <summary>
    /// The numbers of the two demo tenants. Their secrets are in this repository for all to read, which is
    /// harmless as long as they open nothing but a sandbox.
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
