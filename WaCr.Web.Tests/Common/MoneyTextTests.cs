using System.Globalization;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Common;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("en", "1234.5", "EUR 1,234.50")]
    [InlineData("en", "0.0107", "EUR 0.01")]
    [InlineData("en", "0.0034", "EUR 0.0034")]
    [InlineData("en", "0", "EUR 0.00")]
    [InlineData("de", "1234.5", "1.234,50 EUR")]
    [InlineData("pt-BR", "1234.5", "EUR 1.234,50")]
    public void Amounts_AreWrittenAsTheLanguageDoes(string language, string amount, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        try
        {
            MoneyLabels.Of(new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "EUR")).Replace('\u00A0', ' ').ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
