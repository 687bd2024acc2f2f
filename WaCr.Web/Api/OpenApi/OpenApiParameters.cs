using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Api.OpenApi;

/// <summary>An operation's parameters, without its body.</summary>
internal static class OpenApiParameters
{
    public static JsonObject Shared() => new()
    {
        ["id"] = new JsonObject
        {
            ["name"] = "id",
            ["in"] = "path",
            ["required"] = true,
            ["description"] = "Id of the resource.",
            ["schema"] = new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 1 },
            ["example"] = 1,
        },
        ["delivery_id"] = new JsonObject
        {
            ["name"] = "delivery_id",
            ["in"] = "path",
            ["required"] = true,
            ["description"] = "Id of the delivery.",
            ["schema"] = new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 1 },
            ["example"] = 1,
        },
        ["mobile"] = new JsonObject
        {
            ["name"] = "mobile",
            ["in"] = "path",
            ["required"] = true,
            ["description"] = "The customer's phone number, in any spelling.",
            ["schema"] = new JsonObject { ["type"] = "string" },
            ["example"] = "919587422369",
        },
        ["page"] = Query("page", "Which page, from 1.", new() { ["type"] = "integer", ["minimum"] = 1, ["default"] = 1 }),
        ["per_page"] = Query("per_page", "Items on a page.", new()
        {
            ["type"] = "integer",
            ["minimum"] = 1,
            ["maximum"] = PageRequest.MaxSize,
            ["default"] = PageRequest.DefaultSize,
        }),
        ["search"] = Query("search", "A part of the text to look for; case and accents do not count.", new() { ["type"] = "string" }),
        ["q"] = Query("q", "The same as `search`.", new() { ["type"] = "string" }),
        ["idempotency_key"] = Header(
            ApiHeaders.IdempotencyKey, "Makes a repetition safe: the same key and request get the first answer again, for 24 hours.",
            new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = IdempotentRequest.KeyMaxLength }),
        ["if_match"] = Header("If-Match", "Change only the version with this ETag.", new() { ["type"] = "string" }),
        ["if_none_match"] = Header("If-None-Match", "Answer 304 where the version still has this ETag.", new() { ["type"] = "string" }),
    };

    public static JsonArray Of(RouteEndpoint endpoint, ApiOperation operation, string method)
    {
        var parameters = new JsonArray();
        if (endpoint.RoutePattern.GetParameter("id") is not null)
        {
            parameters.Add(Ref("id"));
        }

        if (endpoint.RoutePattern.GetParameter("delivery_id") is not null)
        {
            parameters.Add(Ref("delivery_id"));
        }

        if (endpoint.RoutePattern.GetParameter("mobile") is not null)
        {
            parameters.Add(Ref("mobile"));
        }

        if (operation.HasPages)
        {
            parameters.Add(Ref("page"));
            parameters.Add(Ref("per_page"));
        }

        if (operation.List is { } list)
        {
            AddList(parameters, list);
        }

        if ((operation.List ?? operation.Single) is { } spec)
        {
            AddSelection(parameters, spec);
        }

        if (HttpMethods.IsPost(method))
        {
            parameters.Add(Ref("idempotency_key"));
        }
        else if (operation.HasETag)
        {
            parameters.Add(Ref(HttpMethods.IsGet(method) ? "if_none_match" : "if_match"));
        }

        return parameters;
    }

    private static void AddList(JsonArray parameters, ListSpec list)
    {
        foreach (var shared in (string[])["page", "per_page", "search", "q"])
        {
            parameters.Add(Ref(shared));
        }

        parameters.Add(Query(
            "sort", $"Fields, separated by commas; `-` is descending. Possible are {Words(list.Sorts)}.",
            new() { ["type"] = "string", ["examples"] = new JsonArray("-" + list.Sorts[0]) }));
        foreach (var filter in list.Filters)
        {
            var name = $"filter[{filter.Name}]";
            parameters.Add(Query(name, Describe(filter), new() { ["type"] = "string" }));
            foreach (var op in FilterLabels.OperatorsOf(filter.Kind))
            {
                parameters.Add(Query($"{name}[{op}]", OpenApiText.OfOperator(op), new() { ["type"] = "string" }));
            }
        }
    }

    private static void AddSelection(JsonArray parameters, ListSpec spec)
    {
        parameters.Add(Query(
            "fields", $"Only these fields, separated by commas, and the id. Possible are {Words(spec.Shape.FieldNames)}.",
            new() { ["type"] = "string", ["examples"] = new JsonArray(string.Join(',', spec.Shape.FieldNames.Take(2))) }));
        if (spec.Includes.Count > 0)
        {
            parameters.Add(Query(
                "include", $"What to load beside it, separated by commas. Possible are {Words(spec.Includes)}.",
                new() { ["type"] = "string", ["examples"] = new JsonArray(spec.Includes[0]) }));
        }
    }

    private static string Describe(FilterField filter) => filter.Kind switch
    {
        FilterKind.Word => $"Equals one of {Words(filter.Words)}.",
        FilterKind.Time => "Equals an ISO 8601 date-time; a date alone is its whole UTC day.",
        FilterKind.Text => "Equals a text, ignoring case.",
        _ => "Equals an id.",
    };

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static JsonObject Query(string name, string description, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = description, ["schema"] = schema };

    private static JsonObject Header(string name, string description, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = "header", ["description"] = description, ["schema"] = schema };

    private static JsonObject Ref(string name) => new() { ["$ref"] = "#/components/parameters/" + name };
}
