using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Tests.Components;

public sealed class CostLabelsTests
{
    private static readonly Localizer T = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Localizer>()
        .BuildServiceProvider().GetRequiredService<Localizer>();

    [Fact]
    public void Estimate_SaysWhoseCostItLeavesOut_AndNeverThatItIsNothing()
    {
        Of(0.5m, 0, []).ShouldBe("About EUR 0.50 if every message is delivered, before tax and discounts.");
        Of(0.5m, 2, ["KZ", ""]).ShouldBe(
            "About EUR 0.50 if every message is delivered, before tax and discounts. "
                + "2 recipients are not in this sum: the price list has no price (Kazakhstan, country not known).");
        Of(0, 3, ["KZ", "UA", "BD", "IQ", "NP", "OM"]).ShouldBe(
            "The price list has no price for any of them (Kazakhstan, Ukraine, Bangladesh, Iraq, Nepal, …), so there is no estimate.");

        static string Of(decimal amount, int unpriced, string[] countries) =>
            CostLabels.Estimate(T, new CostEstimate(new Money(amount, "EUR"), unpriced, countries), 3).Replace('\u00A0', ' ');
    }

    [Theory]
    [InlineData(1.5, 3, 0, 0, "EUR 1.50", "EUR 1.50")]
    [InlineData(0, 3, 3, 0, "EUR 0.00", "EUR 0.00")]
    [InlineData(1.5, 3, 0, 1, "EUR 1.50", "EUR 1.50, without 1 message that the price list has no price for")]
    [InlineData(0, 3, 1, 2, "No price", "The price list has no price for them")]
    public void Sum_WithoutAnyPrice_IsNoAmount(double amount, int messages, int free, int unpriced, string shown, string said)
    {
        var sum = new CostSum(new Money((decimal)amount, "EUR"), messages, free, unpriced);

        CostLabels.Amount(T, sum).Replace('\u00A0', ' ').ShouldBe(shown);
        CostLabels.Sum(T, sum).Replace('\u00A0', ' ').ShouldBe(said);
    }
}
