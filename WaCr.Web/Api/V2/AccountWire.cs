using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Api.V2;

/// <summary>Account, usage and limits on the wire.</summary>
internal static class AccountWire
{
    public static readonly WireShape<TenantAccount> Subscription = new(
        "Subscription",
        WireField.Text<TenantAccount>("plan_name", account => account.PlanName, "`Free` without a subscription.", "Business"),
        WireField.IntegerOrNull<TenantAccount>("plan_id", account => account.PlanId, "Null without a subscription.", 3),
        WireField.WordOrNull<TenantAccount>(
            "status", account => WordOf(account.SubscriptionStatus), "Null without a subscription.", "active", "expired", "cancelled"),
        WireField.TimeOrNull<TenantAccount>("expires_at", account => account.ExpiresAt, "Null where it runs on."));

    public static readonly WireShape<TenantAccount> Account = new(
        "Account",
        WireField.Id<TenantAccount>(account => account.Id),
        WireField.Text<TenantAccount>(
            "name", account => account.Name, "The company; its subdomain where it has no name.", "Baroda Textiles"),
        WireField.Text<TenantAccount>("subdomain", account => account.Subdomain, "Short name, unique on the platform.", "baroda"),
        WireField.Word<TenantAccount>(
            "status",
            account => account.Status == TenantStatus.Active ? "active" : "suspended",
            "Whether it can be used.",
            "active",
            "suspended"),
        WireField.Time<TenantAccount>("created_at", account => account.CreatedAt, "When it was made."),
        WireField.Object<TenantAccount, TenantAccount>("subscription", account => account, Subscription));

    public static readonly ListSpec Single = new(Account);

    private static readonly (string Name, Metric Metric, string Title)[] Metrics =
    [
        ("contacts", Metric.Contacts, "Total Contacts"),
        ("conversations", Metric.Conversations, "Conversations per Month"),
        ("campaigns", Metric.Campaigns, "Active Campaigns"),
        ("staff", Metric.Staff, "Team Members"),
    ];

    private static readonly (string Name, Func<PlanDetails, bool> Has)[] Features =
    [
        ("whatsapp_templates", plan => plan.HasWhatsAppTemplates),
        ("bulk_messaging", plan => plan.HasBulkMessaging),
        ("chatbot", plan => plan.HasChatbot),
        ("advanced_analytics", plan => plan.HasAdvancedAnalytics),
        ("api_access", plan => plan.HasApiAccess),
        ("custom_branding", plan => plan.HasCustomBranding),
    ];

    public static void WriteUsage(Utf8JsonWriter json, IReadOnlyList<MetricUsage> usage)
    {
        foreach (var (name, metric, _) in Metrics)
        {
            var used = usage.Single(candidate => candidate.Metric == metric);
            json.WriteStartObject(name);
            json.WriteNumber("current"u8, used.Current);
            json.WritePropertyName("limit"u8);
            json.WriteNumberOrNull(used.Limit);
            json.WritePropertyName("remaining"u8);
            json.WriteNumberOrNull(used.Remaining);
            json.WriteNumber("percentage_used"u8, used.PercentageUsed);
            json.WriteBoolean("is_unlimited"u8, used.IsUnlimited);
            json.WriteEndObject();
        }
    }

    public static void WriteLimits(Utf8JsonWriter json, PlanDetails plan, int callsPerMinute)
    {
        json.WriteStartObject("limits"u8);
        foreach (var (name, metric, title) in Metrics)
        {
            WriteLimit(json, name, plan.LimitOf(metric), title);
        }

        WriteLimit(json, "api_calls_per_minute", callsPerMinute, "API Calls per Minute");
        json.WriteEndObject();
        json.WriteStartObject("features"u8);
        foreach (var (name, has) in Features)
        {
            json.WriteBoolean(name, has(plan));
        }

        json.WriteEndObject();
    }

    public static JsonObject UsageSchema()
    {
        var metrics = Array.ConvertAll(Metrics, metric => (metric.Name, Schemas.Object(
            ("current", Schemas.Integer("Used so far.", 42)),
            ("limit", Schemas.Integer("-1 is unlimited, null where the plan says nothing of it.", 500).OrNull()),
            ("remaining", Schemas.Integer("Null where there is no number to count down from.", 458).OrNull()),
            ("percentage_used", Schemas.Number("0 to 100, two decimals; 0 when unlimited.", 8.4m)),
            ("is_unlimited", Schemas.Boolean("Whether there is no limit.")))
            .Required("current", "limit", "remaining", "percentage_used", "is_unlimited")));
        return Schemas.Object(metrics).Required([.. Metrics.Select(metric => metric.Name)]);
    }

    public static JsonObject LimitsSchema()
    {
        string[] limits = [.. Metrics.Select(metric => metric.Name), "api_calls_per_minute"];
        return Schemas.Object(
            ("limits", Schemas.Object([.. limits.Select(name => (name, LimitSchema()))]).Required(limits)),
            ("features", Schemas.Object([.. Features.Select(feature => (feature.Name, Schemas.Boolean("Whether the plan includes it.")))])
                .Required([.. Features.Select(feature => feature.Name)])))
            .Required("limits", "features");
    }

    private static JsonObject LimitSchema() => Schemas.Object(
        ("limit", Schemas.Integer("-1 is unlimited, null where the plan says nothing of it.", 500).OrNull()),
        ("feature_name", Schemas.Text("In words.", "Total Contacts")),
        ("is_unlimited", Schemas.Boolean("Whether there is no limit."))).Required("limit", "feature_name", "is_unlimited");

    private static void WriteLimit(Utf8JsonWriter json, string name, long? limit, string title)
    {
        json.WriteStartObject(name);
        json.WritePropertyName("limit"u8);
        json.WriteNumberOrNull(limit);
        json.WriteString("feature_name"u8, title);
        json.WriteBoolean("is_unlimited"u8, limit == Plan.Unlimited);
        json.WriteEndObject();
    }

    private static string? WordOf(SubscriptionStatus? status) => status switch
    {
        null => null,
        SubscriptionStatus.Active => "active",
        SubscriptionStatus.Expired => "expired",
        _ => "cancelled",
    };
}
