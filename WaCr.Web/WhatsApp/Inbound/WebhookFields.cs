namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>The webhook fields that <see cref="WebhookReader"/> understands, to subscribe to.</summary>
public static class WebhookFields
{
    /// <summary>Without it nothing arrives at all.</summary>
    public const string Messages = "messages";

    public static IReadOnlyList<string> Understood => WebhookReader.Fields;
}
