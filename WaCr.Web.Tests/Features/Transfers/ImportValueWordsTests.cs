using System.Globalization;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

public sealed class ImportValueWordsTests
{
    public static TheoryData<string> Tongues => [.. Languages.All.Select(language => language.Name)];

    /// <summary>What we write in a language we read in it.</summary>
    [Theory, MemberData(nameof(Tongues))]
    public void ExportedHeadersAndTypes_InEveryLanguage_AreRecognised(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var services = new ServiceCollection().AddLogging().AddLocalization().AddScoped<Localizer>().BuildServiceProvider();
            using var scope = services.CreateScope();
            var words = scope.ServiceProvider.GetRequiredService<Localizer>();
            string[] fields = [.. ContactFieldNames.All, ImportColumns.Reason];

            fields.Select(field => ImportHeaders.FieldOf(TransferLabels.Field(words, field))).ShouldBe(fields);
            ContactChoices.TypesIn(words).Select(type => ImportValueWords.TypeOf(type.Text)).ShouldBe(["lead", "customer", "guest"]);
            ImportHeaders.FieldOf(TransferLabels.Field(words, ContactFieldNames.IsOptedOut)).ShouldBe(ContactFieldNames.IsOptedOut);
            ImportValueWords.OptsOut(words["Yes"], yesIsOut: true).ShouldBe(true);
            ImportValueWords.OptsOut(words["No"], yesIsOut: true).ShouldBe(false);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("IN", 356)]
    [InlineData("ind", 356)]
    [InlineData("India", 356)]
    [InlineData("الهند", 356)]
    [InlineData("U.S.A.", null)]
    [InlineData("United States", 840)]
    [InlineData("UK", 826)]
    [InlineData("Côte d'Ivoire", 384)]
    [InlineData("Deutschland", 276)]
    [InlineData("brasil", 76)]
    [InlineData("Atlantis", null)]
    public void Countries_ByCodeOrName_AreFound(string text, int? country) => ImportValueWords.CountryOf(text).ShouldBe(country);

    [Fact]
    public void EveryCountry_AsItIsExported_IsItself() =>
        Country.Shipped.Where(country => ImportValueWords.CountryOf(country.Name) != country.Id)
            .Select(country => country.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Columns_WithoutTellingHeaders_AreKnownByWhatIsInThem() =>
        ColumnGuess.Of(
            ["A", "B", "", "A"],
            [.. Enumerable.Range(1, 5).Select(n => new TableRow(n, ["x", $"+91900000000{n}", $"e{n}@example.org", $"+91900000000{n}"]))],
            "IN")
            .ShouldBe([null, "phone", "email", null]);

    [Fact]
    public void Headers_OfOtherPrograms_AreKnown() =>
        ColumnGuess.Of(
            [
                "Given Name", "Family Name", "E-mail 1 - Value", "Phone 1 - Value", "Organization Name", "Labels", "Notes", "Phone",
                "FIRST_NAME"
            ],
            [],
            "IN")
            .ShouldBe(["firstname", "lastname", "email", "phone", "company", "groups", "description", "phone_other", null]);

    [Fact]
    public void Nome_WithoutALastName_IsTheWholeName() =>
        ColumnGuess.Of(["Nome", "Telefone"], [new TableRow(2, ["Ana Souza", "+5511999999999"])], "BR").ShouldBe(["name", "phone"]);
}
