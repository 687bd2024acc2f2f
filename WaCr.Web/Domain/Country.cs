namespace WaCr.Web.Domain;

/// <summary>A country of ISO 3166-1. <see cref="Id"/> is its numeric code, so it never changes.</summary>
public sealed class Country : IPlatformOwned
{
    public int Id { get; set; }

    /// <summary>Alpha-2, upper case.</summary>
    public required string Code { get; init; }

    /// <summary>Alpha-3, upper case.</summary>
    public required string Code3 { get; init; }

    /// <summary>Short English name.</summary>
    public required string Name { get; init; }

    /// <summary>The 249 countries, as shipped with the product.</summary>
    public static IReadOnlyList<Country> Shipped { get; } = Read();

    private static List<Country> Read()
    {
        using var stream = typeof(Country).Assembly.GetManifestResourceStream("WaCr.Web.Domain.Countries.csv")!;
        using var reader = new StreamReader(stream);
        var countries = new List<Country>(capacity: 249);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(';');
            countries.Add(new Country
            {
                Id = int.Parse(cells[0], CultureInfo.InvariantCulture),
                Code = cells[1],
                Code3 = cells[2],
                Name = cells[3],
            });
        }

        return countries;
    }
}
