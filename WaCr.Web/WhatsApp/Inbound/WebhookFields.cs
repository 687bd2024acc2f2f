namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>The webhook fields that <see cref="WebhookReader"/> understands, to subscribe to.</summary>
public static class WebhookFields
{
    /// <summary>Without it nothing arrives at all.</summary>
    public const string Messages = "messages";

    public static IReadOnlyList<string> Understood { get; } =
    [
        Messages, "message_template_status_update", "message_template_quality_update", "message_template_components_update",
        "template_category_update", "account_update", "account_alerts", "account_review_update", "phone_number_quality_update",
        "phone_number_name_update", "business_capability_update", "security", "user_preferences", "user_id_update",
        "smb_message_echoes", "smb_app_state_sync", "history", "calls",
    ];
}
