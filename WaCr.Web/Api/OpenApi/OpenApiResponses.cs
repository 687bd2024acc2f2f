using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>An operation's responses.</summary>
internal static class OpenApiResponses
{
    private static readonly (int Status, string Code, string Description)[] All =
    [
        (400, ErrorCodes.BadRequest, "The body cannot be read"),
        (401, ErrorCodes.Unauthorized, "Invalid or missing API token"),
        (403, ErrorCodes.InsufficientScope, "The token lacks a scope, or the plan a feature or room"),
        (404, ErrorCodes.NotFound, "There is no such resource in this workspace"),
        (409, ErrorCodes.ResourceInUse, "Still in use, or the first request with this key is still running"),
        (412, ErrorCodes.PreconditionFailed, "The resource was changed since it was read"),
        (413, ErrorCodes.PayloadTooLarge, "The body is larger than 1 MB"),
        (415, ErrorCodes.UnsupportedMediaType, "The body is not application/json"),
        (422, ErrorCodes.ValidationError, "One or more values are wrong; all are named"),
        (429, ErrorCodes.RateLimitExceeded, "Too many requests of this token in this minute"),
        (500, ErrorCodes.InternalError, "A fault of the server; its log names it by the request id"),
        (503, ErrorCodes.ServiceUnavailable, "The database cannot be used at the moment; nothing was changed"),
    ];

    public static JsonObject Problems() =>
        new(All.Select(problem => KeyValuePair.Create(NameOf(problem.Status), (JsonNode?)ProblemOf(problem))));

    public static JsonObject Headers() => new()
    {
        [ApiHeaders.RequestId] = Header("Names this request in the server's log; also `meta.request_id`.", "string"),
        [ApiHeaders.RateLimit] = Header("Requests that the token may make in a minute.", "integer"),
        [ApiHeaders.RateRemaining] = Header("Requests left in this minute.", "integer"),
        [ApiHeaders.RateReset] = Header("When the next minute begins, in Unix seconds.", "integer"),
        ["ETag"] = Header("The version, for `If-Match` and `If-None-Match`.", "string"),
        ["Location"] = Header("Path of the new resource.", "string"),
        ["Retry-After"] = Header("Seconds to wait before the next try.", "integer"),
        [ApiHeaders.IdempotencyReplayed] = Header("`true` where this is the stored answer of an earlier request.", "string"),
    };

    public static JsonObject Of(RouteEndpoint endpoint, ApiOperation operation, string method, NamedSchemas schemas)
    {
        var responses = new JsonObject { [Text(operation.SuccessCode)] = Success(operation, method, schemas) };
        if (operation.AcceptedCode is { } accepted)
        {
            responses[Text(accepted)] = Success(operation, method, schemas);
        }

        if (operation.OtherSuccessCode is { } other)
        {
            responses[Text(other)] = Success(operation with { SuccessCode = other }, method, schemas);
        }

        if (operation.HasETag && HttpMethods.IsGet(method))
        {
            responses["304"] = new JsonObject { ["description"] = "What the client holds is what there is" };
        }

        foreach (var status in ProblemsOf(endpoint, operation, method).Order())
        {
            responses[Text(status)] = new JsonObject { ["$ref"] = "#/components/responses/" + NameOf(status) };
        }

        return responses;
    }

    private static HashSet<int> ProblemsOf(RouteEndpoint endpoint, ApiOperation operation, string method)
    {
        HashSet<int> problems = [401, 403, 429, 500, 503, .. operation.Problems];
        if (endpoint.RoutePattern.Parameters.Count > 0 || operation.Single is not null)
        {
            problems.Add(404);
        }

        if (operation.Body is not null)
        {
            problems.UnionWith([400, 413, 415, 422]);
        }

        if (operation.List is not null || operation.Single is not null)
        {
            problems.Add(422);
        }

        if (HttpMethods.IsPost(method))
        {
            problems.Add(409);
        }
        else if (operation.HasETag && !HttpMethods.IsGet(method))
        {
            problems.Add(412);
        }

        return problems;
    }

    private static JsonObject Success(ApiOperation operation, string method, NamedSchemas schemas)
    {
        var properties = new JsonObject { ["success"] = new JsonObject { ["type"] = "boolean", ["const"] = true } };
        if (operation.Flat is null)
        {
            properties["data"] = schemas.Refer(DataOf(operation), NamedSchemas.Pascal(operation.Id) + "Data");
            properties["message"] = Schemas.Text("For people.", operation.Summary);
            properties["meta"] = Schemas.RefTo(operation.List is null ? "Meta" : "ListMeta");
        }

        foreach (var (name, schema) in (operation.Flat ?? operation.Beside)?["properties"] as JsonObject ?? [])
        {
            properties[name] = schemas.Refer(schema!.AsObject(), NamedSchemas.Pascal(operation.Id) + NamedSchemas.Pascal(name));
        }

        string[] headers =
        [
            ApiHeaders.RequestId, ApiHeaders.RateLimit, ApiHeaders.RateRemaining, ApiHeaders.RateReset,
            .. operation.HasETag && !HttpMethods.IsDelete(method) ? ["ETag"] : Array.Empty<string>(),
            .. operation.SuccessCode == StatusCodes.Status201Created ? ["Location"] : Array.Empty<string>(),
            .. HttpMethods.IsPost(method) ? [ApiHeaders.IdempotencyReplayed] : Array.Empty<string>(),
        ];
        if (operation.File is { } type)
        {
            return new JsonObject
            {
                ["description"] = "The file",
                ["headers"] = HeaderRefs(headers),
                ["content"] = new JsonObject
                {
                    [type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } },
                },
            };
        }

        return new JsonObject
        {
            ["description"] = "Done",
            ["headers"] = HeaderRefs(headers),
            ["content"] = Json(schemas.Add(NamedSchemas.Pascal(operation.Id) + "Response", new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]),
                ["additionalProperties"] = false,
            })),
        };
    }

    private static JsonObject DataOf(ApiOperation operation)
    {
        if (operation.List is { } list)
        {
            return Schemas.ArrayOf(Schemas.RefTo(list.Shape.Name), "The page.");
        }

        return operation.Single is { } single ? Schemas.RefTo(single.Shape.Name)
            : operation.Data?.DeepClone().AsObject() ?? Schemas.RefTo(OpenApiEnvelope.Nothing);
    }

    private static JsonObject ProblemOf((int Status, string Code, string Description) problem)
    {
        var content = Json(Schemas.RefTo("Error"));
        content["application/json"]!["example"] = new JsonObject
        {
            ["success"] = false,
            ["error"] = new JsonObject { ["code"] = problem.Code, ["message"] = problem.Description },
            ["meta"] = new JsonObject
            {
                ["request_id"] = "01a20413-df30-79af-8f67-801fbf0fd82b",
                ["timestamp"] = "2026-01-01T08:03:14+00:00",
            },
        };
        var headers = problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            ? HeaderRefs(ApiHeaders.RequestId, "Retry-After")
            : HeaderRefs(ApiHeaders.RequestId);
        return new JsonObject { ["description"] = problem.Description, ["headers"] = headers, ["content"] = content };
    }

    private static string NameOf(int status) => "Problem" + Text(status);

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Header(string description, string type) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type } };

    private static JsonObject HeaderRefs(params string[] names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["$ref"] = "#/components/headers/" + name })));
}
