using System.Globalization;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Tests.Components;

public sealed class MessagePatternTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Values_stand_where_they_are_named() =>
        MessagePattern.Parse("{who} has {count} of {all}").Format([("all", 12_000), ("count", 3L), ("who", "Ana {x} #")], English)
            .ShouldBe("Ana {x} # has 3 of 12,000");

    [Theory]
    [InlineData(0, "no contact")]
    [InlineData(1, "1 contact of Ana")]
    [InlineData(12_345, "12,345 contacts of Ana")]
    public void A_plural_follows_the_number(int count, string written) =>
        MessagePattern.Parse("{n, plural, =0 {no contact} one {# contact of {who}} other {# contacts of {who}}}")
            .Format([("n", count), ("who", "Ana")], English).ShouldBe(written);

    [Theory]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 1, "one")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 111, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("pt", 0, "one")]
    [InlineData("pt", 2, "other")]
    [InlineData("ru", 21, "one")]
    [InlineData("ru", 12, "many")]
    [InlineData("pl", 22, "few")]
    [InlineData("pl", 21, "many")]
    [InlineData("en", 0, "other")]
    public void Each_language_has_its_own_categories(string language, long count, string category) =>
        PluralRules.CategoryOf(count, CultureInfo.GetCultureInfo(language)).ShouldBe(category);

    [Theory]
    [InlineData("{n")]
    [InlineData("{n, plural, one {#}}")]
    [InlineData("{n, date}")]
    public void A_malformed_pattern_is_told(string pattern) => Should.Throw<FormatException>(() => MessagePattern.Parse(pattern));

    [Fact]
    public void A_value_that_nobody_gave_is_told() => Should.Throw<FormatException>(() => MessagePattern.Parse("{n}").Format([], English));
}
