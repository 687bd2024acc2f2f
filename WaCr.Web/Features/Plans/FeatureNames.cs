namespace WaCr.Web.Features.Plans;

/// <summary>Limits and features as named in the API.</summary>
public static class FeatureNames
{
    public const string ApiAccess = "api_access";
    public const string ApiTokens = "api_tokens";
    public const string WhatsAppTemplates = "whatsapp_templates";
    public const string BulkMessaging = "bulk_messaging";

    public static string Of(Metric metric) => metric switch
    {
        Metric.Contacts => "contacts",
        Metric.Conversations => "conversations",
        Metric.Campaigns => "campaigns",
        Metric.Staff => "staff",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };
}
