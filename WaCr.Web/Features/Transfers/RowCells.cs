using System.Collections.Frozen;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>A row's cells by field. Placeholders that programs write for "nothing" count as blank.</summary>
internal sealed class RowCells(IReadOnlyList<string?> columns)
{
    private static readonly FrozenSet<string> Nothing = FrozenSet.ToFrozenSet(
        [
            "null", "nil", "none", "n/a", "#n/a", "n.a.", "nan", "undefined", "unknown", "(null)", "(blank)", "(empty)", "<null>", "[null]",
            "\\n", "-", "--", "---", "–", "—", "?",
            "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#error!", "#getting_data", "#nv", "#wert!", "#bezug!", "#н/д",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int[]> _columns = columns.Index().Where(column => column.Item is not null)
        .GroupBy(column => column.Item!, column => column.Index, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.ToArray(), StringComparer.Ordinal);

    public int Count => columns.Count;

    /// <summary>Null if blank.</summary>
    public string? Of(TableRow row, string field) => _columns.TryGetValue(field, out var column) ? Cell(row, column[0], field) : null;

    /// <summary>Non-blank values of a field that several columns may have.</summary>
    public IEnumerable<string> All(TableRow row, string field) =>
        _columns.TryGetValue(field, out var several) ? several.Select(column => Cell(row, column, field)).OfType<string>() : [];

    private static string? Cell(TableRow row, int column, string field) =>
        column < row.Cells.Length && row.Cells[column].Trim() is { Length: > 0 } cell && !IsNothing(cell, field) ? cell : null;

    // There are people called Null and None, so in names only machine spellings count as blank.
    private static bool IsNothing(string cell, string field) => Nothing.Contains(cell)
        && !(field is ContactFieldNames.FirstName or ContactFieldNames.LastName or ImportColumns.FullName && char.IsUpper(cell[0])
            && cell.Any(char.IsLower))
        && !(field == ImportColumns.Reason);
}
