namespace WaCr.Web.Features.Costs;

/// <summary>What WhatsApp charges for a delivered message, by country, category and day.</summary>
/// <param name="Source">Where the prices come from, in the file's own words.</param>
/// <param name="Date">When they were published.</param>
/// <param name="Currency">ISO 4217; one for all prices.</param>
/// <param name="Prices">In any order.</param>
public sealed record PriceList(string Source, DateOnly Date, string Currency, IReadOnlyList<PriceRow> Prices)
{
    /// <summary>Stands for every country that has no row of its own.</summary>
    public const string AnyOther = "*";

    // Where the list has no price for the category itself.
    private static readonly Dictionary<string, string> PricedAs = new(StringComparer.Ordinal)
    {
        ["marketing_lite"] = "marketing", // sent through the Marketing Messages API
        ["authentication-international"] = "authentication_international",
    };

    private readonly ILookup<(string Country, string Category), PriceRow> _rows = Prices.ToLookup(row => (row.Country, row.Category));

    /// <summary>Null if the list has none for that day.</summary>
    /// <param name="country">ISO alpha-2; empty if it is not known.</param>
    /// <param name="category">WhatsApp's word.</param>
    public decimal? PriceOf(string country, string category, DateOnly day)
    {
        return (In(country) ?? In(AnyOther))?.Price;

        PriceRow? In(string place) => Of(place, category) ?? (PricedAs.TryGetValue(category, out var other) ? Of(place, other) : null);

        PriceRow? Of(string place, string name) => _rows[(place, name)].Where(row => row.From <= day).MaxBy(row => row.From);
    }
}

/// <param name="Country">ISO alpha-2, or <see cref="PriceList.AnyOther"/>.</param>
/// <param name="From">The first day it holds.</param>
/// <param name="Price">Null if it is not known from that day on; then that of all others does not hold either.</param>
public sealed record PriceRow(string Country, string Category, DateOnly From, decimal? Price);
