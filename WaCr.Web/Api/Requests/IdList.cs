using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;
using WaCr.Web.Common;

namespace WaCr.Web.Api.Requests;

/// <summary>A required array of ids in a body.</summary>
internal static class IdList
{
    public static (IReadOnlyList<long> Ids, FieldErrors Errors) Read(JsonElement body, string field, int max, string required, string notArray)
    {
        var errors = new FieldErrors();
        if (!body.TryGetProperty(field, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return ([], errors.Add(field, required));
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            return ([], errors.Add(field, notArray));
        }

        var count = given.GetArrayLength();
        if (count == 0)
        {
            return ([], errors.Add(field, required));
        }

        if (count > max)
        {
            return ([], errors.Add(field, $"Must not have more than {max} ids"));
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

        return (ids, errors);
    }

    public static JsonObject Schema(string field, int max, string description)
    {
        var ids = Schemas.ArrayOf(Schemas.Integer("An id.", 12), description);
        ids["minItems"] = 1;
        ids["maxItems"] = max;
        return Schemas.Object((field, ids)).Required(field);
    }
}
