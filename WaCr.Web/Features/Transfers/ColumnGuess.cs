using WaCr.Web.Common;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Guesses what the columns of a file are: by their headers, and where those say nothing by what stands below them.</summary>
internal static class ColumnGuess
{
    private const double Most = 0.8;

    /// <summary>By column the field, or null; no field twice.</summary>
    public static string?[] Of(IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows, string homeCountry)
    {
        var fields = new string?[headers.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < fields.Length; at++)
        {
            if (ImportWords.FieldOf(headers[at]) is { } field && taken.Add(field))
            {
                fields[at] = field;
            }
        }

        for (var at = 0; at < fields.Length; at++)
        {
            if (fields[at] is null && ByContent(Values(rows, at), homeCountry) is { } field && taken.Add(field))
            {
                fields[at] = field;
            }
        }

        // "Nome" is the first name beside a last name, and the whole name without one.
        var first = Array.IndexOf(fields, ContactFieldNames.FirstName);
        if (first >= 0 && !taken.Contains(ContactFieldNames.LastName) && !taken.Contains(ImportColumns.FullName)
            && Share(Values(rows, first), name => name.Contains(' ', StringComparison.Ordinal)) >= 0.5)
        {
            fields[first] = ImportColumns.FullName;
        }

        return fields;
    }

    private static List<string> Values(IReadOnlyList<TableRow> rows, int column) =>
        [.. rows.Where(row => column < row.Cells.Length).Select(row => row.Cells[column].Trim()).Where(cell => cell.Length > 0)];

    private static string? ByContent(List<string> values, string homeCountry) => values switch
    {
        [] => null,
        _ when Share(values, TextRules.IsEmail) >= Most => ContactFieldNames.Email,
        _ when Share(values, value => TextKey.Digits(value).Length is >= 9 and <= 15 && PhoneNumber.TryParse(value, homeCountry, out _)) >= Most => ContactFieldNames.Phone,
        _ => null,
    };

    private static double Share(List<string> values, Func<string, bool> fits) => values.Count == 0 ? 0 : values.Count(fits) / (double)values.Count;
}
