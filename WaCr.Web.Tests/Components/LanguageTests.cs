using System.Globalization;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;

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
    public void CountriesAndLanguages_AreNamedInTheLanguageOfEachScreen()
    {
        // In turn, since a process shows many screens.
        foreach (var (screen, india, myanmar, german) in new[]
        {
            ("en", "India", "Myanmar (Burma)", "German"), ("pt", "Índia", "Mianmar (Birmânia)", "Alemão"),
            ("ar", "الهند", "ميانمار (بورما)", "الألمانية"), ("en", "India", "Myanmar (Burma)", "German"),
        })
        {
            CultureInfo.CurrentUICulture = Languages.All.Single(language => language.Name == screen);
            (CountryNames.Of("IN"), CountryNames.Of("MM"), LanguageNames.Of("de")).ShouldBe((india, myanmar, german));
        }
    }

    [Fact]
    public void Countries_AreFoundByTheirEnglishName_AndOrderedByTheirOwn()
    {
        CultureInfo.CurrentUICulture = Languages.All.Single(language => language.Name == "pt");
        var choices = CountryNames.Choices([new(276, "DE", "DEU", "Germany"), new(8, "AL", "ALB", "Albania"), new(392, "JP", "JPN", "Japan")], country => country.Code);

        choices.Select(choice => choice.Text).ShouldBe(["Albânia", "Alemanha", "Japão"]);
        choices.Where(choice => choice.Fits("german")).ShouldHaveSingleItem().Value.ShouldBe("DE");
        choices.Where(choice => choice.Fits("alem")).ShouldHaveSingleItem().Value.ShouldBe("DE");
    }

    [Fact]
    public void EveryLanguage_IsOfferedInItsOwnWord() =>
        Languages.All.Select(Languages.OwnName).ShouldBe(["English", "العربية", "Português"]);
}
