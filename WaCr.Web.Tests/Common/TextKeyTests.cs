using FsCheck.Xunit;

namespace WaCr.Web.Tests.Common;

public sealed class TextKeyTests
{
    [Theory]
    [InlineData("  José   ÁLVAREZ ", "jose alvarez")]
    [InlineData("Straße", "strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Ærøskøbing", "aeroskobing")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ", "full width")]
    [InlineData("Ёлкин", "елкин")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("한글", "한글")]
    [InlineData("कुमार", "कुमार")]
    [InlineData("a\tb\r\nc", "a b c")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("\uE000x", "x")]
    public void Folded_DropsCaseAccentsWidthAndBlanks(string text, string folded) => TextKey.Folded(text).ShouldBe(folded);

    [Property(MaxTest = 300)]
    public void Folded_OfFoldedText_ChangesNothing(FsCheck.NonNull<string> text)
    {
        if (TextRule.IsStorable(text.Get))
        {
            var once = TextKey.Folded(text.Get);
            TextKey.Folded(once).ShouldBe(once);
        }
    }

    [Fact]
    public void IgnoringCase_KeepsAccents()
    {
        TextKey.IgnoringCase(" CAFÉ ").ShouldBe(TextKey.IgnoringCase("Cafe\u0301"));
        TextKey.IgnoringCase("Café").ShouldNotBe(TextKey.IgnoringCase("Cafe"));
    }

    [Theory]
    [InlineData("ok", true)]
    [InlineData("emoji 👋🏽", true)]
    [InlineData("nul\0", false)]
    public void IsStorable_RefusesNul(string text, bool storable) => TextRule.IsStorable(text).ShouldBe(storable);

    [Theory]
    [InlineData('\uD83D')]
    [InlineData('\uDC4B')]
    public void IsStorable_RefusesHalfAPair(char half)
    {
        TextRule.IsStorable($"{half}").ShouldBeFalse();
        TextRule.IsStorable($"before {half} after").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("first.last+tag@sub.example.co", true)]
    [InlineData("josé@exämple.com", true)]
    [InlineData("a@localhost", false)]
    [InlineData("a", false)]
    [InlineData("a@", false)]
    [InlineData("@b.com", false)]
    [InlineData("a@b..com", false)]
    [InlineData("a b@c.com", false)]
    [InlineData("A <a@b.com>", false)]
    [InlineData("a@b.com,c@d.com", false)]
    [InlineData("a@b.com.", false)]
    public void IsEmail_TakesOneAddress(string text, bool valid) => TextRule.IsEmail(text).ShouldBe(valid);
}
