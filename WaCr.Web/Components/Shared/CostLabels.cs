using WaCr.Web.Components.Language;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Components.Shared;

/// <summary>What messages cost, in words.</summary>
public static class CostLabels
{
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

    /// <summary>The sum, and how many messages it leaves out.</summary>
    public static string Sum(Localizer T, CostSum sum) => sum.Unpriced == 0
        ? MoneyLabels.Of(sum.Total)
        : T["{amount}, without {count, plural, one {# message} other {# messages}} that the price list has no price for", ("amount", MoneyLabels.Of(sum.Total)), ("count", sum.Unpriced)];
}
