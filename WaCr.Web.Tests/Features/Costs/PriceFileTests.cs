using WaCr.Web.Features.Costs;

namespace WaCr.Web.Tests.Features.Costs;

public sealed class PriceFileTests
{
    private const string Head = "source,A rate card\ndate,2026-07-01\ncurrency,EUR\ncountries,category,from,price\n";

    /// <summary>They got prices of their own on 1 October 2026, which the shipped list lacks.</summary>
    private static readonly string[] ChangedInOctober = ["BD", "IQ", "KZ", "KW", "LK", "MA", "NP", "OM", "UA"];

    [Fact]
    public void ShippedList_HasEveryCountryAndCategory_AndSaysWhereItIsFrom()
    {
        var list = PriceFile.Load(null);

        (list.Currency, list.Date).ShouldBe(("EUR", new DateOnly(2026, 7, 1)));
        list.Source.ShouldContain("Meta");
        var day = new DateOnly(2026, 11, 30);
        foreach (var country in WaCr.Web.Domain.Country.Shipped.Select(known => known.Code).Append(""))
        {
            foreach (var category in new[] { "marketing", "marketing_lite", "utility", "authentication", "service" })
            {
                var price = list.PriceOf(country, category, day);
                if (ChangedInOctober.Contains(country) && !category.StartsWith("marketing", StringComparison.Ordinal))
                {
                    price.ShouldBeNull($"{country} {category}");
                    var before = category == "service" ? null : list.PriceOf(country, "utility", new DateOnly(2026, 9, 30));
                    list.PriceOf(country, category, new DateOnly(2026, 9, 30)).ShouldBe(before);
                }
                else
                {
                    price.ShouldNotBeNull($"{country} {category}").ShouldBeGreaterThan(0);
                }
            }
        }

        ChangedInOctober.ShouldAllBe(country => list.PriceOf(country, "utility", new DateOnly(2026, 9, 30)) > 0);
    }

    [Fact]
    public void AnEmptyPrice_IsNotKnownFromThatDay_AndNotThatOfTheOthers()
    {
        var list = PriceFile.Read("F", Head + "BD,utility,2026-07-01,0.0094\nBD NP,utility,2026-10-01,\nNP,utility,2027-01-01,0.003\n*,utility,2026-01-01,0.02\n");

        list.PriceOf("BD", "utility", new(2026, 9, 30)).ShouldBe(0.0094m);
        list.PriceOf("BD", "utility", new(2026, 10, 1)).ShouldBeNull();
        list.PriceOf("NP", "utility", new(2026, 9, 30)).ShouldBe(0.02m);
        list.PriceOf("NP", "utility", new(2026, 10, 1)).ShouldBeNull();
        list.PriceOf("NP", "utility", new(2027, 1, 1)).ShouldBe(0.003m);
    }

    [Fact]
    public void Price_IsTheLatestThatHolds_AndTheRowForAllOthersServesTheRest()
    {
        var list = PriceFile.Read("F", Head + "BR,service,2026-10-01,0.0056\nBR,utility,2026-01-01,0.01\nBR,utility,2026-07-01,0.0056\n*,utility,2026-01-01,0.02\n");

        list.PriceOf("BR", "utility", new(2026, 6, 30)).ShouldBe(0.01m);
        list.PriceOf("BR", "utility", new(2026, 7, 1)).ShouldBe(0.0056m);
        list.PriceOf("BR", "utility", new(2025, 12, 31)).ShouldBeNull();
        list.PriceOf("BR", "service", new(2026, 9, 30)).ShouldBeNull();
        list.PriceOf("FR", "utility", new(2026, 7, 1)).ShouldBe(0.02m);
        list.PriceOf("", "utility", new(2026, 7, 1)).ShouldBe(0.02m);
        list.PriceOf("BR", "general_purpose_ai", new(2026, 7, 1)).ShouldBeNull();
    }

