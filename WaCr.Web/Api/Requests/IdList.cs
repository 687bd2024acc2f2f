using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.Requests;

/// <summary>A required array of ids in a body.</summary>
internal static class IdList
{
    public static IReadOnlyList<long> Read(JsonElement body, string field, int max, string required, string notArray, FieldErrors errors)
    {
        if (!body.TryGetProperty(field, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            errors.Add(field, required);
            return [];
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            errors.Add(field, notArray);
            return [];
        }

        var count = given.GetArrayLength();
        if (count == 0)
        {
            errors.Add(field, required);
            return [];
        }

        if (count > max)
        {
            errors.Add(field, $"Must not have more than {max} ids");
            return [];
        }

        var ids = new List<long>(count);
        foreach (var element in given.EnumerateArray())
        {
            if (!ObjectReader.IsInteger(element, out var id))
            {
                errors.Add($"{field}.{ids.Count}", "Must be an integer");
            }

            ids.Add(id);
        }

        return ids;
    }

    public static JsonObject Schema(string field, int max, string description)
    {
        var ids = Schemas.ArrayOf(Schemas.Integer("An id.", 12), description);
        ids["minItems"] = 1;
        ids["maxItems"] = max;
        return Schemas.Object((field, ids)).Required(field);
    }
}
