namespace WaCr.Web.Tests.Common;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData(" pt-br ", "pt-BR")]
    [InlineData("pt_BR", "pt-BR")]
    [InlineData("AR", "ar")]
    [InlineData("zh-hant-tw", "zh-Hant-TW")]
    [InlineData("es-419", "es-419")]
    [InlineData("de-1996", "de-1996")]
    [InlineData("ca-ES-VALENCIA", "ca-ES-valencia")]
    [InlineData("fil", "fil")]
    [InlineData("portuguese", null)]
    [InlineData("p", null)]
    [InlineData("pt-", null)]
    [InlineData("pt-BR-", null)]
    [InlineData("12", null)]
    [InlineData("pt BR", null)]
    [InlineData("pt-BR\n", "pt-BR")]
    [InlineData("", null)]
    [InlineData("en-abcdefgh-abcdefgh-abcdefgh-abcdefgh", null)]
    public void Tag_HasOneSpelling_AndWhatIsNoneIsRefused(string text, string? tag) => LanguageTag.Normalize(text).ShouldBe(tag);

    [Theory]
    [InlineData("Portuguese", "pt")]
    [InlineData("português", "pt")]
    [InlineData("العربية", "ar")]
    [InlineData("Portuguese (Brazil)", "pt-BR")]
    [InlineData("pt_br", "pt-BR")]
    [InlineData("somehow", null)]
    public void Word_OfAFile_IsATagOrALanguagesName(string word, string? tag) => LanguageTag.ReadWord(word).ShouldBe(tag);

    [Theory]
    [InlineData("pt-BR", "pt_BR")]
    [InlineData("pt-PT", "pt")]
    [InlineData("zh-Hant-TW", null)]
    [InlineData("en-GB", null)]
    [InlineData("de", null)]
    [InlineData(null, null)]
    public void Lookup_TakesTheTagItself_ThenTheBaseLanguage(string? wanted, string? found) =>
        LanguageTag.Lookup(wanted, ["en_US", "pt_BR", "pt", "zh_TW"]).ShouldBe(found);
}
