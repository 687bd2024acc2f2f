namespace WaCr.Web.Domain;

/// <summary>A plan. A limit is a count, <see cref="Unlimited"/>, or null if the plan does not mention it.</summary>
public sealed class Plan : IPlatformOwned
{
    public const long Unlimited = -1;
    public const int NameMaxLength = 100;

    /// <summary>The plan of a tenant without a current subscription.</summary>
    public const string FreeCode = "free";

    public long Id { get; set; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public long? ContactLimit { get; set; }

    /// <summary>Per calendar month, UTC.</summary>
    public long? ConversationLimit { get; set; }

    public long? CampaignLimit { get; set; }
    public long? StaffLimit { get; set; }

    /// <summary>Calls per minute of all the tenant's tokens together.</summary>
    public long? ApiCallsPerMinute { get; set; }

    public bool HasWhatsAppTemplates { get; set; }
    public bool HasBulkMessaging { get; set; }
    public bool HasChatbot { get; set; }
    public bool HasAdvancedAnalytics { get; set; }
    public bool HasApiAccess { get; set; }
    public bool HasCustomBranding { get; set; }

    public long? LimitOf(Metric metric) => metric switch
    {
        Metric.Contacts => ContactLimit,
        Metric.Conversations => ConversationLimit,
        Metric.Campaigns => CampaignLimit,
        Metric.Staff => StaffLimit,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };

    /// <summary>The plans of a new installation; an operator may change them.</summary>
    public static IReadOnlyList<Plan> Shipped() =>
    [
        new()
        {
            Code = FreeCode, Name = "Free", ContactLimit = 500, ConversationLimit = 100, CampaignLimit = 1, StaffLimit = 2,
            ApiCallsPerMinute = 120, HasApiAccess = true, HasWhatsAppTemplates = true,
        },
        new()
        {
            Code = "starter", Name = "Starter", ContactLimit = 10_000, ConversationLimit = 2_000, CampaignLimit = 10, StaffLimit = 5,
            ApiCallsPerMinute = 600, HasApiAccess = true, HasWhatsAppTemplates = true, HasBulkMessaging = true,
        },
        new()
        {
            Code = "business", Name = "Business", ContactLimit = Unlimited, ConversationLimit = Unlimited, CampaignLimit = Unlimited,
            StaffLimit =
                Unlimited, ApiCallsPerMinute =
                    6_000, HasApiAccess = true, HasWhatsAppTemplates = true, HasBulkMessaging = true, HasChatbot = true,
            HasAdvancedAnalytics = true, HasCustomBranding = true,
        },
    ];
}

public enum SubscriptionStatus
{
    Active = 0,
    Expired = 1,
    Cancelled = 2,
}

public sealed class Subscription : ITenantOwned
{
    public long TenantId { get; set; }
    public long PlanId { get; set; }
    public SubscriptionStatus Status { get; set; }

    /// <summary>Null means no end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public Plan? Plan { get; set; }
}

public enum Metric
{
    Contacts = 0,
    Conversations = 1,
    Campaigns = 2,
    Staff = 3,
}

/// <summary>The usage of a metric; <see cref="Period"/> is <c>yyyy-MM</c> for monthly metrics, else empty.</summary>
public sealed class UsageCounter : ITenantOwned
{
    public const int PeriodMaxLength = 7;

    public long TenantId { get; set; }
    public Metric Metric { get; set; }
    public string Period { get; set; } = "";
    public long Value { get; set; }
}
