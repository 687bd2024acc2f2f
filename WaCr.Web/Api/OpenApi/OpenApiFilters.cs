using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>The parameter <c>filter</c> of a list: one object with the fields that it filters by.</summary>
internal static class OpenApiFilters
{
    /// <summary>Of the schema that holds a list's filters.</summary>
    public static string NameOf(ListSpec list) => list.Shape.Name + "Filter";

    public static JsonObject Parameter(ListSpec list)
    {
        var first = list.Filters[0];
        return new JsonObject
        {
            ["name"] = "filter",
            ["in"] = "query",
            ["style"] = "deepObject",
            ["explode"] = true,
            ["description"] = "Narrows the list: `filter[field]=value` for what equals it, `filter[field][operator]=value` for the rest. Several narrow each other.",
            ["schema"] = Schemas.RefTo(NameOf(list)),
            ["example"] = new JsonObject { [first.Name] = ExampleOf(first) },
        };
    }

    public static JsonObject SchemaOf(ListSpec list)
    {
        var schema = Schemas.Object([.. list.Filters.Select(filter => (filter.Name, SchemaOf(filter)))]);
        schema["description"] = "What a list is narrowed by: a value that the field equals, or operators.";
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>The operators of each kind of field.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Operators() =>
        Enum.GetValues<FilterKind>().Select(kind => (OperatorsName(kind), OperatorsOf(kind)));

    private static JsonObject SchemaOf(FilterField filter) => new()
    {
        ["description"] = Describe(filter),
        ["anyOf"] = new JsonArray(ValueOf(filter), Schemas.RefTo(OperatorsName(filter.Kind))),
    };

    private static JsonObject ValueOf(FilterField filter) => filter.Kind switch
    {
        FilterKind.Word => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. filter.Words.Select(word => JsonValue.Create(word))]) },
        FilterKind.Id => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonNode ExampleOf(FilterField filter) => filter.Kind switch
    {
        FilterKind.Word => filter.Words[0],
        FilterKind.Id => 1,
        FilterKind.Time => "2026-01-01",
        FilterKind.Phone => "+919587422369",
        FilterKind.Key => "asha@example.com",
        _ => "en_US",
    };

    private static JsonObject OperatorsOf(FilterKind kind)
    {
        var schema = Schemas.Object([.. FilterLabels.OperatorsOf(kind).Select(op => (op, Schemas.Text(OpenApiText.OfOperator(op), null)))]);
        schema["description"] = "Operators; several narrow each other.";
        schema["additionalProperties"] = false;
        return schema;
    }

    private static string OperatorsName(FilterKind kind) => kind + "Operators";

    private static string Describe(FilterField filter) => filter.Kind switch
    {
        FilterKind.Word => $"One of {string.Join(", ", filter.Words.Select(word => $"`{word}`"))}.",
        FilterKind.Time => "An ISO 8601 date-time; a date alone is its whole UTC day.",
        FilterKind.Text => "A text; case does not count.",
        FilterKind.Key => "The whole text; case does not count.",
        FilterKind.Phone => "A whole phone number, however it is written.",
        _ => "An id.",
    };
}
