using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// A row's phone: the first cell with a valid number. A separate column with a calling code or country completes a number without one.
/// </summary>
internal sealed class RowPhones(RowCells cells, string homeCountry)
{
    private static readonly char[] Separators = [';', ',', '|', '\n', '\r'];

    /// <summary>The number or the invalid text; the row's other numbers; and the value skipped for it.</summary>
    public (string? Text, PhoneNumber? Number, List<string> Others, string? PassedOver) Read(TableRow row)
    {
        var written = cells.All(row, ContactFieldNames.Phone).Concat(cells.All(row, ImportColumns.OtherPhone)).SelectMany(Split).ToList();
        if (written.Count == 0)
        {
            return (null, null, [], null);
        }

        var region = RegionOf(row) ?? homeCountry;
        var numbers = written.ConvertAll(text => Parse(text, region));
        var first = numbers.FindIndex(number => number is not null);
        if (first < 0)
        {
            return (written[0], null, [], null);
        }

        var others = numbers.OfType<PhoneNumber>().DistinctBy(number => number.Key).Skip(1).Select(number => number.Entered).ToList();
        return (numbers[first]!.Entered, numbers[first], others, first > 0 ? written[0] : null);
    }

    /// <summary>Calling code of a cell (<c>91</c>, <c>+91</c>, <c>0091</c>); null if it is something else.</summary>
    public static int? CallingCodeOf(string? cell)
    {
        var digits = TextKey.Digits(cell).TrimStart('0');
        return cell is not null && digits.Length is > 0 and <= 4
            && cell.All(letter => char.IsDigit(letter) || letter is '+' or '(' or ')' or ' ' or '-' or '.')
            ? int.Parse(digits[..(cell.EndsWith(".0", StringComparison.Ordinal) ? digits.Length - 1 : digits.Length)],
                CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Region of a calling code, country name or country code; null if the row has none.</summary>
    public string? RegionOf(TableRow row)
    {
        var country = cells.Of(row, ContactFieldNames.CountryId);
        var code = CallingCodeOf(cells.Of(row, ImportColumns.CallingCode)) ?? CallingCodeOf(country);
        return code is { } calling ? PhoneNumber.CountryOfCallingCode(calling)
            : country is not null && ImportValueWords.CountryOf(country) is { } id ? ImportValueWords.CodeOf(id)
            : null;
    }

    // If another country's rules were needed to parse it, the number is stored with its country code.
    private PhoneNumber? Parse(string text, string region)
    {
        if (!PhoneNumber.TryParse(text, region, out var number))
        {
            return null;
        }

        return region == homeCountry || (PhoneNumber.TryParse(number.Entered, homeCountry, out var athome) && athome.Key == number.Key)
            ? number
            : number with { Entered = "+" + number.Key };
    }

    private static IEnumerable<string> Split(string cell)
    {
        if (cell.Contains(":::", StringComparison.Ordinal))
        {
            return CellValues.Split(cell);
        }

        if (cell.IndexOfAny(Separators) >= 0 && PhoneText.Normalize(cell) is null)
        {
            return cell.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        // Splits "98111 00001 / 98111 00002", but not 030/123456.
        var halves = cell.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return halves.Length > 1 && Array.TrueForAll(halves, half => TextKey.Digits(half).Length >= 8
            && PhoneText.Normalize(half) is not null) ? halves : [cell];
    }
}
