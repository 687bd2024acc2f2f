using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Api.V2;

/// <summary>What is sent to make or change a webhook, or to send its deliveries again.</summary>
internal static class WebhookBody
{
    private const string Failed = "failed";

    public static RedeliverFailed ReadSince(JsonElement body, FieldErrors errors)
    {
        var reader = new ObjectReader(body);
        var (since, status) = (reader.Text(WebhookFields.Since).Or(null), reader.Text(WebhookFields.Status).Or(null));
        errors.AddAll(reader.Unreadable);
        if (status is not (null or Failed))
        {
            errors.Add(WebhookFields.Status, WebhookErrors.StatusFailed);
        }

        if (since is null)
        {
            return new RedeliverFailed(null);
        }

        if (TimeValue.TryParse(since, out var span))
        {
            return new RedeliverFailed(new DateTimeOffset(span.From, TimeSpan.Zero));
        }

        errors.Add(WebhookFields.Since, WebhookErrors.SinceInvalid);
        return new RedeliverFailed(null);
    }

    public static WebhookPatch ReadPatch(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new WebhookPatch
        {
            Url = reader.Text(WebhookFields.Url),
            Events = body.TryGetProperty(WebhookFields.Events, out _) ? reader.Texts(WebhookFields.Events) : null,
            Description = reader.Text(WebhookFields.Description),
            IsActive = body.TryGetProperty(WebhookFields.IsActive, out var given) && given.ValueKind != JsonValueKind.Null
                ? reader.BooleanOr(WebhookFields.IsActive, true) : default(Optional<bool>),
            Unreadable = reader.Unreadable,
        };
    }

    public static JsonObject Schema(bool isNew)
    {
        var schema = Schemas.Object(
            (WebhookFields.Url, Schemas.Text("https, and a public host.", WebhookWire.ExampleUrl, WebhookPatchLimits.Url)),
            (WebhookFields.Events, Schemas.ArrayOf(
                Schemas.Text("A name, all of a kind (`contact.*`), or `*`.", "contact.*"), $"One or more of: {string.Join(", ", WebhookEvents.All)}.")),
            (WebhookFields.Description, Schemas.Text("What it is for.", "Accounting", WebhookPatchLimits.Description).OrNull()),
            (WebhookFields.IsActive, Schemas.Boolean("False pauses it: nothing that happens meanwhile is sent later.")));
        return isNew ? schema.Required(WebhookFields.Url, WebhookFields.Events) : schema;
    }

    public static JsonObject Example() => new()
    {
        [WebhookFields.Url] = WebhookWire.ExampleUrl,
        [WebhookFields.Events] = new JsonArray("contact.*", "message.received"),
        [WebhookFields.Description] = "Accounting",
    };

    public static JsonObject SinceSchema() => Schemas.Object(
        (WebhookFields.Since, Schemas.Time("Deliveries from then on; left out: all that are kept.").OrNull()),
        (WebhookFields.Status, Schemas.Word("Failed ones alone can be sent again together.", Failed)));

    public static JsonObject SinceExample() =>
        new() { [WebhookFields.Since] = "2026-01-01T00:00:00+00:00", [WebhookFields.Status] = Failed };
}
