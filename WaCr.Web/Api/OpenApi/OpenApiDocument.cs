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
internal sealed class OpenApiDocument(ApiCatalog catalog)
{
    // Those that stand in others; what a list or a single read answers is found by its operation.
    private static readonly IWireShape[] Parts =
    [
        AccountWire.Account, AccountWire.Subscription, ContactWire.Shape, ContactWire.ConsentShape, ContactWire.GroupShape,
            ContactWire.SourceShape,
        ContactWire.StatusShape, CommentsEndpoints.Shape, WebhookWire.Shape, WebhookWire.Attempt, .. CampaignWire.Parts,
        .. ContactHistoryWire.Parts,
    ];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<JsonObject> _document = new(() => Make(catalog));

    /// <summary>The document; not to be changed.</summary>
    public JsonObject Document => _document.Value;

    /// <param name="server">The address that it is served from, without a path.</param>
    public byte[] Json(string server)
    {
        var document = Document.DeepClone().AsObject();
        document["servers"] = new JsonArray(new JsonObject { ["url"] = server, ["description"] = "This installation" });
        return Encoding.UTF8.GetBytes(document.ToJsonString(Readable));
    }

    private static JsonObject Make(ApiCatalog catalog)
    {
        var schemas = SchemasOf(catalog);
        var paths = PathsOf(catalog, schemas);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "WaCr API",
                ["version"] = "2.0.0",
                ["summary"] = "Contacts and conversations of a WhatsApp CRM.",
                ["description"] = OpenApiText.Introduction,
                ["contact"] = new JsonObject { ["name"] = "The operator of this installation" },
                ["license"] = new JsonObject { ["name"] = "Proprietary", ["identifier"] = "LicenseRef-Proprietary" },
            },
            ["servers"] = new JsonArray(),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. ApiCatalog.Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Description })]),
            ["paths"] = paths,
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
                ["schemas"] = schemas.All,
                ["responses"] = OpenApiResponses.Problems(),
                ["parameters"] = OpenApiParameters.Shared(),
                ["headers"] = OpenApiResponses.Headers(),
            },
        };
    }

    private static JsonObject PathsOf(ApiCatalog catalog, NamedSchemas schemas)
    {
        var paths = new JsonObject();
        foreach (var entry in catalog.Entries)
        {
            var item = paths[entry.Path] as JsonObject ?? new JsonObject();
            paths[entry.Path] = item;
            item[entry.Method.ToLowerInvariant()] = OperationOf(entry, schemas);
        }

        return paths;
    }

    private static JsonObject OperationOf(CatalogEntry entry, NamedSchemas schemas)
    {
        var operation = entry.Operation;
        var json = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = OpenApiText.Describe(operation),
            ["tags"] = new JsonArray(entry.Tag),
        };
        if (operation.Deprecation is not null)
        {
            json["deprecated"] = true;
        }

        json["parameters"] = OpenApiParameters.Of(entry.Endpoint, operation, entry.Method);
        if (operation.Body is { } body)
        {
            var name = NamedSchemas.Pascal(operation.Id);
            var content = new JsonObject { ["schema"] = schemas.Add(name + "Request", body) };
            if (operation.Example is { } example)
            {
                content["examples"] = new JsonObject { ["example"] = new JsonObject { ["summary"] = operation.Summary, ["value"] = example.DeepClone() } };
            }

            var kinds = new JsonObject { ["application/json"] = content };
            if (operation.Form is { } form)
            {
                kinds["multipart/form-data"] = new JsonObject { ["schema"] = schemas.Add(name + "Form", form) };
            }

            json["requestBody"] = new JsonObject { ["required"] = !operation.IsBodyOptional, ["content"] = kinds };
        }

        json["responses"] = OpenApiResponses.Of(entry.Endpoint, operation, entry.Method, schemas);
        return json;
    }

    private static NamedSchemas SchemasOf(ApiCatalog catalog)
    {
        var schemas = new NamedSchemas();
        var lists = catalog.Entries.Select(entry => entry.Operation.List).OfType<Requests.ListSpec>().ToList();
        var read = catalog.Entries.Select(entry => entry.Operation.Single?.Shape).OfType<IWireShape>();
        foreach (var shape in Parts.Concat(lists.Select(list => list.Shape)).Concat(read).DistinctBy(shape => shape.Name))
        {
            schemas.Add(shape.Name, shape.Schema());
        }

        foreach (var (name, schema) in lists.Where(list => list.Filters.Count > 0).DistinctBy(OpenApiFilters.NameOf)
            .Select(list => (OpenApiFilters.NameOf(list), OpenApiFilters.SchemaOf(list))).Concat(OpenApiFilters.Operators()))
        {
            schemas.Add(name, schema);
        }

        OpenApiEnvelope.AddTo(schemas);
        return schemas;
    }
}
