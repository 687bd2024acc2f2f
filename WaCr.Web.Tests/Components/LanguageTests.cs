using System.Globalization;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Tests.Components;

public sealed class LanguageTests
{
    private static readonly CultureInfo Arabic = Languages.All.Single(language => language.Name == "ar");

    [Fact]
    public void Arabic_WritesNumbersWithTheDigitsAndSignsOfOneScript() =>
        (-1234567.5).ToString("N1", Arabic).ShouldBe("-1,234,567.5");

    [Fact]
    public void EveryLanguage_CountsYearsByTheGregorianCalendar() =>
        Languages.All.ShouldAllBe(language => language.DateTimeFormat.Calendar is GregorianCalendar);

    [Fact]
    public void EveryLanguage_IsOfferedInItsOwnWord() =>
        Languages.All.Select(Languages.OwnName).ShouldBe(["English", "العربية", "Português"]);
}
