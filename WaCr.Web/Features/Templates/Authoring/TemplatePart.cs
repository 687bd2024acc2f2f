using System.Text.Json;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Where the rules put what they find.</summary>
internal sealed record TemplateRuleCheck(string Category, bool IsNamed, FieldErrors Errors)
{
    public void Add(string field, FieldError reason) => Errors.Add(field, reason);
}

/// <summary>One component, button or card of untrusted JSON, with its path in the body.</summary>
internal sealed record TemplatePart(JsonElement Json, string Path)
{
    public string Type => Word("type");

    public bool HasSample => Example("header_handle") is { ValueKind: JsonValueKind.Array } handles
        && handles.GetArrayLength() > 0 && handles[0].ValueKind == JsonValueKind.String && handles[0].GetString() is { Length: > 0 };

    public static TemplatePart[] Read(IReadOnlyList<JsonElement> items, string path) =>
        [.. items.Select((item, index) => new TemplatePart(item, string.Create(CultureInfo.InvariantCulture, $"{path}.{index}")))];

    public string At(string name) => $"{Path}.{name}";

    public string? Text(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public string Word(string name) => Text(name)?.ToUpperInvariant() ?? "";

    public bool Has(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public bool IsTrue(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public int? Number(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    public TemplatePart[] Parts(string name) => Read(Json.TryGetProperty(name, out var value) ? value.Items() : [], At(name));

    public JsonElement? Example(string name) =>
        Json.TryGetProperty("example", out var example) && example.ValueKind == JsonValueKind.Object && example.TryGetProperty(name, out var found)
            ? found
            : null;
}

internal static class TemplateParts
{
    public static TemplatePart? Find(this TemplatePart[] parts, string type) => Array.Find(parts, part => part.Type == type);

    /// <summary>The objects of an array; none if it is no array.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement array) => array.ValueKind == JsonValueKind.Array
        ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
        : [];
}
