namespace WaCr.Web.WhatsApp;

/// <summary>The access token as <c>debug_token</c> describes it.</summary>
/// <param name="AppId">Null if the token is no longer valid.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record TokenDescription(string? AppId, string? AppName, bool IsValid, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Scopes)
{
    /// <summary>What the token needs to send, receive and read templates.</summary>
    public static IReadOnlyList<string> NeededScopes { get; } = ["whatsapp_business_messaging", "whatsapp_business_management"];

    public IEnumerable<string> MissingScopes => NeededScopes.Except(Scopes, StringComparer.Ordinal);
}

/// <summary>A number's own username. Customers see an <c>approved</c> one; a <c>reserved</c> one is not shown yet.</summary>
/// <param name="Name">Without the @; null if the number has none.</param>
public sealed record BusinessUsername(string? Name, string? Status);

public sealed record PhoneNumberDescription(string Id, string? DisplayPhoneNumber, string? VerifiedName, string? QualityRating)
{
    /// <summary>CONNECTED, PENDING, FLAGGED, RESTRICTED, BANNED, DISCONNECTED and so on.</summary>
    public string? Status { get; init; }

    /// <summary>CLOUD_API once it is registered.</summary>
    public string? Platform { get; init; }

    /// <summary>APPROVED, PENDING_REVIEW, DECLINED and so on.</summary>
    public string? NameStatus { get; init; }

    /// <summary>STANDARD or HIGH.</summary>
    public string? Throughput { get; init; }

    /// <summary>People a day whom the portfolio may write to first; see <see cref="MessagingLimit"/>.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>Where the number's webhooks go: its own address, the account's or the app's.</summary>
    public string? WebhookUrl { get; init; }

    public IReadOnlyList<SendingProblem> Problems { get; init; } = [];

    /// <summary>False only if WhatsApp says so.</summary>
    public bool IsRegistered => Platform is not ("NOT_APPLICABLE" or "ON_PREMISE") && Status is not ("PENDING" or "DISCONNECTED");

    /// <summary>It sends nothing, or little.</summary>
    public bool IsStopped => Status is "BANNED" or "RESTRICTED";

    public bool IsQualityLow => QualityRating == "RED";

    public bool IsNameDeclined => NameStatus == "DECLINED";
}

/// <summary>Why a number, its account or its portfolio cannot send, in WhatsApp's words.</summary>
/// <param name="Entity">PHONE_NUMBER, WABA, BUSINESS or APP.</param>
/// <param name="IsBlocked">Nothing can be sent; else only less.</param>
public sealed record SendingProblem(string Entity, bool IsBlocked, int? Code, string Description, string? Solution)
{
    private const int PaymentMissing = 141006;

    /// <summary>The account has no way to pay.</summary>
    public bool IsPayment => Code == PaymentMissing;
}

public sealed record AccountDescription(string Id, string? Name, string? ReviewStatus, string? PortfolioId);

/// <summary>An app that gets an account's webhooks.</summary>
public sealed record SubscribedApp(string Id, string? Name);

/// <summary>The app itself, for calls about its webhooks. ToString omits the secret.</summary>
public sealed record WhatsAppApp(string Id, string Secret)
{
    public override string ToString() => $"{nameof(WhatsAppApp)} {Id}";
}

/// <summary>Where an app's webhooks of WhatsApp accounts go, and which fields it wants.</summary>
public sealed record MetaAppWebhook(string? CallbackUrl, bool IsActive, IReadOnlyList<string> Fields);

/// <summary>WhatsApp's words for how many people a day a portfolio may write to first.</summary>
public static class MessagingLimit
{
    public const int Unlimited = int.MaxValue;

    private const string Tier = "TIER_";
    private const int Thousand = 1_000;

    /// <summary>TIER_250, TIER_2K, TIER_UNLIMITED, or a number, where -1 is unlimited. Null if unknown.</summary>
    public static int? Of(string? word)
    {
        var size = word?.StartsWith(Tier, StringComparison.Ordinal) == true ? word[Tier.Length..] : word;
        if (size is "UNLIMITED" or "-1")
        {
            return Unlimited;
        }

        var isThousands = size?.EndsWith('K') == true;
        return int.TryParse(
            isThousands ? size![..^1] : size, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var people) && people is > 0 and < Unlimited / Thousand
            ? isThousands ? people * Thousand : people
            : null;
    }
}
