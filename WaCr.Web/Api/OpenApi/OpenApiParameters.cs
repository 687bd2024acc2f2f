using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>An operation's parameters, without its body.</summary>
internal static class OpenApiParameters
{
    // Of a contact of the demo data, who has a conversation.
    private const string DemoPhone = "2348035020539";

    // By the names that stand in paths.
    private static readonly (string Name, JsonObject Parameter)[] InPaths =
    [
        ("id", Id("id", "Id of the resource.")),
        ("delivery_id", Id("delivery_id", "Id of the delivery.")),
        ("mobile", Path("mobile", "The customer's phone number, in any spelling.", new() { ["type"] = "string" }, DemoPhone)),
        ("phone", Path("phone", "A phone number, in any spelling.", new() { ["type"] = "string" }, DemoPhone)),
    ];

    public static JsonObject Shared()
    {
        var shared = Others();
        foreach (var (name, parameter) in InPaths)
        {
            shared[name] = parameter.DeepClone();
        }

        return shared;
    }

    private static JsonObject Others() => new()
    {
        ["page"] = Query("page", "Which page, from 1.", new() { ["type"] = "integer", ["minimum"] = 1, ["default"] = 1 }, 1),
        ["per_page"] = Query(
            "per_page", "Items on a page.",
            new()
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["maximum"] = PageRequest.MaxSize,
                ["default"] = PageRequest.DefaultSize,
            },
            PageRequest.DefaultSize),
        ["search"] = Query("search", "A part of the text to look for; case and accents do not count.", new() { ["type"] = "string" }, "a"),
        ["q"] = Query("q", "The same as `search`.", new() { ["type"] = "string" }, "a"),
        ["if_match"] = Header("If-Match", "Change only the version with this ETag; `*` is any.", new() { ["type"] = "string" }, "*"),
        ["if_none_match"] = Header("If-None-Match", "Answer 304 where the version still has this ETag.", new() { ["type"] = "string" }, "\"0\""),
    };

    public static JsonArray Of(RouteEndpoint endpoint, ApiOperation operation, string method)
    {
        var parameters = new JsonArray();
        foreach (var (name, parameter) in InPaths.Where(path => endpoint.RoutePattern.GetParameter(path.Name) is not null))
        {
            parameters.Add(name == "id" && operation.ExampleId is { } example ? With(parameter, example) : Ref(name));
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
            // An example of its own: a key belongs to one request.
            parameters.Add(Header(
                ApiHeaders.IdempotencyKey, "Makes a repetition safe: the same key and request get the first answer again, for 24 hours.",
                new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = IdempotentRequest.KeyMaxLength }, operation.Id + "-1"));
        }
        else if (operation.HasETag)
        {
            parameters.Add(Ref(HttpMethods.IsGet(method) ? "if_none_match" : "if_match"));
        }

        return parameters;
    }

    private static void AddList(JsonArray parameters, ListSpec list)
    {
        foreach (var shared in list.HasSearch ? (string[])["page", "per_page", "search", "q"] : ["page", "per_page"])
        {
            parameters.Add(Ref(shared));
        }

        if (list.Sorts.Count > 0)
        {
            parameters.Add(Query(
                "sort", $"Fields, separated by commas; `-` is descending. Possible are {Words(list.Sorts)}.", new() { ["type"] = "string" }, "-" + list.Sorts[0]));
        }

        if (list.Filters.Count > 0)
        {
            parameters.Add(OpenApiFilters.Parameter(list));
        }
    }

    private static void AddSelection(JsonArray parameters, ListSpec spec)
    {
        parameters.Add(Query(
            "fields", $"Only these fields, separated by commas, and the id. Possible are {Words(spec.Shape.FieldNames)}.",
            new() { ["type"] = "string" }, string.Join(',', spec.Shape.FieldNames.Take(2))));
        if (spec.Includes.Count > 0)
        {
            parameters.Add(Query(
                "include", $"What to load beside it, separated by commas. Possible are {Words(spec.Includes)}.",
                new() { ["type"] = "string" }, spec.Includes[0]));
        }
    }

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static JsonObject Id(string name, string description) =>
        Path(name, description, new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 1 }, 1);

    private static JsonObject Path(string name, string description, JsonObject schema, JsonNode example)
    {
        var parameter = Make("path", name, description, schema, example);
        parameter["required"] = true;
        return parameter;
    }

    private static JsonObject Query(string name, string description, JsonObject schema, JsonNode example) =>
        Make("query", name, description, schema, example);

    private static JsonObject Header(string name, string description, JsonObject schema, JsonNode example) =>
        Make("header", name, description, schema, example);

    private static JsonObject Make(string place, string name, string description, JsonObject schema, JsonNode example) =>
        new() { ["name"] = name, ["in"] = place, ["description"] = description, ["schema"] = schema, ["example"] = example };

    private static JsonObject With(JsonObject parameter, long example)
    {
        var other = parameter.DeepClone().AsObject();
        other["example"] = example;
        return other;
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = "#/components/parameters/" + name };
}
