namespace WaCr.Web.Features.Costs;

/// <summary>
/// Reads a price list from a table: lines <c>source</c>, <c>date</c> and <c>currency</c> with their values, the column names, then a row
/// for each price. Cells are separated by commas, or by semicolons as spreadsheets of some languages write them.
/// </summary>
public static class PriceFile
{
    private const string ShippedName = "WaCr.Web.Features.Costs.Prices.csv";
    private const decimal MaxPrice = 1_000_000;

    private static readonly char[] Separators = [',', ';'];
    private static readonly string[] Columns = ["countries", "category", "from", "price"];
    private static readonly HashSet<string> Countries = Country.Shipped.Select(country => country.Code).ToHashSet(StringComparer.Ordinal);

    /// <param name="path">Null or empty: the shipped list.</param>
    /// <exception cref="StartupException">The file is missing or wrong; the message says where.</exception>
    public static PriceList Load(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            using var reader = new StreamReader(typeof(PriceFile).Assembly.GetManifestResourceStream(ShippedName)!);
            return Read("The shipped price file", reader.ReadToEnd());
        }

        try
        {
            return Read($"The price file {path} (Costs:PriceFile)", File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The price file {path} (Costs:PriceFile) cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <param name="name">Begins the message of a fault.</param>
    /// <exception cref="StartupException">It is wrong; the message says in which line.</exception>
    public static PriceList Read(string name, string text)
    {
        var about = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rows = new List<PriceRow>();
        var known = new HashSet<(string, string, DateOnly)>();
        char? separator = null;
        foreach (var (index, given) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var (line, number) = (given.Trim().TrimStart('\uFEFF'), index + 1);
            if (line.Trim(',', ';').Length == 0)
            {
                continue;
            }

            if (separator is null)
            {
                separator = Header(line);
                if (separator is null)
                {
                    About(about, line, number);
                }

                continue;
            }

            foreach (var row in Rows(line.Split(separator.Value).Select(Plain).ToArray(), number))
            {
                rows.Add(known.Add((row.Country, row.Category, row.From))
                    ? row
                    : throw Wrong(number, $"{row.Country} has a price for {row.Category} from {row.From:yyyy-MM-dd} already"));
            }
        }

        if (separator is null || rows.Count == 0)
        {
            throw new StartupException($"{name} has no prices: a line \"{string.Join(',', Columns)}\" and rows below it are needed.");
        }

        return new PriceList(Need("source"), DayOf(Need("date")) ?? throw NotSaid("date", "a day like 2026-07-01"), CurrencyOf(Need("currency")), rows);

        string Need(string what) => about.TryGetValue(what, out var value) && value.Length > 0 ? value
            : throw new StartupException($"{name} does not say its {what}: a line \"{what},…\" before the prices is needed.");

        string CurrencyOf(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : throw NotSaid("currency", "three letters like EUR");

        StartupException NotSaid(string what, string expected) => new($"{name}: its {what} is \"{about[what]}\"; it must be {expected}.");

        StartupException Wrong(int number, string why) => new($"{name}, line {number}: {why}.");

        void About(Dictionary<string, string> said, string line, int number)
        {
            var cut = line.IndexOfAny(Separators);
            var key = cut < 0 ? line : line[..cut];
            if (cut < 0 || key.ToLowerInvariant() is not ("source" or "date" or "currency"))
            {
                throw Wrong(number, $"\"{key}\" is not known; before the prices come source, date, currency and the columns {string.Join(", ", Columns)}");
            }

            said[key] = Plain(line[(cut + 1)..].TrimEnd(',', ';'));
        }

        IEnumerable<PriceRow> Rows(string[] cells, int number)
        {
            if (cells.Length < Columns.Length)
            {
                throw Wrong(number, $"{Columns.Length} cells are needed ({string.Join(", ", Columns)}), it has {cells.Length}");
            }

            var from = DayOf(cells[2]) ?? throw Wrong(number, $"\"{cells[2]}\" is no day; write it like 2026-07-01");
            var price = PriceOf(cells[3]);
            if (price is null && cells[3].Length > 0)
            {
                throw Wrong(number, $"\"{cells[3]}\" is no price; write it like 0.0512, or leave it empty if it is not known");
            }

            if (cells[1].Length is 0 or > Message.PriceCategoryMaxLength)
            {
                throw Wrong(number, "the category is missing, or longer than any of WhatsApp's");
            }

            var countries = cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (Array.Find(countries, code => code != PriceList.AnyOther && !Countries.Contains(code)) is { } unknown)
            {
                throw Wrong(number, $"\"{unknown}\" is no country; write ISO codes like BR, several with blanks between, or {PriceList.AnyOther} for all others");
            }

            return countries.Length == 0
                ? throw Wrong(number, "the country is missing")
                : countries.Select(country => new PriceRow(country, cells[1].ToLowerInvariant().Replace('-', '_'), from, price));
        }
    }

    // The separator, if this is the line of column names.
    private static char? Header(string line) => Separators
        .Where(separator => line.Split(separator).Select(Plain).Take(Columns.Length)
            .SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase))
        .Select(separator => (char?)separator)
        .FirstOrDefault();

    private static decimal? PriceOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price <= MaxPrice
            ? price
            : null;

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Plain(string cell) => cell.Trim().Trim('"').Trim();
}
