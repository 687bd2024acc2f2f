using System.Text.Json;

namespace WaCr.Web.Features.Contacts;

/// <summary>Reads an audit entry's changes: <c>{"field": [before, after]}</c>.</summary>
internal static class AuditChanges
{
    public static List<FieldChange> Read(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return [.. json.RootElement.EnumerateObject().Select(Read)];
    }

    private static FieldChange Read(JsonProperty pair)
    {
        var (before, after) = (pair.Value[0], pair.Value[1]);
        if (pair.Name != ContactFieldNames.Groups)
        {
            return new FieldChange(pair.Name, Text(before), Text(after));
        }

        var (had, has) = (Ids(before), Ids(after));
        return new FieldChange(pair.Name, "", "") { Joined = [.. has.Except(had)], Left = [.. had.Except(has)] };
    }

    private static List<long> Ids(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(id => id.GetInt64())] : [];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString() ?? "",
    };
}
