using System.Text.Json.Nodes;

namespace WaCr.Web.Features.Bulk;

/// <summary>A contact's old and new column values: enough to undo the change and to detect later edits.</summary>
/// <param name="Fields">Old and new value by column.</param>
internal sealed record ContactEdit(long Id, Dictionary<string, JsonNode?[]> Fields, List<long> Joined, List<long> Left)
{
    /// <summary>Combines this edit with a later one of the same contact.</summary>
    public ContactEdit Then(ContactEdit later)
    {
        var fields = new Dictionary<string, JsonNode?[]>(Fields, StringComparer.Ordinal);
        foreach (var (column, values) in later.Fields)
        {
            fields[column] = [fields.TryGetValue(column, out var first) ? first[0] : values[0], values[1]];
        }

        return new ContactEdit(
            Id, fields, [.. Joined.Except(later.Left).Union(later.Joined.Except(Left))],
            [.. Left.Except(later.Joined).Union(later.Left.Except(Joined))]);
    }
}
