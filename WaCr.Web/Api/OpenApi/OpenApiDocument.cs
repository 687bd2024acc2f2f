using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.V2;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>
/// Builds the OpenAPI document from the endpoints, shapes and list rules that serve the requests. Not by reflection: answers are written
/// field by field, so no type describes them.
/// </summary>
internal sealed class OpenApiDocument(EndpointDataSource endpoints)
{
    private static readonly (string Name, string Description)[] Tags =
    [
        ("Account", "The workspace, its plan and what it has used."),
        ("Contacts", "People, and changes to many of them at once."),
        ("Groups", "Groups of contacts, and who is in them."),
        ("Sources", "Where contacts come from."),
        ("Statuses", "Where contacts stand."),
        ("Messages", "Messages to and from contacts over WhatsApp."),
        ("Auth", "One-time codes over WhatsApp."),
        ("Comments", "Notes inside a conversation."),
        ("Templates", "What WhatsApp lets us send first."),
        ("Countries", "What `country_id` takes."),
        ("Users", "What `assigned_id` takes."),
        ("Webhooks", "Addresses of yours that are told of changes, signed by the Standard Webhooks specification."),
    ];

    private static readonly IWireShape[] Shapes =
    [
        AccountWire.Account, AccountWire.Subscription, ContactWire.Shape, ContactWire.GroupShape, ContactWire.SourceShape,
        ContactWire.StatusShape, LookupWire.Group, LookupWire.Source, LookupWire.Status, CountriesEndpoints.Country, UsersEndpoints.User,
        MessageWire.Shape, MessageWire.WholeShape,
        TemplateWire.Shape, TemplateWire.ForCodes, CommentsEndpoints.Shape,
        WebhookWire.Shape, WebhookWire.Attempt, WebhookWire.Delivery, WebhookWire.WholeDelivery,
    ];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<byte[]> _json = new(() => Encoding.UTF8.GetBytes(Make(endpoints).ToJsonString(Readable)));

    public byte[] Json => _json.Value;

    private static JsonObject Make(EndpointDataSource endpoints) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "WaCr API",
            ["version"] = "2.0.0",
            ["summary"] = "Contacts of a WhatsApp CRM.",
            ["description"] = OpenApiText.Introduction,
            ["contact"] = new JsonObject { ["name"] = "The operator of this installation" },
            ["license"] = new JsonObject { ["name"] = "Proprietary", ["identifier"] = "LicenseRef-Proprietary" },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This installation" }),
        ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Description })]),
        ["paths"] = PathsOf(endpoints),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["description"] = "An API token of the workspace. The scope that an operation asks for stands in its description.",
                },
            },
            ["schemas"] = SchemasOf(),
            ["responses"] = OpenApiResponses.Problems(),
            ["parameters"] = OpenApiParameters.Shared(),
            ["headers"] = OpenApiResponses.Headers(),
        },
    };

    private static JsonObject PathsOf(EndpointDataSource endpoints)
    {
        var operations = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Endpoint: endpoint, Operation: endpoint.Metadata.GetMetadata<ApiOperation>()!))
            .Where(pair => pair.Operation is not null)
            .OrderBy(pair => Array.FindIndex(Tags, tag => tag.Name == TagOf(pair.Endpoint)));
        var paths = new JsonObject();
        foreach (var (endpoint, operation) in operations)
        {
            var path = endpoint.RoutePattern.RawText!;
            var item = paths[path] as JsonObject ?? new JsonObject();
            paths[path] = item;
            var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0];
            item[method.ToLowerInvariant()] = OperationOf(endpoint, operation, method);
        }

        return paths;
    }

    private static JsonObject OperationOf(RouteEndpoint endpoint, ApiOperation operation, string method)
    {
        var json = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = $"Needs the scope `{operation.Scope}`.",
            ["tags"] = new JsonArray(TagOf(endpoint)),
            ["parameters"] = OpenApiParameters.Of(endpoint, operation, method),
        };
        if (operation.Body is { } body)
        {
            var content = new JsonObject { ["schema"] = body.DeepClone() };
            if (operation.Example is { } example)
            {
                content["examples"] = new JsonObject { ["example"] = new JsonObject { ["summary"] = operation.Summary, ["value"] = example.DeepClone() } };
            }

            var kinds = new JsonObject { ["application/json"] = content };
            if (operation.Form is { } form)
            {
                kinds["multipart/form-data"] = new JsonObject { ["schema"] = form.DeepClone() };
            }

            json["requestBody"] = new JsonObject { ["required"] = true, ["content"] = kinds };
        }

        json["responses"] = OpenApiResponses.Of(endpoint, operation, method);
        return json;
    }

    private static JsonObject SchemasOf()
    {
        var schemas = new JsonObject();
        foreach (var shape in Shapes)
        {
            schemas[shape.Name] = shape.Schema();
        }

        schemas["Meta"] = Schemas.Object(
            ("request_id", Schemas.Text("Names this request in the server's log.", "01a20413-df30-79af-8f67-801fbf0fd82b")),
            ("timestamp", Schemas.Time("When the request came in."))).Required("request_id", "timestamp");
        schemas["Pagination"] = Schemas.Object(
            ("current_page", Schemas.Integer("This page.", 1)),
            ("per_page", Schemas.Integer("Items on a full page.", 15)),
            ("total", Schemas.Integer("Items in all.", 42)),
            ("last_page", Schemas.Integer("1 on an empty list.", 3)),
            ("from", Schemas.Integer("The place of the page's first item; null on an empty page.", 1).OrNull()),
            ("to", Schemas.Integer("The place of the page's last item; null on an empty page.", 15).OrNull()))
            .Required("current_page", "per_page", "total", "last_page", "from", "to");
        schemas["ListMeta"] = Schemas.Object(
            ("request_id", Schemas.Text("Names this request in the server's log.", "01a20413-df30-79af-8f67-801fbf0fd82b")),
            ("timestamp", Schemas.Time("When the request came in.")),
            ("pagination", Schemas.RefTo("Pagination"))).Required("request_id", "timestamp", "pagination");
        schemas["FieldErrors"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Messages by field.",
            ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            ["examples"] = new JsonArray(new JsonObject { ["phone"] = new JsonArray("This phone number already exists") }),
        };
        schemas["Error"] = Schemas.Object(
            ("success", new JsonObject { ["type"] = "boolean", ["const"] = false }),
            ("error", Schemas.Object(
                ("code", Schemas.Text("For programs.", "VALIDATION_ERROR")),
                ("message", Schemas.Text("For people.", "Validation failed")),
                ("details", new JsonObject { ["type"] = "object", ["description"] = "What there is to say beyond that, by code." }))
                .Required("code", "message")),
            ("errors", Schemas.OrNull(Schemas.RefTo("FieldErrors"), "Of comments alone: the fields once more, where clients of the original look.")),
            ("meta", Schemas.RefTo("Meta"))).Required("success", "error", "meta");
        return schemas;
    }

    /// <summary>The first path segment after the root, capitalised.</summary>
    private static string TagOf(RouteEndpoint endpoint)
    {
        var word = endpoint.RoutePattern.RawText![(V2Routes.Root.Length + 1)..].Split('/')[0];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}
