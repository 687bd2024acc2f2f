using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>What stands around every answer.</summary>
internal static class OpenApiEnvelope
{
    /// <summary>The schema of <c>data</c> where there is none.</summary>
    public const string Nothing = "Nothing";

    private const string RequestId = "01a20413-df30-79af-8f67-801fbf0fd82b";

    public static void AddTo(NamedSchemas schemas)
    {
        schemas.Add(Nothing, new JsonObject { ["type"] = "null", ["description"] = "Always null: there is nothing to tell." });
        schemas.Add("Meta", Schemas.Object(
            ("request_id", Schemas.Text("Names this request in the server's log.", RequestId)),
            ("timestamp", Schemas.Time("When the request came in."))).Required("request_id", "timestamp"));
        schemas.Add("Pagination", Schemas.Object(
            ("current_page", Schemas.Integer("This page.", 1)),
            ("per_page", Schemas.Integer("Items on a full page.", 15)),
            ("total", Schemas.Integer("Items in all.", 42)),
            ("last_page", Schemas.Integer("1 on an empty list.", 3)),
            ("from", Schemas.Integer("The place of the page's first item; null on an empty page.", 1).OrNull()),
            ("to", Schemas.Integer("The place of the page's last item; null on an empty page.", 15).OrNull()))
            .Required("current_page", "per_page", "total", "last_page", "from", "to"));
        schemas.Add("ListMeta", Schemas.Object(
            ("request_id", Schemas.Text("Names this request in the server's log.", RequestId)),
            ("timestamp", Schemas.Time("When the request came in.")),
            ("pagination", Schemas.RefTo("Pagination"))).Required("request_id", "timestamp", "pagination"));
        schemas.Add("FieldErrors", new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Messages by field.",
            ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            ["examples"] = new JsonArray(new JsonObject { ["phone"] = new JsonArray("This phone number already exists") }),
        });
        schemas.Add("ErrorInfo", Schemas.Object(
            ("code", Schemas.Text("For programs.", "VALIDATION_ERROR")),
            ("message", Schemas.Text("For people.", "Validation failed")),
            ("details", new JsonObject { ["type"] = "object", ["description"] = "What there is to say beyond that, by code." }))
            .Required("code", "message"));
        schemas.Add("Error", Schemas.Object(
            ("success", new JsonObject { ["type"] = "boolean", ["const"] = false }),
            ("error", Schemas.RefTo("ErrorInfo")),
            ("errors", Schemas.OrNull(Schemas.RefTo("FieldErrors"), "Of comments alone: the fields once more, where clients of the original look.")),
            ("meta", Schemas.RefTo("Meta"))).Required("success", "error", "meta"));
    }
}