    [Fact]
    public void MarketingLite_HasAPriceOfItsOwn_OrThatOfMarketing()
    {
        var list = PriceFile.Read("F", Head + "BR,marketing,2026-01-01,0.06\nBR,marketing_lite,2026-07-01,0.05\nIN,marketing,2026-01-01,0.01\n*,marketing_lite,2026-01-01,0.04\n");

        list.PriceOf("BR", "marketing_lite", new(2026, 7, 1)).ShouldBe(0.05m);
        list.PriceOf("BR", "marketing_lite", new(2026, 6, 30)).ShouldBe(0.06m);
        list.PriceOf("BR", "marketing", new(2026, 7, 1)).ShouldBe(0.06m);
        list.PriceOf("IN", "marketing_lite", new(2026, 7, 1)).ShouldBe(0.01m);
        list.PriceOf("FR", "marketing_lite", new(2026, 7, 1)).ShouldBe(0.04m);
    }

    [Fact]
    public void ASpreadsheetsOwnFile_IsRead()
    {
        var list = PriceFile.Read(
            "F", "\uFEFFsource;\"A rate card; ours\";;\r\ndate;2026-07-01;;\r\ncurrency;USD;;\r\n;;;\r\n\"Countries\";\"Category\";\"From\";\"Price\"\r\nUS CA;Marketing;2026-07-01;\"0.025\"\r\n");

        (list.Source, list.Currency).ShouldBe(("A rate card; ours", "USD"));
        list.PriceOf("CA", "marketing", new(2026, 8, 1)).ShouldBe(0.025m);
    }

    [Theory]
    [InlineData("", "F has no prices: a line \"countries,category,from,price\" and rows below it are needed.")]
    [InlineData("price,1", "F, line 1: \"price\" is not known; before the prices come source, date, currency and the columns countries, category, from, price.")]
    [InlineData(Head, "F has no prices: a line \"countries,category,from,price\" and rows below it are needed.")]
    [InlineData(Head + "BR,utility,2026-07-01", "F, line 5: 4 cells are needed (countries, category, from, price), it has 3.")]
    [InlineData(Head + "BRA,utility,2026-07-01,1", "F, line 5: \"BRA\" is no country; write ISO codes like BR, several with blanks between, or * for all others.")]
    [InlineData(Head + ",utility,2026-07-01,1", "F, line 5: the country is missing.")]
    [InlineData(Head + "BR,,2026-07-01,1", "F, line 5: the category is missing, or longer than any of WhatsApp's.")]
    [InlineData(Head + "BR,utility,1 July 2026,1", "F, line 5: \"1 July 2026\" is no day; write it like 2026-07-01.")]
    [InlineData(Head + "BR,utility,2026-07-01,-1", "F, line 5: \"-1\" is no price; write it like 0.0512, or leave it empty if it is not known.")]
    [InlineData(Head + "BR,utility,2026-07-01,0.1\nBR,utility,2026-07-01,0.2", "F, line 6: BR has a price for utility from 2026-07-01 already.")]
    [InlineData("date,2026-07-01\ncurrency,EUR\ncountries,category,from,price\n*,utility,2026-07-01,1", "F does not say its source: a line \"source,…\" before the prices is needed.")]
    [InlineData("source,x\ndate,July\ncurrency,EUR\ncountries,category,from,price\n*,utility,2026-07-01,1", "F: its date is \"July\"; it must be a day like 2026-07-01.")]
    [InlineData("source,x\ndate,2026-07-01\ncurrency,euro\ncountries,category,from,price\n*,utility,2026-07-01,1", "F: its currency is \"euro\"; it must be three letters like EUR.")]
    public void AWrongFile_SaysWhatAndWhere(string text, string fault) =>
        Should.Throw<StartupException>(() => PriceFile.Read("F", text)).Message.ShouldBe(fault);

    [Fact]
    public void AMissingFile_IsNamedWithItsSetting() =>
        Should.Throw<StartupException>(() => PriceFile.Load("/nowhere/prices.csv")).Message
            .ShouldStartWith("The price file /nowhere/prices.csv (Costs:PriceFile) cannot be read: ");
}
