namespace WaCr.Web.Features.Costs;

/// <summary>What messages cost by the price list: before taxes and discounts, and without what is not delivered yet.</summary>
/// <param name="Messages">Delivered, with a price told by WhatsApp.</param>
/// <param name="Free">Those that WhatsApp does not charge.</param>
/// <param name="Unpriced">Charged ones without a price in the list; <paramref name="Total"/> leaves them out.</param>
public sealed record CostSum(Money Total, int Messages, int Free, int Unpriced)
{
    /// <summary>Whether <see cref="Total"/> is nothing because no price is known, and not because nothing is charged.</summary>
    public bool IsUnknown => Unpriced > 0 && Unpriced == Messages - Free;
}

/// <summary>What a campaign would cost.</summary>
/// <param name="Unpriced">Recipients without a price in the list.</param>
/// <param name="UnpricedCountries">Theirs, most recipients first: ISO alpha-2, or empty if it is not known.</param>
public sealed record CostEstimate(Money Total, int Unpriced, IReadOnlyList<string> UnpricedCountries);

/// <param name="Name">Null for a number that is no longer connected.</param>
public sealed record NumberCost(long ChannelId, string? Name, CostSum Sum);

/// <param name="Category">WhatsApp's word, known or not.</param>
public sealed record CategoryCost(string Category, CostSum Sum);

public sealed record DayCost(DateOnly Day, CostSum Sum);

/// <summary>The costs of a month, in the workspace's time zone.</summary>
/// <param name="Numbers">Dearest first, as <paramref name="Categories"/>.</param>
/// <param name="Days">Those with messages, oldest first.</param>
/// <param name="Source">Where the prices come from.</param>
/// <param name="PricesOf">When the prices were published.</param>
public sealed record CostReport(
    DateOnly Month, CostSum Total, IReadOnlyList<NumberCost> Numbers, IReadOnlyList<CategoryCost> Categories, IReadOnlyList<DayCost> Days,
    string Source, DateOnly PricesOf);

/// <summary>Messages that cost the same each.</summary>
internal sealed record CountedMessages(DateOnly Day, long ChannelId, string Category, string Country, bool IsBillable, int Count);
