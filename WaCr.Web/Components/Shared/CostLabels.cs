using WaCr.Web.Components.Language;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Components.Shared;

/// <summary>What messages cost, in words.</summary>
public static class CostLabels
{
    // More of them are a sign of a list that fits another business.
    private const int NamedCountries = 5;

    /// <summary>What a broadcast would cost, and for whom that is not known.</summary>
    public static string Estimate(Localizer T, CostEstimate cost, int recipients)
    {
        var amount = T["About {amount} if every message is delivered, before tax and discounts.", ("amount", MoneyLabels.Of(cost.Total))];
        if (cost.Unpriced == 0)
        {
            return amount;
        }

        var named = cost.UnpricedCountries.Take(NamedCountries).Select(country => country.Length > 0 ? CountryNames.Of(country) : T["country not known"]);
        var countries = string.Join(", ", named) + (cost.UnpricedCountries.Count > NamedCountries ? ", …" : "");
        return cost.Unpriced == recipients
            ? T["The price list has no price for any of them ({countries}), so there is no estimate.", ("countries", countries)]
            : amount + " " + T["{count, plural, one {# recipient is not in this sum: the price list has no price ({countries}).} other {# recipients are not in this sum: the price list has no price ({countries}).}}", ("count", cost.Unpriced), ("countries", countries)];
    }

    /// <summary>WhatsApp's word for a category that is not known here.</summary>
    public static string Category(Localizer T, string category) => category switch
    {
        "marketing" => T["Marketing"],
        "marketing_lite" => T["Marketing (Marketing Messages API)"],
        "utility" => T["Utility"],
        "authentication" => T["Authentication"],
        "authentication-international" or "authentication_international" => T["Authentication, international"],
        "service" => T["Service"],
        "referral_conversion" => T["Answers to ads"],
        _ => category,
    };

    /// <summary>The amount; that no price is known is not an amount of nothing.</summary>
    public static string Amount(Localizer T, CostSum sum) => sum.IsUnknown ? T["No price"] : MoneyLabels.Of(sum.Total);

    /// <summary>The sum, and how many messages it leaves out.</summary>
    public static string Sum(Localizer T, CostSum sum) => sum.Unpriced == 0
        ? MoneyLabels.Of(sum.Total)
        : sum.IsUnknown ? T["The price list has no price for them"]
        : T["{amount}, without {count, plural, one {# message} other {# messages}} that the price list has no price for", ("amount", MoneyLabels.Of(sum.Total)), ("count", sum.Unpriced)];
}
