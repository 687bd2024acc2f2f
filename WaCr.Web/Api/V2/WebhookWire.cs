using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Api.V2;

/// <summary>Webhooks and their deliveries on the wire.</summary>
internal static class WebhookWire
{
    public const string ExampleUrl = "https://example.com/hooks/wacr";

    /// <summary>Indexed by <see cref="WebhookStatus"/>.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["active", "paused", "disabled"];

    /// <summary>Indexed by <see cref="WebhookDisabled"/>.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["gone", "failing"];

    /// <summary>Indexed by <see cref="DeliveryState"/>.</summary>
    public static readonly IReadOnlyList<string> DeliveryStates = ["pending", "delivered", "failed"];

    public static readonly WireShape<WebhookDetails> Shape = new(
        "Webhook",
        WireField.Id<WebhookDetails>(webhook => webhook.Id),
        WireField.Text<WebhookDetails>(WebhookFields.Url, webhook => webhook.Url, "Where changes are sent.", ExampleUrl),
        Texts<WebhookDetails>(WebhookFields.Events, webhook => webhook.Events, "What it is told of: names, `contact.*`, or `*` for all."),
        WireField.Text<WebhookDetails>(WebhookFields.Description, webhook => webhook.Description, "What it is for.", "Accounting"),
        WireField.Boolean<WebhookDetails>(WebhookFields.IsActive, webhook => webhook.IsActive, "Whether changes are sent."),
        WireField.Word<WebhookDetails>(WebhookFields.Status, webhook => Statuses[(int)webhook.Status], "Paused by a person, disabled after failures.", [.. Statuses]),
        WireField.WordOrNull<WebhookDetails>(
            "disabled_because", webhook => webhook.DisabledBecause is { } because ? Reasons[(int)because] : null, "Answered 410, or failed for five days.", [.. Reasons]),
        WireField.TimeOrNull<WebhookDetails>("failing_since", webhook => webhook.FailingSince, "Since when no try has succeeded."),
        WireField.TimeOrNull<WebhookDetails>("last_success_at", webhook => webhook.LastSuccessAt, "When the receiver last took something."),
        WireField.Time<WebhookDetails>("created_at", webhook => webhook.CreatedAt, "When it was made."),
        WireField.Time<WebhookDetails>("updated_at", webhook => webhook.UpdatedAt, "When it was last changed."));

    public static readonly WireShape<DeliveryAttempt> Attempt = new(
        "WebhookAttempt",
        WireField.Time<DeliveryAttempt>("at", attempt => attempt.At, "When it was sent."),
        WireField.IntegerOrNull<DeliveryAttempt>("status", attempt => attempt.Status, "The receiver's HTTP status; null where it did not answer.", 200),
        WireField.Integer<DeliveryAttempt>("duration_ms", attempt => attempt.DurationMs, "Milliseconds until the answer.", 120),
        WireField.Text<DeliveryAttempt>("response", attempt => attempt.Answer, "The first kilobyte of the answer, or why there is none.", "ok"));

    private static readonly WireField<DeliveryItem>[] Listed =
    [
        WireField.Id<DeliveryItem>(delivery => delivery.Id),
        WireField.Text<DeliveryItem>("webhook_id", delivery => delivery.EventKey, "The header `webhook-id`, the same on every try.", "evt_1764403200_9f3c01"),
        WireField.Text<DeliveryItem>(WebhookFields.Event, delivery => delivery.EventType, "What happened.", "contact.updated"),
        WireField.Integer<DeliveryItem>("resource_id", delivery => delivery.ResourceId, "Of what changed.", 42),
        WireField.Word<DeliveryItem>(WebhookFields.Status, delivery => DeliveryStates[(int)delivery.State], "What became of it.", [.. DeliveryStates]),
        WireField.IntegerOrNull<DeliveryItem>("last_status", delivery => delivery.LastStatus, "The receiver's last HTTP status.", 200),
        WireField.TimeOrNull<DeliveryItem>("last_attempt_at", delivery => delivery.LastAttemptAt, "When it was last tried."),
        WireField.TimeOrNull<DeliveryItem>("next_attempt_at", delivery => delivery.NextAttemptAt, "When it is tried next; null where it is not."),
        WireField.Time<DeliveryItem>(WebhookFields.CreatedAt, delivery => delivery.CreatedAt, "When it happened."),
        new(
            "attempts",
            (json, delivery) =>
            {
                json.WriteStartArray();
                foreach (var attempt in delivery.Log)
                {
                    Attempt.Write(json, attempt, Attempt.Default);
                }

                json.WriteEndArray();
            },
            Schemas.ArrayOf(Schemas.RefTo(Attempt.Name), "Each try, the last one last.")),
    ];

    public static readonly WireShape<DeliveryItem> Delivery = new("WebhookDelivery", Listed);

    public static readonly WireShape<DeliveryItem> WholeDelivery = new(
        "WebhookDeliveryDetails",
        [
            .. Listed,
            new("request", (json, delivery) => json.WriteRawValue(delivery.Body ?? "null"), new JsonObject { ["type"] = "object", ["description"] = "The body that is sent." }),
        ]);

    public static readonly ListSpec List = new(Shape) { Sorts = [WebhookFields.Id, WebhookFields.Url, WebhookFields.CreatedAt] };

    public static readonly ListSpec DeliveryList = new(Delivery)
    {
        Sorts = [WebhookFields.CreatedAt],
        HasSearch = false,
        Filters =
        [
            new FilterField(WebhookFields.Status, FilterKind.Word, DeliveryStates),
            new FilterField(WebhookFields.Event, FilterKind.Text),
            new FilterField(WebhookFields.CreatedAt, FilterKind.Time),
        ],
    };

    public static readonly ListSpec SingleDelivery = new(WholeDelivery);

    /// <summary>The webhook and its secret, which is shown this once.</summary>
    public static JsonObject WithSecretSchema()
    {
        var schema = Shape.Schema();
        schema["title"] = "WebhookWithSecret";
        schema["properties"]!["secret"] = SecretSchema();
        return schema;
    }

    public static JsonObject SecretSchema() => Schemas.Text("What requests are signed with; shown this once. Null in a replayed answer.", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").OrNull();

    public static void WriteWithSecret(Utf8JsonWriter json, WebhookWithSecret made)
    {
        Shape.WriteProperties(json, made.Webhook);
        json.WriteString("secret"u8, made.Secret);
    }

    private static WireField<T> Texts<T>(string name, Func<T, IReadOnlyList<string>> read, string description) => new(
        name,
        (json, item) =>
        {
            json.WriteStartArray();
            foreach (var text in read(item))
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        },
        Schemas.ArrayOf(Schemas.Text("A name.", "contact.*"), description));
}
