using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Guesses the fields of a file's columns by their headers or, if those are unknown, by their values.</summary>
internal static class ColumnGuess
{
    private const double Most = 0.8;

    /// <summary>The field of each column, or null. Each field is used once, except repeatable ones.</summary>
    public static string?[] Of(IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows, string homeCountry)
    {
        var fields = headers.Select((header, column) => ByHeader(header, Values(rows, column))).ToArray();
        PickFirst(fields, ContactFieldNames.Phone, ImportColumns.OtherPhone, column => ImportHeaders.IsMobile(headers[column]));
        PickFirst(fields, ContactFieldNames.Email, ImportColumns.OtherEmail, _ => false);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < fields.Length; column++)
        {
            fields[column] = fields[column] is { } field && (ImportColumns.IsRepeatable(field) || taken.Add(field)) ? field : null;
        }

        for (var column = 0; column < fields.Length; column++)
        {
            if (fields[column] is null && ByContent(Values(rows, column), homeCountry) is { } field && taken.Add(field))
            {
                fields[column] = field;
            }
        }

        GuessNames(fields, taken, headers, rows);
        return fields;
    }

    // "Country code" is a calling code if the values are numbers, and a country if they are letters.
    private static string? ByHeader(string header, List<string> values) => ImportHeaders.FieldOf(header) switch
    {
        ImportColumns.CallingCode when Share(values, value => value.Any(char.IsLetter)) >= 0.5 => ContactFieldNames.CountryId,
        var field => field,
    };

    // The preferred column, or else the plain one, gets the field; the others are used for rows where it is empty.
    private static void PickFirst(string?[] fields, string field, string other, Func<int, bool> isPreferred)
    {
        var all = Enumerable.Range(0, fields.Length).Where(column => fields[column] == field || fields[column] == other).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var preferred = all.FindIndex(column => isPreferred(column));
        var plain = all.FindIndex(column => fields[column] == field);
        all.ForEach(column => fields[column] = other);
        fields[all[preferred >= 0 ? preferred : Math.Max(0, plain)]] = field;
    }

    private static void GuessNames(string?[] fields, HashSet<string> taken, IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows)
    {
        if (taken.Contains(ContactFieldNames.LastName) || taken.Contains(ImportColumns.FullName))
        {
            return;
        }

        // "Nome" is the first name if there is a last name, otherwise the full name.
        var first = Array.IndexOf(fields, ContactFieldNames.FirstName);
        if (first >= 0 && Share(Values(rows, first), name => name.Contains(' ', StringComparison.Ordinal)) >= 0.5)
        {
            fields[first] = ImportColumns.FullName;
        }

        var named = headers.All(header => header.Length == 0)
            && first < 0 ? Enumerable.Range(0, fields.Length).FirstOrDefault(IsName, -1) : -1;
        if (named >= 0)
        {
            fields[named] = ImportColumns.FullName;
        }

        bool IsName(int column) => fields[column] is null
            && Share(Values(rows, column), value => value.Length <= 60
                && value.Count(letter => char.IsLetter(letter) || letter is ' ' or '.') >= value.Length * 0.9) >= Most;
    }

    private static List<string> Values(IReadOnlyList<TableRow> rows, int column) =>
        [.. rows.Where(row => column < row.Cells.Length).Select(row => row.Cells[column].Trim()).Where(cell => cell.Length > 0)];

    private static string? ByContent(List<string> values, string homeCountry) => values switch
    {
        [] => null,
        _ when Share(values, TextRule.IsEmail) >= Most => ContactFieldNames.Email,
        _ when Share(
            values,
            value =>
                TextKey.Digits(value).Length is >= 9 and <= 15
                    && PhoneNumber.TryParse(value, homeCountry, out _)) >= Most => ContactFieldNames.Phone,
        _ => null,
    };

    private static double Share(List<string> values, Func<string, bool> fits) =>
        values.Count == 0 ? 0 : values.Count(fits) / (double)values.Count;
}
