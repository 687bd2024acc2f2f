using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

internal static class GraphFields
{
    /// <summary>The requested fields, and always the id.</summary>
    public static JsonObject Only(JsonObject all, string? fields)
    {
        if (fields is null)
        {
            return all;
        }

        var asked = fields.Split(',', StringSplitOptions.TrimEntries).Append("id").ToHashSet(StringComparer.Ordinal);
        return new JsonObject(
            all.Where(field => asked.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }
}
