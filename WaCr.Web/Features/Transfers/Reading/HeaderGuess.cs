namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Finds the header row: the first row of known headers, or else the first as wide as the rest.</summary>
internal static class HeaderGuess
{
    /// <summary>Row index; -1 if the first row is data.</summary>
    public static int IndexIn(IReadOnlyList<TableRow> top)
    {
        if (top.Count == 0)
        {
            return -1;
        }

        var usual = top.Select(Filled).Order().ElementAt(top.Count / 2);
        var best = top.Index().MaxBy(row => CountKnown(row.Item));
        if (CountKnown(best.Item) >= Math.Min(2, usual) && !IsData(best.Item))
        {
            return best.Index;
        }

        var first = top.Index().First(row => Filled(row.Item) * 2 >= usual);
        return IsData(first.Item) ? -1 : first.Index;
    }

    public static int CountKnown(TableRow row) =>
        row.Cells.Select(ImportHeaders.FieldOf).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    private static int Filled(TableRow row) => row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell));

    // Column names are never e-mail addresses or phone numbers.
    private static bool IsData(TableRow row) => row.Cells.Any(cell =>
        cell.Length <= 100 && (TextRule.IsEmail(cell.Trim()) || TextKey.Digits(cell).Length is >= 8 and <= 15
            && TextKey.Digits(cell).Length * 2 > cell.Trim().Length));
}
