namespace WaCr.Web.Api.OpenApi;

/// <summary>The longer texts of the OpenAPI document.</summary>
internal static class OpenApiText
{
    public const string Introduction = """
        Every request carries `Authorization: Bearer <token>`; the token says which workspace it is about, and its scopes what it may do.

        **Answers** come in one envelope: `success`, `data`, `message` and `meta` with the request's id; a list adds `meta.pagination`.
        A refusal has `error` with a `code` for programs, a `message` for people and, where there is more to say, `details`;
        a refused body names all its wrong fields at once.

        **Lists** take `page`, `per_page`, `sort`, `search` (or `q`), `fields`, `include` and filters: `filter[field]=value`, or
        `filter[field][operator]=value` with `ne`, `gt`, `gte`, `lt`, `lte`, `in`, `not_in`, `between`, `like` and `null`.
        At most 20 filters can be given; they narrow each other. `ne` and `not_in` include rows without a value.
        To name an include among the `fields` asks for it, too.

        **Repeating a POST** is safe with an `Idempotency-Key`: the same key and request get the stored answer again, byte for byte,
        and are never carried out twice, whatever became of the first answer. Answers of more than 8 KB are not stored: a repetition is answered from what was
        changed (a refusal: without its details). A send that may have gone (`may_have_been_sent`) keeps its key, and a repetition tells what became of the
        message since; 5xx and 429 otherwise free the key.

        **Changing what somebody else may change, too** is safe with the `ETag` of a contact in `If-Match`. An `ETag` stands for the
        contact itself, so a read with `include` is always answered in full.

        **Rate limit**: each token has its own, counted by the clock's minute and told in the `X-RateLimit-` headers.
        """;

    /// <summary>What the call does, then what it takes to call it.</summary>
    public static string Describe(ApiOperation operation)
    {
        var text = $"{operation.Description}\n\nNeeds the scope `{operation.Scope}`.".TrimStart();
        return operation.Deprecation is not { } going ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}\n\nDeprecated since {going.Since:yyyy-MM-dd}. {going.Instead}");
    }

    public static string OfOperator(string op) => op switch
    {
        "ne" => "Does not equal; rows without a value are included.",
        "gt" => "Is greater, or later.",
        "gte" => "Is greater or equal, or not earlier.",
        "lt" => "Is less, or earlier.",
        "lte" => "Is less or equal, or not later.",
        "in" => "Is one of a comma-separated list.",
        "not_in" => "Is none of a comma-separated list; rows without a value are included.",
        "between" => "Lies between two values, `a,b`, both included.",
        "like" => "Contains the text; `%` and `_` are only text.",
        "null" => "`true`: has no value; `false`: has one.",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };
}
